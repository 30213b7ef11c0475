"""Make duties, take them in, check them, and say which were missed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from silian.casework.reviews.choices.recognitions import DutyKind, DutyState, RecognitionState
from silian.casework.reviews.commands.removals import MISSED_DUTIES, Charge, suggest_removal
from silian.casework.reviews.events.duties import DutyChecked, DutySubmitted
from silian.casework.reviews.events.recognitions import DutyMissed
from silian.casework.reviews.models import Duty, Recognition
from silian.casework.reviews.permissions.recognitions import require_holder, require_keeper
from silian.casework.reviews.queries.duties import held_of
from silian.casework.reviews.rules.duties import duties_owed, is_missed, years_to_removal
from silian.casework.reviews.workflow.duty import duty as table
from silian.casework.reviews.workflow.recognition import LIVING
from silian.foundation.kernel import files
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish

WAITING = (DutyState.DUE, DutyState.RETURNED)


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a holder sends in for a duty (义务事项材料)."""

    text: str
    link: str = ""
    uploads: Sequence[UploadedFile[bytes]] = field(default_factory=tuple)


def make_all_duties(*, on: datetime.date) -> int:
    """Make what every living status owes; a second run makes nothing (生成义务事项)."""
    rows = Recognition.objects.filter(state__in=sorted(LIVING)).order_by("pk")
    return sum(
        make_duties(recognition=row, on=on)
        for row in rows.select_related("scheme", "dossier__campaign__version")
    )


@transaction.atomic
def make_duties(*, recognition: Recognition, on: datetime.date) -> int:
    """Make the duties of one status for today and the year ahead; how many were new."""
    held = held_of(recognition)
    if held is None:
        return 0
    campaign = recognition.dossier.campaign
    rules = campaign.content.consequence.duties
    owed = duties_owed(rules, held=held, on=on, days=campaign.values.days)
    known = set(recognition.duties.values_list("code", "year"))
    new = [
        Duty(
            recognition=recognition,
            code=row.rule.code,
            kind=row.rule.kind,
            title=row.title,
            year=row.year,
            due_on=row.due_on,
            is_public=row.rule.is_public,
        )
        for row in owed
        if (row.rule.code, row.year) not in known
    ]
    Duty.objects.bulk_create(new, ignore_conflicts=True)
    note_next_due(recognition)
    return len(new)


def note_next_due(recognition: Recognition) -> None:
    """Keep the nearest open term on the recognition, for lists (最近的义务期限)."""
    waiting = recognition.duties.filter(state__in=WAITING).exclude(kind=DutyKind.RECHECK)
    is_over = recognition.state not in LIVING
    nearest = None if is_over else waiting.aggregate(day=Min("due_on"))["day"]
    if nearest != recognition.next_due_on:
        recognition.next_due_on = nearest
        recognition.save(update_fields=["next_due_on"])


def locked_duty(duty_id: int) -> Duty:
    rows = Duty.objects.select_for_update(of=("self",))
    return rows.select_related(
        "recognition__scheme", "recognition__dossier__campaign__version"
    ).get(pk=duty_id)


@transaction.atomic
def submit_duty(*, duty_id: int, work: Work, actor: Actor) -> Duty:
    """Send in a plan or a report for the holder; a missed one is made up (提交义务事项)."""
    duty = locked_duty(duty_id)
    require_holder(actor, duty.recognition)
    if duty.kind == DutyKind.RECHECK:
        raise DomainError("年度复核由主管部门办理，不需要提交材料。")
    if not work.text.strip() and not work.uploads:
        raise DomainError("请填写内容，或上传文件。", field="text")
    if duty.is_public and not (work.link or work.text.strip()):
        raise DomainError("这项内容要向社会公开，请填写公开网址或正文。", field="link")
    step = "make_up" if duty.state == DutyState.MISSED else "submit"
    duty.state = table.target(step, state=DutyState(duty.state))
    duty.text, duty.link, duty.return_reason = work.text.strip(), work.link, ""
    duty.submitted_by_id, duty.submitted_at = actor.user_id, timezone.now()
    duty.checked_by, duty.checked_at = None, None
    duty.save()
    for upload in work.uploads:
        files.store_upload(upload=upload, subject=duty, actor=actor)
    note_next_due(duty.recognition)
    record(actor, "reviews.duty.submitted", duty.recognition, reason=duty.title)
    publish(DutySubmitted(duty_id=duty.pk))
    return duty


