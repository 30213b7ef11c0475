"""Start, fill in, submit and withdraw applications."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState, SeatRole
from silian.casework.reviews.choices.schemes import SubjectKind
from silian.casework.reviews.commands.evaluation import evaluate_dossier
from silian.casework.reviews.commands.moving import move
from silian.casework.reviews.commands.seats import take_seat
from silian.casework.reviews.models import Campaign, Dossier, DossierVersion, Evidence
from silian.casework.reviews.permissions.dossiers import require_applicant
from silian.casework.reviews.queries.bans import ban_of
from silian.casework.reviews.queries.dossiers import (
    completeness_of,
    file_rows,
    open_codes,
    reason_not_applicable,
)
from silian.casework.reviews.queries.prefill import prefilled_answers
from silian.casework.reviews.rules.campaigns import reason_call_closed
from silian.casework.reviews.rules.dossiers import digest_of, reason_wrong_subject
from silian.casework.reviews.rules.form import normalised_answers
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import remove_file, store_upload
from silian.foundation.kernel.models import StoredFile
from silian.registers.organisations.choices import WRITING_ROLES
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person
from silian.registers.people.permissions import people_visible_to

ONE_DAY = datetime.timedelta(days=1)
LONGEST_REASON = 1000


def locked_dossier(dossier_id: int) -> Dossier:
    rows = Dossier.objects.select_for_update(of=("self",)).select_related(
        "campaign__version__scheme", "applicant"
    )
    return rows.get(pk=dossier_id)


@transaction.atomic
def start_dossier(
    *,
    campaign: Campaign,
    actor: Actor,
    subject_name: str = "",
    person_id: int | None = None,
    source: str = "",
    source_id: int | None = None,
) -> Dossier:
    """Begin an application of the actor's organisation, filled with what is known (开始填报)."""
    applicant = applicant_of(actor)
    today = timezone.localdate()
    refuse_unless_open(campaign, applicant=applicant, on=today)
    person = person_for(person_id, actor=actor)
    name = named_subject(campaign, applicant=applicant, person=person, said=subject_name)
    refuse_second(campaign, applicant=applicant, name=name)
    dossier = Dossier.objects.create(
        campaign=campaign,
        applicant=applicant,
        person=person,
        subject_name=name,
        source=source,
        source_id=source_id,
        division_id=applicant.division_id,
        size=applicant.size,
        answers=prefilled_answers(campaign.content, applicant, today),
        state_since=timezone.now(),
        due_on=campaign.closes_on - ONE_DAY,
        is_demo=applicant.is_demo,
    )
    take_seat(dossier=dossier, role=SeatRole.APPLICANT, actor=actor)
    record(actor, "reviews.dossier.started", dossier)
    return dossier


def applicant_of(actor: Actor) -> Organisation:
    """The organisation for which the actor files."""
    if actor.organisation_id is None or not actor.has_role(*WRITING_ROLES):
        raise NotAllowed("申报由单位管理员或经办人办理。请联系贵单位的管理员。")
    return Organisation.objects.select_related("division").get(pk=actor.organisation_id)


def refuse_unless_open(campaign: Campaign, *, applicant: Organisation, on: datetime.date) -> None:
    """The call is open, the applicant of the right kind and region, and not banned."""
    reason = reason_call_closed(
        state=CampaignState(campaign.state),
        opens_on=campaign.opens_on,
        closes_on=campaign.closes_on,
        on=on,
    ) or reason_not_applicable(campaign, applicant)
    if reason:
        raise DomainError(reason)
    scheme = campaign.version.scheme
    ban = ban_of(organisation_id=applicant.pk, scheme=scheme, on=on)
    if ban is not None:
        raise DomainError(
            f"贵单位在 {ban.ends_on:%Y年%m月%d日} 之前不能申报“{scheme.title}”。"
            "原因和依据见认定记录。"
        )


def person_for(person_id: int | None, *, actor: Actor) -> Person | None:
    """Somebody of the applicant's own people; others are not found (本单位人员)."""
    if person_id is None:
        return None
    person = people_visible_to(actor).filter(pk=person_id).first()
    if person is None:
        raise DomainError("没有找到这位人员。请从本单位名册中选择。", field="person")
    return person


