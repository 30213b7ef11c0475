"""The surcharge by county and year: receipts, use, share, verdict, year on year."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum
from silian_engines.policy_rules.provisions import Provision

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.surcharge import SurchargeKind
from silian.governance.incentives.gateways.appropriation import entered_shares, surcharge_verdict
from silian.governance.incentives.models.surcharge import SurchargeEntry
from silian.governance.incentives.permissions.surcharge import entries_visible_to
from silian.governance.incentives.rules.surcharge import Verdict, share_of

Sums = Mapping[str, tuple[Decimal, Decimal]]
BELOW = ("不符合", "差距", "提示")
NONE = (Decimal(0), Decimal(0))


@dataclass(frozen=True, kw_only=True)
class CountyYear:
    """One county's year (县区年度核对)."""

    code: str
    name: str
    receipts: Decimal
    used: Decimal
    share: Decimal | None
    before: Decimal | None
    verdict: Verdict
    is_whole: bool = False

    @property
    def is_below(self) -> bool:
        return self.verdict.word in BELOW

    @property
    def change(self) -> Decimal | None:
        """Percentage points against the year before (同比)."""
        if self.share is None or self.before is None:
            return None
        return self.share - self.before


def sums_of(actor: Actor, *, year: int) -> dict[str, tuple[Decimal, Decimal]]:
    """Receipts and vocational use of each division; one query."""
    rows = entries_visible_to(actor).present().filter(year=year)  # type: ignore[attr-defined]
    sums = rows.order_by().values("division_id").annotate(
        receipts=Sum("amount", filter=Q(kind=SurchargeKind.RECEIPT)),
        used=Sum("amount", filter=Q(kind=SurchargeKind.VOCATIONAL)),
    )  # fmt: skip
    return {
        row["division_id"]: (row["receipts"] or Decimal(0), row["used"] or Decimal(0))
        for row in sums
    }


def report_of(actor: Actor, *, year: int) -> list[CountyYear]:
    """Every division that entered something, the whole region last (分县区核对)."""
    now, before = sums_of(actor, year=year), sums_of(actor, year=year - 1)
    names = dict(Division.objects.filter(pk__in=[*now, *before]).values_list("pk", "name"))
    places, last_day = [*sorted(names), actor.jurisdiction], datetime.date(year, 12, 31)
    shares = entered_shares(places, region=actor.jurisdiction, on=last_day)
    rows = [
        county_year(
            code, names[code], now.get(code, NONE), before.get(code, NONE), last_day=last_day,
            entered=shares[code],
        )
        for code in sorted(names)
    ]  # fmt: skip
    if len(rows) > 1:
        whole, past = whole_of(now), whole_of(before)
        rows.append(
            county_year(
                actor.jurisdiction, "全地区", whole, past, last_day=last_day,
                entered=shares[actor.jurisdiction], is_whole=True,
            )
        )  # fmt: skip
    return rows


def whole_of(sums: Sums) -> tuple[Decimal, Decimal]:
    """Sum over sum, so that large counties weigh more."""
    return (
        sum((receipts for receipts, _ in sums.values()), Decimal(0)),
        sum((used for _, used in sums.values()), Decimal(0)),
    )


def county_year(
    code: str,
    name: str,
    now: tuple[Decimal, Decimal],
    before: tuple[Decimal, Decimal],
    *,
    last_day: datetime.date,
    entered: Provision | None,
    is_whole: bool = False,
) -> CountyYear:
    return CountyYear(
        code=code, name=name, receipts=now[0], used=now[1], share=share_of(now[1], now[0]),
        before=share_of(before[1], before[0]), is_whole=is_whole,
        verdict=surcharge_verdict(
            receipts=now[0], used=now[1], division=code, on=last_day, entered=entered
        ),
    )  # fmt: skip


def years_of(actor: Actor, *, today: datetime.date) -> list[int]:
    """The years that have entries, this one with them, the latest first."""
    rows = entries_visible_to(actor).order_by().values_list("year", flat=True).distinct()
    return sorted({*rows, today.year - 1}, reverse=True)


def counties_of(division: str) -> dict[str, str]:
    """The divisions for which entries of a region may be made: itself and those below."""
    rows = Division.objects.filter(code__startswith=subtree_prefix(division)).order_by("code")
    return dict(rows.values_list("pk", "name"))


def vouchers_taken(entries: list[tuple[str, str, str, int]]) -> set[tuple[str, str, str, int]]:
    """Which of (division, kind, voucher, year) stand in the register already."""
    rows = SurchargeEntry.objects.filter(
        replaced_at__isnull=True, voucher__in={entry[2] for entry in entries}
    )
    return set(rows.values_list("division_id", "kind", "voucher", "year")) & set(entries)
