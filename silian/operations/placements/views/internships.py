"""The register of internships and the page of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.histories import entry_of
from silian.operations.placements.choices.internships import (
    PRESENT_STATES,
    InternshipState,
)
from silian.operations.placements.commands.agreements import make_agreement
from silian.operations.placements.commands.ending import cancel_internship, end_early
from silian.operations.placements.commands.interrupting import (
    interrupt_internship,
    resume_internship,
)
from silian.operations.placements.commands.preparing import prepare_internships
from silian.operations.placements.commands.starting import start_internship, start_internships
from silian.operations.placements.models import Internship
from silian.operations.placements.permissions.internships import (
    internships_visible_to,
    is_school_clerk,
    sides_of,
    steps_open_to,
)
from silian.operations.placements.queries.internship_page import page_of, refused_consent
from silian.operations.placements.views.internship_tables import (
    internship_filters,
    internship_table,
)
from silian.operations.placements.views.names import shown_name

MOST_SHOWN_REFUSALS = 5


@require_safe
def internship_list(request: Request) -> HttpResponseBase:
    """Every internship that concerns the reader (实习台账)."""
    rows = internships_visible_to(request.actor)
    table = internship_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    context: dict[str, Any] = {"table": table, "bar": internship_filters(request, rows)}
    if request.htmx:
        return render(request, "placements/internships/_list.html", context)
    context["total"] = rows.count()
    context["present"] = rows.filter(state__in=sorted(PRESENT_STATES)).count()
    context["arranges"] = is_school_clerk(request.actor)
    return render(request, "placements/internships/list.html", context)


def visible_internship(request: Request, internship_id: int) -> Internship:
    rows = internships_visible_to(request.actor).select_related(
        "person__guardian",
        "school",
        "school_class",
        "plan",
        "host",
        "organisation",
        "post__industry",
        "post__organisation",
        "teacher",
        "mentor",
        "division",
    )
    return get_object_or_404(rows, pk=internship_id)


@require_safe
def internship_detail(request: Request, internship_id: int) -> HttpResponse:
    """One internship: where it stands, what is missing, agreement, posts, history (实习)."""
    internship = visible_internship(request, internship_id)
    steps = steps_open_to(request.actor, internship)
    sides = sides_of(request.actor, internship)
    refusal = refused_consent(internship)
    today = timezone.localdate()
    page = page_of(internship, actor=request.actor, on=today)
    context = {
        **page,
        "is_ready": all(line.is_there for line in page["checks"]),
        "is_due": today >= internship.starts_on,
        "name": shown_name(request.actor, internship),
        "open_steps": steps,
        "sides": sides,
        "is_clerk": "school" in sides,
        "refusal": refusal,
        "entries": [entry_of(act) for act in history_of(internship)],
        "may_agree": "school" in sides and internship.state == InternshipState.PREPARING,
    }
    return render(request, "placements/internships/detail.html", context)


def reason_of(request: Request) -> str:
    return request.POST.get("reason", "")


STEPS: dict[str, tuple[Callable[[Request, int], Any], str]] = {
    "prepare": (
        lambda request, pk: prepare_internships(
            internship_ids=[pk], actor=request.actor, now=timezone.now()
        ),
        "已开始办理，同意书已送达学生和家长",
    ),
    "agreement": (
        lambda request, pk: make_agreement(
            internship_id=pk, actor=request.actor, now=timezone.now(), send=True
        ),
        "三方协议已送签",
    ),
    "start": (
        lambda request, pk: start_internship(
            internship_id=pk, actor=request.actor, now=timezone.now()
        ),
        "已登记到岗",
    ),
    "interrupt": (
        lambda request, pk: interrupt_internship(
            internship_id=pk, actor=request.actor, reason=reason_of(request), now=timezone.now()
        ),
        "实习已中断",
    ),
    "resume": (
        lambda request, pk: resume_internship(
            internship_id=pk, actor=request.actor, now=timezone.now()
        ),
        "实习已恢复",
    ),
    "end_early": (
        lambda request, pk: end_early(
            internship_id=pk, actor=request.actor, reason=reason_of(request), now=timezone.now()
        ),
        "实习已提前结束，协议随之解除",
    ),
    "cancel": (
        lambda request, pk: cancel_internship(
            internship_id=pk, actor=request.actor, reason=reason_of(request), now=timezone.now()
        ),
        "安排已取消",
    ),
}


@require_POST
def internship_step(request: Request, internship_id: int, step: str) -> HttpResponse:
    """Take one step of the life (办理)."""
    internship = visible_internship(request, internship_id)
    if step not in STEPS:
        raise Http404
    take, done = STEPS[step]
    take(request, internship.pk)
    messages.success(request, f"{done}。")
    return redirect(internship)


def chosen_ids(request: Request) -> list[int]:
    """The chosen rows that the actor sees."""
    wanted = [int(value) for value in request.POST.getlist("chosen") if value.isdigit()]
    rows = internships_visible_to(request.actor).filter(pk__in=wanted)
    return list(rows.values_list("pk", flat=True))


@require_POST
def internship_start_many(request: Request) -> HttpResponse:
    """Start each chosen student that may; say why the others may not (批量到岗)."""
    ids = chosen_ids(request)
    refused = start_internships(internship_ids=ids, actor=request.actor, now=timezone.now())
    if len(ids) > len(refused):
        messages.success(request, f"已登记到岗 {len(ids) - len(refused)} 人。")
    if refused:
        words = "；".join(dict.fromkeys(refused.values()))
        messages.warning(request, f"{len(refused)} 人未能到岗：{words[:300]}")
    return redirect(reverse("placements:internship_list"))


@require_POST
def internship_prepare_many(request: Request) -> HttpResponse:
    """Open the paperwork of the chosen students (批量开始办手续)."""
    ids = chosen_ids(request)
    try:
        rows = prepare_internships(internship_ids=ids, actor=request.actor, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"已开始办理 {len(rows)} 人，同意书已送达。")
    return redirect(reverse("placements:internship_list"))
