"""The words of a listing that say what it is about, and how rare they are (内容用词)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import log

from silian_engines.matching.segmentation import index_tokens, is_dictionary_word, query_tokens

COMMON_WORDS = """
普工 实习生 需要 需求 提供 招聘 急招 诚聘 开放 共享 面向 合作 项目 课题 难题 问题 需
求 每周 每天 每月 每年 长期 短期 机时 课时 学时 培训 培训包 课程 课程包
学习 实习 实训 就业 岗位 学徒 订单 订单班 班级 毕业生 学生 教师 导师 企业
企业导师 产业导师 学校 学院 单位 人员 技术 服务 技术服务 方法 方案 方向 研究
成果 应用 系统 平台 设备 装置 工具 工艺 改进 改造 控制 提升 提高 降低 优化
处理 管理 一种 一个 多种 在线 自动 快速 高级 中级 初级 支持 相关 以上 以下
左右 中心 基地 场地 车间 设计 开发 加工 操作 操作工 专业 技能 职业 人才
人工 年级 数量 名额 时间 进行 实现 建设 共建 联合 培养 专家 工程师 技术员
数字化 检验 检测 检验检测 温度 变形 周期 产品 生产 产线 工作 记录 一致性
员工 操作员 采购 急聘 求职 推荐 接收 委托 承接 求解 求租 对外 许可 专利 院校 校企
校企合作 毕业 见习 见习生 岗位实习 新型 学徒制 冠名 冠名班 培训班 实训室 实训基地 场所
熟悉 擅长 开设 主要 现场 日常 现有 现状 团队 适合 目标 影响 交付 工位 希望 案例
"""
COMMON = frozenset(COMMON_WORDS.split())
"""Words of so many titles that sharing them says nothing."""
RARE_SHARE = 25  # one listing of so many; words of more texts tell nothing about one of them
ALWAYS_RARE = 20  # where there are few listings altogether
RARITY_DIGITS = 1_000  # what a number of a word leaves for its rarity
RARITY_POINTS = 50  # hundredths of strength for each e-fold: a fact of weight 1 is 100


@lru_cache(maxsize=20_000)
def trade_terms(title: str) -> frozenset[str]:
    """The dictionary words of a title and those inside them, without those of all titles."""
    words = {word for word in query_tokens(title) if word not in COMMON}
    parts = {part for word in words for part in index_tokens(word)}
    return frozenset(
        word for word in words | (parts - COMMON) if len(word) > 1 and is_dictionary_word(word)
    )


def telling_terms(
    title: str, text: str, *, held_by: Callable[[str], float], of: int
) -> frozenset[str]:
    """The words of the title, and those of the text that few of all listings hold."""
    most = rare_limit(of)
    return trade_terms(title) | {word for word in trade_terms(text) if held_by(word) <= most}


def rare_limit(of: int) -> int:
    """How many of so many listings may hold a word that still counts as rare."""
    return max(ALWAYS_RARE, of // RARE_SHARE)


def rarity(*, held_by: int, of: int) -> int:
    """What sharing a word adds to the strength, in hundredths: the rarer, the more."""
    share = min(held_by, of) / of if of else 1
    return min(RARITY_DIGITS - 1, round(-RARITY_POINTS * log(share)))
