"""Take an objection from anybody, look into it, hear the applicant, answer by code."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.deciding import (
    DecisionGround,
    ObjectionState,
    Outcome,
)
from silian.casework.reviews.choices.dossiers import DossierState, SeatRole
from silian.casework.reviews.commands.decisions import decide, end_as_rejected
from silian.casework.reviews.commands.dossiers import locked_dossier
from silian.casework.reviews.commands.moving import move
from silian.casework.reviews.commands.seats import take_seat
from silian.casework.reviews.events.deciding import HearingAsked
from silian.casework.reviews.events.dossiers import ObjectionRaised
from silian.casework.reviews.models import Appeal, Campaign, Dossier, NoticeEntry, Objection
from silian.casework.reviews.permissions.dossiers import require_applicant
from silian.casework.reviews.permissions.notices import require_handler, require_investigator
from silian.casework.reviews.queries.decisions import snapshot_of, with_grounds
from silian.casework.reviews.queries.objections import digest_of_code
from silian.casework.reviews.rules.notices import reason_not_objectable
from silian.casework.reviews.rules.objections import reason_not_upholdable
from silian.casework.reviews.workflow.objection import objection as table
from silian.foundation.kernel import files
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.check_codes import new_check_code
from silian.foundation.kernel.encryption import decrypted, encrypted
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.models import StoredFile
from silian.foundation.kernel.site_calendar import site_deadline

NOBODY = Actor(name="异议人")  # the trail of an objection never says who raised it
MOST_PAPERS = 5  # anybody may send them, so few; more can be handed to the investigator
LEAST_TEXT = 10  # characters: shorter says nothing that can be looked into
HEARING_DAYS = 3  # working days; enough to answer one question, short against the notice
STANDING = (DossierState.NOTICED, DossierState.OBJECTED)


@dataclass(frozen=True, kw_only=True)
class Objector:
    """Who objects, as far as he says (异议人); both may stay empty."""

    name: str = ""
    contact: str = ""


@transaction.atomic
def raise_objection(
    *,
    entry_id: int,
    text: str,
    objector: Objector,
    papers: Sequence[UploadedFile[bytes]] = (),
) -> str:
    """Take an objection during the notice; the code by which the answer is read (提出异议).

    Nobody's account is kept, also when the objector has signed in. ``papers`` are what it rests
    on; only those who handle objections read them.
    """
    entry = NoticeEntry.objects.select_related("notice").get(pk=entry_id)
    dossier = locked_dossier(entry.dossier_id)
    refuse_unfit(entry, dossier, text=text, objector=objector)
    code = new_check_code()
    objection = Objection.objects.create(
        notice=entry.notice,
        dossier=dossier,
        code=digest_of_code(code),
        name_cipher=encrypted(objector.name.strip()),
        contact_cipher=encrypted(objector.contact.strip()),
        text=text.strip(),
        raised_at=timezone.now(),
        due_on=limit_of(dossier.campaign),
    )
    if dossier.state == DossierState.NOTICED:
        move(dossier=dossier, step="object", working_days=answer_days(dossier.campaign))
    keep_papers(papers, subject=objection, actor=NOBODY)
    record(NOBODY, "reviews.objection.raised", objection)
    publish(ObjectionRaised(objection_id=objection.pk))
    return code


def keep_papers(
    papers: Sequence[UploadedFile[bytes]], *, subject: Objection | Appeal, actor: Actor
) -> None:
    """Keep what an objection or an appeal rests on; each is checked by its content (证明材料)."""
    if len(papers) > MOST_PAPERS:
        raise DomainError(f"证明材料最多 {MOST_PAPERS} 份，请合并后上传。", field="papers")
    for paper in papers:
        try:
            files.store_upload(upload=paper, subject=subject, actor=actor)
        except DomainError as error:
            raise DomainError(error.sentence, field="papers") from error


def refuse_unfit(entry: NoticeEntry, dossier: Dossier, *, text: str, objector: Objector) -> None:
    reason = reason_not_objectable(
        starts_on=entry.notice.starts_on,
        ends_on=entry.notice.ends_on,
        on=timezone.localdate(),
    )
    if reason:
        raise WrongState(reason)
    if dossier.state not in STANDING:
        raise WrongState("这个对象已不在拟认定名单中，不再受理异议。")
    if len(text.strip()) < LEAST_TEXT:
        raise DomainError(f"请把异议写具体，至少 {LEAST_TEXT} 个字。", field="text")
    if objector.name.strip() and not objector.contact.strip():
        raise DomainError("实名提出异议的，请留下联系方式，便于核实。", field="contact")


def answer_days(campaign: Campaign) -> int | None:
    return campaign.values.days(campaign.content.procedure.objection_days)


def limit_of(campaign: Campaign) -> datetime.date | None:
    days = answer_days(campaign)
    return None if days is None else site_deadline(timezone.now(), working_days=days).due_on


def locked_objection(objection_id: int) -> tuple[Objection, Dossier]:
    """The dossier first, then the objection, so that two never wait for one another."""
    found = Objection.objects.only("dossier_id").get(pk=objection_id)
    dossier = locked_dossier(found.dossier_id)
    rows = Objection.objects.select_for_update(of=("self",)).select_related("notice")
    return rows.get(pk=objection_id), dossier


@transaction.atomic
def take_objection(*, objection_id: int, actor: Actor) -> Objection:
    """Become the one who looks into an objection; a seat of its own (承办核查)."""
    objection, dossier = locked_objection(objection_id)
    require_handler(actor, dossier.campaign)
    if objection.investigator_id not in (None, actor.user_id):
        raise WrongState("这件异议已经有核查人。")
    if objection.state != ObjectionState.RAISED:
        raise WrongState("这件异议已经答复。")
    take_seat(dossier=dossier, role=SeatRole.INVESTIGATOR, actor=actor)
    objection.investigator_id = actor.user_id
    objection.save(update_fields=["investigator"])
    record(actor, "reviews.objection.taken", objection)
    return objection


@transaction.atomic
def read_contact(*, objection_id: int, actor: Actor) -> Objector:
    """Show name and contact to the investigator, on the record (查看联系方式)."""
    objection, _ = locked_objection(objection_id)
    require_investigator(actor, objection)
    record(actor, "reviews.objection.contact_read", objection)
    return Objector(
        name=decrypted(objection.name_cipher), contact=decrypted(objection.contact_cipher)
    )


@transaction.atomic
def ask_applicant(*, objection_id: int, question: str, actor: Actor) -> Objection:
    """Put the question to the applicant in the investigator's words (请申报单位说明).

    The applicant reads this question only, neither the objection nor who raised it.
    """
    objection, _ = locked_objection(objection_id)
    require_investigator(actor, objection)
    table.target("hear", state=ObjectionState(objection.state))
    if objection.asked_at:
        raise WrongState("已经请申报单位说明过。")
    if not question.strip():
        raise DomainError("请写明要申报单位说明什么。", field="question")
    objection.question, objection.asked_at = question.strip(), timezone.now()
    objection.save(update_fields=["question", "asked_at"])
    record(actor, "reviews.objection.hearing_asked", objection)
    publish(HearingAsked(objection_id=objection.pk))
    return objection


@transaction.atomic
def make_statement(*, objection_id: int, statement: str, actor: Actor) -> Objection:
    """The applicant explains (申报单位说明), once."""
    objection, dossier = locked_objection(objection_id)
    require_applicant(actor, dossier)
    table.target("hear", state=ObjectionState(objection.state))
    if objection.stated_at:
        raise WrongState("贵单位已经说明过。需要补充的，请联系组织单位。")
    if not statement.strip():
        raise DomainError("请填写说明。", field="statement")
    take_seat(dossier=dossier, role=SeatRole.APPLICANT, actor=actor)
    objection.statement, objection.stated_at = statement.strip(), timezone.now()
    objection.stated_by_id = actor.user_id
    objection.save(update_fields=["statement", "stated_at", "stated_by"])
    record(actor, "reviews.objection.stated", objection)
    return objection


@transaction.atomic
def add_finding_file(*, objection_id: int, upload: UploadedFile[bytes], actor: Actor) -> StoredFile:
    """Put a paper to the findings (核查材料)."""
    objection, _ = locked_objection(objection_id)
    require_investigator(actor, objection)
    table.target("hear", state=ObjectionState(objection.state))
    kept = files.store_upload(upload=upload, subject=objection, actor=actor)
    record(actor, "reviews.objection.file_added", objection, detail={"file": kept.pk})
    return kept


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What the investigator found: for the record, for the objector, for the applicant."""

    is_upheld: bool
    findings: str
    answer: str
    reason: str = ""
    basis: str = ""


