"""Orders: the list, one order, and the steps of those who issue and answer it (督查督办)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.governance.policy_tasks.choices import (
    FINDING_OPEN,
    FINDING_OWED,
    FindingState,
    Severity,
)
from silian.governance.policy_tasks.commands.supervision_findings import (
    accept_answer,
    answer_finding,
    cancel_finding,
    receive_finding,
    return_answer,
)
from silian.governance.policy_tasks.forms.supervision import AnswerForm, ReturnForm
from silian.governance.policy_tasks.models.supervision_findings import SupervisionFinding
from silian.governance.policy_tasks.permissions.supervision import (
    findings_visible_to,
    takes_part_in_supervision,
)
from silian.governance.policy_tasks.permissions.supervision_scope import (
    acts_for,
    may_supervise,
    reads_jurisdiction,
    require_body_member,
    require_supervisor,
)
from silian.governance.policy_tasks.queries.supervision import (
    finding_counts,
    finding_history,
    findings_for_list,
)

CELLS = "policy_tasks/supervision"
STANDINGS = {"open": "在办", "owed": "待部门办理", "overdue": "逾期未答复", "done": "已办结"}


COLUMNS = (
    Column("title", "问题", template=f"{CELLS}/_cell_title.html", main=True),
    Column("body", "责任单位", "body__name", sort="body__name"),
    Column(
        "severity",
        "程度",
        lambda row: row.get_severity_display(),
        template=f"{CELLS}/_cell_severity.html",
    ),
    Column(
        "state",
        "状态",
        lambda row: row.get_state_display(),
        template=f"{CELLS}/_cell_state.html",
        sort="state",
    ),
    Column("due_on", "答复期限", template=f"{CELLS}/_cell_due.html", sort="due_on"),
    Column("return_count", "退回", sort="return_count", numeric=True, unit="次"),
    Column("issued_at", "签发", lambda row: timezone.localdate(row.issued_at)),
    Column("round", "督查批次", "round__title", optional=True),
    Column("task", "任务", "task__title", optional=True),
)


def finding_table(request: HttpRequest, rows: QuerySet[SupervisionFinding]) -> Table:
    return Table(
        request=request,
        name="findings",
        rows=findings_for_list(rows),
        caption="督办单",
        columns=COLUMNS,
        order="-issued_at",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有符合条件的督办单", "why": "减少筛选条件，或换一个关键词。"},
    )


@require_safe
def supervision_list(request: Request) -> HttpResponseBase:
    """Orders of the jurisdiction, or those to one's own unit (督办单)."""
    if not takes_part_in_supervision(request.actor):
        raise NotAllowed("督办单由督查、统筹人员和分管领导查看，责任单位收到督办单后可以查看。")
    seen = findings_visible_to(request.actor)
    bar = FilterBar(request=request, facets=finding_facets(request, seen), placeholder="问题、编号")
    table = finding_table(request, chosen_findings(request, seen, text=bar.text))
    if table.export_wanted:
        return table.export_response()
    context = {
        "bar": bar,
        "table": table,
        "counts": finding_counts(seen, on=timezone.localdate()),
        "supervises": may_supervise(request.actor),
        "oversees": reads_jurisdiction(request.actor),
    }
    template = f"{CELLS}/_findings.html" if request.htmx else f"{CELLS}/findings.html"
    return render(request, template, context)


def finding_facets(request: Request, rows: QuerySet[SupervisionFinding]) -> list[Any]:
    bodies = rows.order_by("body__name").values_list("body_id", "body__name").distinct()
    counted = rows.order_by().values_list("severity").annotate(Count("pk"))
    return [
        facet(
            request=request,
            name="standing",
            label="办理情况",
            choices=STANDINGS.items(),
            single=True,
        ),
        facet(
            request=request,
            name="severity",
            label="问题程度",
            choices=Severity.choices,
            counts=dict(counted),
        ),
        facet(
            request=request,
            name="body",
            label="责任单位",
            choices=[(str(pk), name) for pk, name in bodies],
        ),
    ]


def chosen_findings(
    request: Request, rows: QuerySet[SupervisionFinding], *, text: str
) -> QuerySet[SupervisionFinding]:
    """What the filters leave."""
    today = timezone.localdate()
    by_standing = {
        "open": rows.filter(state__in=sorted(FINDING_OPEN)),
        "owed": rows.filter(state__in=sorted(FINDING_OWED)),
        "overdue": rows.overdue(on=today),  # type: ignore[attr-defined]
        "done": rows.filter(state=FindingState.CLOSED),
    }
    rows = by_standing.get(request.GET.get("standing", ""), rows)
    if severities := request.GET.getlist("severity"):
        rows = rows.filter(severity__in=severities)
    if bodies := [int(pk) for pk in request.GET.getlist("body") if pk.isdigit()]:
        rows = rows.filter(body_id__in=bodies)
    return rows.filter(title__icontains=text) | rows.filter(number=text) if text else rows


