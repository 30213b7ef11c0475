"""Service organisations as clients choose among them: card, checks, deals and ratings."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Avg, Count, Q
from django.utils import timezone

from silian.operations.alliances.queries.conduct import onboarded, service_organisations, standings
from silian.operations.exchange.choices import DealState
from silian.operations.exchange.models.deal import Deal, Rating
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.models.organisation import ServiceProfile


@dataclass
class Dealings:
    """What an organisation did for others, counted from deals (服务成效)."""

    deals: int = 0
    completed: int = 0
    clients: set[int] = field(default_factory=set)

    def add(self, *, client: int, deals: int, completed: int) -> None:
        self.deals += deals
        self.completed += completed
        self.clients.add(client)


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """One service organisation of the directory (服务组织名录)."""

    organisation: Organisation
    profile: ServiceProfile | None
    standing: str
    tone: str
    is_onboarded: bool
    dealings: Dealings
    rating: float | None
    ratings: int

    @property
    def services(self) -> Sequence[str]:
        return self.profile.services if self.profile else ()

    @property
    def outcome(self) -> str:
        found = self.dealings
        if not found.deals:
            return "还没有成交"
        return f"成交 {found.deals} 笔，完成 {found.completed} 笔，服务 {len(found.clients)} 家"

    @property
    def rating_words(self) -> str:
        if self.rating is None:
            return "还没有评价"
        return f"{self.rating:.1f} 分（{self.ratings} 个评价）"


def service_lines(*, now: datetime.datetime) -> list[ServiceLine]:
    """Every verified service organisation; the same number of queries for few and many."""
    units = list(
        service_organisations().select_related("division", "service_profile").order_by("name")
    )
    keys = [unit.pk for unit in units]
    standing = standings(keys, on=timezone.localdate(now))
    let_in = onboarded(keys)
    dealings, ratings = dealings_of(keys), ratings_of(keys, now=now)
    return [
        ServiceLine(
            organisation=unit,
            profile=getattr(unit, "service_profile", None),
            standing=standing[unit.pk].words,
            tone=standing[unit.pk].tone,
            is_onboarded=unit.pk in let_in,
            dealings=dealings.get(unit.pk, Dealings()),
            rating=ratings.get(unit.pk, (None, 0))[0],
            ratings=ratings.get(unit.pk, (None, 0))[1],
        )
        for unit in units
    ]


def dealings_of(keys: Sequence[int]) -> dict[int, Dealings]:
    """Deals on either side of a negotiation; one query."""
    asker, owner = "negotiation__asker_id", "negotiation__owner_id"
    either = Q(negotiation__asker__in=keys) | Q(negotiation__owner__in=keys)
    rows = Deal.objects.filter(either).order_by().values(asker, owner)
    wanted, found = set(keys), defaultdict[int, Dealings](Dealings)
    done = Count("pk", filter=Q(state=DealState.COMPLETED))
    for row in rows.annotate(deals=Count("pk"), completed=done):
        for unit, client in ((row[asker], row[owner]), (row[owner], row[asker])):
            if unit in wanted:
                found[unit].add(client=client, deals=row["deals"], completed=row["completed"])
    return found


def ratings_of(
    keys: Sequence[int], *, now: datetime.datetime
) -> Mapping[int, tuple[float | None, int]]:
    """The mean of the ratings that everybody may read, and their number; one query."""
    rows = Rating.objects.filter(rated_id__in=keys, shown_from__lte=now).order_by()
    counted = rows.values("rated_id").annotate(mean=Avg("score"), count=Count("pk"))
    return {row["rated_id"]: (row["mean"], row["count"]) for row in counted}


def services_offered(lines: Iterable[ServiceLine]) -> Counter[str]:
    """How many organisations offer each service (按服务项目)."""
    return Counter(service for line in lines for service in line.services)


@dataclass(frozen=True, kw_only=True)
class ServiceStatistics:
    """The directory in numbers (服务组织统计)."""

    organisations: int
    onboarded: int
    deals: int
    clients: int


def statistics_of(lines: Sequence[ServiceLine]) -> ServiceStatistics:
    clients = {client for line in lines for client in line.dealings.clients}
    return ServiceStatistics(
        organisations=len(lines),
        onboarded=sum(line.is_onboarded for line in lines),
        deals=sum(line.dealings.deals for line in lines),
        clients=len(clients),
    )
