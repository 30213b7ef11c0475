"""Give, warn, suspend, restore, prolong and end a recognition: each act with its reason."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.deciding import Outcome
from silian.casework.reviews.choices.recognitions import (
    OPEN_REMOVALS,
    ActKind,
    DutyState,
    RecognitionState,
)
from silian.casework.reviews.commands.certificates import issue_certificate, take_number
from silian.casework.reviews.events.recognitions import RecognitionChanged
from silian.casework.reviews.models import Dossier, DossierDecision, Recognition, RecognitionAct
from silian.casework.reviews.permissions.recognitions import (
    require_holder,
    require_keeper,
    require_not_tied,
)
from silian.casework.reviews.rules.recognitions import (
    RUNS_OUT,
    months_later,
    reason_not_dated,
    reason_not_extendable,
)
from silian.casework.reviews.workflow.recognition import recognition as table
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.check_codes import new_check_code
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish

OPEN_DUTIES = (DutyState.DUE, DutyState.RETURNED, DutyState.SUBMITTED, DutyState.MISSED)
RELATED = ("scheme", "holder", "dossier__campaign__version")


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """Why something is done, on which basis, and from which day (办理依据)."""

    reason: str
    on: datetime.date
    basis: str = ""
    exit_code: str = ""
    cure: str = ""
    cure_by: datetime.date | None = None


def locked_recognition(recognition_id: int) -> Recognition:
    rows = Recognition.objects.select_for_update(of=("self",)).select_related(*RELATED)
    return rows.get(pk=recognition_id)


def act_on(
    recognition: Recognition, *, kind: ActKind, grounds: Grounds, actor: Actor, verb: str
) -> RecognitionAct:
    """Keep what was done, and tell (变动记录); the caller has changed the locked row."""
    last = recognition.acts.order_by("-pk").first()
    if not grounds.reason.strip():
        raise DomainError("请写明理由。", field="reason")
    fault = reason_not_dated(on=grounds.on, last_on=last.effective_on if last else None)
    if fault:
        raise DomainError(fault, field="on")
    act = RecognitionAct.objects.create(
        recognition=recognition,
        kind=kind,
        reason=grounds.reason.strip(),
        basis=grounds.basis.strip(),
        exit_code=grounds.exit_code,
        cure=grounds.cure.strip(),
        cure_by=grounds.cure_by,
        effective_on=grounds.on,
        done_by_id=actor.user_id,
        done_at=timezone.now(),
    )
    record(actor, f"reviews.recognition.{verb}", recognition, reason=act.reason)
    publish(
        RecognitionChanged(
            recognition_id=recognition.pk,
            holder_id=recognition.holder_id,
            scheme=recognition.scheme.code,
            state=recognition.state,
        )
    )
    return act


@transaction.atomic
def recognise(
    *, dossier: Dossier, decision: DossierDecision, on: datetime.date, actor: Actor
) -> Recognition:
    """Give the first status of the scheme after a positive decision (认定或列入培育).

    A dossier is recognised once; a second call gives back the first recognition.
    """
    if decision.outcome != Outcome.RECOGNISE or decision.dossier_id != dossier.pk:
        raise WrongState("这份申报没有通过审定，不能认定。")
    known = Recognition.objects.filter(dossier=dossier).first()
    if known is not None:
        return known
    recognition = new_recognition(dossier, on=on)
    require_not_tied(actor, recognition)
    recognition.number = take_number(
        prefix=dossier.campaign.content.consequence.certificate_prefix,
        division_id=dossier.campaign.division_id,
        year=on.year,
    )
    recognition.save(force_insert=True)
    is_final = recognition.certified_on is not None
    act = act_on(
        recognition,
        kind=ActKind.CERTIFY if is_final else ActKind.ENTER,
        grounds=Grounds(reason=decision.reason, basis=decision.basis, on=on),
        actor=actor,
        verb="certified" if is_final else "entered",
    )
    issue_certificate(recognition=recognition, act=act, on=on)
    return recognition


def new_recognition(dossier: Dossier, *, on: datetime.date) -> Recognition:
    """The first status of the scheme, not saved yet (首次认定状态)."""
    state = dossier.campaign.content.consequence.first_state
    is_final = state == RecognitionState.CERTIFIED
    return Recognition(
        scheme=dossier.campaign.version.scheme,
        dossier=dossier,
        holder_id=dossier.applicant_id,
        subject_name=dossier.subject_name,
        division_id=dossier.division_id,
        check_code=new_check_code(),
        state=state,
        entered_on=on,
        certified_on=on if is_final else None,
        valid_until=term_from(on, dossier=dossier) if is_final else None,
        is_demo=dossier.is_demo,
    )


def term_from(on: datetime.date, *, dossier: Dossier) -> datetime.date | None:
    """Until when a status given on a day holds; None without a term (有效期止)."""
    said = dossier.campaign.content.consequence.validity_months
    months = dossier.campaign.values.days(said)
    return months_later(on, months=months) if months else None


def open_duties(recognition: Recognition, *, on: datetime.date) -> int:
    """How many duties whose term is over are not done (到期未完成)."""
    return recognition.duties.filter(state__in=OPEN_DUTIES, due_on__lt=on).count()


@transaction.atomic
def certify(*, recognition_id: int, grounds: Grounds, actor: Actor) -> Recognition:
    """Certify a subject that was built up long enough and did its duties (转为认定)."""
    recognition = locked_recognition(recognition_id)
    require_keeper(actor, recognition)
    campaign = recognition.dossier.campaign
    least = campaign.values.days(campaign.content.consequence.least_incubation_days)
    earliest = None if least is None else recognition.entered_on + datetime.timedelta(days=least)
    recognition.state = table.target(
        "certify",
        state=RecognitionState(recognition.state),
        earliest_on=earliest,
        on=grounds.on,
        open_duties=open_duties(recognition, on=grounds.on),
    )
    recognition.certified_on = grounds.on
    recognition.valid_until = term_from(grounds.on, dossier=recognition.dossier)
    recognition.save(update_fields=["state", "certified_on", "valid_until"])
    act = act_on(recognition, kind=ActKind.CERTIFY, grounds=grounds, actor=actor, verb="certified")
    issue_certificate(recognition=recognition, act=act, on=grounds.on)
    return recognition


@transaction.atomic
def warn(*, recognition_id: int, grounds: Grounds, actor: Actor) -> Recognition:
    """Warn a holder: what to cure, and by when (警示整改)."""
    recognition = locked_recognition(recognition_id)
    require_keeper(actor, recognition)
    if not grounds.cure.strip():
        raise DomainError("请写明要整改什么。", field="cure")
    if grounds.cure_by is None or grounds.cure_by <= grounds.on:
        raise DomainError("整改期限应在生效日之后。", field="cure_by")
    return turned(recognition, step="warn", kind=ActKind.WARN, grounds=grounds, actor=actor)


@transaction.atomic
def suspend(*, recognition_id: int, grounds: Grounds, actor: Actor) -> Recognition:
    """Suspend a status: its benefits rest until it is restored (暂停资格)."""
    recognition = locked_recognition(recognition_id)
    require_keeper(actor, recognition)
    return turned(recognition, step="suspend", kind=ActKind.SUSPEND, grounds=grounds, actor=actor)


@transaction.atomic
def reinstate(*, recognition_id: int, grounds: Grounds, actor: Actor) -> Recognition:
    """Restore a warned or suspended status to where it stood (恢复资格)."""
    recognition = locked_recognition(recognition_id)
    require_keeper(actor, recognition)
    step = "reinstate" if recognition.certified_on else "resume_incubation"
    return turned(recognition, step=step, kind=ActKind.REINSTATE, grounds=grounds, actor=actor)


VERBS = {
    ActKind.WARN: "warned",
    ActKind.SUSPEND: "suspended",
    ActKind.REINSTATE: "reinstated",
    ActKind.LEAVE: "left",
    ActKind.EXPIRE: "expired",
    ActKind.REMOVE: "removed",
}


def turned(
    recognition: Recognition, *, step: str, kind: ActKind, grounds: Grounds, actor: Actor
) -> Recognition:
    """Take a step of the table that changes nothing but the state."""
    recognition.state = table.target(step, state=RecognitionState(recognition.state))
    recognition.save(update_fields=["state"])
    act_on(recognition, kind=kind, grounds=grounds, actor=actor, verb=VERBS[kind])
    return recognition


@transaction.atomic
def extend(*, recognition_id: int, grounds: Grounds, actor: Actor) -> Recognition:
    """Prolong a status by its term after a passed assessment (延续).

    The new term begins where the old one ends, so that no day is lost or given twice.
    """
    recognition = locked_recognition(recognition_id)
    require_keeper(actor, recognition)
    recognition.state = table.target("extend", state=RecognitionState(recognition.state))
    overdue = open_duties(recognition, on=grounds.on)
    fault = reason_not_extendable(overdue=overdue, valid_until=recognition.valid_until)
    if fault:
        raise DomainError(fault)
    until = recognition.valid_until
    recognition.valid_until = term_from(until, dossier=recognition.dossier) if until else None
    recognition.save(update_fields=["state", "valid_until"])
    act = act_on(recognition, kind=ActKind.EXTEND, grounds=grounds, actor=actor, verb="extended")
    issue_certificate(recognition=recognition, act=act, on=grounds.on)
    return recognition


@transaction.atomic
def leave(*, recognition_id: int, grounds: Grounds, actor: Actor) -> Recognition:
    """Give a status back on the holder's own wish (主动退出)."""
    recognition = locked_recognition(recognition_id)
    require_holder(actor, recognition)
    if has_open_removal(recognition):
        raise WrongState("取消认定程序正在办理，不能主动退出。请先陈述意见，等待决定。")
    return ended(recognition, step="leave", kind=ActKind.LEAVE, grounds=grounds, actor=actor)