@transaction.atomic
def pass_duty(*, duty_id: int, actor: Actor) -> Duty:
    """Accept what was sent in (审查通过); never by who sent it."""
    duty = locked_duty(duty_id)
    return checked(duty, step="pass", verb="passed", actor=actor)


@transaction.atomic
def return_duty(*, duty_id: int, reason: str, actor: Actor) -> Duty:
    """Give it back with what is missing (退回补充)."""
    duty = locked_duty(duty_id)
    if not reason.strip():
        raise DomainError("请写明退回原因和要补充的内容。", field="reason")
    duty.return_reason = reason.strip()
    return checked(duty, step="return", verb="returned", actor=actor)


def checked(duty: Duty, *, step: str, verb: str, actor: Actor) -> Duty:
    require_keeper(actor, duty.recognition)
    if duty.submitted_by_id == actor.user_id:
        raise NotAllowed("提交的人不能审查自己的材料。请由其他人员审查。")
    duty.state = table.target(step, state=DutyState(duty.state))
    duty.checked_by_id, duty.checked_at = actor.user_id, timezone.now()
    duty.save(update_fields=["state", "checked_by", "checked_at", "return_reason"])
    note_next_due(duty.recognition)
    record(actor, f"reviews.duty.{verb}", duty.recognition, reason=duty.return_reason or duty.title)
    publish(DutyChecked(duty_id=duty.pk))
    return duty


def miss_overdue(*, on: datetime.date) -> int:
    """Say which duties were missed, term and grace being over (认定未完成); how many.

    A re-check is owed by the authority: nobody is blamed for its delay.
    """
    rows = (
        Duty.objects.filter(state__in=WAITING, due_on__lt=on, recognition__state__in=sorted(LIVING))
        .exclude(kind=DutyKind.RECHECK)
        .order_by("due_on", "pk")
    )
    return sum(miss(duty_id=pk, on=on) for pk in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def miss(*, duty_id: int, on: datetime.date) -> int:
    duty = locked_duty(duty_id)
    campaign = duty.recognition.dossier.campaign
    grace = campaign.values.days(campaign.content.consequence.grace_days)
    if duty.state not in WAITING or not is_missed(due_on=duty.due_on, grace=grace, on=on):
        return 0
    duty.state = table.target("miss", state=DutyState(duty.state))
    duty.save(update_fields=["state"])
    record(system_actor(), "reviews.duty.missed", duty.recognition, reason=duty.title)
    publish(DutyMissed(duty_id=duty.pk, recognition_id=duty.recognition_id))
    note_next_due(duty.recognition)
    suggest_after_misses(duty.recognition)
    return 1


def suggest_after_misses(recognition: Recognition) -> None:
    """Suggest removal when the scheme's number of missed years in a row is reached (建议取消)."""
    campaign = recognition.dossier.campaign
    most = campaign.values.days(campaign.content.consequence.misses_to_removal)
    missed = recognition.duties.filter(state=DutyState.MISSED, year__isnull=False)
    seen = [row.year for row in missed if row.year is not None]
    years = years_to_removal(seen, most=most)
    if not years or RecognitionState(recognition.state) not in LIVING:
        return
    words = "、".join(map(str, years))
    charge = Charge(
        exit_code=MISSED_DUTIES,
        facts=f"{words} 年连续 {len(years)} 个年度有义务事项未完成。",
    )
    suggest_removal(recognition_id=recognition.pk, charge=charge, years=years)
