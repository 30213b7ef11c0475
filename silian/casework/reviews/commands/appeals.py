"""An applicant's appeal: filed in time, settled by somebody new, answered with remedy."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.deciding import (
    AppealResult,
    DecisionGround,
    ObjectionState,
    Outcome,
)
from silian.casework.reviews.choices.dossiers import DossierState, SeatRole
from silian.casework.reviews.commands.decisions import decide
from silian.casework.reviews.commands.dossiers import locked_dossier
from silian.casework.reviews.commands.moving import move
from silian.casework.reviews.commands.objections import keep_papers
from silian.casework.reviews.commands.seats import take_seat
from silian.casework.reviews.events.deciding import AppealFiled, AppealSettled
from silian.casework.reviews.models import Appeal, Dossier, DossierDecision
from silian.casework.reviews.permissions.dossiers import require_applicant
from silian.casework.reviews.permissions.notices import (
    require_appeal_handler,
    require_handler,
)
from silian.casework.reviews.queries.appeals import free_places, stages_open_to
from silian.casework.reviews.queries.decisions import (
    current_decision,
    last_appeal_day,
    snapshot_of,
    with_grounds,
)
from silian.casework.reviews.rules.appeals import STEP_TO, reason_not_appealable
from silian.casework.reviews.workflow.objection import objection as table
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline

REMEDY = "对本复核结论不服的，可以依法申请行政复议或者提起行政诉讼。"
AFTER_RANKING = (DossierState.RANKED, DossierState.NOTICED, DossierState.OBJECTED)


@transaction.atomic
def file_appeal(
    *, dossier_id: int, text: str, actor: Actor, papers: Sequence[UploadedFile[bytes]] = ()
) -> Appeal:
    """Ask for the decision to be looked at again, within the days of the scheme (提出申诉)."""
    dossier = locked_dossier(dossier_id)
    require_applicant(actor, dossier)
    decision = current_decision(dossier)
    if decision is None or dossier.state != DossierState.REJECTED:
        raise WrongState("只有不通过的决定可以申诉。")
    reason = reason_not_appealable(
        outcome=decision.outcome,
        last_on=last_appeal_day(decision),
        on=timezone.localdate(),
        was_appealed=Appeal.objects.filter(decision=decision).exists(),
    )
    if reason:
        raise WrongState(reason)
    if not text.strip():
        raise DomainError("请写明申诉理由：哪一点与事实或规定不符。", field="text")
    take_seat(dossier=dossier, role=SeatRole.APPLICANT, actor=actor)
    appeal = Appeal.objects.create(
        decision=decision,
        text=text.strip(),
        filed_by_id=actor.user_id or 0,
        filed_at=timezone.now(),
        due_on=answer_limit(dossier),
    )
    keep_papers(papers, subject=appeal, actor=actor)
    record(actor, "reviews.appeal.filed", appeal)
    publish(AppealFiled(appeal_id=appeal.pk))
    return appeal


def answer_limit(dossier: Dossier) -> datetime.date | None:
    campaign = dossier.campaign
    days = campaign.values.days(campaign.content.procedure.appeal_answer_days)
    return None if days is None else site_deadline(timezone.now(), working_days=days).due_on


def locked_appeal(appeal_id: int) -> tuple[Appeal, Dossier]:
    found = Appeal.objects.select_related("decision").get(pk=appeal_id)
    dossier = locked_dossier(found.decision.dossier_id)
    rows = Appeal.objects.select_for_update(of=("self",)).select_related("decision")
    return rows.get(pk=appeal_id), dossier


@transaction.atomic
def take_appeal(*, appeal_id: int, actor: Actor) -> Appeal:
    """Become the one who settles an appeal: nobody who acted on the file before (承办复核)."""
    appeal, dossier = locked_appeal(appeal_id)
    require_handler(actor, dossier.campaign)
    if appeal.handler_id not in (None, actor.user_id):
        raise WrongState("这件申诉已经有承办人。")
    if appeal.state != ObjectionState.RAISED:
        raise WrongState("这件申诉已经答复。")
    take_seat(dossier=dossier, role=SeatRole.APPEAL, actor=actor)
    appeal.handler_id = actor.user_id
    appeal.save(update_fields=["handler"])
    record(actor, "reviews.appeal.taken", appeal)
    return appeal


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """How an appeal ends: dismissed, or upheld in one of three ways (复核结论)."""

    answer: str
    result: AppealResult | None = None
    stage: DossierState | None = None
    basis: str = ""


@transaction.atomic
def settle_appeal(*, appeal_id: int, settlement: Settlement, actor: Actor) -> Appeal:
    """Answer an appeal (复核申诉): the old decision stands, is superseded, or is made anew."""
    appeal, dossier = locked_appeal(appeal_id)
    require_appeal_handler(actor, appeal)
    is_upheld = settlement.result is not None
    step = "uphold" if is_upheld else "dismiss"
    appeal.state = table.target(step, state=ObjectionState(appeal.state))
    refuse_unfit(settlement, dossier)
    appeal.answer = settlement.answer.strip() + ("" if is_upheld else REMEDY)
    appeal.result, appeal.new_stage = settlement.result or "", settlement.stage or ""
    appeal.answered_by_id, appeal.answered_at = actor.user_id, timezone.now()
    appeal.save(
        update_fields=["state", "answer", "result", "new_stage", "answered_by", "answered_at"]
    )
    if settlement.result == AppealResult.NEW_LOOK and settlement.stage:
        reopen(dossier, stage=settlement.stage)
    elif settlement.result:
        supersede(appeal, dossier, settlement, actor=actor)
    record(actor, f"reviews.appeal.{'upheld' if is_upheld else 'dismissed'}", appeal)
    publish(AppealSettled(appeal_id=appeal.pk))
    return appeal


def refuse_unfit(settlement: Settlement, dossier: Dossier) -> None:
    if not settlement.answer.strip():
        raise DomainError("请写明复核结论和理由，申报单位会看到。", field="answer")
    if settlement.result is None:
        return
    if settlement.result == AppealResult.NEW_LOOK:
        if settlement.stage not in stages_open_to(dossier):
            raise DomainError("请选择从哪一环节重新办理。", field="stage")
    elif dossier.ended_stage not in AFTER_RANKING:
        raise DomainError("这份材料没有经过审定，只能退回指定环节重新办理。", field="result")
    elif settlement.result == AppealResult.WITHIN_QUOTA and free_places(dossier.campaign) == 0:
        raise DomainError("名额已满，请选择“名额外补充公示”并在结论中写明理由。", field="result")


def reopen(dossier: Dossier, *, stage: DossierState) -> None:
    """Bring an ended dossier back to a stage; its decisions stay on record."""
    move(dossier=dossier, step=STEP_TO[stage])
    dossier.end_reason, dossier.ended_stage = "", ""
    dossier.save(update_fields=["end_reason", "ended_stage"])


def supersede(
    appeal: Appeal, dossier: Dossier, settlement: Settlement, *, actor: Actor
) -> DossierDecision:
    """The refusal is superseded; the dossier waits for its own public notice."""
    known = with_grounds(Dossier.objects.filter(pk=dossier.pk)).get()
    decision = decide(
        dossier=dossier,
        outcome=Outcome.RECOGNISE,
        ground=DecisionGround.APPEAL,
        reason=settlement.answer,
        basis=settlement.basis,
        snapshot={
            **snapshot_of(known),
            "appeal": appeal.pk,
            "places": appeal.result,
            "rules": dossier.campaign.version.number,
        },
        actor=actor,
    )
    reopen(dossier, stage=DossierState.RANKED)
    return decision