def has_open_removal(recognition: Recognition) -> bool:
    return recognition.removals.filter(state__in=sorted(OPEN_REMOVALS)).exists()


def ended(
    recognition: Recognition, *, step: str, kind: ActKind, grounds: Grounds, actor: Actor
) -> Recognition:
    """End a locked recognition on a day: from then on nothing follows from it (终止)."""
    recognition.state = table.target(step, state=RecognitionState(recognition.state))
    recognition.ended_on = grounds.on
    recognition.next_due_on = None
    recognition.save(update_fields=["state", "ended_on", "next_due_on"])
    act_on(recognition, kind=kind, grounds=grounds, actor=actor, verb=VERBS[kind])
    return recognition


def expire_due(*, on: datetime.date) -> int:
    """End every status whose term is over (到期); how many were ended."""
    rows = Recognition.objects.filter(valid_until__lte=on, state__in=sorted(RUNS_OUT))
    return sum(expire(recognition_id=pk) for pk in rows.values_list("pk", flat=True))


@transaction.atomic
def expire(*, recognition_id: int) -> int:
    """End one status whose term is over, as of its last day; 0 when another did (到期)."""
    recognition = locked_recognition(recognition_id)
    if recognition.state not in RUNS_OUT or recognition.valid_until is None:
        return 0
    if has_open_removal(recognition):  # decided first, so that nobody runs out of a ban
        return 0
    last = recognition.acts.order_by("-pk").first()
    on = max(recognition.valid_until, last.effective_on if last else recognition.valid_until)
    grounds = Grounds(reason="认定有效期届满，未延续。", on=on)
    ended(recognition, step="expire", kind=ActKind.EXPIRE, grounds=grounds, actor=system_actor())
    return 1
