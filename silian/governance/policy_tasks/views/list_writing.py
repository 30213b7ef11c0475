"""Entering and changing items, also out of a report's difficulty or a finding (列入清单)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.governance.policy_tasks.choices import ListKind, ListSource
from silian.governance.policy_tasks.commands.lists import change_list_item, open_list_item
from silian.governance.policy_tasks.forms.lists import ListItemForm
from silian.governance.policy_tasks.models.lists import ListItem
from silian.governance.policy_tasks.permissions.lists import reports_listable_by, require_keeper
from silian.governance.policy_tasks.permissions.supervision import (
    bodies_within,
    findings_visible_to,
)
from silian.governance.policy_tasks.permissions.supervision_scope import within
from silian.governance.policy_tasks.permissions.tasks import tasks_visible_to
from silian.governance.policy_tasks.queries.lists import (
    Draft,
    draft_from_finding,
    draft_from_report,
)
from silian.governance.policy_tasks.views.lists import item_page, visible_item
from silian.operations.alliances.models import Decision


def origin_asked(request: Request) -> tuple[dict[str, int | None], Draft | None]:
    """The rows named in the address and what they already say; others' are 404."""
    ids = {name: request.GET.get(name, "") for name in ("report", "finding", "decision", "task")}
    if ids["report"].isdigit():
        reports = reports_listable_by(request.actor).select_related("task", "organisation")
        report = get_object_or_404(reports, pk=int(ids["report"]))
        return {"report_id": report.pk, "task_id": report.task_id}, draft_from_report(report)
    if ids["finding"].isdigit():
        finding = get_object_or_404(findings_visible_to(request.actor), pk=int(ids["finding"]))
        return {"finding_id": finding.pk, "task_id": finding.task_id}, draft_from_finding(finding)
    if ids["decision"].isdigit():
        rows = Decision.objects.filter(within(request.actor, field="meeting__body__division__code"))
        decision = get_object_or_404(rows, pk=int(ids["decision"]))
        return {"decision_id": decision.pk}, draft_from_decision(decision)
    if ids["task"].isdigit():
        tasks = tasks_visible_to(request.actor).filter(within(request.actor))
        return {"task_id": get_object_or_404(tasks, pk=int(ids["task"])).pk}, None
    return {}, None


def draft_from_decision(decision: Decision) -> Draft:
    """An item out of what a meeting decided (会议决定)."""
    return Draft(
        title=decision.text[:120],
        detail=decision.text,
        source=ListSource.DECISION,
        source_note=f"{decision.meeting} {decision.number}"[:160],
        lead_id=decision.lead_id,
        cooperating_ids=list(decision.cooperating.values_list("pk", flat=True)),
        due_on=decision.due_on,
        task_id=None,
    )


def initial_of(draft: Draft | None) -> dict[str, Any]:
    if draft is None:
        return {"kind": ListKind.PROBLEM, "source_kind": ListSource.OTHER}
    return {
        "kind": ListKind.PROBLEM,
        "title": draft.title,
        "detail": draft.detail,
        "source_kind": draft.source,
        "source_note": draft.source_note,
        "lead": draft.lead_id,
        "cooperating": draft.cooperating_ids,
        "due_on": draft.due_on,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def list_item_new(request: Request) -> HttpResponse:
    """Enter an item (列入清单)."""
    actor = request.actor
    require_keeper(actor, division=actor.jurisdiction)
    origin, draft = origin_asked(request)
    form = ListItemForm(
        *given(request), bodies=bodies_within(actor).order_by("name"), initial=initial_of(draft)
    )

    def send(data: dict[str, Any]) -> ListItem:
        return open_list_item(text=form.text(**origin), actor=actor, now=timezone.localtime())

    home = reverse("policy_tasks:list_items")
    page = FormPage(
        title="列入清单",
        lead="已从来源填好，请核对后列入" if draft else "列入后牵头单位收到通知",
        button="列入",
        back=home,
        crumbs=[("问题与政策清单", home)],
        help="policy_tasks/list_item_form",
    )
    return answer_form(
        request, form=form, page=page, send=send, done="已列入，牵头单位已收到通知。"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def list_item_edit(request: Request, item_id: int) -> HttpResponse:
    """Change an item (修改清单事项)."""
    item = visible_item(request, item_id)
    require_keeper(request.actor, division=item.division_id)
    initial = {
        "kind": item.kind,
        "title": item.title,
        "detail": item.detail,
        "source_kind": item.source,
        "source_note": item.source_note,
        "lead": item.lead_id,
        "cooperating": [body.pk for body in item.cooperating.all()],
        "due_on": item.due_on,
    }
    bodies = bodies_within(request.actor).order_by("name")
    form = ListItemForm(*given(request), bodies=bodies, initial=initial)
    for name in ("kind", "source_kind"):
        form.fields[name].disabled = True

    def send(data: dict[str, Any]) -> ListItem:
        now = timezone.localtime()
        return change_list_item(item_id=item.pk, text=form.text(), actor=request.actor, now=now)

    page = item_page(item, title="修改事项", button="保存")
    return answer_form(request, form=form, page=page, send=send, done="已保存。")
