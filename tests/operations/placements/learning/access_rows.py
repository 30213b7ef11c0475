"""Who gets what from the addresses of insurance, training, notes, assessment and files."""

from __future__ import annotations

from typing import Any

from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.models import (
    Assessment,
    InsuranceClaim,
    InsurancePolicy,
    InsuranceProduct,
    Internship,
    InternshipCertificate,
    InternshipReport,
    SafetyCourse,
    TrainingAttempt,
    WeeklyNote,
)
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public
from tests.operations.placements.learning import stage
from tests.world import ROLES, World

DONE, CONFLICT = 302, 409
OVERSEERS = ("reviewer", "coordinator", "supervisor", "leader")
HOSTS = ("enterprise", "rival")
READERS = ("school", *HOSTS, *OVERSEERS)
SEES = ("enterprise", "school", "teacher", "student", *OVERSEERS)
"""Who sees the world's student's internship."""


def seen(status: int, *roles: str, **given: Any) -> Row:
    """A step for some of those who see the internship; the others see it and are refused."""
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN}
    statuses |= dict.fromkeys(SEES, REFUSED) | dict.fromkeys(roles, status)
    return Row(statuses=statuses, **given)


def claimed(status: int, *roles: str, **given: Any) -> Row:
    """A step of a claim: who sees the claim and may not take it is refused."""
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN}
    statuses |= dict.fromkeys(("enterprise", "school", "student", *OVERSEERS), REFUSED)
    return Row(statuses=statuses | dict.fromkeys(roles, status), **given)


def product(world: World) -> dict[str, Any]:
    found = InsuranceProduct.objects.filter(state="published").first()
    return {"product_id": (found or stage.published_product(world)).pk}


def publishing(world: World) -> dict[str, Any]:
    return {**product(world), "name": "withdraw"}


def policy(world: World) -> dict[str, Any]:
    return {"policy_id": (InsurancePolicy.objects.first() or stage.insured(world)).pk}


def claim(world: World) -> dict[str, Any]:
    return {"claim_id": (InsuranceClaim.objects.first() or stage.claim(world)).pk}


def intern(world: World) -> dict[str, Any]:
    return {"internship_id": (Internship.objects.first() or stage.own_internship(world)).pk}


def preparing(world: World) -> dict[str, Any]:
    return {"internship_id": (Internship.objects.first() or stage.planned(world)).pk}


def course(world: World) -> dict[str, Any]:
    return {"course_id": (SafetyCourse.objects.first() or stage.course(world)).pk}


def withdrawing(world: World) -> dict[str, Any]:
    return {**course(world), "name": "withdraw"}


def lesson(world: World) -> dict[str, Any]:
    found = SafetyCourse.objects.filter(state="published").first()
    return {**preparing(world), "course_id": (found or stage.published_course(world)).pk}


def attempt(world: World) -> dict[str, Any]:
    return {"attempt_id": (TrainingAttempt.objects.first() or stage.sitting(world)).pk}


def week(world: World) -> dict[str, Any]:
    return {**intern(world), "week": "2026-03-09"}


def note(world: World) -> dict[str, Any]:
    return {"note_id": (WeeklyNote.objects.first() or stage.note(world)).pk}


def plan(world: World) -> dict[str, Any]:
    return {"plan_id": (Internship.objects.first() or stage.own_internship(world)).plan_id}


def ended(world: World) -> dict[str, Any]:
    found = Internship.objects.filter(state=InternshipState.FINISHED).first()
    return {"internship_id": (found or stage.finished(world)).pk}


def hosting(world: World) -> dict[str, Any]:
    return {**ended(world), "side": "host"}


def shown(world: World) -> dict[str, Any]:
    found = Assessment.objects.first() or stage.shown(world)
    return {"internship_id": found.internship_id}


def disagreed(world: World) -> dict[str, Any]:
    found = Assessment.objects.first() or stage.disagreed(world)
    return {"internship_id": found.internship_id}


def reported(world: World) -> dict[str, Any]:
    found = InternshipReport.objects.first() or stage.report(world)
    return {"internship_id": found.internship_id}


def certificate(world: World) -> dict[str, Any]:
    found = InternshipCertificate.objects.first() or stage.certificate(world)
    return {"certificate_id": found.pk}


def code(world: World) -> dict[str, Any]:
    found = InternshipCertificate.objects.first() or stage.certificate(world)
    return {"code": found.code}


