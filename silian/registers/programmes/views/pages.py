"""What the pages of this module share: objects that the reader may see, crumbs, fragments."""

from __future__ import annotations

from collections.abc import Sequence

from django.shortcuts import get_object_or_404
from django.urls import reverse

from silian.foundation.kernel.requests import Request
from silian.registers.programmes.models.plans import TrainingPlan
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.permissions.plans import plans_visible_to
from silian.registers.programmes.permissions.programmes import (
    programmes_visible_to,
    require_manager,
)

Crumbs = Sequence[tuple[str, str]]


def template(request: Request, name: str) -> str:
    """The fragment for htmx, else the page."""
    return f"programmes/{'_' if request.htmx else ''}{name}.html"


def visible_programme(request: Request, programme_id: int) -> Programme:
    rows = programmes_visible_to(request.actor).select_related(
        "school", "major", "division", "joint_enterprise"
    )
    return get_object_or_404(rows, pk=programme_id)


def own_programme(request: Request, programme_id: int) -> Programme:
    """A programme that the reader sees and keeps; others are told why not."""
    programme = visible_programme(request, programme_id)
    require_manager(request.actor, programme)
    return programme


def visible_plan(request: Request, plan_id: int) -> TrainingPlan:
    rows = plans_visible_to(request.actor).select_related(
        "programme__school", "programme__major", "approved_by", "based_on"
    )
    return get_object_or_404(rows, pk=plan_id)


def own_plan(request: Request, plan_id: int) -> TrainingPlan:
    plan = visible_plan(request, plan_id)
    require_manager(request.actor, plan.programme)
    return plan


def programme_crumbs(programme: Programme) -> Crumbs:
    return (
        ("专业与方案", reverse("programmes:programme_list")),
        (programme.name, programme.get_absolute_url()),
    )


def plan_crumbs(plan: TrainingPlan) -> Crumbs:
    return (
        *programme_crumbs(plan.programme),
        (f"第 {plan.version} 版方案", plan.get_absolute_url()),
    )
