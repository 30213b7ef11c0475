"""Pages of checks on service organisations."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, given, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.conduct import CheckKind, CheckState
from silian.operations.alliances.commands.conduct import (
    accept_correction,
    correct_point,
    hand_in_correction,
    plan_check,
    record_findings,
    reject_correction,
)
from silian.operations.alliances.forms.choosing import units
from silian.operations.alliances.forms.conduct import (
    CorrectionForm,
    FindingsForm,
    PlanForm,
    RejectForm,
)
from silian.operations.alliances.models.conduct import ConductCheck
from silian.operations.alliances.permissions.conduct import (
    answers_check,
    checks_visible_to,
    may_check,
    reads_checks,
    require_answerer,
    require_checker,
)
from silian.operations.alliances.permissions.keeping import (
    keeps_registers,
    oversees,
    require_keeper,
)
from silian.operations.alliances.queries.conduct import checks_for_list, conduct_statistics
from silian.operations.alliances.queries.histories import past_of
from silian.operations.alliances.queries.ownership import files_by_row
from silian.operations.alliances.views.steps import template_for, typed
from silian.registers.organisations.choices import OrganisationKind

FOLDER = "alliances/conduct"
REGISTER = ("服务组织检查", "alliances:conduct_list")


@require_safe
def conduct_list(request: Request) -> HttpResponseBase:
    """The checks of a region, or of one's own organisation (规范运作检查)."""
    actor, today = request.actor, timezone.localdate()
    if not reads_checks(actor):
        raise NotAllowed("规范运作检查由主管部门和被检查的服务组织查看，办结后公开结果。")
    bar = FilterBar(
        request=request,
        placeholder="服务组织",
        facets=[
            facet(request=request, name="state", label="状态", choices=CheckState.choices),
            facet(request=request, name="kind", label="类别", choices=CheckKind.choices),
        ],
    )
    table = check_table(request, bar)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "numbers": conduct_statistics(actor, on=today) if oversees(actor) else None,
        "keeps": keeps_registers(actor),
    }
    fragment = f"{FOLDER}/_checks.html"
    page = template_for(request, page=f"{FOLDER}/checks.html", fragment=fragment)
    return render(request, page, context)


def check_table(request: Request, bar: FilterBar) -> Table:
    rows = checks_visible_to(request.actor)
    for name in ("state", "kind"):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": wanted})
    if bar.text:
        rows = rows.filter(organisation__name__icontains=typed(bar.text))
    return Table(
        request=request,
        name="conduct_checks",
        rows=checks_for_list(rows),
        caption="服务组织规范运作检查",
        columns=[
            Column(
                "organisation", "服务组织", lambda row: row.organisation.display_name, main=True
            ),
            Column("kind", "类别", lambda row: row.get_kind_display(), sort="kind"),
            Column("due_on", "计划检查日", sort="due_on"),
            Column("checked_on", "检查日", sort="checked_on"),
            Column("failed_count", "不符合", unit="项", numeric=True),
            Column("correct_by", "整改期限", sort="correct_by"),
            Column(
                "get_state_display", "状态", template="alliances/_cell_state.html", sort="state"
            ),
        ],
        order="-due_on",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有检查", "why": "主管部门安排入驻核查和日常检查后列在这里。"},
    )


def visible_check(request: Request, check_id: int) -> ConductCheck:
    rows = checks_visible_to(request.actor).select_related("organisation", "checked_by")
    return get_object_or_404(rows, pk=check_id)


@require_safe
def conduct_detail(request: Request, check_id: int) -> HttpResponse:
    """One check: findings, corrections, what comes next."""
    check, actor = visible_check(request, check_id), request.actor
    points = list(check.points.all())
    files = files_by_row(points)
    checks = may_check(actor, check)
    context = {
        "check": check,
        "points": [(point, files.get(point.pk, [])) for point in points],
        "failed": sum(point.is_failed for point in points),
        "checks": checks and check.state == CheckState.PLANNED,
        "reviews": checks and check.state == CheckState.HANDED_IN,
        "answers": answers_check(actor, check) and check.state == CheckState.CORRECTING,
        "entries": past_of(check),
    }
    return render(request, f"{FOLDER}/check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conduct_new(request: Request) -> HttpResponse:
    """Plan a check (安排检查)."""
    actor = request.actor
    require_keeper(actor, division=actor.jurisdiction)
    offered = units(OrganisationKind.SERVICE, division=actor.jurisdiction)
    start = {"organisation": request.GET.get("organisation"), "due_on": timezone.localdate()}
    form = PlanForm(request.POST or None, units=offered, initial=start)
    return answer_form(
        request,
        form=form,
        page=page_words("安排检查", "安排", back=REGISTER[1], register=REGISTER),
        send=lambda said: plan_check(
            organisation_id=said.pop("organisation").pk, actor=actor, **said
        ),
        done="已安排，服务组织会收到通知。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def conduct_findings(request: Request, check_id: int) -> HttpResponse:
    """Record what was found (登记检查结果)."""
    check, today = visible_check(request, check_id), timezone.localdate()
    require_checker(request.actor, check)
    form = FindingsForm(request.POST or None, initial={"checked_on": today})
    names = ("checked_on", "correct_by", "opinion")
    return answer_form(
        request,
        form=form,
        page=page_words("登记检查结果", "登记", back=check, register=REGISTER, lead=str(check)),
        send=lambda said: record_findings(
            check_id=check.pk,
            findings=form.findings(),
            words=form.words(),
            **{name: said[name] for name in names},
            actor=request.actor,
            today=today,
        ),
        done="已登记。",
        then=check,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def conduct_correct(request: Request, check_id: int, point_id: int) -> HttpResponse:
    """Say how a matter was corrected (登记整改)."""
    check = visible_check(request, check_id)
    require_answerer(request.actor, check)
    point = get_object_or_404(check.points, pk=point_id)
    form = CorrectionForm(*given(request), initial={"correction": point.correction})
    return answer_form(
        request,
        form=form,
        page=page_words(
            "登记整改", "登记", back=check, register=REGISTER, lead=f"{point}：{point.words}"
        ),
        send=lambda said: correct_point(
            check_id=check.pk,
            point_id=point.pk,
            actor=request.actor,
            today=timezone.localdate(),
            **said,
        ),
        done="已登记，全部登记后提交复查。",
        then=check,
    )


@require_POST
def conduct_step(request: Request, check_id: int, name: str) -> HttpResponse:
    """Hand corrections in, or accept them (提交整改、复查通过)."""
    check = visible_check(request, check_id)
    key: dict[str, Any] = {"check_id": check.pk, "actor": request.actor}
    steps = {
        "hand_in": (lambda: hand_in_correction(**key), "已提交复查。"),
        "accept": (
            lambda: accept_correction(**key, today=timezone.localdate()),
            "已办结，结果公开。",
        ),
    }
    work, done = steps[name]
    return done_or_said(request, work, done=done, then=check)


@require_http_methods(["GET", "HEAD", "POST"])
def conduct_reject(request: Request, check_id: int) -> HttpResponse:
    """Send the corrections back (退回再整改)."""
    check, today = visible_check(request, check_id), timezone.localdate()
    require_checker(request.actor, check)
    form = RejectForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("退回再整改", "退回", back=check, register=REGISTER, lead=str(check)),
        send=lambda said: reject_correction(
            check_id=check.pk, actor=request.actor, today=today, **said
        ),
        done="已退回，服务组织会收到新的期限。",
        then=check,
    )
