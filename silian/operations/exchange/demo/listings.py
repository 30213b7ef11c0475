"""Builds the listings of the demonstration city, each complete as its kind's form demands."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from typing import Any

from silian.foundation.kernel.search import feed
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.exchange.choices import ListingState, Side, Visibility
from silian.operations.exchange.demo.makers import MAKERS
from silian.operations.exchange.demo.trades import TRADES, Trade
from silian.operations.exchange.gateways.search_documents import SUBJECT
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.listing import Listing, ListingReview
from silian.operations.exchange.rules.listing_publication import REVIEW_WORKING_DAYS
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Membership, Organisation

LISTINGS = 3_000
BATCH = 1_000
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
CITY = "990100"
CONFIRMED_WITHIN = 28
STATES = (
    (ListingState.PUBLISHED, 62),
    (ListingState.FILLED, 12),
    (ListingState.EXPIRED, 18),
    (ListingState.WITHDRAWN, 3),
    (ListingState.PAUSED, 2),
    (ListingState.DRAFT, 3),
    (ListingState.IN_REVIEW, 1),
)
BY_PUBLISHER: dict[str, tuple[tuple[str, Side, int], ...]] = {
    OrganisationKind.ENTERPRISE: (
        ("internship", Side.DEMAND, 26),
        ("job", Side.DEMAND, 26),
        ("apprenticeship", Side.DEMAND, 8),
        ("order_class", Side.DEMAND, 8),
        ("technical_problem", Side.DEMAND, 12),
        ("course_package", Side.DEMAND, 5),
        ("teacher_mentor", Side.SUPPLY, 6),
        ("cooperation", Side.DEMAND, 4),
        ("equipment_hours", Side.DEMAND, 3),
        ("venue", Side.SUPPLY, 2),
    ),
    OrganisationKind.SCHOOL: (
        ("graduate_cohort", Side.SUPPLY, 26),
        ("course_package", Side.SUPPLY, 16),
        ("training_places", Side.SUPPLY, 14),
        ("equipment_hours", Side.SUPPLY, 12),
        ("teacher_mentor", Side.DEMAND, 10),
        ("research_result", Side.SUPPLY, 8),
        ("technical_service", Side.SUPPLY, 6),
        ("cooperation", Side.SUPPLY, 5),
        ("demonstration_project", Side.SUPPLY, 3),
    ),
    OrganisationKind.INSTITUTE: (
        ("research_result", Side.SUPPLY, 50),
        ("technical_service", Side.SUPPLY, 35),
        ("equipment_hours", Side.SUPPLY, 15),
    ),
    OrganisationKind.SERVICE: (
        ("integration_service", Side.SUPPLY, 60),
        ("course_package", Side.SUPPLY, 40),
    ),
    OrganisationKind.FINANCE: (("finance_product", Side.SUPPLY, 100),),
}
SHARES = (
    (OrganisationKind.ENTERPRISE, 74),
    (OrganisationKind.SCHOOL, 20),
    (OrganisationKind.INSTITUTE, 3),
    (OrganisationKind.SERVICE, 2),
    (OrganisationKind.FINANCE, 1),
)


@dataclass
class ListingBuilder:
    """Makes the same listings from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    publishers: dict[str, list[Organisation]] = field(default_factory=dict)
    clerks: dict[int, int] = field(default_factory=dict)

    def build(self) -> int:
        """Write the listings and index those that are published; returns how many."""
        verified = Organisation.objects.filter(state=OrganisationState.VERIFIED, is_demo=True)
        for organisation in verified.order_by("pk"):
            self.publishers.setdefault(organisation.kind, []).append(organisation)
        members = Membership.objects.filter(organisation__is_demo=True).order_by("-pk")
        self.clerks = dict(members.values_list("organisation_id", "user_id"))
        total = int(LISTINGS * self.scale)
        for start in range(0, total, BATCH):
            rows = [self.listing(start + n) for n in range(min(BATCH, total - start))]
            made = Listing.objects.bulk_create(rows)
            published = [row.pk for row in made if row.state == ListingState.PUBLISHED]
            feed.changed(SUBJECT, published)
            self.backdate(made)
            self.ask_reviews(made)
        return total

    def backdate(self, made: list[Listing]) -> None:
        """Written before it was published, not when the city was built."""
        for row in made:
            row.created_at = (row.published_at or row.created_at) - datetime.timedelta(days=2)
        Listing.objects.bulk_update(made, ["created_at"], batch_size=BATCH)

    def ask_reviews(self, made: list[Listing]) -> None:
        """Open the reviews of the listings that wait for one."""
        waiting = [row for row in made if row.state == ListingState.IN_REVIEW]
        ListingReview.objects.bulk_create(
            ListingReview(
                listing=row,
                opened_at=row.submitted_at,
                due_at=site_deadline(row.submitted_at, working_days=REVIEW_WORKING_DAYS).due_at,
                cause="发布单位请求人工审核：岗位说明引用了设备厂家名称。",
            )
            for row in waiting
            if row.submitted_at
        )

    def listing(self, number: int) -> Listing:
        publisher = self.publisher(number)
        code, side = self.kind_for(publisher)
        trade = self.trade_for(publisher)
        made = MAKERS[code](self.rng, trade, side, self.on)
        kind = kind_of(code)
        age = self.rng.randint(0, 720) if number % 3 else self.rng.randint(0, 60)
        state = self.state_for(age=age, valid_days=kind.valid_days)
        occupation = trade.occupation if kind.names_occupation else None
        row = Listing(
            kind=code,
            side=side,
            organisation=publisher,
            division_id=publisher.division_id if publisher.division_id != CITY else "990102",
            place=publisher.address,
            industry_id=publisher.industry_id,
            occupation_id=occupation,
            industry_chain=trade.chain,
            majors=list(trade.majors) if kind.names_majors else [],
            visibility=Visibility.MEMBERS if self.rng.random() < 0.05 else kind.visibility,
            state=state,
            created_by_id=self.clerks.get(publisher.pk),
            is_demo=True,
            **made,
        )
        row.capacity_left = 0 if state == ListingState.FILLED else row.capacity
        self.date(row, age=age, valid_days=kind.valid_days)
        return row

    def publisher(self, number: int) -> Organisation:
        """启衡 and the first school publish often, so that the demonstration has a life."""
        if number % 60 == 0:
            return self.publishers[OrganisationKind.ENTERPRISE][0]
        if number % 60 == 30:
            return self.publishers[OrganisationKind.SCHOOL][0]
        kind = self.pick(SHARES)
        return self.rng.choice(self.publishers[kind])

    def kind_for(self, publisher: Organisation) -> tuple[str, Side]:
        offered = BY_PUBLISHER[publisher.kind]
        code, side, _ = self.rng.choices(offered, [weight for *_, weight in offered])[0]
        return code, side

    def trade_for(self, publisher: Organisation) -> Trade:
        own = [trade for trade in TRADES if trade.chain == publisher.industry_chain]
        return self.rng.choice(own or list(TRADES))

    def state_for(self, *, age: int, valid_days: int) -> ListingState:
        state: ListingState = self.pick(STATES)
        if state == ListingState.PUBLISHED and age >= valid_days - 2:
            return ListingState.EXPIRED
        return state

    def date(self, row: Listing, *, age: int, valid_days: int) -> None:
        """Set the dates that the state demands, in their order."""
        row.created_at = self.moment(age + 2)
        if row.state == ListingState.DRAFT:
            return
        if row.state == ListingState.IN_REVIEW:
            row.submitted_at = self.moment(self.rng.randint(0, 1))
            return
        row.submitted_at = self.moment(age + 1)
        row.published_at = row.first_published_at = self.moment(age)
        row.expires_on = row.published_at.date() + datetime.timedelta(days=valid_days)
        fresh = min(age, self.rng.randint(0, CONFIRMED_WITHIN))
        row.confirmed_on = self.on - datetime.timedelta(days=fresh)
        if row.state in (ListingState.EXPIRED, ListingState.FILLED, ListingState.WITHDRAWN):
            row.closed_at = self.moment(max(0, age - self.rng.randint(5, 60)))
        if row.state == ListingState.WITHDRAWN:
            row.close_reason = "计划调整，暂不需要。"
        if row.state == ListingState.PAUSED:
            row.pause_cause = "owner"

    def moment(self, days_ago: int) -> datetime.datetime:
        clock = datetime.time(self.rng.randint(8, 17), self.rng.randint(0, 59))
        day = self.on - datetime.timedelta(days=days_ago)
        return datetime.datetime.combine(day, clock, tzinfo=SHANGHAI)

    def pick(self, weighted: tuple[tuple[Any, int], ...]) -> Any:
        values, weights = zip(*weighted, strict=True)
        return self.rng.choices(values, weights)[0]
