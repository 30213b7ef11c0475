"""Cleaning of posting titles (岗位名称清洗): noise out, the name of the work stays."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_BENEFITS = (
    "五险一金 六险一金 七险一金 五险 六险 社保 公积金 周末双休 双休 单休 大小周 做五休二 上四休二 "
    "包吃包住 包吃住 管吃管住 管吃住 包食宿 可提供住宿 提供住宿 提供食宿 包住宿 包住 包吃 供住 食宿 "
    "无责任底薪 无责底薪 无责 底薪 保底 提成 奖金 高薪 急招 急聘 诚聘 诚招 高聘 直招 直聘 年终奖 "
    "十三薪 不加班 无需经验 无经验要求 无经验 零经验 可小白 接受小白 小白 带薪培训 免费培训 "
    "接受应届生 应届毕业生 应届生优先 应届生 应届 坐班 长白班 白班 夜班 日结工 日结 周结 月结 日薪 "
    "月薪 月入 年薪 综合薪资 薪资 工资 过万 时间自由 轻松 自由 稳定 就近分配 就近安排 就近 "
    "上市公司 世界五百强 国企 央企"
).split()
_NOISE = re.compile(
    r"朝[一二三四五六七八九十\d]+晚[一二三四五六七八九十\d]+半?|\d+薪|\d+强|月休\d?天?|休\d天?|"
    + "|".join(sorted(_BENEFITS, key=len, reverse=True))
    + "|急|万元?"
)
_BRACKETS = re.compile(r"[(\[【<《「{][^)\]】>》」}]*[)\]】>》」}]?")
_JOB_NUMBER = re.compile(r"[a-z]{1,3}\d{3,}")
_AMOUNT = re.compile(r"\d[\d\-~.]*(?:k|w|万|千|元|天|时|小时|人|名|岁|月)*")
_BREAKS = re.compile(r"[\s+/、,;|·。!~—–\-&➕:?\\._*]+")
_EMPLOYER_RECRUITS = re.compile(
    r"^.{2,}?招聘(?=.{2})(?!专|主|经|助|师|官|顾|负|总|人|实|岗|坐|学|文|运|客|二|会)"
)


@dataclass(frozen=True, slots=True)
class CleanTitle:
    """A posting title in two readings (清洗后的岗位名称): whole, and cut to the work itself."""

    whole: str
    segments: tuple[str, ...]

    @property
    def head(self) -> str:
        """The first part that names work, or the whole title when nothing is left."""
        return self.segments[0] if self.segments else self.whole


@lru_cache(maxsize=65536)
def cleaned_title(title: str, /) -> CleanTitle:
    """Remove employer, place, pay, benefits and numbers from a posting title."""
    whole = unicodedata.normalize("NFKC", title).lower()
    whole = _JOB_NUMBER.sub(" ", whole) if any(c.isdigit() for c in whole) else whole
    employer = _EMPLOYER_RECRUITS.match(whole)
    work = whole[employer.end() :] if employer else whole
    work = _NOISE.sub(" ", _BRACKETS.sub(" ", work))
    work = _AMOUNT.sub("", work)
    return CleanTitle(whole=whole, segments=tuple(s for s in _BREAKS.split(work) if s))
