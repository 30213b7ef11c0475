"""Measures of what becomes of listings: answers, agreements, events (对接成效)."""

from __future__ import annotations

from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Extract

from silian.casework.metrics.choices import Direction, Periodicity
from silian.casework.metrics.queries.registers import standing_organisations
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    median,
    register_metric,
    share,
    stock,
)
from silian.operations.exchange.events import (
    DealRecorded,
    NegotiationAnswered,
    NegotiationClosed,
    NegotiationOpened,
)
from silian.operations.exchange.metrics import touches
from silian.operations.exchange.metrics.listings import LISTING_DRILL, PUBLISHED_EVENTS
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.match_event import EventMeeting, MatchEvent
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.permissions.match_events import match_events_visible_to
from silian.operations.exchange.permissions.negotiations import (
    deals_visible_to,
    negotiations_visible_to,
)
from silian.operations.exchange.queries.match_event_effect import HELD_STATES
from silian.operations.exchange.queries.negotiation_responses import answer_was_due
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.permissions import organisations_visible_to

SECONDS_A_DAY = 86_400
INDUSTRIAL_SECTIONS = ("B", "C", "D")  # 采矿、制造、电热气水: what statistics call 工业
DEAL_SOURCE = "供需对接平台（成交登记与协议编号）"
TALK_SOURCE = "供需对接平台（洽谈记录）"
DEAL_DRILL = Drill(
    columns={
        "协议编号": "agreement_reference",
        "供需": "listing.title",
        "数量": "quantity",
        "签约日": "agreed_on",
        "状态": lambda row: row.get_state_display(),
    },
    visible_to=deals_visible_to,
    url=lambda row: row.listing.get_absolute_url(),
    related=("listing",),
)
TALK_DRILL = Drill(
    columns={
        "供需": "listing.title",
        "发起单位": "asker.name",
        "发布单位": "owner.name",
        "发起时间": "opened_at",
        "首次回应": "answered_at",
        "状态": lambda row: row.get_state_display(),
    },
    visible_to=negotiations_visible_to,
    related=("listing", "asker", "owner"),
)


def all_deals(scope: Scope) -> QuerySet[Deal]:
    return Deal.objects.all()


def event_deals(scope: Scope) -> QuerySet[Deal]:
    """Agreements whose negotiation began at a table of an event."""
    met = EventMeeting.objects.filter(negotiation=OuterRef("negotiation"))
    return Deal.objects.filter(Exists(met))


def listings_with_stages(scope: Scope) -> QuerySet[Listing]:
    """Published listings, each with whether it was answered and agreed."""
    return Listing.objects.filter(first_published_at__isnull=False).annotate(
        was_answered=Exists(Negotiation.objects.filter(listing=OuterRef("pk"))),
        was_agreed=Exists(Deal.objects.filter(listing=OuterRef("pk"))),
    )


def due_talks(scope: Scope) -> QuerySet[Negotiation]:
    """Negotiations whose first answer was due by the end of the day."""
    return Negotiation.objects.filter(answer_was_due(now=scope.ends_at))


def answered_talks(scope: Scope) -> QuerySet[Negotiation]:
    """Answered negotiations, each with the days that its answer took."""
    waited = Extract(F("answered_at") - F("opened_at"), "epoch")
    return Negotiation.objects.filter(answered_at__isnull=False).annotate(
        waited_days=Cast(waited, FloatField()) / SECONDS_A_DAY
    )


def large_industrial(scope: Scope) -> QuerySet[Organisation]:
    """Large industrial enterprises, each with whether it has an agreement with a school."""
    signed = Deal.objects.filter(agreed_on__lte=scope.as_of)
    asked = signed.filter(
        negotiation__asker=OuterRef("pk"), negotiation__owner__kind=OrganisationKind.SCHOOL
    )
    owned = signed.filter(
        negotiation__owner=OuterRef("pk"), negotiation__asker__kind=OrganisationKind.SCHOOL
    )
    return (
        standing_organisations(scope)
        .filter(
            kind=OrganisationKind.ENTERPRISE,
            above_scale=True,
            industry__section__in=INDUSTRIAL_SECTIONS,
        )
        .annotate(cooperates=Exists(asked) | Exists(owned))
    )


