"""Apply, supplement, accept, go through the steps, decide."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.foundation.kernel.site_calendar import site_calendar, site_deadline
from silian.governance.accreditation.choices.guide import CaseState, MatterState, VersionState
from silian.governance.accreditation.events.approvals import CaseAnswered, CaseApplied, CaseDecided
from silian.governance.accreditation.gateways.rulebooks import standard_in_force
from silian.governance.accreditation.models.approvals import ApprovalCase, ApprovalStep
from silian.governance.accreditation.models.guide import GuideMatter
from silian.governance.accreditation.permissions.guide import (
    cases_visible_to,
    matters_visible_to,
    require_applicant,
    require_handler,
    require_own_case,
)
from silian.governance.accreditation.rules.guide import remedy_words, total_days
from silian.governance.accreditation.workflow.approval import approval_case as life

Moment = datetime.datetime


def working_days(starts: Moment, ends: Moment) -> int:
    """Working days after the first day up to the last (用时)."""
    first, last = timezone.localdate(starts), timezone.localdate(ends)
    return max(0, site_calendar().between(first, last))


def acceptance_due(division: str, *, now: Moment) -> Moment | None:
    """Until when the authority must tell what is missing; None where no law sets a number.

    Basis: 《行政许可法》.
    """
    found = standard_in_force(name="approval_acceptance_days", division=division, on=now.date())
    return site_deadline(now, working_days=int(found.value)).due_at if found else None


@transaction.atomic
def apply_for(
    *,
    matter_id: int,
    title: str,
    detail: str,
    files: Sequence[UploadedFile[bytes]],
    actor: Actor,
    now: Moment,
) -> ApprovalCase:
    """Apply against the published guide; the version of that day holds for the case (申请)."""
    require_applicant(actor)
    matter = matters_visible_to(actor).get(pk=matter_id)
    if matter.state != MatterState.PUBLISHED:
        raise DomainError(f"事项{matter.get_state_display()}，不能申请。")
    version = matter.versions.get(state=VersionState.PUBLISHED)
    case = ApprovalCase.objects.create(
        matter=matter,
        version=version,
        applicant_id=actor.organisation_id or 0,
        title=title.strip(),
        detail=detail.strip(),
        applied_by_id=actor.user_id or 0,
        applied_at=now,
        accept_due_at=acceptance_due(matter.division_id, now=now),
    )
    for upload in files:
        store_upload(upload=upload, subject=case, actor=actor)
    record(actor, "accreditation.case.applied", case)
    publish(CaseApplied(case_id=case.pk))
    return case


def locked_case(*, case_id: int, actor: Actor) -> ApprovalCase:
    rows = cases_visible_to(actor).select_related("matter", "version")
    return rows.select_for_update(of=("self",)).get(pk=case_id)


@transaction.atomic
def ask_supplement(*, case_id: int, items: str, actor: Actor, now: Moment) -> ApprovalCase:
    """Tell once, and in full, what is missing (一次告知补正).

    Basis: 《行政许可法》.
    """
    case = locked_case(case_id=case_id, actor=actor)
    require_handler(actor, case)
    case.state = life.target(
        "ask",
        state=CaseState(case.state),
        items=items,
        asked_before=case.supplement_asked_at is not None,
    )
    case.supplement, case.supplement_asked_at = items.strip(), now
    case.accept_due_at = None
    case.save(update_fields=["state", "supplement", "supplement_asked_at", "accept_due_at"])
    record(actor, "accreditation.case.supplement_asked", case)
    publish(CaseAnswered(case_id=case.pk))
    return case


@transaction.atomic
def supplement_case(
    *, case_id: int, detail: str, files: Sequence[UploadedFile[bytes]], actor: Actor, now: Moment
) -> ApprovalCase:
    """The applicant supplies what was missing; the clock of acceptance starts anew (补正)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_own_case(actor, case)
    if not detail.strip():
        raise DomainError("请说明补正了哪些内容。", field="detail")
    case.state = life.target("supplement", state=CaseState(case.state))
    case.detail = f"{case.detail}\n\n补正（{now:%Y-%m-%d}）：{detail.strip()}"[:3000]
    case.supplemented_at = now
    case.accept_due_at = acceptance_due(case.division_id, now=now)
    case.save(update_fields=["state", "detail", "supplemented_at", "accept_due_at"])
    for upload in files:
        store_upload(upload=upload, subject=case, actor=actor)
    record(actor, "accreditation.case.supplemented", case)
    publish(CaseApplied(case_id=case.pk))
    return case


