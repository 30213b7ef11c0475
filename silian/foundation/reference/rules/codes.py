"""Codes of the catalogues: what they look like, at which level they stand, who is above them."""

from __future__ import annotations

import re
from collections.abc import Container

from silian.foundation.reference.choices import Catalogue, EducationLevel

PATTERNS: dict[str, re.Pattern[str]] = {
    Catalogue.DIVISION: re.compile(r"\d{6}", re.ASCII),
    Catalogue.INDUSTRY: re.compile(r"[A-T]|\d{2,4}", re.ASCII),
    Catalogue.OCCUPATION: re.compile(r"[1-8]-\d{2}-\d{2}-\d{2}", re.ASCII),
    Catalogue.MAJOR: re.compile(r"\d{2}(\d{2}(\d{2})?)?", re.ASCII),
}
PATTERN_WORDS: dict[str, str] = {
    Catalogue.DIVISION: "6位数字，例如530302（GB/T 2260）",
    Catalogue.INDUSTRY: "门类字母A—T，或2至4位数字，例如0111（GB/T 4754）",
    Catalogue.OCCUPATION: "“大-中-小-细”，例如6-18-01-01（职业分类大典）",
    Catalogue.MAJOR: "2、4或6位数字，末尾可带K，例如520101K（职业教育专业目录）",
}
# The last two-digit class of each section. Basis: GB/T 4754-2017 表1.
LAST_CLASS_OF_SECTION = {
    "A": 5, "B": 12, "C": 43, "D": 46, "E": 50, "F": 52, "G": 60, "H": 62, "I": 65, "J": 69,
    "K": 70, "L": 72, "M": 75, "N": 79, "O": 82, "P": 83, "Q": 85, "R": 90, "S": 96, "T": 97,
}  # fmt: skip


def tidy_code(*, catalogue: str, code: str) -> str:
    """The code as this house writes it: occupations padded to four parts, majors without K."""
    code = code.strip().upper()
    if catalogue == Catalogue.OCCUPATION:
        parts = code.split("-")
        return "-".join(parts + ["00"] * (4 - len(parts))) if len(parts) < 4 else code
    if catalogue == Catalogue.MAJOR:
        return code.rstrip("TK") if len(code) > 6 else code
    return code


def is_well_formed(*, catalogue: str, code: str) -> bool:
    """Whether a tidy code has the form its standard prescribes."""
    if not PATTERNS[catalogue].fullmatch(code):
        return False
    if catalogue == Catalogue.MAJOR:
        return education_level_of(code) is not None
    if catalogue == Catalogue.INDUSTRY:
        return section_of(code) is not None
    return True


def level_of(*, catalogue: str, code: str) -> int:
    """The level at which a tidy code stands, 1 for the broadest."""
    if catalogue == Catalogue.INDUSTRY:
        return 1 if code.isalpha() else len(code)
    if catalogue == Catalogue.MAJOR:
        return len(code) // 2
    if catalogue == Catalogue.DIVISION:
        return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3
    parts = code.split("-")
    while len(parts) > 1 and parts[-1] == "00":
        parts.pop()
    return len(parts)


def parent_of(*, catalogue: str, code: str, known: Container[str]) -> str:
    """The code directly above, or an empty string at the top.

    ``known`` holds the codes that may be parents: counties of municipalities have no prefecture
    above them and belong to the province (GB/T 2260).
    """
    level = level_of(catalogue=catalogue, code=code)
    if level == 1:
        return ""
    if catalogue == Catalogue.INDUSTRY:
        return code[:-1] if level > 2 else section_of(code) or ""
    if catalogue == Catalogue.MAJOR:
        return code[:-2]
    if catalogue == Catalogue.OCCUPATION:
        parts = code.split("-")[: level - 1]
        return "-".join(parts + ["00"] * (4 - len(parts)))
    prefecture = code[:4] + "00"
    return prefecture if level == 3 and prefecture in known else code[:2] + "0000"


def section_of(code: str) -> str | None:
    """The section letter of an industry code (门类). Basis: GB/T 4754-2017 表1."""
    if code.isalpha():
        return code if code in LAST_CLASS_OF_SECTION else None
    number = int(code[:2])
    if number < 1:
        return None
    return next((s for s, last in LAST_CLASS_OF_SECTION.items() if number <= last), None)


def education_level_of(code: str) -> EducationLevel | None:
    """The level of schooling that a major's leading two digits tell (层次).

    Basis: 《职业教育专业目录（2021年）》: 中职61—79, 高职专科41—59, 高职本科21—39.
    """
    number = int(code[:2])
    if 61 <= number <= 79:
        return EducationLevel.SECONDARY
    if 41 <= number <= 59:
        return EducationLevel.COLLEGE
    if 21 <= number <= 39:
        return EducationLevel.BACHELOR
    return None