DEALS = {DealRecorded: touches.deal}
TALKS = {
    NegotiationOpened: touches.negotiation,
    NegotiationAnswered: touches.negotiation,
    NegotiationClosed: touches.negotiation,
}
register_metric(
    Metric(
        code="exchange.deals",
        title="成交数",
        unit="项",
        formula="统计期内签约并登记协议编号的成交，每份协议计一项",
        source=DEAL_SOURCE,
        rows=all_deals,
        division="listing__division",
        day="agreed_on",
        drill=DEAL_DRILL,
        stale_on=DEALS,
    )
)
register_metric(
    Metric(
        code="exchange.event_deals",
        title="对接活动成交数",
        unit="项",
        formula="统计期内签约的成交中，洽谈由对接活动洽谈桌转入的",
        source="供需对接平台（对接活动桌次与成交登记）",
        rows=event_deals,
        division="listing__division",
        day="agreed_on",
        drill=DEAL_DRILL,
        stale_on=DEALS,
    )
)
register_metric(
    Metric(
        code="exchange.negotiations",
        title="应答数",
        unit="次",
        formula="统计期内对供需信息发起的洽谈次数",
        source=TALK_SOURCE,
        rows=lambda scope: Negotiation.objects.all(),
        division="listing__division",
        day="opened_at",
        drill=TALK_DRILL,
        stale_on={NegotiationOpened: touches.negotiation},
    )
)
register_metric(
    Metric(
        code="exchange.research_answers",
        title="技术难题应答数",
        unit="次",
        formula="统计期内对技术难题发起的洽谈次数",
        source=TALK_SOURCE,
        rows=lambda scope: Negotiation.objects.filter(listing__kind="technical_problem"),
        division="listing__division",
        day="opened_at",
        drill=TALK_DRILL,
        stale_on={NegotiationOpened: touches.negotiation},
    )
)
register_metric(
    Metric(
        code="exchange.answer_rate",
        title="供需应答率",
        unit="%",
        formula="统计期内首次发布的供需信息中，收到过应答的条数 ÷ 首次发布的条数",
        source=TALK_SOURCE,
        rows=listings_with_stages,
        day="first_published_at",
        reduce=share(Q(was_answered=True)),
        decimals=1,
        drill=LISTING_DRILL,
        stale_on={**PUBLISHED_EVENTS, NegotiationOpened: touches.listing_of_negotiation},
    )
)
register_metric(
    Metric(
        code="exchange.match_rate",
        title="对接成功率",
        unit="%",
        formula="统计期内首次发布的供需信息中，至今已登记成交的条数 ÷ 首次发布的条数",
        source=DEAL_SOURCE,
        rows=listings_with_stages,
        day="first_published_at",
        reduce=share(Q(was_agreed=True)),
        decimals=1,
        drill=LISTING_DRILL,
        stale_on={**PUBLISHED_EVENTS, DealRecorded: touches.listing_of_deal},
    )
)
register_metric(
    Metric(
        code="exchange.response_rate",
        title="回应率",
        unit="%",
        formula="统计期内发起的洽谈中，发布单位已回应的次数 ÷ 应回应的次数；"
        "应回应指已回应或回应期限已过，发起单位撤回的不计",
        source=TALK_SOURCE,
        rows=due_talks,
        division="listing__division",
        day="opened_at",
        reduce=share(Q(answered_at__isnull=False)),
        decimals=1,
        drill=TALK_DRILL,
        stale_on=TALKS,
    )
)
register_metric(
    Metric(
        code="exchange.first_response_days",
        title="首次回应用时中位数",
        unit="天",
        formula="统计期内发起且已回应的洽谈，从发起到首次回应的自然天数，取中位数",
        source=TALK_SOURCE,
        rows=answered_talks,
        division="listing__division",
        day="opened_at",
        reduce=median("waited_days"),
        decimals=1,
        direction=Direction.FALLING,
        drill=TALK_DRILL,
        stale_on={NegotiationAnswered: touches.negotiation},
    )
)
register_metric(
    Metric(
        code="exchange.match_events",
        title="对接活动场次",
        unit="场",
        formula="统计期内开始并登记已举办的对接活动",
        source="供需对接平台（对接活动登记）",
        rows=lambda scope: MatchEvent.objects.filter(state__in=HELD_STATES),
        day="starts_at",
        periodicity=Periodicity.DAILY,
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={
                "活动": "title",
                "主题": lambda row: row.get_theme_display(),
                "主办单位": "organiser.name",
                "开始时间": "starts_at",
            },
            visible_to=match_events_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("organiser",),
        ),
    )
)
register_metric(
    stock(
        code="exchange.large_enterprises_cooperating",
        title="规模以上工业企业参与校企合作比例",
        unit="%",
        formula="截至当日登记为规模以上的工业企业（采矿、制造、电热气水门类）中，"
        "与院校签有合作协议的家数 ÷ 总家数",
        source="单位名录与成交登记",
        rows=large_industrial,
        reduce=share(Q(cooperates=True)),
        decimals=1,
        needs_parameter="P08",
        drill=Drill(
            columns={
                "企业": "name",
                "所在区划": "division.name",
                "与院校签有协议": lambda row: "是" if row.cooperates else "否",
            },
            visible_to=organisations_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("division",),
        ),
        stale_on={DealRecorded: touches.parties_of_deal},
    )
)
