"""Reading funds, pitches and the social money that fund money brought (撬动)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.finance import Investor, PitchState
from silian.governance.incentives.models import FundPitch, IndustryFund, InvestmentRecord
from silian.governance.incentives.permissions.finance import is_official, is_provider, within
from silian.governance.incentives.permissions.funds import pitches_visible_to
from silian.governance.incentives.rules.investments import leverage
from silian.registers.organisations.models import Organisation

NOTHING = Decimal(0)
SMALLEST = 5  # fewer projects could be told apart: the public sees no sum of them
WAITING = (PitchState.SUBMITTED, PitchState.ROADSHOW)
VALID = Q(investments__voided_at__isnull=True)
FUND_SUM = Sum(
    "investments__amount", filter=VALID & Q(investments__investor=Investor.FUND), default=NOTHING
)
SOCIAL_SUM = Sum(
    "investments__amount", filter=VALID & Q(investments__investor=Investor.SOCIAL), default=NOTHING
)


@dataclass(frozen=True, kw_only=True)
class LeverageLine:
    """Fund money, social money and how many times the one brought the other (撬动一行)."""

    label: str
    url: str
    projects: int
    fund: Decimal
    social: Decimal

    @property
    def times(self) -> Decimal | None:
        return leverage(fund=self.fund, social=self.social)


def funds_for_list(rows: QuerySet[IndustryFund]) -> QuerySet[IndustryFund]:
    """Funds with how many were handed in and accepted."""
    accepted = Count("pitches", filter=Q(pitches__state=PitchState.ACCEPTED))
    return rows.select_related("manager", "division").annotate(accepted=accepted)


def pitches_for_list(actor: Actor) -> QuerySet[FundPitch]:
    """Pitches within reach with the money of each."""
    rows = pitches_visible_to(actor).select_related("fund__manager", "owner", "project")
    return rows.annotate(fund_money=FUND_SUM, social_money=SOCIAL_SUM)


def pitches_to_answer(actor: Actor) -> QuerySet[FundPitch]:
    """What waits for the fund's own answer (待答复)."""
    if not is_provider(actor):
        return FundPitch.objects.none()
    rows = FundPitch.objects.filter(fund__manager_id=actor.organisation_id, state__in=WAITING)
    return rows.select_related("fund", "owner").order_by("due_at", "pk")


def pitches_overdue(actor: Actor, *, now: datetime.datetime) -> QuerySet[FundPitch]:
    """What a fund of the region did not answer in time (逾期)."""
    if not is_official(actor):
        return FundPitch.objects.none()
    late = pitches_visible_to(actor).filter(state__in=WAITING, due_at__lte=now)
    return late.select_related("fund", "owner").order_by("due_at", "pk")


def leverage_by_pitch(rows: QuerySet[FundPitch]) -> list[LeverageLine]:
    """Each project or result with the money that came (按项目)."""
    found = rows.filter(investments__voided_at__isnull=True).annotate(
        fund_money=FUND_SUM, social_money=SOCIAL_SUM
    )
    lines = [
        LeverageLine(
            label=row.title,
            url=row.get_absolute_url(),
            projects=1,
            fund=row.fund_money,
            social=row.social_money,
        )
        for row in found.distinct()
        if row.fund_money or row.social_money
    ]
    return sorted(lines, key=lambda line: -line.fund)


def leverage_by_fund(rows: QuerySet[FundPitch]) -> list[LeverageLine]:
    """Each fund with its money and the social money beside it (按基金)."""
    records = InvestmentRecord.objects.valid().filter(pitch__in=rows)  # type: ignore[attr-defined]
    grouped = (
        records.order_by()
        .values("pitch__fund_id", "pitch__fund__name")
        .annotate(
            fund=Sum("amount", filter=Q(investor=Investor.FUND), default=NOTHING),
            social=Sum("amount", filter=Q(investor=Investor.SOCIAL), default=NOTHING),
            projects=Count("pitch", distinct=True),
        )
    )
    lines = [
        LeverageLine(
            label=row["pitch__fund__name"],
            url="",
            projects=row["projects"],
            fund=row["fund"],
            social=row["social"],
        )
        for row in grouped
    ]
    return sorted(lines, key=lambda line: -line.fund)


def whole_of(lines: list[LeverageLine]) -> LeverageLine:
    """All lines together."""
    return LeverageLine(
        label="合计",
        url="",
        projects=sum(line.projects for line in lines),
        fund=sum((line.fund for line in lines), NOTHING),
        social=sum((line.social for line in lines), NOTHING),
    )


def pitches_of_region(actor: Actor) -> QuerySet[FundPitch]:
    """What an official's region handed to funds."""
    if not is_official(actor):
        return FundPitch.objects.none()
    return FundPitch.objects.filter(within(actor, "owner__division__code"))


def region_choices(organisation_id: int) -> list[tuple[str, str]]:
    """The city of a unit with its counties, to choose where money goes."""
    unit = Organisation.objects.get(pk=organisation_id)
    rows = Division.objects.filter(code__startswith=unit.division_id[:4]).order_by("code")
    return [(row.code, row.name) for row in rows]
