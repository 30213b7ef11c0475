"""Tells applicants and officials of steps and decisions."""

from __future__ import annotations

from silian.foundation.kernel.events import subscribe
from silian.governance.accreditation.commands import reminders
from silian.governance.accreditation.events.approvals import CaseAnswered, CaseApplied, CaseDecided
from silian.governance.accreditation.events.projects import (
    ProjectStepDecided,
    ProjectStepProposed,
)


@subscribe(CaseApplied)
def tell_of_application(event: CaseApplied) -> None:
    reminders.tell_authority_of_case(case_id=event.case_id)


@subscribe(CaseAnswered)
def tell_of_answer(event: CaseAnswered) -> None:
    reminders.tell_applicant_of_case(case_id=event.case_id)


@subscribe(CaseDecided)
def tell_of_decision(event: CaseDecided) -> None:
    reminders.tell_applicant_of_case(case_id=event.case_id)


@subscribe(ProjectStepProposed)
def tell_of_proposal(event: ProjectStepProposed) -> None:
    reminders.tell_decider_of_step(step_id=event.step_id)


@subscribe(ProjectStepDecided)
def tell_of_step(event: ProjectStepDecided) -> None:
    reminders.tell_owner_of_step(step_id=event.step_id)
