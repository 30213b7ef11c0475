"""Two documents side by side: by rule group and clause by clause (政策对照)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from silian.foundation.kernel.actors import Actor
from silian.registers.policies.models.clauses import Clause, ClauseTarget
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.permissions.library import library_documents_visible_to
from silian.registers.policies.queries.library import versions_of
from silian.registers.policies.rules.comparison_alignment import (
    OTHER_TEXT_LEAST,
    SAME_TEXT_LEAST,
    Pairing,
    Passage,
    Piece,
    aligned,
    pieces,
)
from silian.registers.policies.rules.comparison_demands import (
    Demand,
    GroupPair,
    Verdict,
    grouped_pairs,
)

KINDS = {"changed": "改动", "added": "新增", "removed": "删去", "same": "未改"}
CITY_KINDS = {"changed": "相近", "added": "仅后者", "removed": "仅前者", "same": "相同"}


@dataclass(frozen=True, kw_only=True)
class AlignedClauses:
    """Two clauses beside each other, with what changed in words (条款对应)."""

    pairing: Pairing
    left: Clause | None
    right: Clause | None
    difference: list[Piece]
    label: str

    @property
    def kind(self) -> str:
        return self.pairing.kind


@dataclass(frozen=True, kw_only=True)
class ComparedRules:
    """Two targets of one rule beside each other (同类规则)."""

    pair: GroupPair
    left: ClauseTarget | None
    right: ClauseTarget | None
    sentence: str

    @property
    def verdict(self) -> Verdict | None:
        return self.pair.verdict


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Everything that the page of a comparison shows (政策对照)."""

    left: PolicyDocument
    right: PolicyDocument
    is_version: bool
    rules: list[ComparedRules]
    clauses: list[AlignedClauses]

    @property
    def counts(self) -> dict[str, int]:
        return {
            kind: sum(1 for row in self.clauses if row.kind == kind)
            for kind in ("changed", "added", "removed", "same")
        }

    @property
    def differing(self) -> int:
        return len(self.clauses) - self.counts["same"]

    @property
    def alone(self) -> int:
        """How many rules only one side has."""
        return sum(row.verdict is None for row in self.rules)

    def clauses_of(self, only: str) -> list[AlignedClauses]:
        """The clauses of one kind, those that differ, or all."""
        if only == "differs":
            return [row for row in self.clauses if row.kind != "same"]
        return [row for row in self.clauses if only == "all" or row.kind == only]

    @property
    def stronger(self) -> dict[str, int]:
        """In how many rules each side demands or gives more."""
        found = [row.verdict.overall for row in self.rules if row.verdict]
        return {side: found.count(side) for side in ("left", "right", "even", "mixed", "open")}


def comparison_of(*, left: PolicyDocument, right: PolicyDocument, actor: Actor) -> Comparison:
    """Both documents read once and set side by side."""
    is_version = right.pk in {row.pk for row in versions_of(left, actor=actor)}
    clauses = [clauses_to_compare(document) for document in (left, right)]
    return Comparison(
        left=left,
        right=right,
        is_version=is_version,
        rules=compared_rules(clauses[0], clauses[1], names=short_names(left, right, is_version)),
        clauses=aligned_clauses(clauses[0], clauses[1], is_version=is_version),
    )


def short_names(left: PolicyDocument, right: PolicyDocument, is_version: bool) -> tuple[str, str]:
    if is_version or left.division_id == right.division_id:
        return f"“{left.reference}”", f"“{right.reference}”"
    return left.division.name, right.division.name


def clauses_to_compare(document: PolicyDocument) -> Sequence[Clause]:
    return list(document.clauses.order_by("order").prefetch_related("targets"))


def aligned_clauses(
    left: Sequence[Clause], right: Sequence[Clause], *, is_version: bool
) -> list[AlignedClauses]:
    least = SAME_TEXT_LEAST if is_version else OTHER_TEXT_LEAST
    known = {clause.pk: clause for clause in (*left, *right)}
    labels = KINDS if is_version else CITY_KINDS
    pairings = aligned(
        left=[passage_of(c) for c in left], right=[passage_of(c) for c in right], least=least
    )
    return [
        AlignedClauses(
            pairing=pairing,
            left=known[pairing.left.key] if pairing.left else None,
            right=known[pairing.right.key] if pairing.right else None,
            difference=difference_of(pairing) if is_version else [],
            label=labels[pairing.kind],
        )
        for pairing in pairings
    ]


def passage_of(clause: Clause) -> Passage:
    return Passage(clause.pk, clause.place, clause.heading, body_of(clause))


def body_of(clause: Clause) -> str:
    return " ".join(clause.text.split())


def difference_of(pairing: Pairing) -> list[Piece]:
    if pairing.kind != "changed" or pairing.left is None or pairing.right is None:
        return []
    return pieces(old=pairing.left.text, new=pairing.right.text)


def compared_rules(
    left: Sequence[Clause], right: Sequence[Clause], *, names: tuple[str, str]
) -> list[ComparedRules]:
    targets = {t.pk: t for clause in (*left, *right) for t in targets_in(clause)}
    pairs = grouped_pairs(left=demands_in(left), right=demands_in(right))
    return [
        ComparedRules(
            pair=pair,
            left=targets[pair.left.key] if pair.left else None,
            right=targets[pair.right.key] if pair.right else None,
            sentence=sentence_of(pair, names=names),
        )
        for pair in pairs
    ]


def targets_in(clause: Clause) -> list[ClauseTarget]:
    """Targets of a clause that know their clause, so that nothing is read again."""
    found = list(clause.targets.all())
    for target in found:
        target.clause = clause
    return found


def demands_in(clauses: Sequence[Clause]) -> list[Demand]:
    """The targets of a document; those that repeat another are counted once."""
    return [
        Demand(
            key=target.pk,
            rule=target.rule,
            title=target.title,
            phrase=target.phrase,
            low=target.low,
            high=target.high,
            unit=target.unit,
            comparator=target.comparator,
            force=target.force,
            deadline=target.deadline_on,
        )
        for clause in clauses
        for target in clause.targets.all()
        if target.repeats_id is None
    ]


def sentence_of(pair: GroupPair, *, names: tuple[str, str]) -> str:
    """Which side asks or gives more, in words (结论)."""
    verdict = pair.verdict
    if verdict is None:
        return f"仅{names[0]}有" if pair.right is None else f"仅{names[1]}有"
    called = dict(zip(("left", "right"), names, strict=True))
    more = "要求更高" if pair.group.direction.value == "demands" else "给得更多"
    words = [
        (verdict.value, more),
        (verdict.deadline, "期限更早"),
        (verdict.force, "力度更强"),
    ]
    found = [f"{called[side]}{word}" for side, word in words if side in called]
    if not found:
        return "单位不同，不作数值比较" if verdict.value == "open" else "要求相同"
    return "，".join(found)


def comparable_documents(actor: Actor) -> list[PolicyDocument]:
    """The documents that can be set side by side, region by region."""
    rows = library_documents_visible_to(actor).defer("text", "parsed", "search_vector")
    return list(rows.select_related("division").order_by("division_id", "-issued_on", "-pk"))