@transaction.atomic
def settle_objection(*, objection_id: int, found: Findings, actor: Actor) -> Objection:
    """Uphold or dismiss; upheld, the decision is superseded and the dossier ends (答复异议)."""
    objection, dossier = locked_objection(objection_id)
    require_investigator(actor, objection)
    step = "uphold" if found.is_upheld else "dismiss"
    objection.state = table.target(step, state=ObjectionState(objection.state))
    refuse_unsaid(objection, found)
    objection.findings, objection.answer = found.findings.strip(), found.answer.strip()
    objection.answered_by_id, objection.answered_at = actor.user_id, timezone.now()
    objection.save(update_fields=["state", "findings", "answer", "answered_by", "answered_at"])
    if found.is_upheld and dossier.state == DossierState.OBJECTED:
        take_out(dossier, objection, found, actor=actor)
    elif dossier.state == DossierState.OBJECTED and not others_open(objection):
        move(dossier=dossier, step="clear")
        dossier.due_on = objection.notice.ends_on - datetime.timedelta(days=1)
        dossier.save(update_fields=["due_on"])
    verb = "upheld" if found.is_upheld else "dismissed"
    record(actor, f"reviews.objection.{verb}", objection)
    return objection


def refuse_unsaid(objection: Objection, found: Findings) -> None:
    for name, label in (("findings", "核查记录"), ("answer", "给异议人的答复")):
        if not getattr(found, name).strip():
            raise DomainError(f"请填写{label}。", field=name)
    if not found.is_upheld:
        return
    if not found.reason.strip():
        raise DomainError("请写明给申报单位的理由，不要提到是谁提出的。", field="reason")
    heard_by = (
        site_deadline(objection.asked_at, working_days=HEARING_DAYS).due_on
        if objection.asked_at
        else None
    )
    reason = reason_not_upholdable(
        was_asked=objection.asked_at is not None,
        was_answered=objection.stated_at is not None,
        answer_by=heard_by,
        on=timezone.localdate(),
    )
    if reason:
        raise DomainError(reason)


def others_open(objection: Objection) -> bool:
    rows = Objection.objects.filter(dossier_id=objection.dossier_id, state=ObjectionState.RAISED)
    return rows.exclude(pk=objection.pk).exists()


def take_out(dossier: Dossier, objection: Objection, found: Findings, *, actor: Actor) -> None:
    known = with_grounds(Dossier.objects.filter(pk=dossier.pk)).get()
    snapshot: dict[str, Any] = {
        **snapshot_of(known),
        "notice": objection.notice_id,
        "rules": dossier.campaign.version.number,
        "findings_sha256": hashlib.sha256(objection.findings.encode()).hexdigest(),
    }
    decide(
        dossier=dossier,
        outcome=Outcome.REJECT,
        ground=DecisionGround.OBJECTION,
        reason=found.reason,
        basis=found.basis,
        snapshot=snapshot,
        actor=actor,
    )
    end_as_rejected(dossier=dossier, reason=found.reason)
