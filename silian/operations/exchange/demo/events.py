"""Builds two years of matchmaking events, with who came, who met whom, and what came of it."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from silian.operations.exchange.choices import (
    EventRhythm,
    EventState,
    EventTheme,
    ListingState,
    MeetingResult,
    NegotiationState,
)
from silian.operations.exchange.demo.negotiations import NegotiationBuilder
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.match_event import EventMeeting, EventSignup, MatchEvent
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.queries.match_event_plan import brought_listing
from silian.operations.exchange.rules.match_event_tables import Brought, Seat, plan_tables
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Membership, Organisation

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
DAY = datetime.timedelta(days=1)
PAST, COMING = 22, 2
GUESTS = 26
BROUGHT = 3
ROUND_DAYS = 31  # 22 past events at this distance reach back nearly two years
SERIES = (
    # theme, rhythm, who holds it, name, venue
    (EventTheme.RECRUITMENT, EventRhythm.QUARTER, OrganisationKind.GOVERNMENT,
     "校企人才供需对接会", "市民中心 2 号报告厅"),
    (EventTheme.TRAINING, EventRhythm.HALF_YEAR, OrganisationKind.SCHOOL,
     "课程与实训资源共享对接会", "图书馆一楼多功能厅"),
    (EventTheme.RESEARCH, EventRhythm.HALF_YEAR, OrganisationKind.ASSOCIATION,
     "技术难题与成果对接会", "高新区创新中心 B 座 3 层"),
    (EventTheme.PROJECT, EventRhythm.HALF_YEAR, OrganisationKind.ALLIANCE,
     "产教融合项目洽谈会", "会展中心 5 号厅"),
    (EventTheme.GENERAL, EventRhythm.ONCE, OrganisationKind.SERVICE,
     "重点产业链产教对接洽谈活动", "高新区管委会一楼"),
)  # fmt: skip
THEME_KINDS = {
    EventTheme.RECRUITMENT: {"internship", "job", "apprenticeship", "order_class",
                             "graduate_cohort"},
    EventTheme.TRAINING: {"course_package", "training_places", "equipment_hours",
                          "teacher_mentor", "venue"},
    EventTheme.RESEARCH: {"technical_problem", "research_result", "technical_service"},
    EventTheme.PROJECT: {"cooperation", "order_class", "demonstration_project", "training_places"},
}  # fmt: skip
INTENTS = (
    "双方约定先试行一期，由学校下周寄送方案。",
    "企业先来校看场地，一周内确定人数。",
    "按展示的条件合作，费用另议，两周内签意向。",
    "先做一次样件试验，再定正式合作。",
)
MINUTES = (
    "到场单位按排桌逐轮洽谈，秩序良好。集中的问题是时间安排和食宿，会后由主办单位逐家跟进。"
    "下一期增加现场看设备环节。"
)
FOLLOW_UP = "已逐家回访。转入洽谈的由双方继续办理；未转的主要因人数或时间不合，已登记为下期需求。"
RESULTS = (
    (MeetingResult.INTENT, 38),
    (MeetingResult.NO_INTENT, 50),
    (MeetingResult.MISSED, 12),
)
ENDS = (
    (NegotiationState.AGREED, 52),
    (NegotiationState.REFUSED, 28),
    (NegotiationState.WITHDRAWN, 20),
)


@dataclass
class EventBuilder:
    """Makes the same events from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    organisers: dict[str, list[Organisation]] = field(default_factory=dict)
    clerks: dict[int, int] = field(default_factory=dict)
    listings: dict[int, list[Listing]] = field(default_factory=dict)
    taken: set[tuple[int, int]] = field(default_factory=set)

    def build(self) -> int:
        """Write events, sign-ups, tables and negotiations; returns how many events."""
        self.gather()
        for number in range(PAST + COMING):
            event = self.event(number)
            signups = self.signups(event)
            if event.state == EventState.CANCELLED:
                continue
            self.meetings(event, signups)
        return PAST + COMING

    def gather(self) -> None:
        verified = Organisation.objects.filter(state=OrganisationState.VERIFIED, is_demo=True)
        for organisation in verified.order_by("pk"):
            self.organisers.setdefault(organisation.kind, []).append(organisation)
        members = Membership.objects.filter(organisation__is_demo=True).order_by("-pk")
        self.clerks = dict(members.values_list("organisation_id", "user_id"))
        rows = Listing.objects.filter(is_demo=True).exclude(
            state__in=[ListingState.DRAFT, ListingState.WITHDRAWN]
        )
        rows = rows.select_related("division", "occupation", "organisation").order_by("pk")
        by_organisation: dict[int, list[Listing]] = defaultdict(list)
        for listing in rows.defer("description"):
            listing.capacity_left = listing.capacity  # as it stood on the day of the event
            by_organisation[listing.organisation_id].append(listing)
        self.listings = dict(by_organisation)
        self.taken = set(Negotiation.objects.values_list("listing_id", "asker_id"))

    def event(self, number: int) -> MatchEvent:
        """The ``number``-th event, the last two of them still to come."""
        theme, rhythm, kind, name, venue = SERIES[number % len(SERIES)]
        organiser = self.organisers.get(kind, self.organisers[OrganisationKind.GOVERNMENT])[0]
        back = COMING - 1 - number
        starts_on = self.on + (back * ROUND_DAYS + (9 if back >= 0 else 0)) * DAY
        while starts_on.weekday() > 4:
            starts_on += DAY
        starts = datetime.datetime.combine(starts_on, datetime.time(14), tzinfo=SHANGHAI)
        event = MatchEvent(
            title=f"{starts_on.year}年第{(starts_on.month - 1) // 3 + 1}季度{name}",
            organiser=organiser,
            theme=theme,
            rhythm=rhythm,
            division_id=organiser.division_id,
            venue=venue,
            introduction=self.introduction(theme),
            starts_at=starts,
            ends_at=starts + datetime.timedelta(hours=3),
            signup_closes_at=starts - 2 * DAY,
            capacity=60,
            tables=10,
            slot_minutes=20,
            created_by_id=self.clerks.get(organiser.pk),
            announced_at=starts - 35 * DAY,
            is_demo=True,
        )
        self.date(event, number)
        event.save()
        return event

    def introduction(self, theme: EventTheme) -> str:
        return (
            f"面向本市企业、院校和服务单位，主题为{theme.label}。报名时请选择贵单位带来的需求或供给，"
            "主办单位按双方供需排桌，每轮 20 分钟。请带能当场决定的同事参加。"
        )

    def date(self, event: MatchEvent, number: int) -> None:
        """The state that the day gives it; one of the past ones was called off."""
        if event.starts_at.date() > self.on:
            event.state = EventState.ANNOUNCED
            return
        if number == 9:
            event.state, event.reason = EventState.CANCELLED, "场地临时检修，改期另行通知。"
            event.cancelled_at = event.starts_at - 4 * DAY
            return
        event.plan_shown_at = event.starts_at - DAY
        event.reminded_at = event.starts_at - DAY
        event.held_at, event.minutes = event.ends_at + 2 * DAY, MINUTES
        event.state = EventState.HELD
        if event.held_at + 40 * DAY < self.now:
            event.state = EventState.FOLLOWED_UP
            event.followed_up_at, event.follow_up = event.held_at + 30 * DAY, FOLLOW_UP

    @property
    def now(self) -> datetime.datetime:
        return datetime.datetime.combine(self.on, datetime.time(9), tzinfo=SHANGHAI)

    def signups(self, event: MatchEvent) -> list[EventSignup]:
        """Organisations with listings of the theme; each brings up to three."""
        fitting = {
            organisation_id: found
            for organisation_id, rows in self.listings.items()
            if (found := [row for row in rows if self.fits(event, row)])
        }
        firsts = [key for key in sorted(fitting) if key in self.leading]
        others = [key for key in sorted(fitting) if key not in self.leading]
        self.rng.shuffle(others)
        made = []
        for organisation_id in [*firsts, *others][:GUESTS]:
            came = self.rng.random() < 0.9 and event.held_at is not None
            made.append(
                EventSignup(
                    event=event,
                    organisation_id=organisation_id,
                    attendees="经办人、业务负责人",
                    attendee_count=self.rng.randint(1, 3),
                    signed_up_at=event.signup_closes_at
                    - datetime.timedelta(days=self.rng.randint(8, 25)),
                    signed_up_by_id=self.clerks.get(organisation_id),
                    checked_in_at=event.starts_at - datetime.timedelta(minutes=20)
                    if came
                    else None,
                )
            )
        made = EventSignup.objects.bulk_create(made)
        through = EventSignup.listings.through
        through.objects.bulk_create(
            through(eventsignup_id=signup.pk, listing_id=listing.pk)
            for signup in made
            for listing in fitting[signup.organisation_id][:BROUGHT]
        )
        return made

    @property
    def leading(self) -> set[int]:
        """The enterprise and the school of the demonstration's seats, who come every time."""
        kinds = (OrganisationKind.ENTERPRISE, OrganisationKind.SCHOOL)
        return {self.organisers[kind][0].pk for kind in kinds}

    def fits(self, event: MatchEvent, listing: Listing) -> bool:
        """Of the theme, and open on the day."""
        kinds = THEME_KINDS.get(EventTheme(event.theme))
        if kinds is not None and listing.kind not in kinds:
            return False
        if event.held_at is None:
            return listing.state == ListingState.PUBLISHED
        return listing.published_at is not None and listing.published_at < event.starts_at

    def meetings(self, event: MatchEvent, signups: list[EventSignup]) -> None:
        """The plan by the rule itself; past tables got their results."""
        seats = plan_tables(
            brought=self.brought(signups), slots=event.slot_count, tables=event.tables
        )
        if event.held_at is None:
            if event.starts_at.date() - self.on > 20 * DAY:
                return
            EventMeeting.objects.bulk_create([self.meeting(event, seat) for seat in seats])
            return
        present = {signup.pk for signup in signups if signup.checked_in_at}
        made = []
        for seat in seats:
            meeting = self.meeting(event, seat)
            self.note(meeting, present=seat.signups <= present)
            made.append(meeting)
        self.negotiate(event, [m for m in made if m.result == MeetingResult.INTENT])
        EventMeeting.objects.bulk_create(made)

    def brought(self, signups: list[EventSignup]) -> list[Brought]:
        by_pk = {row.pk: row for rows in self.listings.values() for row in rows}
        links = EventSignup.listings.through.objects.filter(
            eventsignup_id__in=[signup.pk for signup in signups]
        )
        found = [
            brought_listing(by_pk[listing_id], signup_id=signup_id)
            for listing_id, signup_id in links.order_by("pk").values_list(
                "listing_id", "eventsignup_id"
            )
        ]
        return [item for item in found if item is not None]

    def meeting(self, event: MatchEvent, seat: Seat) -> EventMeeting:
        pair = seat.pair
        assert pair is not None
        return EventMeeting(
            event=event,
            slot=seat.slot,
            table=seat.table,
            need_id=pair.need.listing,
            offer_id=pair.offer.listing,
            need_signup_id=pair.need.signup,
            offer_signup_id=pair.offer.signup,
            facts=[[fact.text, fact.met] for fact in pair.facts],
        )

    def note(self, meeting: EventMeeting, *, present: bool) -> None:
        meeting.result = self.pick(RESULTS) if present else MeetingResult.MISSED
        meeting.noted_at = meeting.event.ends_at
        if meeting.result == MeetingResult.INTENT:
            meeting.notes = self.rng.choice(INTENTS)

    def negotiate(self, event: MatchEvent, meetings: list[EventMeeting]) -> None:
        """Most intents went on in a negotiation; the asker is who brought the offer."""
        talks = NegotiationBuilder(rng=self.rng, on=self.on, clerks=self.clerks)
        made: list[Negotiation] = []
        for meeting in meetings:
            pair = (meeting.need_id, meeting.offer_signup.organisation_id)
            if self.rng.random() < 0.3 or pair in self.taken:
                if event.state == EventState.HELD:
                    meeting.due_at = self.now + datetime.timedelta(days=self.rng.randint(2, 9))
                continue
            self.taken.add(pair)
            row = talks.negotiation(meeting.need, meeting.offer_signup.organisation)
            self.settle(row, event=event)
            talks.clock(row)
            meeting.negotiation = row
            made.append(row)
        Negotiation.objects.bulk_create(made)
        talks.fill(made)

    def settle(self, row: Negotiation, *, event: MatchEvent) -> None:
        """A recent one is still talked about; an older one has ended, half of them in a deal."""
        fresh = event.state == EventState.HELD
        row.state = NegotiationState.TALKING if fresh else self.pick(ENDS)
        row.opened_at = event.ends_at + datetime.timedelta(hours=self.rng.randint(2, 90))
        row.opened_at = min(row.opened_at, self.now - DAY)
        row.last_message_at = row.opened_at
        row.turn_id = None
        row.answer_due_at = None
        row.closed_at, row.close_reason = None, ""

    def pick(self, weighted: tuple[tuple[Any, int], ...]) -> Any:
        values, weights = zip(*weighted, strict=True)
        return self.rng.choices(values, weights)[0]
