"""Adopting a case, rolling it out, making it known (复制推广与宣传)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, given
from silian.governance.policy_tasks.commands.case_spreading import (
    adopt_case,
    count_publicity,
    decide_rollout,
    plan_publicity,
    propose_rollout,
    require_publicist,
    tell_adoption_result,
)
from silian.governance.policy_tasks.forms.cases import (
    AdoptionForm,
    PublicityForm,
    ReachForm,
    ResultForm,
    RolloutDecisionForm,
    RolloutForm,
)
from silian.governance.policy_tasks.models.cases import ExperienceCase
from silian.governance.policy_tasks.permissions.cases import (
    require_case_reviewer,
    require_case_writer,
    require_rollout_decider,
    rollouts_visible_to,
)
from silian.governance.policy_tasks.views.case_steps import page_about
from silian.governance.policy_tasks.views.cases import visible_case


@require_http_methods(["GET", "HEAD", "POST"])
def case_adopt(request: Request, case_id: int) -> HttpResponse:
    """Register that one's unit does the same (登记采用)."""
    case = visible_case(request, case_id)
    require_case_writer(request.actor)
    form = AdoptionForm(*given(request), initial={"starts_on": timezone.localdate()})

    def send(data: dict[str, Any]) -> ExperienceCase:
        adopt_case(case_id=case.pk, actor=request.actor, now=timezone.localtime(), **data)
        return case

    page = page_about(case, title="登记采用", button="登记")
    return answer_form(request, form=form, page=page, send=send, done="已登记，见效后请补登效果。")


@require_http_methods(["GET", "HEAD", "POST"])
def case_adoption_result(request: Request, case_id: int) -> HttpResponse:
    """Say what came of one's own adoption (登记采用效果)."""
    case = visible_case(request, case_id)
    require_case_writer(request.actor)
    form = ResultForm(*given(request))

    def send(data: dict[str, Any]) -> ExperienceCase:
        tell_adoption_result(case_id=case.pk, actor=request.actor, now=timezone.localtime(), **data)
        return case

    page = page_about(case, title="登记采用效果", button="登记")
    return answer_form(request, form=form, page=page, send=send, done="已登记。")


@require_http_methods(["GET", "HEAD", "POST"])
def case_rollout_new(request: Request, case_id: int) -> HttpResponse:
    """Ask the province to roll a case out (申请全省推广)."""
    case = visible_case(request, case_id)
    require_case_reviewer(request.actor, case)
    form = RolloutForm(*given(request))

    def send(data: dict[str, Any]) -> ExperienceCase:
        propose_rollout(case_id=case.pk, actor=request.actor, now=timezone.localtime(), **data)
        return case

    page = page_about(case, title="申请全省推广", button="提交省级审批")
    return answer_form(request, form=form, page=page, send=send, done="已提交省级牵头部门审批。")


@require_http_methods(["GET", "HEAD", "POST"])
def case_rollout_decide(request: Request, rollout_id: int) -> HttpResponse:
    """Approve or decline a rollout (审批全省推广)."""
    rows = rollouts_visible_to(request.actor).select_related("case", "division")
    rollout = get_object_or_404(rows, pk=rollout_id)
    require_rollout_decider(request.actor, rollout)
    form = RolloutDecisionForm(*given(request))

    def send(data: dict[str, Any]) -> ExperienceCase:
        now = timezone.localtime()
        return decide_rollout(rollout_id=rollout.pk, actor=request.actor, now=now, **data).case

    page = page_about(rollout.case, title="审批全省推广", button="提交", lead=rollout.grounds[:120])
    return answer_form(request, form=form, page=page, send=send, done="已审批并告知申请地区。")


@require_http_methods(["GET", "HEAD", "POST"])
def case_publicity_new(request: Request, case_id: int) -> HttpResponse:
    """Plan a report about a case (登记宣传计划)."""
    case = visible_case(request, case_id)
    require_publicist(request.actor, case)
    form = PublicityForm(*given(request), initial={"planned_on": timezone.localdate()})

    def send(data: dict[str, Any]) -> ExperienceCase:
        plan_publicity(case_id=case.pk, actor=request.actor, **data)
        return case

    page = page_about(case, title="登记宣传计划", button="登记")
    return answer_form(
        request, form=form, page=page, send=send, done="已登记，刊发后补登链接和次数。"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_publicity_count(request: Request, case_id: int, item_id: int) -> HttpResponse:
    """Register where a report came out and whom it reached (登记刊发)."""
    case = visible_case(request, case_id)
    require_publicist(request.actor, case)
    item = get_object_or_404(case.publicity, pk=item_id)
    initial = {
        "published_on": item.published_on or timezone.localdate(),
        "link": item.link,
        "reach": item.reach,
    }
    form = ReachForm(*given(request), initial=initial)

    def send(data: dict[str, Any]) -> ExperienceCase:
        count_publicity(item_id=item.pk, actor=request.actor, now=timezone.localtime(), **data)
        return case

    page = page_about(case, title="登记刊发和到达", button="登记", lead=str(item))
    return answer_form(request, form=form, page=page, send=send, done="已登记。")
