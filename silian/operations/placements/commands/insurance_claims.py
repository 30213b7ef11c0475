"""After an accident: the insurer first, the rest as the agreement says (理赔)."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.placements.choices.insurance import (
    ClaimState,
)
from silian.operations.placements.events.learning import ClaimAnswered, ClaimReported
from silian.operations.placements.models import Incident, InsuranceClaim, InsuredIntern
from silian.operations.placements.permissions.insurance import require_claim_answerer
from silian.operations.placements.permissions.sides import require_school_of
from silian.operations.placements.workflow.insurance import claim as claim_steps

ANSWER_DAYS = 10  # working days after which the school asks the insurer where the claim stands
CENT = Decimal("0.01")


@transaction.atomic
def report_claim(
    *,
    actor: Actor,
    insured_id: int,
    happened_on: datetime.date,
    incident: str,
    loss: Decimal,
    now: datetime.datetime,
    event_id: int | None = None,
) -> InsuranceClaim:
    """Report an accident to the insurer of the policy (报案). Basis: IN-27.

    ``event_id`` is the incident on record that the claim comes of.
    """
    insured = InsuredIntern.objects.select_related("policy", "internship").get(pk=insured_id)
    require_school_of(actor, insured.internship)
    if not insured.starts_on <= happened_on < insured.ends_on:
        raise DomainError(
            f"出险日不在保障期间（{insured.starts_on:%Y-%m-%d} 起）内，请选择当日有效的保单。",
            field="happened_on",
        )
    if happened_on > now.date():
        raise DomainError("出险日不能晚于今天。", field="happened_on")
    refuse_foreign_event(event_id=event_id, internship_id=insured.internship_id)
    claim = InsuranceClaim.objects.create(
        internship=insured.internship,
        policy=insured.policy,
        event_id=event_id,
        happened_on=happened_on,
        incident=incident.strip(),
        loss=loss.quantize(CENT),
        reported_by_id=actor.user_id,
        reported_at=now,
        answer_due_at=site_deadline(now, working_days=ANSWER_DAYS).due_at,
    )
    record(actor, "placements.claim.reported", claim)
    publish(ClaimReported(claim_id=claim.pk))
    return claim


def refuse_foreign_event(*, event_id: int | None, internship_id: int) -> None:
    """A claim comes of an incident of the same internship."""
    if event_id is None:
        return
    if not Incident.objects.filter(pk=event_id, internship_id=internship_id).exists():
        raise DomainError("所选事件不是这名学生这次实习的事件，请重新选择。", field="event")


@transaction.atomic
def link_claim(*, actor: Actor, claim_id: int, event_id: int | None) -> InsuranceClaim:
    """Say which incident a claim comes of, or that it comes of none (关联实习事件)."""
    claim = locked_claim(claim_id)
    require_school_of(actor, claim.internship)
    refuse_foreign_event(event_id=event_id, internship_id=claim.internship_id)
    claim.event_id = event_id
    claim.save(update_fields=["event"])
    record(actor, "placements.claim.linked", claim, detail={"incident": event_id})
    return claim


@transaction.atomic
def answer_claim(
    *, actor: Actor, claim_id: int, accepts: bool, answer: str, now: datetime.datetime
) -> InsuranceClaim:
    """Record what the insurer says (登记理赔答复)."""
    claim = locked_claim(claim_id)
    require_claim_answerer(actor, claim)
    step = "accept" if accepts else "reject"
    claim.state = claim_steps.target(step, state=ClaimState(claim.state))
    if not answer.strip():
        raise DomainError("请写明答复内容；拒绝赔付的写明条款。", field="answer")
    claim.answer, claim.answered_at = answer.strip(), now
    claim.save(update_fields=["state", "answer", "answered_at"])
    record(actor, "placements.claim.answered", claim, detail={"accepts": accepts})
    publish(ClaimAnswered(claim_id=claim.pk))
    return claim


@transaction.atomic
def pay_claim(
    *, actor: Actor, claim_id: int, paid: Decimal, paid_on: datetime.date
) -> InsuranceClaim:
    """Record what the insurer paid (登记赔付)."""
    claim = locked_claim(claim_id)
    require_claim_answerer(actor, claim)
    claim.state = claim_steps.target("pay", state=ClaimState(claim.state))
    if paid <= 0:
        raise DomainError("赔付金额应大于 0。", field="paid")
    claim.paid, claim.paid_on = paid.quantize(CENT), paid_on
    claim.save(update_fields=["state", "paid", "paid_on"])
    record(actor, "placements.claim.paid", claim)
    return claim


@transaction.atomic
def settle_claim(
    *,
    actor: Actor,
    claim_id: int,
    school_share: Decimal,
    host_share: Decimal,
    basis: str,
    now: datetime.datetime,
) -> InsuranceClaim:
    """Close a claim: what insurance did not pay is borne as agreed, never by the student (了结)."""
    claim = locked_claim(claim_id)
    require_school_of(actor, claim.internship)
    claim.state = claim_steps.target(
        "settle",
        state=ClaimState(claim.state),
        loss=claim.loss,
        paid=claim.paid,
        school_share=school_share,
        host_share=host_share,
        basis=basis,
    )
    claim.school_share, claim.host_share = school_share, host_share
    claim.remainder_basis, claim.settled_at = basis.strip(), now
    claim.save(
        update_fields=["state", "school_share", "host_share", "remainder_basis", "settled_at"]
    )
    record(actor, "placements.claim.settled", claim)
    return claim


@transaction.atomic
def withdraw_claim(*, actor: Actor, claim_id: int) -> InsuranceClaim:
    """Take back a report made in error (撤回报案)."""
    claim = locked_claim(claim_id)
    require_school_of(actor, claim.internship)
    claim.state = claim_steps.target("withdraw", state=ClaimState(claim.state))
    claim.save(update_fields=["state"])
    record(actor, "placements.claim.withdrawn", claim)
    return claim


def locked_claim(claim_id: int) -> InsuranceClaim:
    rows = InsuranceClaim.objects.select_for_update(of=("self",))
    return rows.select_related("internship", "policy").get(pk=claim_id)