INSURANCE_ROWS: dict[str, Row] = {
    "placements:insurance_products": public(),
    "placements:insurance_product": public(kwargs=product),
    "placements:insurance_product_new": only(),
    "placements:insurance_product_edit": only(kwargs=product),
    "placements:insurance_product_step": only(otherwise=HIDDEN, kwargs=publishing, method="post"),
    "placements:insurance_uninsured": only(*READERS),
    "placements:insurance_roster": only("school"),
    "placements:insurance_policies": only(*READERS),
    "placements:insurance_policy_new": only("school"),
    "placements:insurance_policy": only(
        "school", "enterprise", *OVERSEERS, otherwise=HIDDEN, kwargs=policy
    ),
    "placements:insurance_policy_add": only("school", otherwise=HIDDEN, kwargs=policy),
    "placements:insurance_policy_cancel": only("school", otherwise=HIDDEN, kwargs=policy),
    "placements:insurance_claims": only(*READERS),
    "placements:insurance_claim_new": seen(OK, "school", kwargs=intern),
    "placements:insurance_claim": only(
        "school", "enterprise", "student", *OVERSEERS, otherwise=HIDDEN, kwargs=claim
    ),
    "placements:insurance_claim_event": claimed(OK, "school", kwargs=claim),
    "placements:insurance_claim_answer": claimed(OK, "school", kwargs=claim),
    "placements:insurance_claim_pay": claimed(OK, "school", kwargs=claim),
    "placements:insurance_claim_settle": claimed(OK, "school", kwargs=claim),
    "placements:insurance_claim_withdraw": claimed(DONE, "school", kwargs=claim, method="post"),
}
TRAINING_ROWS: dict[str, Row] = {
    "placements:training_list": only(*READERS, "teacher"),
    "placements:practice_settings": only("school"),
    "placements:course_list": only("school", *HOSTS),
    "placements:course_new": only("school", *HOSTS),
    "placements:course_detail": only("school", otherwise=HIDDEN, kwargs=course),
    "placements:course_edit": Row(
        statuses={
            **dict.fromkeys(ROLES, REFUSED),
            "anonymous": LOGIN,
            "school": OK,
            **dict.fromkeys(HOSTS, HIDDEN),
        },
        kwargs=course,
    ),
    "placements:course_step": only(
        "school", status=DONE, otherwise=HIDDEN, kwargs=withdrawing, method="post"
    ),
    "placements:attempt": only("student", otherwise=HIDDEN, kwargs=attempt),
    "placements:training": only("student", otherwise=HIDDEN, kwargs=preparing),
    "placements:lesson": only("student", otherwise=HIDDEN, kwargs=lesson),
    "placements:attempt_start": only(
        "student", status=DONE, otherwise=HIDDEN, kwargs=lesson, method="post"
    ),
}
NOTE_ROWS: dict[str, Row] = {
    "placements:note_weeks": only(
        "school", "enterprise", "teacher", "student", otherwise=HIDDEN, kwargs=intern
    ),
    "placements:note_write": only("student", otherwise=HIDDEN, kwargs=week),
    "placements:note_ticking": only(*HOSTS),
    "placements:note_reading": only("school", "teacher"),
    "placements:note_detail": only(
        "school", "enterprise", "teacher", "student", otherwise=HIDDEN, kwargs=note
    ),
}
ASSESSMENT_ROWS: dict[str, Row] = {
    "placements:assessment_list": only(*READERS, "teacher"),
    "placements:assessment_sheet": only("school", kwargs=plan),
    "placements:assessment": only(*SEES, otherwise=HIDDEN, kwargs=ended),
    "placements:assessment_score": only("enterprise", otherwise=HIDDEN, kwargs=hosting),
    "placements:assessment_agree": seen(DONE, "student", kwargs=shown, method="post"),
    "placements:assessment_disagree": only("student", otherwise=HIDDEN, kwargs=shown),
    "placements:assessment_answer": seen(OK, "school", kwargs=disagreed),
}
FILE_ROWS: dict[str, Row] = {
    "placements:practice_files": only(*READERS, "teacher"),
    "placements:practice_file": only(*SEES, otherwise=HIDDEN, kwargs=intern),
    "placements:report_write": only("student", otherwise=HIDDEN, kwargs=intern),
    "placements:report_judge": seen(DONE, "school", "teacher", kwargs=reported, method="post"),
    "placements:credit_grant": seen(OK, "school", kwargs=intern),
    "placements:certificate_issue": seen(DONE, "school", kwargs=intern, method="post"),
    "placements:certificate_print": only(*SEES, otherwise=HIDDEN, kwargs=certificate),
    "placements:certificate_revoke": seen(OK, "school", kwargs=certificate),
    "placements:certificate_check": public(kwargs=code),
}
LEARNING_ROWS: dict[str, Row] = {
    **INSURANCE_ROWS,
    **TRAINING_ROWS,
    **NOTE_ROWS,
    **ASSESSMENT_ROWS,
    **FILE_ROWS,
}