def named_subject(
    campaign: Campaign, *, applicant: Organisation, person: Person | None, said: str
) -> str:
    """What is applied for: the organisation, the person, or the matter as it was named."""
    kind = campaign.content.subject
    names = {
        SubjectKind.ORGANISATION: applicant.name,
        SubjectKind.PERSON: f"{person.name}{tail_of(person)}" if person else said,
        SubjectKind.MATTER: said.strip(),
    }
    reason = reason_wrong_subject(subject=kind, has_person=person is not None, name=names[kind])
    if reason:
        field = "person" if kind == SubjectKind.PERSON else "subject_name"
        raise DomainError(reason, field=field)
    return names[kind][:200]


def tail_of(person: Person) -> str:
    """The masked number's end, so that two people of one name can both apply."""
    return f"（{person.id_number_mask[-4:]}）" if person.id_number_mask else ""


def refuse_second(campaign: Campaign, *, applicant: Organisation, name: str) -> None:
    rows = Dossier.objects.filter(campaign=campaign, applicant=applicant, subject_name=name)
    if rows.exclude(state=DossierState.WITHDRAWN).exists():
        raise DomainError(f"“{name}”在本批次已有申报材料，不能重复申报。请继续办理原有材料。")


@transaction.atomic
def save_answers(*, dossier_id: int, answers: Mapping[str, Any], actor: Actor) -> Dossier:
    """Keep what was typed; answers that no longer are asked for go (保存).

    While a fix is open only what was asked may be changed.
    """
    dossier = editable_dossier(dossier_id, actor=actor)
    refuse_closed_fields(dossier, answers)
    definition = dossier.campaign.content
    merged = {**dossier.answers, **answers}
    dossier.answers = normalised_answers(definition, merged, partial=True)
    dossier.save(update_fields=["answers"])
    return dossier


def editable_dossier(dossier_id: int, *, actor: Actor) -> Dossier:
    """The locked dossier while its applicant may change it."""
    dossier = locked_dossier(dossier_id)
    require_applicant(actor, dossier)
    if dossier.state not in (DossierState.DRAFT, DossierState.FIXING):
        raise DomainError("材料已经提交，不能再修改。需要补正的，等审查人员通知。")
    take_seat(dossier=dossier, role=SeatRole.APPLICANT, actor=actor)
    return dossier


def refuse_closed_fields(dossier: Dossier, answers: Mapping[str, Any]) -> None:
    allowed = open_codes(dossier)
    fields = dossier.campaign.content.fields_by_code
    for code, value in answers.items():
        if code in allowed or code not in fields:
            continue
        if value != dossier.answers.get(code):
            raise DomainError(
                f"“{fields[code].label}”不在补正范围内，不能修改。请只补正通知列出的事项。",
                field=code,
            )


@transaction.atomic
def add_evidence(
    *, dossier_id: int, field: str, upload: UploadedFile[bytes], actor: Actor
) -> Evidence:
    """Put a file to one question (上传佐证材料)."""
    dossier = editable_dossier(dossier_id, actor=actor)
    asked = dossier.campaign.content.fields_by_code.get(field)
    if asked is None or not asked.evidence:
        raise DomainError("这一项不收附件。请上传到要求佐证的申报项。")
    if field not in open_codes(dossier):
        raise DomainError(f"“{asked.label}”不在补正范围内，不能增加附件。")
    file = store_upload(upload=upload, subject=dossier, actor=actor)
    evidence = Evidence.objects.create(dossier=dossier, field=field, file=file)
    record(actor, "reviews.evidence.added", dossier, detail={"field": field, "file": file.name})
    return evidence


