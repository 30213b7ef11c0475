"""Reading talks and money: what waits, what is late, totals by year, kind, provider, county."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from silian.foundation.kernel.actors import Actor
from silian.governance.incentives.choices.finance import FUNDING_KINDS, AnswerState, RecordKind
from silian.governance.incentives.models import FinanceAnswer, FinanceRecord
from silian.governance.incentives.permissions.finance import (
    answers_visible_to,
    is_applicant,
    is_official,
    is_provider,
    within,
)

SMALLEST = 5  # fewer deals could be told apart: the public sees neither number nor amount
WAITING = (AnswerState.ASKED, AnswerState.INTERESTED, AnswerState.DILIGENCE)
NOTHING = Decimal(0)
PROMISES = frozenset(kind.label for kind in RecordKind if kind not in FUNDING_KINDS)
AXES = {
    "kind": ("类别", "kind"),
    "provider": ("金融机构", "answer__provider__name"),
    "county": ("地区", "answer__need__division__name"),
}


@dataclass(frozen=True, kw_only=True)
class TotalLine:
    """One line of the totals: how many deals, how much (合计一行); None is hidden."""

    label: str
    deals: int | None
    projects: int | None
    amount: Decimal | None

    @property
    def is_hidden(self) -> bool:
        return self.amount is None


def answers_for_list(actor: Actor) -> QuerySet[FinanceAnswer]:
    """Talks within reach with what was paid on each."""
    paid = Sum("records__amount", filter=Q(records__voided_at__isnull=True))
    rows = answers_visible_to(actor).select_related("need__owner", "product", "provider")
    return rows.annotate(paid=paid)


def answers_to_give(actor: Actor) -> QuerySet[FinanceAnswer]:
    """Talks whose next word is the provider's own (待答复)."""
    if not is_provider(actor):
        return FinanceAnswer.objects.none()
    rows = FinanceAnswer.objects.filter(provider_id=actor.organisation_id, state__in=WAITING)
    return rows.select_related("need__owner", "product").order_by("due_at", "pk")


def answers_overdue(actor: Actor, *, now: datetime.datetime) -> QuerySet[FinanceAnswer]:
    """Talks in which a provider let the clock run out: for officials and the owner (逾期)."""
    if not (is_official(actor) or is_applicant(actor)):
        return FinanceAnswer.objects.none()
    late = answers_visible_to(actor).filter(state__in=WAITING, due_at__lte=now)
    return late.select_related("need__owner", "product", "provider").order_by("due_at", "pk")


def records_of_region(actor: Actor) -> QuerySet[FinanceRecord]:
    """Valid money records of an official's region."""
    rows = FinanceRecord.objects.valid()  # type: ignore[attr-defined]
    if not is_official(actor):
        return FinanceRecord.objects.none()
    return rows.filter(within(actor, "answer__need__division__code"))


def public_records() -> QuerySet[FinanceRecord]:
    """Every valid money record, for totals that hide small numbers."""
    rows: QuerySet[FinanceRecord] = FinanceRecord.objects.valid()  # type: ignore[attr-defined]
    return rows


def years_of(rows: QuerySet[FinanceRecord]) -> list[int]:
    found = rows.order_by().annotate(year=ExtractYear("on")).values_list("year", flat=True)
    return sorted(set(found), reverse=True)


def totals(
    rows: QuerySet[FinanceRecord], *, year: int, axis: str, smallest: int = 1
) -> list[TotalLine]:
    """The money of a year along one axis; a line of fewer deals than ``smallest`` is hidden.

    What is hidden must not follow from the whole; the next smallest are hidden with it. Promises
    (guarantees, covers) are in no whole and stand last.
    """
    path = AXES[axis][1]
    grouped = (
        rows.filter(on__year=year)
        .order_by()
        .values(path)
        .annotate(
            amount=Sum("amount"),
            deals=Count("answer", distinct=True),
            projects=Count("answer__need", distinct=True),
        )
    )
    found = [
        TotalLine(
            label=label_of(axis, row[path]),
            deals=row["deals"],
            projects=row["projects"],
            amount=row["amount"],
        )
        for row in grouped
    ]
    found.sort(key=lambda line: -(line.amount or NOTHING))
    promises = [line for line in found if axis == "kind" and line.label in PROMISES]
    money = [line for line in found if line not in promises]
    hidden = [line for each in promises for line in suppressed([each], smallest=smallest)]
    return [*suppressed(money, smallest=smallest), *hidden]


def label_of(axis: str, value: str) -> str:
    return RecordKind(value).label if axis == "kind" else value


def suppressed(lines: Sequence[TotalLine], *, smallest: int) -> list[TotalLine]:
    """Lines of few deals hidden, and more of them while what is hidden follows from the whole."""
    small = [line for line in lines if (line.deals or 0) < smallest]
    rest = sorted((line for line in lines if line not in small), key=lambda line: line.deals or 0)
    while rest and small and (len(small) == 1 or deals_of(small) < smallest):
        small.append(rest.pop(0))
    return [
        TotalLine(label=line.label, deals=None, projects=None, amount=None)
        if line in small
        else line
        for line in lines
    ]


def deals_of(lines: Sequence[TotalLine]) -> int:
    return sum(line.deals or 0 for line in lines)


def funding(rows: QuerySet[FinanceRecord]) -> QuerySet[FinanceRecord]:
    """Money that reached its project; guarantees and covers are promises (到位资金)."""
    return rows.filter(kind__in=FUNDING_KINDS)


def whole(rows: QuerySet[FinanceRecord], *, year: int, smallest: int = 1) -> TotalLine:
    """Everything of a year; hidden when it is few deals."""
    sums = rows.filter(on__year=year).aggregate(
        amount=Sum("amount", default=NOTHING),
        deals=Count("answer", distinct=True),
        projects=Count("answer__need", distinct=True),
    )
    if sums["deals"] and sums["deals"] < smallest:
        return TotalLine(label="合计", deals=None, projects=None, amount=None)
    return TotalLine(label="合计", **sums)
