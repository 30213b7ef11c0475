"""What a rule and a finding are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from silian.operations.placements.choices.hosts import (
    Severity,
)
from silian.operations.placements.rules.prohibitions.facts import (
    HostFacts,
    PostFacts,
    StayFacts,
    StudentFacts,
)
from silian.operations.placements.rules.prohibitions.limits import Limit, Limits

TONES = {Severity.BLOCK: "late", Severity.WARN: "watch", Severity.INFO: "info"}
SEVERITY_ORDER = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that stands against an arrangement, with article and cure (核对结果)."""

    code: str
    title: str
    sentence: str
    severity: Severity
    article: str
    basis: str
    field: str = ""

    @property
    def tone(self) -> str:
        """How the finding is drawn."""
        return TONES[self.severity]

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.BLOCK


@dataclass(frozen=True, kw_only=True)
class Case:
    """The facts of one arrangement; a part that is not known yet is None (情形)."""

    limits: Limits
    student: StudentFacts | None = None
    post: PostFacts | None = None
    stay: StayFacts | None = None
    host: HostFacts | None = None

    @property
    def is_in_post(self) -> bool:
        return self.stay is None or self.stay.is_in_post


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One check: the parts it reads, the provision that gives it force, and the test itself.

    ``check`` returns the sentence that stands against the case, or None. ``at_most`` caps the
    severity where the policy itself only asks for attention.
    """

    code: str
    title: str
    provision: str
    needs: frozenset[str]
    check: Callable[..., str | None]
    field: str = ""
    at_most: Severity = Severity.BLOCK
    only_in_post: bool = True

    def finding(self, case: Case) -> Finding | None:
        """What the rule says of the case; nothing when the provision is not in force."""
        limit = case.limits.of(self.provision)
        if limit is None or (self.only_in_post and not case.is_in_post):
            return None
        parts = {name: getattr(case, name) for name in self.needs}
        if None in parts.values():
            return None
        sentence = self.check(**parts, limits=case.limits)
        if sentence is None:
            return None
        return Finding(
            code=self.code,
            title=self.title,
            sentence=sentence,
            severity=capped(limit, at_most=self.at_most),
            article=limit.article,
            basis=limit.basis,
            field=self.field,
        )


def capped(limit: Limit, *, at_most: Severity) -> Severity:
    """The weaker of what the provision's force gives and what the rule may do at most."""
    return max(limit.severity, at_most, key=lambda severity: SEVERITY_ORDER[severity])