@transaction.atomic
def accept_case(*, case_id: int, actor: Actor, now: Moment) -> ApprovalCase:
    """Take the case on; its steps and limits are those of the guide applied for (受理)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_handler(actor, case)
    accepted(case, now=now)
    record(actor, "accreditation.case.accepted", case)
    publish(CaseAnswered(case_id=case.pk))
    return case


def accepted(case: ApprovalCase, *, now: Moment, silent: bool = False) -> None:
    """Start the clocks of the case and of its first step."""
    case.state = life.target("accept", state=CaseState(case.state))
    planned = list(case.version.steps.order_by("order"))
    case.limit_days = total_days([step.working_days for step in planned])
    case.accepted_at, case.silent_acceptance = now, silent
    case.due_at = site_deadline(now, working_days=case.limit_days).due_at
    case.save(update_fields=["state", "limit_days", "accepted_at", "silent_acceptance", "due_at"])
    steps = [
        ApprovalStep(case=case, order=step.order, title=step.title, limit_days=step.working_days)
        for step in planned
    ]
    if steps:
        started(steps[0], now=now)
    ApprovalStep.objects.bulk_create(steps)


def started(step: ApprovalStep, *, now: Moment) -> None:
    step.started_at = now
    step.due_at = site_deadline(now, working_days=step.limit_days).due_at


@transaction.atomic
def accept_silently(*, case_id: int, now: Moment) -> bool:
    """What nobody answered in time counts as accepted on the day of application (视为受理).

    Basis: 《行政许可法》: 逾期不告知的，自收到申请材料之日起即为受理.
    """
    rows = ApprovalCase.objects.select_related("matter", "version")
    case = rows.select_for_update(of=("self",)).get(pk=case_id)
    if case.state != CaseState.APPLIED or case.accept_due_at is None or case.accept_due_at > now:
        return False
    accepted(case, now=case.supplemented_at or case.applied_at, silent=True)
    record(system_actor(), "accreditation.case.accepted_silently", case)
    publish(CaseAnswered(case_id=case.pk))
    return True


@transaction.atomic
def finish_step(*, case_id: int, note: str, actor: Actor, now: Moment) -> ApprovalStep:
    """End the present step with its measured working days and start the next one (办结环节)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_handler(actor, case)
    if case.state != CaseState.ACCEPTED:
        raise DomainError(f"办件{case.get_state_display()}，没有在办的环节。")
    steps = list(case.steps.filter(finished_at__isnull=True).order_by("order"))
    if not steps:
        raise DomainError("各环节都已办结，请作出决定。")
    step = steps[0]
    step.finished_at, step.note, step.finished_by_id = now, note.strip()[:300], actor.user_id
    step.used_days = working_days(step.started_at or now, now)
    step.save(update_fields=["finished_at", "note", "finished_by", "used_days"])
    if len(steps) > 1:
        started(steps[1], now=now)
        steps[1].save(update_fields=["started_at", "due_at"])
    record(actor, "accreditation.case.step_finished", case, reason=step.title)
    publish(CaseAnswered(case_id=case.pk))
    return step


@transaction.atomic
def grant_case(*, case_id: int, document: str, actor: Actor, now: Moment) -> ApprovalCase:
    """Grant what was applied for (准予许可)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_handler(actor, case)
    if not document.strip():
        raise DomainError("请写明决定文书编号。", field="document")
    case.state = life.target(
        "grant",
        state=CaseState(case.state),
        open_steps=case.steps.filter(finished_at__isnull=True).count(),
    )
    case.document = document.strip()[:60]
    measured(case, actor=actor, now=now)
    record(actor, "accreditation.case.granted", case)
    publish(CaseDecided(case_id=case.pk))
    return case


@transaction.atomic
def refuse_case(
    *, case_id: int, document: str, reason: str, remedy: str, actor: Actor, now: Moment
) -> ApprovalCase:
    """Refuse, with the reason and where the applicant may turn (不予许可).

    Basis: 《行政许可法》.
    """
    case = locked_case(case_id=case_id, actor=actor)
    require_handler(actor, case)
    if not reason.strip():
        raise DomainError("请说明不予许可的理由。依据：《行政许可法》。", field="reason")
    if not remedy.strip():
        raise DomainError("请告知救济途径。依据：《行政许可法》。", field="remedy")
    case.state = life.target("refuse", state=CaseState(case.state))
    case.document, case.reason = document.strip()[:60], reason.strip()[:500]
    case.remedy = remedy.strip()[:300]
    measured(case, actor=actor, now=now)
    record(actor, "accreditation.case.refused", case, reason=case.reason)
    publish(CaseDecided(case_id=case.pk))
    return case


def measured(case: ApprovalCase, *, actor: Actor, now: Moment) -> None:
    """Write down when the case ended, how long it took, and whether that was in time."""
    case.decided_at, case.decided_by_id = now, actor.user_id
    case.used_days = working_days(case.accepted_at or now, now)
    case.in_time = case.due_at is None or now <= case.due_at
    case.save(
        update_fields=[
            "state", "document", "reason", "remedy", "decided_at", "decided_by", "used_days",
            "in_time",
        ]
    )  # fmt: skip


@transaction.atomic
def withdraw_case(*, case_id: int, actor: Actor) -> ApprovalCase:
    """The applicant takes the application back (撤回)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_own_case(actor, case)
    case.state = life.target("withdraw", state=CaseState(case.state))
    case.save(update_fields=["state"])
    record(actor, "accreditation.case.withdrawn", case)
    return case


def usual_remedy(matter: GuideMatter, *, on: datetime.date) -> str:
    """The remedy of the law, for the official to look over (救济途径)."""
    names = ("administrative_review_days", "administrative_litigation_months")
    days, months = (
        standard_in_force(name=name, division=matter.division_id, on=on) for name in names
    )
    return remedy_words(
        review_days=int(days.value) if days else None,
        litigation_months=int(months.value) if months else None,
    )
