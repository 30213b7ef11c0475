"""Write a case, hand it in, review it, publish it, withdraw it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.governance.policy_tasks.choices import CaseState
from silian.governance.policy_tasks.events.cases import (
    CasePublished,
    CaseReturned,
    CaseSubmitted,
    CaseWithdrawn,
)
from silian.governance.policy_tasks.models.cases import CaseFigure, ExperienceCase
from silian.governance.policy_tasks.permissions.cases import (
    cases_visible_to,
    may_edit_case,
    may_review_case,
    require_case_owner,
    require_case_reviewer,
    require_case_writer,
)
from silian.governance.policy_tasks.permissions.supervision_scope import unit_id
from silian.governance.policy_tasks.rules.cases import PARTS, fault_of_case
from silian.governance.policy_tasks.workflow.cases import experience_case as steps
from silian.registers.accounts.permissions import signed_in_id
from silian.registers.organisations.models import Organisation

EDITABLE = (CaseState.DRAFT, CaseState.RETURNED)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number of a case: before, after, where it comes from (成效数据)."""

    name: str
    before: Decimal | None
    after: Decimal
    unit: str
    source: str


@dataclass(frozen=True, kw_only=True)
class CaseText:
    """What a case tells (案例内容)."""

    theme: str
    title: str
    problem: str
    practice: str
    effect: str
    conditions: str
    figures: Sequence[Figure] = field(default_factory=tuple)

    @property
    def parts(self) -> dict[str, str]:
        return {name: getattr(self, name).strip() for name in PARTS}


def locked_case(*, case_id: int, actor: Actor) -> ExperienceCase:
    rows = cases_visible_to(actor).select_related("organisation")
    return rows.select_for_update(of=("self",)).get(pk=case_id)


@transaction.atomic
def write_case(
    *, text: CaseText, files: Sequence[UploadedFile[bytes]] = (), actor: Actor
) -> ExperienceCase:
    """Start the draft of a case for one's own unit (起草案例)."""
    require_case_writer(actor)
    refuse_unfit(text)
    unit = Organisation.objects.get(pk=unit_id(actor))
    case = ExperienceCase.objects.create(
        organisation=unit,
        division_id=unit.division_id,
        theme=text.theme,
        title=text.title.strip(),
        written_by_id=signed_in_id(actor),
        **text.parts,
    )
    keep_figures(case, text.figures)
    for upload in files:
        store_upload(upload=upload, subject=case, actor=actor)
    record(actor, "policy_tasks.case.written", case)
    return case


@transaction.atomic
def change_case(
    *,
    case_id: int,
    text: CaseText,
    files: Sequence[UploadedFile[bytes]] = (),
    actor: Actor,
) -> ExperienceCase:
    """Change a draft or a returned case (修改案例)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_case_owner(actor, case)
    if case.state not in EDITABLE:
        raise WrongState(f"当前为“{case.get_state_display()}”，收回或退回后才能修改。")
    refuse_unfit(text)
    case.theme, case.title = text.theme, text.title.strip()
    for name, words in text.parts.items():
        setattr(case, name, words)
    case.save(update_fields=["theme", "title", *PARTS])
    keep_figures(case, text.figures)
    for upload in files:
        store_upload(upload=upload, subject=case, actor=actor)
    record(actor, "policy_tasks.case.changed", case)
    return case


def refuse_unfit(text: CaseText) -> None:
    fault = fault_of_case(title=text.title, parts=text.parts)
    if fault:
        raise DomainError(fault[1], field=fault[0])
    names = [figure.name for figure in text.figures]
    if len(names) != len(set(names)):
        raise DomainError("成效数据里有重名的指标，请合并成一项。")


def keep_figures(case: ExperienceCase, figures: Sequence[Figure]) -> None:
    case.figures.all().delete()
    CaseFigure.objects.bulk_create([CaseFigure(case=case, **asdict(figure)) for figure in figures])


@transaction.atomic
def submit_case(
    *, case_id: int, consented: bool, actor: Actor, now: datetime.datetime
) -> ExperienceCase:
    """Hand a case in for review, with consent to its publication (报送案例)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_case_owner(actor, case)
    case.state = steps.target(
        "submit",
        state=CaseState(case.state),
        consented=consented,
        figures=case.figures.count(),
    )
    case.submitted_at = case.consented_at = now
    case.reason = ""
    case.save(update_fields=["state", "submitted_at", "consented_at", "reason"])
    record(actor, "policy_tasks.case.submitted", case)
    publish(CaseSubmitted(case_id=case.pk))
    return case


@transaction.atomic
def recall_case(*, case_id: int, actor: Actor) -> ExperienceCase:
    """Take a case back before it is reviewed (收回案例)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_case_owner(actor, case)
    case.state = steps.target("recall", state=CaseState(case.state))
    case.consented_at = None
    case.save(update_fields=["state", "consented_at"])
    record(actor, "policy_tasks.case.recalled", case)
    return case


@transaction.atomic
def return_case(
    *, case_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> ExperienceCase:
    """Send a case back with what to improve (退回案例)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_case_reviewer(actor, case)
    if not reason.strip():
        raise DomainError("请写明哪里要改、怎么改。", field="reason")
    case.state = steps.target("return", state=CaseState(case.state))
    case.reason, case.reviewed_by_id, case.reviewed_at = reason.strip()[:300], actor.user_id, now
    case.save(update_fields=["state", "reason", "reviewed_by", "reviewed_at"])
    record(actor, "policy_tasks.case.returned", case, reason=reason)
    publish(CaseReturned(case_id=case.pk))
    return case


@transaction.atomic
def publish_case(*, case_id: int, actor: Actor, now: datetime.datetime) -> ExperienceCase:
    """Put a case into the public library (发布案例)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_case_reviewer(actor, case)
    case.state = steps.target(
        "publish",
        state=CaseState(case.state),
        written_by=case.written_by_id,
        reviewer=actor.user_id,
    )
    case.reviewed_by_id, case.reviewed_at, case.published_at = actor.user_id, now, now
    case.save(update_fields=["state", "reviewed_by", "reviewed_at", "published_at"])
    record(actor, "policy_tasks.case.published", case)
    publish(CasePublished(case_id=case.pk))
    return case


@transaction.atomic
def withdraw_case(*, case_id: int, reason: str, actor: Actor) -> ExperienceCase:
    """Take a case out of the library: its author's right, and the reviewer's (撤下案例)."""
    case = locked_case(case_id=case_id, actor=actor)
    if not (may_edit_case(actor, case) or may_review_case(actor, case)):
        raise NotAllowed("撤下由报送单位或所在地区统筹人员办理。")
    if not reason.strip():
        raise DomainError("请写明撤下理由。", field="reason")
    case.state = steps.target("withdraw", state=CaseState(case.state))
    case.reason = reason.strip()[:300]
    case.save(update_fields=["state", "reason"])
    record(actor, "policy_tasks.case.withdrawn", case, reason=reason)
    publish(CaseWithdrawn(case_id=case.pk))
    return case
