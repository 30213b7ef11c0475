"""Builds what was recommended in the demonstration city, what came of it, and the services."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from dataclasses import dataclass, field

from silian.operations.exchange.choices import NegotiationState, RecommendationVerdict
from silian.operations.exchange.commands.match_refresh import refresh_recommendations
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.negotiation import Intent, Negotiation
from silian.operations.exchange.models.recommendation import (
    Recommendation,
    RecommendationShowing,
)
from silian.operations.exchange.models.value_added_service import ValueAddedService, ValueAddedUse
from silian.operations.exchange.queries.recommendation_history import (
    ListingFacts,
    nearest,
    remembered_listings,
)
from silian.operations.exchange.rules.recommendations import SHOWN_FIRST
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Membership, Organisation

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
RECENT_DAYS = 30
SHOWN_SHARE = 0.45  # of the negotiations, those that began with a recommendation
JUDGED_SHARE = 0.12
SERVICES = (
    # name, category, summary, fee, small, address, uses a month
    ("岗位实习三方协议模板", "contract", "按现行规定列全必备条款，可在线签署。", "免费", False,
     "/agreements/", 40),
    ("校企合作协议模板", "contract", "共建基地、订单班、课程开发常用条款，分情形选用。", "免费",
     True, "/agreements/", 26),
    ("优惠政策自查", "policy", "按贵单位登记的事实逐条核对可享受的政策和还差的条件。", "免费",
     True, "/policies/benefits/", 55),
    ("对接成效报告", "report", "本辖区供需发布、应答、成交的统计，可导出。", "免费", False,
     "/exchange/effectiveness/", 12),
    ("供需变化提醒", "report", "把检索条件存为订阅，有新的即时或每日告诉您。", "免费", True,
     "/exchange/subscriptions/", 33),
    ("技术难题揭榜辅导", "advice", "服务组织协助拆解指标、起草揭榜说明。", "按次协商", True,
     "/exchange/", 8),
)  # fmt: skip


@dataclass
class RecommendationBuilder:
    """Makes the same recommendations from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    made: dict[tuple[int, int], RecommendationShowing] = field(default_factory=dict)

    def build(self) -> int:
        """Past showings with what came of them, services, and the recommendations of tonight."""
        self.past_showings()
        night = datetime.datetime.combine(self.on, datetime.time(2, 40), tzinfo=SHANGHAI)
        self.save_showings()
        run = refresh_recommendations(now=night)
        self.recent_showings()
        self.save_showings()
        self.services()
        return run.pairs

    def past_showings(self) -> None:
        """Some negotiations began with a recommendation, a few days before."""
        own = self.own_listings()
        accepted = dict(
            Intent.objects.filter(accepted_at__isnull=False).values_list(
                "negotiation_id", "accepted_at"
            )
        )
        agreed = dict(Deal.objects.values_list("negotiation_id", "recorded_at"))
        known = {row.pk: row for rows in own.values() for row in rows}
        for talk in Negotiation.objects.filter(is_demo=True).order_by("pk"):
            other = known.get(talk.listing_id)
            mine = nearest(other, among=own[talk.asker_id]) if other else None
            if mine is None or self.rng.random() > SHOWN_SHARE:
                continue
            showing = self.showing(
                talk.asker_id, mine.pk, talk.listing_id,
                day=talk.opened_at.date() - datetime.timedelta(days=self.rng.randint(0, 9)),
            )  # fmt: skip
            showing.contacted_at = talk.opened_at
            showing.accepted_at = accepted.get(talk.pk)
            showing.agreed_at = agreed.get(talk.pk)
            if talk.state == NegotiationState.AGREED and self.rng.random() < JUDGED_SHARE:
                self.judge(showing, RecommendationVerdict.SUITS)

    def own_listings(self) -> dict[int, list[ListingFacts]]:
        since = self.on - datetime.timedelta(days=1095)
        found: dict[int, list[ListingFacts]] = defaultdict(list)
        for row in remembered_listings(since=since):
            found[row.organisation_id].append(row)
        return found

    def recent_showings(self) -> None:
        """What the organisations with members saw in the last month without answering yet."""
        readers = Membership.objects.filter(organisation__is_demo=True)
        rows = (
            Recommendation.objects.filter(
                rank__lte=SHOWN_FIRST, own__organisation_id__in=readers.values("organisation_id")
            )
            .order_by("own_id", "rank")
            .values_list("own_id", "own__organisation_id", "other_id")
        )
        for own_id, organisation_id, other_id in rows:
            if self.rng.random() > 0.08 or (organisation_id, other_id) in self.made:
                continue
            day = self.on - datetime.timedelta(days=self.rng.randint(1, RECENT_DAYS))
            showing = self.showing(organisation_id, own_id, other_id, day=day)
            if self.rng.random() < JUDGED_SHARE:
                verdicts = (RecommendationVerdict.SUITS, RecommendationVerdict.UNSUITABLE)
                self.judge(showing, self.rng.choice(verdicts))

    def showing(
        self, organisation_id: int, own_id: int, other_id: int, *, day: datetime.date
    ) -> RecommendationShowing:
        """One for each pair; the first day counts."""
        key = (organisation_id, other_id)
        if key not in self.made:
            self.made[key] = RecommendationShowing(
                organisation_id=organisation_id,
                own_id=own_id,
                other_id=other_id,
                first_shown_on=day,
                last_shown_on=day,
                is_demo=True,
            )
        return self.made[key]

    def judge(self, showing: RecommendationShowing, verdict: RecommendationVerdict) -> None:
        showing.verdict = verdict
        noon = datetime.time(12, self.rng.randint(0, 59))
        showing.verdict_at = datetime.datetime.combine(
            showing.first_shown_on, noon, tzinfo=SHANGHAI
        )

    def save_showings(self) -> None:
        fresh = [row for row in self.made.values() if row.pk is None]
        RecommendationShowing.objects.bulk_create(fresh, batch_size=1_000)

    def services(self) -> None:
        """The register of services with a year of uses."""
        began = datetime.datetime.combine(
            self.on - datetime.timedelta(days=400), datetime.time(9), tzinfo=SHANGHAI
        )
        helper = Organisation.objects.filter(
            is_demo=True, kind=OrganisationKind.SERVICE, state=OrganisationState.VERIFIED
        ).order_by("pk")
        users = list(
            Organisation.objects.filter(is_demo=True, state=OrganisationState.VERIFIED)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        for name, category, summary, fee, small, address, monthly in SERVICES:
            service = ValueAddedService.objects.create(
                name=name,
                category=category,
                summary=summary,
                fee=fee,
                for_small=small,
                provider=helper.first() if category == "advice" else None,
                address=address,
                created_at=began,
                is_demo=True,
            )
            self.uses(service, users=users, count=max(1, int(12 * monthly * self.scale)))

    def uses(self, service: ValueAddedService, *, users: list[int], count: int) -> None:
        days: dict[tuple[int, datetime.date], int] = defaultdict(int)
        for _ in range(count):
            day = self.on - datetime.timedelta(days=self.rng.randint(0, 360))
            days[self.rng.choice(users), day] += 1
        ValueAddedUse.objects.bulk_create(
            ValueAddedUse(service=service, organisation_id=who, used_on=day, times=times)
            for (who, day), times in sorted(days.items())
        )
