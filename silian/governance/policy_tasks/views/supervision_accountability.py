"""Accountability records: list, one record, entering, replying, settling (问责记录)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.governance.policy_tasks.commands.supervision_accountability import (
    record_accountability,
    reply_to_accountability,
    revoke_accountability,
    uphold_accountability,
)
from silian.governance.policy_tasks.forms.supervision import (
    AccountabilityForm,
    OutcomeForm,
    ReplyForm,
)
from silian.governance.policy_tasks.models.supervision_findings import (
    Accountability,
    SupervisionFinding,
)
from silian.governance.policy_tasks.permissions.supervision import (
    accountability_visible_to,
    bodies_within,
    findings_visible_to,
    takes_part_in_supervision,
)
from silian.governance.policy_tasks.permissions.supervision_scope import (
    acts_for,
    may_supervise,
    require_body_member,
    require_supervisor,
)
from silian.governance.policy_tasks.queries.supervision import accountability_for_list

CELLS = "policy_tasks/supervision"
SETTLINGS = {
    "uphold": ("维持", uphold_accountability, "已维持并告知责任单位。"),
    "revoke": ("撤销", revoke_accountability, "已撤销并告知责任单位。"),
}


def record_table(request: HttpRequest, actor: Actor) -> Table:
    return Table(
        request=request,
        name="accountability",
        rows=accountability_for_list(accountability_visible_to(actor)),
        caption="问责记录",
        columns=[
            Column("body", "责任单位", "body__name", main=True),
            Column("measure", "方式", lambda row: row.get_measure_display(), sort="measure"),
            Column("document", "文书"),
            Column("decided_by", "决定机关"),
            Column("decided_on", "决定日", sort="decided_on"),
            Column(
                "state",
                "状态",
                lambda row: row.get_state_display(),
                template=f"{CELLS}/_cell_state.html",
                sort="state",
            ),
            Column("finding", "督办单", "finding__number", optional=True),
        ],
        order="-decided_on",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有问责记录", "why": "督办长期不整改的，可以从督办单登记。"},
    )


@require_safe
def accountability_list(request: Request) -> HttpResponseBase:
    """Records of the jurisdiction, or those about one's own unit."""
    own = accountability_visible_to(request.actor).exists()
    if not (own or takes_part_in_supervision(request.actor)):
        raise NotAllowed("问责记录由督查、统筹人员、分管领导和有关责任单位查看。")
    table = record_table(request, request.actor)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "supervises": may_supervise(request.actor)}
    return render(request, f"{CELLS}/accountability_list.html", context)


def visible_record(request: Request, record_id: int) -> Accountability:
    rows = accountability_visible_to(request.actor).select_related(
        "body__successor", "finding", "division", "recorded_by", "replied_by"
    )
    return get_object_or_404(rows, pk=record_id)


@require_safe
def accountability_detail(request: Request, record_id: int) -> HttpResponse:
    """One record with its document, the reply and what came of it."""
    row = visible_record(request, record_id)
    context = {
        "row": row,
        "files": files_of(row),
        "replies_here": acts_for(request.actor, row.body),
        "supervises": may_supervise(request.actor) and request.actor.covers(row.division_id),
        "reply_open": timezone.localdate() <= row.reply_due_on,
    }
    return render(request, f"{CELLS}/accountability.html", context)


def record_crumbs() -> list[tuple[str, str]]:
    return [
        ("督查", reverse("policy_tasks:supervision_list")),
        ("问责记录", reverse("policy_tasks:accountability_list")),
    ]


def finding_asked(request: Request) -> SupervisionFinding | None:
    key = request.GET.get("finding", "")
    if not key.isdigit():
        return None
    return get_object_or_404(findings_visible_to(request.actor), pk=int(key))


@require_http_methods(["GET", "HEAD", "POST"])
def accountability_new(request: Request) -> HttpResponse:
    """Enter a measure with its document (登记问责)."""
    actor = request.actor
    require_supervisor(actor, division=actor.jurisdiction)
    finding = finding_asked(request)
    initial = {"body": finding.body_id if finding else None, "decided_on": timezone.localdate()}
    form = AccountabilityForm(
        *given(request), bodies=bodies_within(actor).order_by("name"), initial=initial
    )

    def send(data: dict[str, Any]) -> Accountability:
        measure = form.measured(finding_id=finding.pk if finding else None)
        now = timezone.localtime()
        return record_accountability(measure=measure, files=data["proofs"], actor=actor, now=now)

    page = FormPage(
        title="登记问责",
        lead=str(finding) if finding else "记录对单位，责任单位可以申辩",
        button="登记",
        back=finding.get_absolute_url() if finding else record_crumbs()[1][1],
        crumbs=record_crumbs(),
    )
    return answer_form(request, form=form, page=page, send=send, done="已登记并告知责任单位。")


@require_http_methods(["GET", "HEAD", "POST"])
def accountability_reply(request: Request, record_id: int) -> HttpResponse:
    """Reply for one's own unit (申辩)."""
    row = visible_record(request, record_id)
    require_body_member(request.actor, row.body)

    def send(data: dict[str, Any]) -> Accountability:
        now = timezone.localtime()
        return reply_to_accountability(record_id=row.pk, actor=request.actor, now=now, **data)

    page = FormPage(
        title="提交申辩",
        lead=f"{row}，可申辩到 {row.reply_due_on}",
        button="提交",
        back=row.get_absolute_url(),
        crumbs=[*record_crumbs(), (str(row), row.get_absolute_url())],
    )
    form = ReplyForm(*given(request))
    return answer_form(request, form=form, page=page, send=send, done="已提交，等待复核。")


@require_http_methods(["GET", "HEAD", "POST"])
def accountability_settle(request: Request, record_id: int, name: str) -> HttpResponse:
    """Uphold or revoke a record with its reason (复核)."""
    row = visible_record(request, record_id)
    require_supervisor(request.actor, division=row.division_id)
    if name not in SETTLINGS:
        raise Http404("没有这一步。")
    label, command, sentence = SETTLINGS[name]

    def send(data: dict[str, Any]) -> Accountability:
        now = timezone.localtime()
        return command(record_id=row.pk, actor=request.actor, now=now, **data)

    page = FormPage(
        title=f"{label}问责",
        lead=str(row),
        button=label,
        back=row.get_absolute_url(),
        crumbs=[*record_crumbs(), (str(row), row.get_absolute_url())],
    )
    form = OutcomeForm(*given(request))
    return answer_form(request, form=form, page=page, send=send, done=sentence)
