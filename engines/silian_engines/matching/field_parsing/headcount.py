"""Number of people wanted (招聘人数): 招3人, 若干, 2-5人, 十人."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from silian_engines.matching.field_parsing.numerals import with_arabic_digits


@dataclass(frozen=True, slots=True)
class Headcount:
    """People wanted (招聘人数); both ends empty means 若干."""

    minimum: int | None = None
    maximum: int | None = None
    problem: str | None = None

    @property
    def unspecified(self) -> bool:
        """True for 若干 and for an empty cell."""
        return self.minimum is None and self.problem is None


_OPEN = re.compile(r"若干|不限|多名|数名|多人|长期")
_RANGE = re.compile(r"(\d+)\s*[-~—–至到]\s*(\d+)")
_ONE = re.compile(r"(\d+)(?:\.0+)?")
LARGEST = 100_000


@lru_cache(maxsize=8192)
def parse_headcount(text: str, /) -> Headcount:
    """Read the number of people wanted."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or _OPEN.search(plain):
        return Headcount()
    plain = with_arabic_digits(plain)
    pair = _RANGE.search(plain)
    one = _ONE.search(plain)
    if pair:
        low, high = int(pair.group(1)), int(pair.group(2))
    elif one:
        low = high = int(one.group(1))
    else:
        return Headcount(problem=f"人数“{text}”里没有数字，请写成“3人”或“若干”。")
    if not 0 < low <= high <= LARGEST:
        return Headcount(problem=f"人数“{text}”应在1到{LARGEST}之间，且下限不高于上限。")
    return Headcount(minimum=low, maximum=high)