@transaction.atomic
def remove_evidence(*, evidence_id: int, actor: Actor) -> Dossier:
    """Take a file from its question; one that was sent stays with its version (移除佐证材料)."""
    found = Evidence.objects.get(pk=evidence_id)
    dossier = editable_dossier(found.dossier_id, actor=actor)
    evidence = Evidence.objects.select_related("file").get(pk=evidence_id)
    if evidence.field not in open_codes(dossier):
        raise DomainError("这一项不在补正范围内，不能移除附件。")
    record(
        actor,
        "reviews.evidence.removed",
        dossier,
        detail={"field": evidence.field, "file": evidence.file.name},
    )
    file = evidence.file
    evidence.delete()
    if not was_sent(dossier, file):
        remove_file(file=file, actor=actor)
    return dossier


def was_sent(dossier: Dossier, file: StoredFile) -> bool:
    return dossier.versions.filter(files__contains=[{"file": file.pk}]).exists()


@transaction.atomic
def submit_dossier(*, dossier_id: int, actor: Actor) -> Dossier:
    """Hand in an application: it takes its number and its first version is sealed (提交)."""
    dossier = locked_dossier(dossier_id)
    require_applicant(actor, dossier)
    take_seat(dossier=dossier, role=SeatRole.APPLICANT, actor=actor)
    now, campaign = timezone.now(), locked_batch(dossier.campaign_id)
    refuse_unless_open(campaign, applicant=dossier.applicant, on=timezone.localdate(now))
    refuse_unfinished(dossier)
    if dossier.number is None:
        dossier.number = take_number(campaign)
    dossier.submitted_at = now
    dossier.size, dossier.division_id = dossier.applicant.size, dossier.applicant.division_id
    dossier.save(update_fields=["number", "submitted_at", "size", "division"])
    seal_version(dossier, actor=actor, at=now)
    values = campaign.values
    days = values.days(campaign.content.procedure.intake_days)
    move(dossier=dossier, step="submit", working_days=days)
    evaluate_dossier(dossier=dossier, now=now)
    record(actor, "reviews.dossier.submitted", dossier)
    return dossier


def locked_batch(campaign_id: int) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",)).select_related(
        "version__scheme", "division"
    )
    return rows.get(pk=campaign_id)


def refuse_unfinished(dossier: Dossier) -> None:
    """Everything that is asked is answered and proved."""
    normalised_answers(dossier.campaign.content, dossier.answers)
    without = completeness_of(dossier).without_files
    if without:
        names = "、".join(f"“{field.label}”" for field in without[:3])
        raise DomainError(
            f"还有 {len(without)} 项没有佐证材料：{names}。请上传后再提交。", field=without[0].code
        )


def take_number(campaign: Campaign) -> str:
    """The next number of the batch, whose row is locked, so that there are no gaps (申报编号)."""
    campaign.last_number += 1
    campaign.save(update_fields=["last_number"])
    return number_of(campaign, campaign.last_number)


def number_of(campaign: Campaign, place: int) -> str:
    return f"SB{campaign.division_id}-{campaign.year}-{campaign.pk:04d}-{place:03d}"


def seal_version(dossier: Dossier, *, actor: Actor, at: datetime.datetime) -> DossierVersion:
    """Keep what was sent with its digest, for good (提交版本)."""
    files = file_rows(dossier)
    return DossierVersion.objects.create(
        dossier=dossier,
        number=dossier.versions.count() + 1,
        answers=dossier.answers,
        files=files,
        sha256=digest_of(dossier.answers, files),
        sent_by_id=actor.user_id,
        sent_at=at,
    )


@transaction.atomic
def withdraw_dossier(*, dossier_id: int, actor: Actor, reason: str = "") -> Dossier:
    """Take an application back; what was sent stays on record (撤回)."""
    dossier = locked_dossier(dossier_id)
    require_applicant(actor, dossier)
    take_seat(dossier=dossier, role=SeatRole.APPLICANT, actor=actor)
    if dossier.submitted_at is not None and not reason.strip():
        raise DomainError("材料已经提交，撤回须写明原因。", field="reason")
    stage = dossier.state
    move(dossier=dossier, step="withdraw")
    dossier.end_reason, dossier.ended_stage = reason.strip()[:LONGEST_REASON], stage
    dossier.save(update_fields=["end_reason", "ended_stage"])
    record(actor, "reviews.dossier.withdrawn", dossier, reason=reason)
    return dossier
