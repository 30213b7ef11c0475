"""People of a claim whom another subsidy stands against: who, which, which days (重复领取)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.governance.incentives.choices.claims import ClaimScheme, ClaimState
from silian.governance.incentives.choices.outside_payments import Conflict, SkillLevel
from silian.governance.incentives.models import Claim, ClaimItem
from silian.governance.incentives.models.outside_payments import OutsidePayment
from silian.governance.incentives.permissions.claims import claims_visible_to
from silian.governance.incentives.queries.gate_people import PAID_STATES
from silian.governance.incentives.queries.outside_payments import received_by
from silian.governance.incentives.rules.outside_payments import (
    APPRENTICE,
    INTERN,
    Clash,
    Counting,
    Received,
    clash_between,
)

LEVELS = tuple(str(level) for level in SkillLevel.values)
HANDED_IN = (ClaimState.REVIEW, *PAID_STATES)
KINDS = {ClaimScheme.INTERNSHIP: INTERN, ClaimScheme.APPRENTICESHIP: APPRENTICE}


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """One subsidy that stands against what a claim counts for a person (重复领取)."""

    item: ClaimItem
    clash: Clash
    scheme: str
    payment: OutsidePayment | None = None
    other: ClaimItem | None = None

    @property
    def conflict(self) -> Conflict:
        return Conflict(self.clash.conflict)

    @property
    def words(self) -> str:
        """Who, which subsidy, which days."""
        return f"{self.item.label}：{self.short}"

    @property
    def short(self) -> str:
        """Which subsidy, which days."""
        return f"{self.scheme}，{self.clash.words}"


@dataclass(frozen=True, kw_only=True)
class PersonOverlaps:
    """All that stands against one person of a claim, and what the claim counts for them."""

    item: ClaimItem
    overlaps: tuple[Overlap, ...]

    @property
    def amount(self) -> Decimal:
        """By how much the claim falls without the person (金额差)."""
        return self.item.amount


def overlaps_of(claim: Claim, items: Sequence[ClaimItem]) -> list[Overlap]:
    """Every subsidy that stands against the items, in a constant number of queries."""
    mine = [each for each in items if each.person_id is not None and each.family in KINDS]
    people = {each.person_id for each in mine if each.person_id is not None}
    if not people:
        return []
    paid = received_by(people)
    counted: dict[int, list[ClaimItem]] = {}
    for row in counted_elsewhere(claim, people):
        counted.setdefault(row.person_id or 0, []).append(row)
    found: list[Overlap] = []
    for item in mine:
        found += against_payments(item, paid.get(item.person_id or 0, []))
        found += against_items(item, counted.get(item.person_id or 0, []))
    return found


def counted_elsewhere(claim: Claim, people: Iterable[int]) -> QuerySet[ClaimItem]:
    """What other claims that were handed in count for the same people."""
    rows = ClaimItem.objects.filter(
        person__in=people, counts=True, family__in=list(KINDS), claim__state__in=HANDED_IN
    )
    return rows.exclude(claim=claim).select_related("claim__call").order_by("pk")


def counting(item: ClaimItem) -> Counting:
    return Counting(
        scheme=str(item.family),
        days=(item.starts_on, item.ends_on),
        occupation=item.occupation,
        level=item.level,
    )


def against_payments(item: ClaimItem, rows: Iterable[OutsidePayment]) -> Iterator[Overlap]:
    for row in rows:
        received = Received(
            kind=row.kind,
            days=(row.starts_on, row.ends_on),
            occupation=row.occupation,
            level=row.level,
        )
        clash = clash_between(counting(item), received, levels=LEVELS)
        if clash is not None:
            yield Overlap(item=item, clash=clash, scheme=row.get_kind_display(), payment=row)


def against_items(item: ClaimItem, rows: Iterable[ClaimItem]) -> Iterator[Overlap]:
    """Days of one family are kept apart by the database; an earlier level is looked at here."""
    for row in rows:
        same = row.family == item.family
        if same and row.claim.state not in PAID_STATES:
            continue
        received = Received(
            kind=KINDS[ClaimScheme(row.family)],
            days=(row.starts_on, row.ends_on),
            occupation=row.occupation,
            level=row.level,
            own=True,
        )
        clash = clash_between(counting(item), received, levels=LEVELS)
        if clash is not None:
            scheme = f"平台{row.claim.call.get_scheme_display()} {row.claim.number}"
            yield Overlap(item=item, clash=clash, scheme=scheme, other=row)


def people_overlapping(claim: Claim, items: Iterable[ClaimItem]) -> list[PersonOverlaps]:
    """The same, person by person, for the page of a claim (重复人员)."""
    by_item: dict[int, list[Overlap]] = {}
    for each in overlaps_of(claim, list(items)):
        by_item.setdefault(each.item.pk, []).append(each)
    return [PersonOverlaps(item=rows[0].item, overlaps=tuple(rows)) for rows in by_item.values()]


def claims_touched_by(row: OutsidePayment, actor: Actor) -> list[Claim]:
    """Claims that the reader sees and that count the person of a payment (涉及的申领)."""
    if not row.id_number_index or row.is_withdrawn:
        return []
    rows = claims_visible_to(actor).filter(
        items__person__id_number_index=row.id_number_index, items__counts=True
    )
    return list(rows.select_related("organisation", "call").distinct().order_by("-pk"))
