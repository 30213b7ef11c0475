"""When two names are one body: 市教育局 and 青澜市教育局（演示） (单位名称比对)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

BRACKETED_END = re.compile(r"[（(][^（）()]*[）)]$")
LEVEL_SIGNS = ("自治区", "自治州", "省", "市", "州", "县", "区", "旗")
GENERIC_STARTS = ("各", "有关", "相关", "全市", "全省", "全县", "市直有关", "省直有关")
GENERIC_FUNCTIONS = frozenset({"下级政府", "企业", "学校", "院校", "泛称"})


@dataclass(frozen=True, kw_only=True)
class KnownName:
    """A name that a body bears or bore, half-open in time."""

    body_id: int
    name: str
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None

    def holds_on(self, day: datetime.date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)


def body_named(name: str, *, known: Iterable[KnownName], on: datetime.date) -> int | None:
    """The body that bore the name on the day; None when nobody or more than one did."""
    found = {each.body_id for each in known if each.name == name and each.holds_on(on)}
    return found.pop() if len(found) == 1 else None


def without_bracket(name: str) -> str:
    """The name without a bracketed end such as （演示）."""
    return BRACKETED_END.sub("", name.strip())


def comparable_name(name: str, *, division: str = "") -> str:
    """The name without its region, level sign and bracketed end; 政府 in full."""
    bare = without_bracket(name)
    if division and bare.startswith(division):
        bare = bare.removeprefix(division)
    else:
        sign = next((each for each in LEVEL_SIGNS if bare.startswith(each)), "")
        bare = bare.removeprefix(sign) if len(bare) > len(sign) + 1 else bare
    return re.sub(r"(?<!人民)政府", "人民政府", bare)


def policy_name(name: str, *, division: str) -> str:
    """An organisation's name as policies of its region write it: 青澜市教育局 → 市教育局."""
    bare = without_bracket(name)
    sign = next((each for each in LEVEL_SIGNS if division.endswith(each)), "")
    if division and sign and bare.startswith(division) and len(bare) > len(division):
        return sign + bare.removeprefix(division)
    return bare


def is_generic(name: str, *, function: str) -> bool:
    """Whether the name means many bodies at once (泛称), such as 各县（区）人民政府."""
    return name.startswith(GENERIC_STARTS) or function in GENERIC_FUNCTIONS
