"""Objections to a list of rewards: raised by anybody, taken by one who took no part, answered."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.casework.reviews.queries.objections import digest_of_code
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.check_codes import new_check_code
from silian.foundation.kernel.encryption import encrypted
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.governance.incentives.choices.claims import ObjectionState
from silian.governance.incentives.choices.rewards import ObjectionEffect, RewardState
from silian.governance.incentives.commands.claim_notices import Objector
from silian.governance.incentives.commands.reward_decisions import Given, moved, put_given
from silian.governance.incentives.events.rewards import RewardObjectionMoved
from silian.governance.incentives.models import RewardCandidate, RewardDecision, RewardObjection
from silian.governance.incentives.permissions.reward_money import (
    objections_visible_to,
    require_handler,
    took_part,
)
from silian.governance.incentives.permissions.rewards import own_units
from silian.governance.incentives.rules.rewards import (
    reason_not_objectable,
    reason_objection_not_taken,
)
from silian.governance.incentives.workflow.rewards import reward_decision as steps

NOBODY = Actor(name="异议人")  # the trail of an objection never says who raised it
WHOLE_LIST = "名单整体"


@transaction.atomic
def raise_reward_objection(
    *,
    decision_id: int,
    candidate_id: int | None,
    text: str,
    objector: Objector,
    now: datetime.datetime,
) -> str:
    """Take an objection while the list is on notice; the code by which it is read (提出异议).

    Nobody's account is kept, also when the objector has signed in.
    """
    decision = RewardDecision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    refuse_unfit(decision, text=text, objector=objector, on=now.date())
    listed = decision.listed.filter(chosen=True)
    candidate = listed.get(pk=candidate_id) if candidate_id else None
    code, days = new_check_code(), decision.objection_days
    row = RewardObjection.objects.create(
        decision=decision,
        candidate=candidate,
        about=candidate.subject_name if candidate else WHOLE_LIST,
        text=text.strip(),
        name_cipher=encrypted(objector.name.strip()),
        contact_cipher=encrypted(objector.contact.strip()),
        code=digest_of_code(code),
        raised_at=now,
        due_on=site_deadline(now, working_days=days).due_on if days else None,
        is_demo=decision.is_demo,
    )
    record(NOBODY, "incentives.reward_objection.raised", row)
    publish(RewardObjectionMoved(objection_id=row.pk))
    return code


def refuse_unfit(
    decision: RewardDecision, *, text: str, objector: Objector, on: datetime.date
) -> None:
    reason = reason_not_objectable(
        on_notice=decision.state == RewardState.NOTICE, notice_until=decision.notice_until, on=on
    )
    if reason:
        raise DomainError(reason)
    if not text.strip():
        raise DomainError("请写明异议内容和依据。", field="text")
    if objector.name.strip() and not objector.contact.strip():
        raise DomainError("实名提出异议的，请留下联系方式，便于核实。", field="contact")


def locked_objection(objection_id: int, *, actor: Actor) -> RewardObjection:
    """An objection that the actor sees, its decision locked first."""
    seen = objections_visible_to(actor).values_list("decision_id", flat=True).get(pk=objection_id)
    decision = RewardDecision.objects.select_for_update(of=("self",)).get(pk=seen)
    rows = RewardObjection.objects.select_related("candidate")
    row = rows.select_for_update(of=("self",)).get(pk=objection_id)
    row.decision = decision
    return row


@transaction.atomic
def take_reward_objection(
    *, objection_id: int, actor: Actor, now: datetime.datetime
) -> RewardObjection:
    """Become the one who looks into an objection: nobody who proposed or decided (承办核查)."""
    row = locked_objection(objection_id, actor=actor)
    refuse_answered(row)
    about = row.candidate.organisation_id if row.candidate else None
    reason = reason_objection_not_taken(
        took_part=actor.user_id in (row.decision.proposed_by_id, row.decision.decided_by_id),
        own=about in own_units(actor),
        taken_by_other=row.taken_by_id not in (None, actor.user_id),
    )
    if reason:
        raise NotAllowed(reason)
    row.taken_by_id, row.taken_at = actor.user_id, now
    row.save(update_fields=["taken_by", "taken_at"])
    record(actor, "incentives.reward_objection.taken", row)
    publish(RewardObjectionMoved(objection_id=row.pk))
    return row


def refuse_answered(row: RewardObjection) -> None:
    if row.state != ObjectionState.OPEN:
        raise DomainError("这条异议已经答复。")


@transaction.atomic
def read_objector(*, objection_id: int, actor: Actor) -> Objector:
    """Show name and contact to the one who looks into it, on the record (查看联系方式)."""
    row = locked_objection(objection_id, actor=actor)
    require_handler(actor, row)
    record(actor, "incentives.reward_objection.contact_read", row)
    return Objector(name=row.name, contact=row.contact)


@transaction.atomic
def answer_reward_objection(
    *,
    objection_id: int,
    upheld: bool,
    effect: str,
    answer: str,
    actor: Actor,
    now: datetime.datetime,
) -> RewardObjection:
    """Answer an objection; one that is right takes the unit out or the list back (答复异议)."""
    row = locked_objection(objection_id, actor=actor)
    require_handler(actor, row)
    refuse_answered(row)
    if objections_visible_to(actor).filter(took_part(actor), pk=row.pk).exists():
        raise NotAllowed("您已参与这份名单的办理，异议要由没有经办过的人员答复。")
    if not answer.strip():
        raise DomainError("请写明核实情况和答复。", field="answer")
    row.state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    row.effect = effect if upheld else ""
    row.answer, row.answered_by_id, row.answered_at = answer.strip()[:500], actor.user_id, now
    if upheld:
        carry_out(row, actor=actor)
    row.save()
    record(actor, "incentives.reward_objection.answered", row, reason=row.answer)
    publish(RewardObjectionMoved(objection_id=row.pk))
    return row


def carry_out(row: RewardObjection, *, actor: Actor) -> None:
    """What a right objection does to a list that is still on notice (异议成立)."""
    if not row.effect:
        raise DomainError("请选择异议成立后的处理。", field="effect")
    if row.decision.state != RewardState.NOTICE:
        row.effect = ""
        return
    if row.effect == ObjectionEffect.DRAW_UP_ANEW:
        reopen(row.decision, reason=row.answer, actor=actor)
    elif row.candidate is None:
        raise DomainError("异议针对名单整体，不能只移出一家。请选择退回重拟。", field="effect")
    else:
        take_out(row.candidate)


def take_out(candidate: RewardCandidate) -> None:
    """The unit is on the list no more; what it was to be given is nothing."""
    candidate.chosen = False
    candidate.deviation = "公示异议成立，移出名单" if candidate.within_quota else ""
    put_given(candidate, Given())
    candidate.save()


def reopen(decision: RewardDecision, *, reason: str, actor: Actor) -> None:
    """The list goes back to be drawn up, decided and noticed anew (退回重拟)."""
    decision.state = steps.target("reopen", state=RewardState(decision.state))
    decision.opinion = f"公示异议成立，退回重拟：{reason}"[:500]
    decision.decided_by, decision.decided_at, decision.notice_until = None, None, None
    decision.save(update_fields=["state", "opinion", "decided_by", "decided_at", "notice_until"])
    moved(decision, verb="reopened", actor=actor, reason=reason)
