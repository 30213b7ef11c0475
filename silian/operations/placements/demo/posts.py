"""Makes the posts of the demonstration hosts: most in order, a few with what a check finds."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from silian.foundation.reference.models import Occupation
from silian.operations.placements.choices.hosts import (
    PostState,
)
from silian.operations.placements.demo.trades import CHAIN_POSTS, ChainPosts, Trade
from silian.operations.placements.models.hosts import Host
from silian.operations.placements.models.posts import InternshipPost
from silian.registers.organisations.models import Organisation
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Affiliation

BEFORE, AFTER = datetime.timedelta(days=100), datetime.timedelta(days=400)
LUNCH_HOURS = 1
DAILY_HOURS = 8


@dataclass
class PostMaker:
    """Writes two or three posts for each organisation."""

    rng: random.Random
    on: datetime.date

    def write(self, hosts: Sequence[Host]) -> list[InternshipPost]:
        organisations = list({host.organisation_id: host.organisation for host in hosts}.values())
        self.mentors = mentors_of(organisations)
        self.occupations = set(Occupation.objects.values_list("pk", flat=True))
        rows = [
            post
            for place, organisation in enumerate(organisations)
            for post in self.of_organisation(organisation, place=place)
        ]
        return InternshipPost.objects.bulk_create(rows)

    def of_organisation(
        self, organisation: Organisation, *, place: int
    ) -> Iterator[InternshipPost]:
        chain = CHAIN_POSTS[organisation.industry_chain]
        count = len(chain.trades) if place == 0 else chain.posts
        trades = chain.trades[:count] if place == 0 else self.rng.sample(chain.trades, count)
        for number, trade in enumerate(trades):
            is_low = place % 9 == 4 and number == 0
            yield self.post(organisation, chain, trade, is_low=is_low)
        if place in (0, 3):
            yield self.unlawful_draft(organisation, chain)

    def post(
        self,
        organisation: Organisation,
        chain: ChainPosts,
        trade: Trade,
        *,
        is_low: bool = False,
    ) -> InternshipPost:
        headcount = self.rng.randint(12, 18)
        share = Decimal("0.74") if is_low else Decimal(self.rng.randint(82, 95)) / 100
        return InternshipPost(
            organisation=organisation,
            division_id=organisation.division_id,
            title=trade.title,
            address=organisation.address,
            occupation_id=trade.occupation if trade.occupation in self.occupations else None,
            industry_id=organisation.industry_id,
            major_classes=list(chain.major_classes),
            tasks=list(trade.tasks),
            headcount=headcount,
            staff_in_post=headcount * self.rng.randint(5, 9),
            starts_on=self.on - BEFORE,
            ends_on=self.on + AFTER,
            daily_hours=Decimal(DAILY_HOURS),
            weekly_days=5,
            shift_starts=datetime.time(trade.starts, 30),
            shift_ends=datetime.time(trade.starts + DAILY_HOURS + LUNCH_HOURS, 30),
            intensity=trade.intensity,
            pay=(trade.wage * share).quantize(Decimal(10)),
            post_wage=Decimal(trade.wage),
            pay_day=self.rng.choice((8, 10, 15)),
            board="工作日提供午餐；可住员工宿舍，4 人间",
            has_lodging=self.rng.random() < 0.4,
            mentors_ratio=5,
            mentor_id=self.mentors.get(organisation.pk),
            state=PostState.OPEN,
            is_demo=True,
        )

    def unlawful_draft(self, organisation: Organisation, chain: ChainPosts) -> InternshipPost:
        """A draft that shows what the check says: night, overtime, noise, six days."""
        post = self.post(organisation, chain, chain.trades[0])
        post.title = f"{post.title}（两班制）"
        post.shift_starts, post.shift_ends = datetime.time(15, 30), datetime.time(0, 30)
        post.weekly_days, post.has_overtime, post.hazards = 6, True, ["noise"]
        post.state = PostState.DRAFT
        return post


def mentors_of(organisations: Sequence[Organisation]) -> dict[int, int]:
    """One employee of each organisation who guides interns."""
    rows = Affiliation.objects.filter(
        organisation__in=organisations,
        kind__in=(AffiliationKind.MENTOR, AffiliationKind.EMPLOYEE),
        ends_on__isnull=True,
    )
    found: dict[int, int] = {}
    for organisation_id, person_id in rows.order_by("pk").values_list(
        "organisation_id", "person_id"
    ):
        found.setdefault(organisation_id, person_id)
    return found