def visible_finding(request: Request, finding_id: int) -> SupervisionFinding:
    rows = findings_visible_to(request.actor).select_related(
        "body__successor",
        "task",
        "target",
        "round",
        "check_item",
        "issued_by",
        "received_by",
        "division",
    )
    return get_object_or_404(
        rows.prefetch_related("answers__answered_by", "answers__judged_by"), pk=finding_id
    )


@require_safe
def supervision_detail(request: Request, finding_id: int) -> HttpResponse:
    """One order, its answers, and the step that is the reader's."""
    return finding_page(request, visible_finding(request, finding_id))


def finding_page(
    request: Request, finding: SupervisionFinding, *, refused: DomainError | None = None
) -> HttpResponse:
    supervises = may_supervise(request.actor) and request.actor.covers(finding.division_id)
    context = {
        "finding": finding,
        "files": files_of(finding),
        "answers": [(answer, files_of(answer)) for answer in finding.answers.all()],
        "entries": finding_history(finding),
        "overdue": finding.is_overdue(on=timezone.localdate()),
        "answers_here": acts_for(request.actor, finding.body),
        "supervises": supervises,
        "accountability": finding.accountability.select_related("body"),
        "list_items": finding.list_items.all() if reads_jurisdiction(request.actor) else [],
        "dispute_url": dispute_url(finding) if supervises else "",
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, f"{CELLS}/finding.html", context, status=status)


def dispute_url(finding: SupervisionFinding) -> str:
    """Where the value that the supervisor saw can be disputed (数据异议)."""
    kept = finding.check_item.standing if finding.check_item and finding.target_id else {}
    value_id = kept.get("value_id")
    return reverse("metrics:value_dispute", kwargs={"value_id": value_id}) if value_id else ""


@require_POST
def supervision_step(request: Request, finding_id: int, name: str) -> HttpResponse:
    """Sign for an order, accept its answer, or take it back (办理一步)."""
    finding = visible_finding(request, finding_id)
    key: dict[str, Any] = {"finding_id": finding.pk, "actor": request.actor}
    now, said = timezone.localtime(), request.POST.get("reason", "")
    steps: dict[str, Any] = {
        "receive": (lambda: receive_finding(**key, now=now), "已签收，请在期限前答复。"),
        "accept": (lambda: accept_answer(**key, opinion=said, now=now), "已认可整改，督办单办结。"),
        "cancel": (lambda: cancel_finding(**key, reason=said), "已撤销并告知责任单位。"),
    }
    if name not in steps:
        raise Http404("没有这一步。")
    command, sentence = steps[name]
    try:
        command()
    except DomainError as refusal:
        return finding_page(request, finding, refused=refusal)
    messages.success(request, sentence)
    return redirect(finding)


def crumbs_of(finding: SupervisionFinding) -> list[tuple[str, str]]:
    return [
        ("督查", reverse("policy_tasks:supervision_list")),
        (finding.number, finding.get_absolute_url()),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def supervision_answer(request: Request, finding_id: int) -> HttpResponse:
    """Answer an order with measures and proof (答复督办单)."""
    finding = visible_finding(request, finding_id)
    require_body_member(request.actor, finding.body)
    page = FormPage(
        title="答复督办单",
        lead=f"{finding.number} {finding.title}，{finding.due_on} 前答复",
        button="提交答复",
        back=finding.get_absolute_url(),
        crumbs=crumbs_of(finding),
        help="policy_tasks/supervision_answer",
    )

    def send(data: dict[str, Any]) -> SupervisionFinding:
        proofs = data.pop("proofs")
        now = timezone.localtime()
        answer_finding(finding_id=finding.pk, files=proofs, actor=request.actor, now=now, **data)
        return finding

    form = AnswerForm(*given(request))
    return answer_form(request, form=form, page=page, send=send, done="已提交，等待督查人员核查。")


@require_http_methods(["GET", "HEAD", "POST"])
def supervision_return(request: Request, finding_id: int) -> HttpResponse:
    """Send an answer back with a new deadline (退回整改)."""
    finding = visible_finding(request, finding_id)
    require_supervisor(request.actor, division=finding.division_id)
    page = FormPage(
        title="退回整改",
        lead=f"{finding.number} {finding.title}",
        button="退回",
        back=finding.get_absolute_url(),
        crumbs=crumbs_of(finding),
    )

    def send(data: dict[str, Any]) -> SupervisionFinding:
        now = timezone.localtime()
        return return_answer(finding_id=finding.pk, actor=request.actor, now=now, **data)

    form = ReturnForm(*given(request))
    return answer_form(
        request, form=form, page=page, send=send, done="已退回，责任单位已收到意见。"
    )
