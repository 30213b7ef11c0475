"""Tells each side of a negotiation what the other did, and keeps the response records true."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.exchange.choices import NegotiationState
from silian.operations.exchange.commands.negotiation_response import recount_responses
from silian.operations.exchange.events import (
    IntentAccepted,
    IntentProposed,
    MessageSent,
    NegotiationAnswered,
    NegotiationClosed,
    NegotiationDueSoon,
    NegotiationOpened,
)
from silian.operations.exchange.models.negotiation import Intent, Message, Negotiation
from silian.operations.exchange.rules.negotiation_clocks import REMIND_DAYS
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import WRITING_ROLES
from silian.registers.organisations.queries.members import user_ids_with_role


def read(negotiation_id: int) -> Negotiation:
    return Negotiation.objects.select_related("listing", "asker", "owner").get(pk=negotiation_id)


def writers_of(organisation_id: int) -> list[int]:
    """The members who act for the organisation: whom to tell (经办成员)."""
    return user_ids_with_role(
        organisation_id=organisation_id, roles=sorted(WRITING_ROLES), on=timezone.localdate()
    )


def tell_side(
    *,
    negotiation: Negotiation,
    organisation_id: int,
    title: str,
    key: str,
    detail: str = "",
    kind: NotificationKind = NotificationKind.ANSWER,
) -> None:
    notify(
        user_ids=writers_of(organisation_id),
        kind=kind,
        title=title,
        detail=detail or negotiation.listing.title,
        url=reverse("exchange:negotiation_detail", kwargs={"negotiation_id": negotiation.pk}),
        organisation_id=organisation_id,
        key=f"negotiation-{negotiation.pk}-{key}",
    )


@subscribe(NegotiationOpened)
def tell_owner_of_answer(event: NegotiationOpened) -> None:
    negotiation = read(event.negotiation_id)
    tell_side(
        negotiation=negotiation,
        organisation_id=negotiation.owner_id,
        title=f"{negotiation.asker.display_name}应答了“{negotiation.listing.title}”",
        detail=f"请在{last_day(negotiation)}前回应，逾期洽谈自动结束",
        key="opened",
    )


def last_day(negotiation: Negotiation) -> str:
    due = negotiation.answer_due_at
    if due is None:
        return "期限"
    last = timezone.localtime(due - datetime.timedelta(microseconds=1))
    return f" {last.month}月{last.day}日 24 时"


@subscribe(NegotiationAnswered)
def tell_asker_of_first_answer(event: NegotiationAnswered) -> None:
    negotiation = read(event.negotiation_id)
    tell_side(
        negotiation=negotiation,
        organisation_id=negotiation.asker_id,
        title=f"{negotiation.owner.display_name}已回应，双方联系方式已互相可见",
        key="answered",
    )


@subscribe(NegotiationAnswered)
def count_answer(event: NegotiationAnswered) -> None:
    recount_responses(organisation_id=read(event.negotiation_id).owner_id, now=timezone.now())


@subscribe(MessageSent)
def tell_other_side_of_message(event: MessageSent) -> None:
    """A message, unless it was the first answer: that has its own notice."""
    negotiation = read(event.negotiation_id)
    message = Message.objects.select_related("organisation").get(pk=event.message_id)
    if message.sent_at == negotiation.answered_at:
        return
    tell_side(
        negotiation=negotiation,
        organisation_id=negotiation.other_side(message.organisation_id).pk,
        title=f"{message.organisation.display_name}发来消息",
        kind=NotificationKind.MESSAGE,
        key=f"message-{message.pk}",
    )


@subscribe(IntentProposed)
def tell_other_side_of_intent(event: IntentProposed) -> None:
    intent = Intent.objects.select_related("proposed_by").get(pk=event.intent_id)
    negotiation = read(event.negotiation_id)
    tell_side(
        negotiation=negotiation,
        organisation_id=negotiation.other_side(intent.proposed_by_id).pk,
        title=f"{intent.proposed_by.display_name}提出合作意向：{intent.form} {intent.quantity}",
        key=f"intent-{intent.pk}",
    )


@subscribe(IntentAccepted)
def tell_proposer_of_acceptance(event: IntentAccepted) -> None:
    intent = Intent.objects.get(pk=event.intent_id)
    negotiation = read(event.negotiation_id)
    other = negotiation.other_side(intent.proposed_by_id)
    tell_side(
        negotiation=negotiation,
        organisation_id=intent.proposed_by_id,
        title=f"{other.display_name}接受了贵单位的意向，签约后请登记协议",
        key=f"accepted-{intent.pk}",
    )


@subscribe(NegotiationClosed)
def tell_of_end(event: NegotiationClosed) -> None:
    negotiation = read(event.negotiation_id)
    ended = {
        NegotiationState.REFUSED: (negotiation.asker_id, f"{negotiation.owner.display_name}婉拒"),
        NegotiationState.WITHDRAWN: (
            negotiation.owner_id,
            f"{negotiation.asker.display_name}撤回了洽谈",
        ),
    }
    if negotiation.state == NegotiationState.LAPSED:
        tell_of_lapse(negotiation)
        return
    organisation_id, title = ended[NegotiationState(negotiation.state)]
    tell_side(
        negotiation=negotiation,
        organisation_id=organisation_id,
        title=title,
        detail=negotiation.close_reason,
        key="closed",
    )


def tell_of_lapse(negotiation: Negotiation) -> None:
    tell_side(
        negotiation=negotiation,
        organisation_id=negotiation.asker_id,
        title=f"{negotiation.owner.display_name}逾期未回应，洽谈已结束",
        detail="可以重新发起，或应答其他供需",
        key="lapsed-asker",
    )
    tell_side(
        negotiation=negotiation,
        organisation_id=negotiation.owner_id,
        title=f"未在期限内回应{negotiation.asker.display_name}，洽谈已结束",
        detail="已计入贵单位回应率；对方可以重新发起",
        key="lapsed-owner",
    )


@subscribe(NegotiationClosed)
def count_end(event: NegotiationClosed) -> None:
    recount_responses(organisation_id=read(event.negotiation_id).owner_id, now=timezone.now())


@subscribe(NegotiationDueSoon)
def remind(event: NegotiationDueSoon) -> None:
    negotiation = read(event.negotiation_id)
    tell_side(
        negotiation=negotiation,
        organisation_id=negotiation.owner_id,
        title=f"{negotiation.asker.display_name}等待回应，余 {REMIND_DAYS} 个工作日",
        detail=f"请在{last_day(negotiation)}前回应“{negotiation.listing.title}”",
        kind=NotificationKind.TASK,
        key="due-soon",
    )
