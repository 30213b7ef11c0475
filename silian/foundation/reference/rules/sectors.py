"""The three sectors of the economy, by industry code."""

from __future__ import annotations

from silian.foundation.reference.choices import Sector
from silian.foundation.reference.rules.codes import section_of

# Support activities belong to services although their section does not: 农林牧渔专业及辅助性活动,
# 开采专业及辅助性活动, 金属制品、机械和设备修理业.
TERTIARY_CLASSES = frozenset({"05", "11", "43"})
SECONDARY_SECTIONS = frozenset("BCDE")


def sector_of(code: str) -> Sector | None:
    """The sector of a class of two or more digits; None where a section lies in two sectors.

    Basis: 《三次产业划分规定》（国家统计局，2018年修订）.
    """
    section = section_of(code)
    if section is None:
        return None
    if code.isalpha():
        return None if section in "ABC" else section_sector(section)
    return Sector.TERTIARY if code[:2] in TERTIARY_CLASSES else section_sector(section)


def section_sector(section: str) -> Sector:
    if section == "A":
        return Sector.PRIMARY
    return Sector.SECONDARY if section in SECONDARY_SECTIONS else Sector.TERTIARY
