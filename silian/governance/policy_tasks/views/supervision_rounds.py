"""Rounds: the list, one round with its checklist, visits and orders (督查批次)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.governance.policy_tasks.choices import CheckResult, RoundState
from silian.governance.policy_tasks.commands.supervision_rounds import change_round, plan_round
from silian.governance.policy_tasks.forms.supervision import ChecklistForm, RoundForm
from silian.governance.policy_tasks.models.supervision import SupervisionRound
from silian.governance.policy_tasks.permissions.supervision import (
    bodies_within,
    rounds_visible_to,
)
from silian.governance.policy_tasks.permissions.supervision_scope import (
    may_supervise,
    reads_jurisdiction,
    require_supervisor,
)
from silian.governance.policy_tasks.queries.supervision import (
    counties_below,
    items_of_round,
    rounds_for_list,
    schools_within,
)
from silian.governance.policy_tasks.queries.supervision_checks import documents_in_scope

CELLS = "policy_tasks/supervision"


def round_table(request: HttpRequest, actor: Actor) -> Table:
    return Table(
        request=request,
        name="supervision_rounds",
        rows=rounds_for_list(actor),
        caption="督查批次",
        columns=[
            Column("title", "名称", main=True),
            Column(
                "state",
                "状态",
                lambda row: row.get_state_display(),
                template=f"{CELLS}/_cell_state.html",
                sort="state",
            ),
            Column("starts_on", "开始", sort="starts_on"),
            Column("ends_on", "结束", sort="ends_on"),
            Column("item_count", "清单", numeric=True, unit="项"),
            Column("checked_count", "已核查", numeric=True, unit="项"),
            Column("finding_count", "督办单", numeric=True, unit="张"),
            Column("organisation", "督查单位", "organisation__name", optional=True),
        ],
        order="-starts_on",
        row_url=lambda row: row.get_absolute_url(),
        empty={
            "missing": "还没有督查批次",
            "why": "先制定督查计划，再从任务和目标列清单。",
        },
    )


def require_overseer(actor: Actor) -> None:
    if not reads_jurisdiction(actor):
        raise NotAllowed("督查批次和评分由督查、统筹人员和分管领导查看。")


@require_safe
def supervision_round_list(request: Request) -> HttpResponseBase:
    """All rounds of the jurisdiction (督查批次)."""
    require_overseer(request.actor)
    table = round_table(request, request.actor)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "supervises": may_supervise(request.actor)}
    return render(request, f"{CELLS}/rounds.html", context)


def visible_round(request: Request, round_id: int) -> SupervisionRound:
    rows = rounds_visible_to(request.actor).select_related("organisation", "division")
    return get_object_or_404(rows, pk=round_id)


def run_round(request: Request, round_id: int) -> SupervisionRound:
    """A round that the actor runs; refused for those who only read."""
    round_ = visible_round(request, round_id)
    require_supervisor(request.actor, division=round_.division_id)
    return round_


@require_safe
def supervision_round_detail(request: Request, round_id: int) -> HttpResponse:
    """One round with its checklist, visits and orders."""
    return round_page(request, visible_round(request, round_id))


def round_page(
    request: Request, round_: SupervisionRound, *, refused: DomainError | None = None
) -> HttpResponse:
    items = list(items_of_round(round_))
    found = [item for item in items if item.result == CheckResult.FOUND]
    checked = [item for item in items if item.result != CheckResult.WAITING]
    visits = round_.visits.select_related("body", "organisation", "made_by")
    context = {
        "round": round_,
        "items": items,
        "checked": len(checked),
        "found": len(found),
        "visits": [(visit, files_of(visit)) for visit in visits],
        "findings": round_.findings.select_related("body"),
        "departments": round_.departments.all(),
        "counties": round_.counties.all(),
        "schools": round_.schools.all(),
        "runs": may_supervise(request.actor) and request.actor.covers(round_.division_id),
        "changeable": round_.state in (RoundState.PLANNED, RoundState.RUNNING),
        "fill_form": ChecklistForm(
            documents=documents_in_scope(round_),
            bodies=bodies_within(request.actor).order_by("name"),
        ),
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, f"{CELLS}/round.html", context, status=status)


def round_form(request: Request, *, initial: dict[str, Any]) -> RoundForm:
    actor = request.actor
    return RoundForm(
        *given(request),
        departments=bodies_within(actor).filter(division_id=actor.jurisdiction).order_by("name"),
        counties=counties_below(actor.jurisdiction),
        schools=schools_within(actor.jurisdiction),
        initial=initial,
    )


def round_crumbs() -> list[tuple[str, str]]:
    return [
        ("督查", reverse("policy_tasks:supervision_list")),
        ("督查批次", reverse("policy_tasks:supervision_round_list")),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def supervision_round_new(request: Request) -> HttpResponse:
    """Plan a round (制定督查计划)."""
    actor = request.actor
    require_supervisor(actor, division=actor.jurisdiction)
    form = round_form(request, initial={"starts_on": timezone.localdate()})

    def send(data: dict[str, Any]) -> SupervisionRound:
        return plan_round(plan=form.plan(), division=actor.jurisdiction, actor=actor)

    page = FormPage(
        title="制定督查计划",
        lead="定时间和范围，随后从任务和目标列清单",
        button="保存计划",
        back=reverse("policy_tasks:supervision_round_list"),
        crumbs=round_crumbs(),
    )
    return answer_form(request, form=form, page=page, send=send, done="已保存，请列入督查清单。")


@require_http_methods(["GET", "HEAD", "POST"])
def supervision_round_edit(request: Request, round_id: int) -> HttpResponse:
    """Change a round (修改督查计划)."""
    round_ = run_round(request, round_id)
    names = ("title", "basis", "starts_on", "ends_on")
    initial: dict[str, Any] = {name: getattr(round_, name) for name in names}
    for name in ("departments", "counties", "schools"):
        initial[name] = list(getattr(round_, name).values_list("pk", flat=True))
    form = round_form(request, initial=initial)

    def send(data: dict[str, Any]) -> SupervisionRound:
        return change_round(round_id=round_.pk, plan=form.plan(), actor=request.actor)

    page = FormPage(
        title="修改督查计划",
        button="保存",
        back=round_.get_absolute_url(),
        crumbs=[*round_crumbs(), (round_.title, round_.get_absolute_url())],
    )
    return answer_form(request, form=form, page=page, send=send, done="已保存。")
