"""The words of a title that say what it is about (内容用词)."""

from __future__ import annotations

from functools import lru_cache

from silian_engines.matching.segmentation import is_dictionary_word, query_tokens

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
"""
COMMON = frozenset(COMMON_WORDS.split())
"""Words of so many titles that sharing them says nothing."""


@lru_cache(maxsize=20_000)
def trade_terms(title: str) -> frozenset[str]:
    """The dictionary words of a title, without those common to all titles."""
    return frozenset(
        word
        for word in query_tokens(title)
        if len(word) > 1 and word not in COMMON and is_dictionary_word(word)
    )
