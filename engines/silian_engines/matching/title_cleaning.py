"""Cleaning of posting titles (岗位名称清洗): noise out, the name of the work stays."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).parent / "vocabulary"


def _noise_words() -> list[str]:
    lines = (VOCABULARY / "title_noise.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    return sorted(words, key=len, reverse=True)


_NOISE = re.compile(
    r"朝[一二三四五六七八九十\d]+晚[一二三四五六七八九十\d]+半?|\d+薪|\d+强|月休\d?天?|休\d天?|"
    + "|".join(_noise_words())
    + "|急|万元?"
)
_BRACKETS = re.compile(r"[(\[【<《「{][^)\]】>》」}]*[)\]】>》」}]?")
_JOB_NUMBER = re.compile(r"[a-z]{1,3}\d{3,}")
_AMOUNT = re.compile(r"\d[\d\-~.]*(?:k|w|万|千|元|天|时|小时|人|名|岁|月)*")
_DIGIT = re.compile(r"\d")
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
    numbered = _DIGIT.search(whole) is not None
    whole = _JOB_NUMBER.sub(" ", whole) if numbered else whole
    employer = _EMPLOYER_RECRUITS.match(whole) if "招聘" in whole else None
    work = whole[employer.end() :] if employer else whole
    work = _NOISE.sub(" ", _BRACKETS.sub(" ", work))
    work = _AMOUNT.sub("", work) if numbered else work
    return CleanTitle(whole=whole, segments=tuple(s for s in _BREAKS.split(work) if s))
