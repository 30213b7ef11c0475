"""Who gets what from the addresses of the library, parameters, benefits and plans."""

from __future__ import annotations

from typing import Any

from silian.registers.policies.models import Parameter, PolicyDocument
from silian.registers.policies.models.benefits import Benefit, BenefitListEdition
from silian.registers.policies.models.plans import PlanProject, PlanRecord
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public
from tests.registers.policies.library.stage import (
    make_document,
    make_parameter,
    make_plan_record,
    published_benefit,
)
from tests.world import CITY, ROLES, World

DONE, INVALID, CONFLICT = 302, 422, 409
WRITERS = ("reviewer", "coordinator")
OFFICIALS = (*WRITERS, "supervisor", "leader")
TAKERS = ("enterprise", "rival", "school", "teacher", "student")


def document(world: World) -> dict[str, Any]:
    found = PolicyDocument.objects.public().first() or make_document(world)
    return {"document_id": found.pk}


def parameter(world: World) -> dict[str, Any]:
    return {"parameter_id": (Parameter.objects.first() or make_parameter()).pk}


def benefit(world: World) -> dict[str, Any]:
    return {"benefit_id": (Benefit.objects.first() or published_benefit(world)).pk}


def benefit_copy(world: World) -> dict[str, Any]:
    return {**benefit(world), "name": "copy"}


def edition(world: World) -> dict[str, Any]:
    found = BenefitListEdition.objects.first() or BenefitListEdition.objects.create(
        division_id=CITY, number=1, entries=[], published_at="2026-03-01T08:00:00Z"
    )
    return {"edition_id": found.pk}


def plan(world: World) -> dict[str, Any]:
    return {"plan_id": (PlanRecord.objects.first() or make_plan_record(world)).pk}


def answer(world: World) -> dict[str, Any]:
    return {**plan(world), "question": "support"}


def project(world: World) -> dict[str, Any]:
    found = PlanProject.objects.get_or_create(
        plan_id=plan(world)["plan_id"], name="实训中心", defaults={"investment": 1}
    )[0]
    return {**plan(world), "project_id": found.pk}


def plan_step(world: World) -> dict[str, Any]:
    return {**plan(world), "name": "submit"}


def of_plan(**given: Any) -> Row:
    """A draft of a department: its own people; 404 for everybody else."""
    status = given.pop("status", OK)
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN}
    return Row(statuses={**statuses, **dict.fromkeys(WRITERS, status)}, **given)


LIBRARY: dict[str, Row] = {
    "policies:library": public(),
    "policies:library_document": public(kwargs=document),
    "policies:library_document_json": public(kwargs=document),
    "policies:library_document_xml": public(kwargs=document),
    "policies:comparison": public(),
    "policies:parameter_list": public(),
    "policies:parameter_detail": public(kwargs=parameter),
    "policies:parameter_set": only("coordinator", kwargs=parameter),
    "policies:parameter_open": only("coordinator"),
    "policies:parameter_withdraw": only(
        "coordinator", status=DONE, kwargs=parameter, method="post"
    ),
}
BENEFITS: dict[str, Row] = {
    "policies:benefit_list": public(),
    "policies:tax_guide": public(),
    "policies:benefit_detail": public(kwargs=benefit),
    "policies:benefit_check": only(*TAKERS),
    "policies:benefit_desk": only(*OFFICIALS),
    "policies:benefit_new": only(*WRITERS),
    "policies:benefit_edit": only(*WRITERS, kwargs=benefit),
    "policies:benefit_step": only(*WRITERS, status=DONE, kwargs=benefit_copy, method="post"),
    "policies:benefit_list_publish": only("coordinator", status=DONE, method="post"),
    "policies:benefit_list_edition": public(kwargs=edition),
    "policies:publicity_new": only("coordinator"),
}
PLANS: dict[str, Row] = {
    "policies:plan_record_list": only(*OFFICIALS),
    "policies:plan_record_new": only(*WRITERS),
    "policies:plan_record_detail": Row(
        statuses={
            **dict.fromkeys(ROLES, REFUSED),
            **dict.fromkeys(WRITERS, OK),
            "supervisor": HIDDEN,
            "leader": HIDDEN,
            "anonymous": LOGIN,
        },
        kwargs=plan,
    ),
    "policies:plan_record_edit": of_plan(kwargs=plan),
    "policies:plan_answer": of_plan(kwargs=answer),
    "policies:plan_project_new": of_plan(kwargs=plan),
    "policies:plan_project_remove": of_plan(kwargs=project, method="post", status=DONE),
    "policies:plan_record_step": of_plan(kwargs=plan_step, method="post", status=CONFLICT),
}
LIBRARY_ROWS: dict[str, Row] = {**LIBRARY, **BENEFITS, **PLANS}
