"""Issuing an order from a late task, a target, a line of a checklist, or by itself (签发)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.governance.policy_tasks.commands.supervision_findings import issue_finding
from silian.governance.policy_tasks.forms.supervision import FindingForm
from silian.governance.policy_tasks.models.supervision import CheckItem
from silian.governance.policy_tasks.models.supervision_findings import SupervisionFinding
from silian.governance.policy_tasks.models.targets import Target
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.governance.policy_tasks.permissions.supervision import (
    bodies_within,
    rounds_visible_to,
    targets_inspected_by,
    tasks_inspected_by,
)
from silian.governance.policy_tasks.permissions.supervision_scope import require_supervisor
from silian.governance.policy_tasks.queries.supervision import facts_of_subject
from silian.governance.policy_tasks.rules.supervision import is_soft


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What the order is about, as the address names it."""

    task: PolicyTask | None = None
    target: Target | None = None
    item: CheckItem | None = None


def subject_asked(request: Request) -> Subject:
    """The subject named by ``?task=``, ``?target=`` or ``?check=``; others' are 404."""
    ids = {name: request.GET.get(name, "") for name in ("task", "target", "check")}
    if ids["check"].isdigit():
        items = CheckItem.objects.filter(round__in=rounds_visible_to(request.actor))
        rows = items.select_related("task__lead", "target", "round")
        item = get_object_or_404(rows, pk=int(ids["check"]))
        return Subject(task=item.task, target=item.target, item=item)
    if ids["target"].isdigit():
        targets = targets_inspected_by(request.actor).select_related("task__lead")
        target = get_object_or_404(targets, pk=int(ids["target"]))
        return Subject(task=target.task, target=target)
    if ids["task"].isdigit():
        tasks = tasks_inspected_by(request.actor).select_related("lead")
        return Subject(task=get_object_or_404(tasks, pk=int(ids["task"])))
    return Subject()


def suggestion(subject: Subject, *, late: int) -> dict[str, Any]:
    """What is known already, to be checked and completed by the supervisor."""
    known: dict[str, Any] = {}
    if subject.task is not None:
        known["body"] = subject.task.lead_id
        if late:
            known["title"] = f"“{subject.task.title}”逾期 {late} 天"[:120]
            known["text"] = (
                f"任务 {subject.task.number} 应于 {subject.task.due_on} 办结，"
                f"现为{subject.task.get_state_display()}，进度 {subject.task.percent}%。"
            )
    if subject.item is not None and subject.item.note:
        known["text"] = subject.item.note
    return known


@require_http_methods(["GET", "HEAD", "POST"])
def supervision_new(request: Request) -> HttpResponse:
    """Write an order and send it (签发督办单)."""
    actor, today = request.actor, timezone.localdate()
    require_supervisor(actor, division=actor.jurisdiction)
    subject = subject_asked(request)
    late = subject.task.days_late(on=today) if subject.task else 0
    form = FindingForm(
        *given(request),
        bodies=bodies_within(actor).order_by("name"),
        initial=suggestion(subject, late=late),
    )

    def send(data: dict[str, Any]) -> SupervisionFinding:
        order = form.order(
            task_id=subject.task.pk if subject.task else None,
            target_id=subject.target.pk if subject.target else None,
            check_item_id=subject.item.pk if subject.item else None,
        )
        return issue_finding(
            order=order, files=data["proofs"], actor=actor, now=timezone.localtime()
        )

    page = issuing_page(subject)
    return answer_form(
        request, form=form, page=page, send=send, done="已签发，责任单位已收到通知。"
    )


def issuing_page(subject: Subject) -> FormPage:
    """The words of the page; a soft rule is called a gap."""
    force = subject.target.force if subject.target else subject.task.force if subject.task else ""
    home = reverse("policy_tasks:supervision_list")
    soft = "这项要求为软性要求，按“差距”提示，不扣分。" if force and is_soft(force) else ""
    return FormPage(
        title="签发督办单",
        lead=soft or "签发后责任单位收到通知，按工作日计算答复期限",
        button="签发",
        back=subject.item.round.get_absolute_url() if subject.item else home,
        crumbs=[("督查", home)],
        help="policy_tasks/supervision_new",
        context={
            "subject_title": "督办事项",
            "subject_facts": facts_of_subject(
                task=subject.task, target=subject.target, on=timezone.localdate()
            ),
        },
    )
