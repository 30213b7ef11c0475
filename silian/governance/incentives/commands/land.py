"""Register a land case and take it from step to step."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.governance.accreditation.permissions.projects import projects_visible_to
from silian.governance.accreditation.permissions.schools import school_projects_visible_to
from silian.governance.incentives.choices.land import LandState
from silian.governance.incentives.events.land import LandCaseMoved
from silian.governance.incentives.models.land import LandCase, LandStep
from silian.governance.incentives.permissions.land import (
    land_cases_visible_to,
    require_applicant,
    require_case_keeper,
    require_handler,
)
from silian.governance.incentives.queries.land import eligibility_of, frozen_eligibility
from silian.governance.incentives.rules.land import reason_day_wrong
from silian.governance.incentives.workflow.land import land_case as steps


@dataclass(frozen=True, kw_only=True)
class LandFacts:
    """What the applicant says of project and land (用地内容)."""

    title: str
    division_id: str
    site: str
    land_class: str
    investor: str
    wanted: str
    area: Decimal | None = None
    is_school: bool = False
    in_catalogue: bool | None = None
    catalogue_item: str = ""
    project_id: int | None = None
    school_project_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class LandStepNote:
    """One step as it is written down (环节登记): day, paper, words, the next deadline."""

    on: datetime.date
    document: str = ""
    note: str = ""
    due_on: datetime.date | None = None
    due_basis: str = ""
    mode: str = ""
    in_catalogue: bool | None = None
    catalogue_item: str = ""


@transaction.atomic
def register_land_case(
    *, facts: LandFacts, papers: Sequence[UploadedFile[bytes]], actor: Actor, today: datetime.date
) -> LandCase:
    """Register what land a project needs (登记用地事项)."""
    require_applicant(actor)
    refuse_unfit(facts, actor=actor)
    case = LandCase.objects.create(
        **asdict(facts),
        applicant_id=actor.organisation_id or 0,
        state_since=today,
        registered_by_id=actor.user_id,
        registered_on=today,
    )
    for paper in papers:
        store_upload(upload=paper, subject=case, actor=actor)
    LandStep.objects.create(
        case=case,
        state=LandState.REGISTERED,
        on=today,
        office_id=actor.organisation_id or 0,
        done_by_id=actor.user_id,
    )
    return moved(case, verb="registered", actor=actor)


def refuse_unfit(facts: LandFacts, *, actor: Actor) -> None:
    """A named project is one of the applicant's; a catalogue says which item."""
    if facts.project_id and facts.school_project_id:
        raise DomainError("工程项目和学校建设项目只选一个。", field="project")
    own = projects_visible_to(actor).filter(owner_id=actor.organisation_id)
    if facts.project_id and not own.filter(pk=facts.project_id).exists():
        raise DomainError("请选择贵单位的工程项目。", field="project")
    schools = school_projects_visible_to(actor)
    if facts.school_project_id and not schools.filter(pk=facts.school_project_id).exists():
        raise DomainError("请选择贵单位的学校建设项目。", field="school_project")
    if facts.in_catalogue and not facts.catalogue_item.strip():
        raise DomainError("符合《划拨用地目录》的，请写明目录条目。", field="catalogue_item")
    if facts.area is not None and facts.area <= 0:
        raise DomainError("用地面积应大于 0。", field="area")


def locked_case(*, case_id: int, actor: Actor) -> LandCase:
    rows = land_cases_visible_to(actor).select_related("applicant")
    return rows.select_for_update(of=("self",)).get(pk=case_id)


def moved(case: LandCase, *, verb: str, actor: Actor, reason: str = "") -> LandCase:
    record(actor, f"incentives.land.{verb}", case, reason=reason[:500])
    publish(LandCaseMoved(case_id=case.pk))
    return case


@transaction.atomic
def change_land_case(*, case_id: int, facts: LandFacts, actor: Actor) -> LandCase:
    """Change what was registered, while the papers are not complete (修改)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_case_keeper(actor, case)
    if case.state != LandState.REGISTERED:
        raise DomainError(f"当前为“{case.get_state_display()}”，不能再改。请联系办理单位。")
    refuse_unfit(facts, actor=actor)
    for name, value in asdict(facts).items():
        setattr(case, name, value)
    case.save()
    return moved(case, verb="changed", actor=actor)


@transaction.atomic
def take_land_step(
    *, case_id: int, name: str, said: LandStepNote, actor: Actor, today: datetime.date
) -> LandCase:
    """Take a case one step further, dated and with its paper (办理用地环节).

    The plan keeps what the rule said; who planned does not write down the approval.
    """
    case = locked_case(case_id=case_id, actor=actor)
    require_handler(actor, case)
    reason = reason_day_wrong(on=said.on, last=case.state_since, today=today)
    if reason:
        raise DomainError(reason, field="on")
    if name == "complete" and said.in_catalogue is not None:
        case.in_catalogue, case.catalogue_item = said.in_catalogue, said.catalogue_item.strip()
    found = eligibility_of(case, on=said.on)
    target = steps.target(
        name,
        state=LandState(case.state),
        **{
            key: value
            for key, value in {
                "area": case.area,
                "in_catalogue": case.in_catalogue,
                "mode": said.mode,
                "modes": found.modes,
                "is_planner": case.planned_by_id == actor.user_id,
            }.items()
            if key in steps.by_name[name].facts
        },
    )
    refuse_bare(target, said)
    if name == "plan":
        case.mode, case.checked = said.mode, frozen_eligibility(found)
        case.planned_by_id = actor.user_id
    write_step(case, target=target, said=said, actor=actor)
    return moved(case, verb=name, actor=actor, reason=said.note)


def refuse_bare(target: Any, said: LandStepNote) -> None:
    if target in (LandState.APPROVED, LandState.REFUSED) and not said.document.strip():
        raise DomainError("请写明批复文件的名称和文号。", field="document")
    if target == LandState.REFUSED and not said.note.strip():
        raise DomainError("请写明不批准的理由，申请单位会看到。", field="note")
    if said.due_on is not None and not said.due_basis.strip():
        raise DomainError("请写明期限的依据，例如法规条款或服务承诺。", field="due_basis")
    if said.due_on is not None and said.due_on < said.on:
        raise DomainError("下一步期限不能早于办理日。", field="due_on")


def write_step(case: LandCase, *, target: Any, said: LandStepNote, actor: Actor) -> None:
    """The step with the days it took and whether its clock was kept."""
    LandStep.objects.create(
        case=case,
        state=target,
        on=said.on,
        days=(said.on - case.state_since).days,
        was_late=case.due_on is not None and said.on > case.due_on,
        document=said.document.strip(),
        note=said.note.strip(),
        office_id=actor.organisation_id or 0,
        done_by_id=actor.user_id,
    )
    case.state, case.state_since = target, said.on
    case.due_on, case.due_basis = said.due_on, said.due_basis.strip() if said.due_on else ""
    case.save()


@transaction.atomic
def withdraw_land_case(
    *, case_id: int, reason: str, actor: Actor, today: datetime.date
) -> LandCase:
    """Take the application back, before the decision (撤回)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_case_keeper(actor, case)
    if not reason.strip():
        raise DomainError("请写明撤回理由。", field="reason")
    target = steps.target("withdraw", state=LandState(case.state))
    write_step(case, target=target, said=LandStepNote(on=today, note=reason), actor=actor)
    return moved(case, verb="withdraw", actor=actor, reason=reason)
