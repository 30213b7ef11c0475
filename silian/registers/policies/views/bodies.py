"""The register of responsible bodies (责任单位名录)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Entry
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import done_or_refused
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.registers.policies.commands import bodies as commands
from silian.registers.policies.forms import bodies as forms
from silian.registers.policies.models.bodies import PolicyBody
from silian.registers.policies.permissions.documents import (
    bodies_visible_to,
    documents_visible_to,
    may_upload,
    require_body_keeper,
    require_official,
)
from silian.registers.policies.queries.bodies import mentions_of, with_work

INVALID = 422
SHOWN_MENTIONS = 100
SHOWN_HISTORY = 20
STANDINGS = (
    ("check", "待核对"),
    ("unlinked", "没有对应单位"),
    ("generic", "泛称"),
    ("ended", "职责已划出"),
)


def standing_of(body: PolicyBody) -> tuple[str, str]:
    """How a body stands, in a word and a tone."""
    if body.successor_id:
        return f"已划入{body.successor}", "unset"
    if body.needs_check:
        return "待核对", "watch"
    if body.is_generic:
        return "泛称", "info"
    return ("已对应", "ok") if body.organisation_id else ("没有对应单位", "open")


def body_table(request: Request, rows: Any) -> Table:
    return Table(
        request=request,
        name="policy_bodies",
        caption="责任单位",
        rows=rows,
        order="-clause_count",
        row_url=lambda row: row.get_absolute_url(),
        columns=[
            Column("name", "责任单位", sort="name", main=True),
            Column("function", "职能", sort="function"),
            Column(
                "standing",
                "状态",
                value=lambda row: standing_of(row)[0],
                template="policies/_cell_standing.html",
            ),
            Column(
                "organisation",
                "对应单位",
                value=lambda row: row.organisation.name if row.organisation else "",
            ),
            Column("clauses", "涉及条款", value="clause_count", numeric=True, sort="clause_count"),
            Column("leads", "牵头", value="lead_count", numeric=True, sort="lead_count"),
            Column("division", "地区", value="division__name", optional=True),
        ],
        empty={"missing": "还没有责任单位", "why": "解析政策文件时自动登记"},
    )


@require_safe
def body_list(request: Request) -> HttpResponse:
    """The bodies that documents of the region make responsible."""
    require_official(request.actor)
    visible = documents_visible_to(request.actor)
    rows = with_work(bodies_visible_to(request.actor), documents=visible)
    text = request.GET.get("q", "").strip()[:40].replace("\x00", "")
    if text:
        rows = rows.filter(names__name__icontains=text).distinct()
    conditions: dict[str, dict[str, Any]] = {
        "check": {"needs_check": True},
        "unlinked": {"organisation": None, "is_generic": False, "successor": None},
        "generic": {"is_generic": True},
        "ended": {"successor__isnull": False},
    }
    chosen = request.GET.get("standing", "")
    table = body_table(request, rows.filter(**conditions.get(chosen, {})))
    if table.export_wanted:
        return table.export_response()  # type: ignore[return-value]
    standing = facet(request=request, name="standing", label="状态", choices=STANDINGS, single=True)
    bar = FilterBar(request=request, placeholder="单位名称或别称", facets=[standing])
    template = "policies/_body_list.html" if request.htmx else "policies/body_list.html"
    return render(request, template, {"table": table, "bar": bar})


def body_of(request: Request, body_id: int) -> PolicyBody:
    require_official(request.actor)
    rows = bodies_visible_to(request.actor).select_related("division", "organisation", "successor")
    return get_object_or_404(rows, pk=body_id)


@require_GET
def body_detail(request: Request, body_id: int) -> HttpResponse:
    """One body: its names, its organisation, where documents name it (责任单位)."""
    return body_page(request, body_of(request, body_id))


def history_entries(body: PolicyBody) -> list[Entry]:
    return [entry_of(act) for act in history_of(body)[:SHOWN_HISTORY]]


def body_page(
    request: Request, body: PolicyBody, *, given: dict[str, Any] | None = None
) -> HttpResponse:
    """The body's page; ``given`` are forms that were refused."""
    word, tone = standing_of(body)
    initial = {
        "name": body.name,
        "function": body.function,
        "organisation": body.organisation_id,
    }
    context = {
        "body": body,
        "standing": word,
        "tone": tone,
        "may_keep": may_upload(request.actor) and request.actor.covers(body.division_id),
        "names": body.names.order_by("valid_from", "pk"),
        "predecessors": body.predecessors.all(),
        "mentions": mentions_of(body, documents=documents_visible_to(request.actor))[
            :SHOWN_MENTIONS
        ],
        "body_form": forms.BodyForm(initial=initial, body=body),
        "name_form": forms.NameForm(auto_id="name-%s"),
        "hand_over_form": forms.HandOverForm(
            initial={"on": timezone.localdate()}, body=body, auto_id="over-%s"
        ),
        "history": history_entries(body),
        **(given or {}),
    }
    status = INVALID if given else 200
    return render(request, "policies/body_detail.html", context, status=status)


def body_step(
    request: Request, body: PolicyBody, *, form: Any, name: str, step: Callable[..., Any]
) -> HttpResponse:
    """Run one command of the page's forms; a refusal stands beside what was typed."""
    require_body_keeper(request.actor, division=body.division_id)
    done = done_or_refused(form, lambda: step(**form.cleaned_data))
    if done is not None:
        messages.success(request, "已保存。")
        return redirect("policies:body_detail", body_id=body.pk)
    return body_page(request, body, given={name: form})


@require_POST
def body_correct(request: Request, body_id: int) -> HttpResponse:
    """Put name, function and organisation right."""
    body = body_of(request, body_id)
    form = forms.BodyForm(request.POST, body=body)

    def correct(*, name: str, function: str, organisation: Any) -> None:
        commands.correct_body(
            body_id=body.pk,
            name=name,
            function=function,
            organisation_id=organisation.pk if organisation else None,
            actor=request.actor,
        )

    return body_step(request, body, form=form, name="body_form", step=correct)


@require_POST
def body_name_add(request: Request, body_id: int) -> HttpResponse:
    """Register an alias with its days (登记别称)."""
    body = body_of(request, body_id)
    form = forms.NameForm(request.POST, auto_id="name-%s")

    def add(**data: Any) -> None:
        commands.add_name(body_id=body.pk, actor=request.actor, **data)

    return body_step(request, body, form=form, name="name_form", step=add)


@require_POST
def body_name_end(request: Request, body_id: int, name_id: int) -> HttpResponse:
    """End an alias today (停用别称)."""
    body = body_of(request, body_id)
    alias = get_object_or_404(body.names, pk=name_id)
    commands.end_name(name_id=alias.pk, on=timezone.localdate(), actor=request.actor)
    return redirect("policies:body_detail", body_id=body.pk)


@require_POST
def body_hand_over(request: Request, body_id: int) -> HttpResponse:
    """Pass the duties to another body (职责划转)."""
    body = body_of(request, body_id)
    form = forms.HandOverForm(request.POST, body=body, auto_id="over-%s")

    def hand_over(*, successor: PolicyBody, on: Any) -> None:
        commands.hand_over_body(
            body_id=body.pk, successor_id=successor.pk, on=on, actor=request.actor
        )

    return body_step(request, body, form=form, name="hand_over_form", step=hand_over)
