"""Findings (检查结果) and the shape of a rule over words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a finding does to publishing (处理等级)."""

    BLOCK = "block"
    WARN = "warn"


class ListingKind(StrEnum):
    """Kinds of listing that have rules of their own (信息类别)."""

    JOB = "job"
    STUDENT_INTERNSHIP = "student_internship"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a listing that breaks a rule (检查发现)."""

    code: str
    severity: Severity
    field: str
    words: str
    start: int
    end: int
    sentence: str
    basis: str


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words that break a rule (用语规则), and the surroundings in which they do not."""

    code: str
    severity: Severity
    pattern: re.Pattern[str]
    what: str
    cure: str
    basis: str
    harmless_before: re.Pattern[str] | None = None
    harmless_after: re.Pattern[str] | None = None
    holds: Callable[[re.Match[str]], bool] | None = None
    kinds: frozenset[ListingKind] = frozenset(ListingKind)

    def findings_in(self, text: str, /, *, field: str) -> list[Finding]:
        """Each place where the words stand and nothing around them takes the sting out."""
        return [
            Finding(
                code=self.code,
                severity=self.severity,
                field=field,
                words=match.group(),
                start=match.start(),
                end=match.end(),
                sentence=f"“{match.group()}”{self.what}依据{self.basis}，{self.cure}",
                basis=self.basis,
            )
            for match in self.pattern.finditer(text)
            if self._stands(match, text)
        ]

    def _stands(self, match: re.Match[str], text: str) -> bool:
        if self.holds and not self.holds(match):
            return False
        before = text[max(0, match.start() - 14) : match.start()]
        after = text[match.end() : match.end() + 12]
        if self.harmless_before and self.harmless_before.search(before):
            return False
        return not (self.harmless_after and self.harmless_after.match(after))
