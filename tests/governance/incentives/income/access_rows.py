"""Who gets what from the addresses of income, plans and pay totals."""

from __future__ import annotations

from typing import Any

from silian.governance.incentives.models import IncomeProject, IncomeShare
from tests.access import HIDDEN, OK, REFUSED, Row, only
from tests.governance.incentives.income import stage
from tests.world import World

DONE = 302
READS_TOTALS = ("coordinator", "supervisor", "leader")


def project(world: World) -> dict[str, Any]:
    return {"project_id": (IncomeProject.objects.first() or stage.confirmed(world)).pk}


def draft_share(world: World) -> dict[str, Any]:
    found = IncomeShare.objects.first() or stage.share(world, stage.project(world))
    return {"project_id": found.project_id, "share_id": found.pk}


def share(world: World) -> dict[str, Any]:
    project(world)
    return {"share_id": IncomeShare.objects.earliest("pk").pk}


def gone(world: World) -> dict[str, Any]:
    return {**project(world), "share_id": 0}


def plan(world: World) -> dict[str, Any]:
    return {"plan_id": stage.noticed(world).pk}


def objection(world: World) -> dict[str, Any]:
    return {"objection_id": stage.objection(world).pk}


def pay_total(world: World) -> dict[str, Any]:
    row = stage.pay_total(world)
    return {"pay_total_id": (row if row.proposed_at else stage.pay_total(world, "propose")).pk}


def school(status: int = OK, **given: Any) -> Row:
    return only("school", status=status, otherwise=HIDDEN, **given)


def also(row: Row, **statuses: int) -> Row:
    found = {**row.statuses, **statuses}
    return Row(statuses=found, kwargs=row.kwargs, method=row.method, data=row.data)


ACCESS: dict[str, Row] = {
    "incentives:income_projects": only("school"),
    "incentives:income_project_new": only("school"),
    "incentives:income_project": school(kwargs=project),
    "incentives:income_project_edit": school(kwargs=project),
    "incentives:income_share_new": school(kwargs=project),
    "incentives:income_share_drop": school(HIDDEN, kwargs=gone, method="post"),
    "incentives:income_evidence": school(kwargs=project),
    "incentives:income_confirm": school(DONE, kwargs=project, method="post"),
    "incentives:income_share_correct": school(kwargs=share),
    "incentives:income_statement": only("school"),
    "incentives:own_income": only("teacher"),
    "incentives:income_totals": only(*READS_TOTALS),
    "incentives:distribution_plans": only("school", "teacher"),
    "incentives:distribution_plan_new": only("school"),
    "incentives:distribution_plan": also(school(kwargs=plan), teacher=OK),
    "incentives:distribution_plan_edit": also(school(kwargs=plan), teacher=REFUSED),
    "incentives:distribution_plan_notice": also(school(kwargs=plan), teacher=REFUSED),
    "incentives:distribution_plan_object": also(school(kwargs=plan), teacher=OK),
    "incentives:distribution_plan_step": also(
        school(DONE, kwargs=lambda world: {**plan(world), "name": "adopt"}, method="post"),
        teacher=REFUSED,
    ),
    "incentives:distribution_objection_answer": also(school(kwargs=objection), teacher=REFUSED),
    "incentives:pay_totals": only("school", *READS_TOTALS),
    "incentives:pay_total_new": only("school"),
    "incentives:pay_total": only("school", *READS_TOTALS, otherwise=HIDDEN, kwargs=pay_total),
    "incentives:pay_total_step": also(
        only(*READS_TOTALS, status=REFUSED, otherwise=HIDDEN,
             kwargs=lambda world: {**pay_total(world), "name": "pass"}),
        school=REFUSED,
    ),
}  # fmt: skip
