"""Builds what was asked, said, agreed and achieved in the demonstration city."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from silian.operations.exchange.choices import (
    DealState,
    ListingState,
    NegotiationState,
    Side,
    UnmetDemandState,
)
from silian.operations.exchange.commands.negotiation_response import recount_responses
from silian.operations.exchange.demo.trades import TRADES
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.deal import Deal, Rating
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import (
    Intent,
    Message,
    Negotiation,
    NegotiationReading,
)
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Membership, Organisation

MOST_NEGOTIATIONS = 1_400
DEMANDS = 60
BATCH = 1_000
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
CHATTER = (
    ("您好，我方有合适的人选和场地，想了解具体要求。", "感谢联系。请先说明人数和可以开始的时间。"),
    ("附上我方情况说明，方便时请回复。", "已看，条件基本符合，建议本周视频沟通一次。"),
    ("时间上我们可以配合，食宿怎样安排？", "食宿由我方统一安排，标准按公示执行。"),
    ("费用部分能否按季度结算？", "可以，写入协议。"),
    ("我方内部已同意，请拟意向。", "好的，今天提出意向，请核对数量和时间。"),
)
REFUSALS = (
    "本期名额已满，下期优先联系贵方。",
    "专业方向与岗位要求不一致。",
    "时间安排不一致，暂不能合作。",
)
OUTCOMES = ("按约完成，双方确认。", "完成约定内容，已续谈下一期。", "提前完成，效果好于预期。")
COMMENTS = ("沟通及时，按约履行。", "准备充分，现场管理规范。", "配合良好，愿意继续合作。", "")
ENDS = (
    (NegotiationState.OPEN, 9),
    (NegotiationState.TALKING, 18),
    (NegotiationState.INTENDED, 10),
    (NegotiationState.AGREED, 40),
    (NegotiationState.REFUSED, 12),
    (NegotiationState.WITHDRAWN, 4),
    (NegotiationState.LAPSED, 7),
)
ENDED_WITHOUT_DEAL = (
    NegotiationState.REFUSED,
    NegotiationState.WITHDRAWN,
    NegotiationState.LAPSED,
)


@dataclass
class NegotiationBuilder:
    """Makes the same negotiations from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    clerks: dict[int, int] = field(default_factory=dict)
    askers: dict[str, list[Organisation]] = field(default_factory=dict)

    def build(self) -> int:
        """Write negotiations with messages, intents, deals and ratings; returns how many."""
        members = Membership.objects.filter(organisation__is_demo=True).order_by("-pk")
        self.clerks = dict(members.values_list("organisation_id", "user_id"))
        verified = Organisation.objects.filter(state=OrganisationState.VERIFIED, is_demo=True)
        for organisation in verified.order_by("pk"):
            self.askers.setdefault(organisation.kind, []).append(organisation)
        pairs = self.pairs()
        for start in range(0, len(pairs), BATCH):
            made = Negotiation.objects.bulk_create(pairs[start : start + BATCH])
            self.fill(made)
        self.demands()
        for organisation_id in {pair.owner_id for pair in pairs}:
            recount_responses(organisation_id=organisation_id, now=timezone.now())
        return len(pairs)

    def pairs(self) -> list[Negotiation]:
        """Every filled listing came to a deal; others were answered, or not."""
        rows = Listing.objects.filter(is_demo=True).exclude(state=ListingState.DRAFT)
        listings = list(rows.order_by("pk"))
        most = int(MOST_NEGOTIATIONS * self.scale)
        filled = [row for row in listings if row.state == ListingState.FILLED]
        others = [row for row in listings if row.state != ListingState.FILLED]
        self.rng.shuffle(others)
        chosen = [*filled, *others][:most]
        pairs = []
        for listing in chosen:
            asker = self.asker_for(listing)
            if asker is not None:
                pairs.append(self.negotiation(listing, asker))
        return pairs

    def asker_for(self, listing: Listing) -> Organisation | None:
        allowed = kind_of(listing.kind).answerers or {
            OrganisationKind.ENTERPRISE,
            OrganisationKind.SCHOOL,
        }
        kind = self.rng.choice(sorted(allowed & set(self.askers)) or [OrganisationKind.SCHOOL])
        asker = self.rng.choice(self.askers[kind])
        return asker if asker.pk != listing.organisation_id else None

    def negotiation(self, listing: Listing, asker: Organisation) -> Negotiation:
        state: NegotiationState = self.pick(ENDS)
        if listing.state == ListingState.FILLED:
            state = NegotiationState.AGREED
        elif listing.state != ListingState.PUBLISHED and state in (
            NegotiationState.OPEN,
            NegotiationState.TALKING,
            NegotiationState.INTENDED,
        ):
            state = NegotiationState.REFUSED
        opened_at = self.opened_at(listing, state)
        row = Negotiation(
            listing=listing,
            asker=asker,
            owner_id=listing.organisation_id,
            opened_by_id=self.clerks.get(asker.pk),
            state=state,
            opened_at=opened_at,
            last_message_at=opened_at,
            is_demo=True,
        )
        self.clock(row)
        return row

    def opened_at(self, listing: Listing, state: NegotiationState) -> datetime.datetime:
        published = listing.published_at or timezone.now()
        now = datetime.datetime.combine(self.on, datetime.time(9), tzinfo=SHANGHAI)
        longest = 4 if state == NegotiationState.OPEN else 60
        span = max(1, min((now - published).days, longest))
        back = self.rng.randint(0, span - 1)
        if state == NegotiationState.OPEN:
            return now - datetime.timedelta(days=back, hours=self.rng.randint(1, 9))
        return published + datetime.timedelta(days=back, hours=self.rng.randint(1, 20))

    def clock(self, row: Negotiation) -> None:
        """The owner's clock runs while nobody answered; later the record of the answer stands."""
        if row.state == NegotiationState.OPEN:
            row.turn_id = row.owner_id
            row.answer_due_at = row.opened_at + datetime.timedelta(days=7)
            return
        if row.state == NegotiationState.LAPSED:
            row.answer_due_at = row.closed_at = row.opened_at + datetime.timedelta(days=7)
            row.close_reason = "发布单位逾期未回应。"
            return
        minutes = int(self.rng.lognormvariate(5.6, 0.9))
        row.answered_minutes = min(minutes, 2_400)
        row.answered_at = row.opened_at + datetime.timedelta(minutes=row.answered_minutes * 3)
        if row.state in ENDED_WITHOUT_DEAL:
            row.closed_at = row.answered_at + datetime.timedelta(days=1)
            row.close_reason = (
                self.rng.choice(REFUSALS) if row.state == NegotiationState.REFUSED else "计划调整。"
            )

    def fill(self, rows: list[Negotiation]) -> None:
        messages = [message for row in rows for message in self.messages(row)]
        self.mark_read(Message.objects.bulk_create(messages))
        Negotiation.objects.bulk_update(rows, ["last_message_at"], batch_size=BATCH)
        intents = [intent for row in rows for intent in self.intents(row)]
        Intent.objects.bulk_create(intents)
        agreed = [row for row in rows if row.state == NegotiationState.AGREED]
        deals = Deal.objects.bulk_create([self.deal(row) for row in agreed])
        Rating.objects.bulk_create([rating for deal in deals for rating in self.ratings(deal)])

    def mark_read(self, messages: list[Message]) -> None:
        """Everybody has read what is settled; what waits for an answer is still unread."""
        last = {
            message.negotiation_id: message
            for message in messages
            if message.negotiation.state != NegotiationState.OPEN
        }
        NegotiationReading.objects.bulk_create(
            NegotiationReading(negotiation_id=pk, user_id=user_id, last_message_id=message.pk)
            for pk, message in last.items()
            for user_id in {
                self.clerks.get(message.negotiation.asker_id),
                self.clerks.get(message.negotiation.owner_id),
            }
            if user_id
        )

    def messages(self, row: Negotiation) -> Iterable[Message]:
        turns = {NegotiationState.OPEN: 0, NegotiationState.LAPSED: 0}.get(
            NegotiationState(row.state), self.rng.randint(1, len(CHATTER))
        )
        at = row.opened_at
        for place in range(max(1, turns)):
            ask, answer = CHATTER[place]
            yield self.message(row, organisation_id=row.asker_id, at=at, text=ask)
            if turns:
                at = (row.answered_at or at) + datetime.timedelta(hours=5 * place)
                yield self.message(row, organisation_id=row.owner_id, at=at, text=answer)
            at += datetime.timedelta(hours=3)
        row.last_message_at = min(at, timezone.now())

    def message(
        self, row: Negotiation, *, organisation_id: int, at: datetime.datetime, text: str
    ) -> Message:
        return Message(
            negotiation=row,
            organisation_id=organisation_id,
            author_id=self.clerks.get(organisation_id),
            sent_at=at,
            text=text,
        )

    def intents(self, row: Negotiation) -> Iterable[Intent]:
        if row.state not in (NegotiationState.INTENDED, NegotiationState.AGREED):
            return
        proposed_at = (row.answered_at or row.opened_at) + datetime.timedelta(days=2)
        yield Intent(
            negotiation=row,
            proposed_by_id=row.asker_id,
            proposer_id=self.clerks.get(row.asker_id),
            proposed_at=proposed_at,
            form=self.rng.choice(kind_of(row.listing.kind).forms),
            quantity=self.quantity(row),
            starts_on=row.listing.starts_on,
            ends_on=row.listing.ends_on,
            terms="按发布的条件执行，食宿、保险和结算方式写入协议。",
            accepted_at=proposed_at + datetime.timedelta(days=1),
            accepted_by_id=self.clerks.get(row.owner_id),
        )

    def quantity(self, row: Negotiation) -> int:
        return max(1, row.listing.capacity or 1)

    def deal(self, row: Negotiation) -> Deal:
        agreed_on = (row.answered_at or row.opened_at).date() + datetime.timedelta(days=5)
        agreed_on = min(agreed_on, self.on)
        old = (self.on - agreed_on).days > 150
        state = DealState.COMPLETED if old and self.rng.random() < 0.9 else DealState.RUNNING
        quantity = self.quantity(row)
        closed_on = agreed_on + datetime.timedelta(days=140)
        done = state == DealState.COMPLETED
        return Deal(
            negotiation=row,
            listing=row.listing,
            quantity=quantity,
            agreement_reference=f"青澜协〔{agreed_on.year}〕{row.pk:05d}号（演示）",
            agreed_on=agreed_on,
            recorded_by_id=self.clerks.get(row.owner_id),
            recorded_at=datetime.datetime.combine(agreed_on, datetime.time(15), tzinfo=SHANGHAI),
            state=state,
            achieved=max(1, quantity - self.rng.randint(0, max(1, quantity // 8)))
            if done
            else None,
            outcome=self.rng.choice(OUTCOMES) if done else "",
            closed_on=closed_on if done else None,
            closed_at=datetime.datetime.combine(closed_on, datetime.time(15), tzinfo=SHANGHAI)
            if done
            else None,
            from_production=row.listing.kind == "technical_problem",
            is_demo=True,
        )

    def ratings(self, deal: Deal) -> Iterable[Rating]:
        if deal.state != DealState.COMPLETED or deal.closed_at is None:
            return
        row = deal.negotiation
        for rater, rated in ((row.asker_id, row.owner_id), (row.owner_id, row.asker_id)):
            if self.rng.random() < 0.8:
                yield Rating(
                    deal=deal,
                    rater_id=rater,
                    rated_id=rated,
                    score=self.rng.choices((5, 4, 3), (60, 32, 8))[0],
                    comment=self.rng.choice(COMMENTS),
                    rated_at=deal.closed_at + datetime.timedelta(days=3),
                    shown_from=deal.closed_at + datetime.timedelta(days=14),
                )

    def demands(self) -> None:
        """Needs that nobody offered, most of them verified and open."""
        enterprises = self.askers[OrganisationKind.ENTERPRISE]
        rows = [
            self.demand(self.rng.choice(enterprises))
            for _ in range(max(6, int(DEMANDS * self.scale)))
        ]
        UnmetDemand.objects.bulk_create(rows)

    def demand(self, organisation: Organisation) -> UnmetDemand:
        own = [trade for trade in TRADES if trade.chain == organisation.industry_chain]
        trade = self.rng.choice(own or list(TRADES))
        kind, title = self.rng.choice(
            (
                ("course_package", f"{trade.courses[-1]}送教上门培训"),
                ("equipment_hours", f"{trade.equipment[0]}周末机时"),
                ("graduate_cohort", f"{trade.post}应届毕业生"),
                ("teacher_mentor", f"{trade.courses[0]}企业内训教师"),
            )
        )
        state = self.pick(((UnmetDemandState.OPEN, 85), (UnmetDemandState.PROPOSED, 15)))
        verified = state == UnmetDemandState.OPEN
        proposed_at = datetime.datetime.combine(
            self.on - datetime.timedelta(days=self.rng.randint(3, 40) if verified else 1),
            datetime.time(10),
            tzinfo=SHANGHAI,
        )
        return UnmetDemand(
            organisation=organisation,
            kind=kind,
            side=Side.SUPPLY,
            title=title,
            description=f"用于{trade.post}岗位。{trade.duties}",
            quantity=self.rng.choice((2, 10, 20, 40)),
            needed_by=self.on + datetime.timedelta(days=self.rng.randint(30, 120)),
            division_id=organisation.division_id,
            query=title,
            state=state,
            created_by_id=self.clerks.get(organisation.pk),
            proposed_at=proposed_at,
            verify_due_at=proposed_at + datetime.timedelta(days=7),
            verified_at=proposed_at + datetime.timedelta(days=2) if verified else None,
            is_demo=True,
        )

    def pick(self, weighted: tuple[tuple[Any, int], ...]) -> Any:
        values, weights = zip(*weighted, strict=True)
        return self.rng.choices(values, weights)[0]
