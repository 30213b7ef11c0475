"""Calls to claim: the public list and page; drafted, issued, closed and extended by departments."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.ledgers.models.funds import BudgetLine
from silian.casework.ledgers.permissions import lines_visible_to
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import (
    answer_form,
    done_or_refused,
    done_or_said,
    page_words,
    status_of,
)
from silian.foundation.ui.tables import Column, Table
from silian.foundation.ui.wizard import StepLine
from silian.governance.incentives.choices.claims import Applicants, CallState, ClaimScheme
from silian.governance.incentives.commands.call_steps import draft_by_book
from silian.governance.incentives.commands.claim_calls import (
    close_call,
    extend_call,
    open_call,
    revise_call,
)
from silian.governance.incentives.forms.claim_calls import (
    CallForm,
    ExtendForm,
    ReasonForm,
    kept_values,
    suggested_values,
)
from silian.governance.incentives.gateways.claim_rules import claim_rule
from silian.governance.incentives.gateways.claim_schemes import book_for, scheme_books
from silian.governance.incentives.gateways.rulebook import place_of
from silian.governance.incentives.models import ClaimCall
from silian.governance.incentives.permissions.claims import (
    calls_visible_to,
    is_clerk,
    leads,
    may_claim,
    may_open_claims,
    require_clerk,
    require_lead,
)
from silian.governance.incentives.queries.call_messages import messages_of
from silian.governance.incentives.queries.call_steps import (
    step_lines,
    steps_left_out,
    total_days,
)
from silian.governance.incentives.queries.claim_calls import basis_of_call, with_claims

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
ONE_DAY = datetime.timedelta(days=1)
BOXES = {"covers_until": "covers_last"}
REGISTER = ("申领通知", "incentives:call_list")


@login_not_required
@require_safe
def call_list(request: Request) -> HttpResponseBase:
    """What may be claimed now and what could be before; drafts for their department (申领通知)."""
    rows = calls_visible_to(request.actor)
    bar = call_bar(request)
    if chosen := request.GET.getlist("state"):
        rows = rows.filter(state__in=chosen)
    if schemes := request.GET.getlist("scheme"):
        rows = rows.filter(scheme__in=schemes)
    if bar.text:
        rows = rows.filter(title__icontains=bar.text)
    table = call_table(request, with_claims(rows))
    if table.export_wanted:
        return table.export_response()
    today = timezone.localdate()
    opened = [call for call in calls_visible_to(request.actor).filter(state=CallState.OPEN)]
    context = {
        "table": table, "bar": bar, "drafts": is_clerk(request.actor),
        "accepting": sum(call.accepts_on(today) for call in opened),
    }  # fmt: skip
    name = "_list.html" if request.htmx else "list.html"
    return render(request, f"incentives/calls/{name}", context)


def call_bar(request: Request) -> FilterBar:
    states = CallState.choices if may_open_claims(request.actor) else CallState.choices[1:]
    return FilterBar(
        request=request,
        placeholder="名称",
        facets=[
            facet(request=request, name="state", label="状态", choices=states),
            facet(request=request, name="scheme", label="补贴项目", choices=ClaimScheme.choices),
        ],
    )


def call_table(request: Request, rows: QuerySet[ClaimCall]) -> Table:
    columns = [
        Column("title", "名称", main=True),
        Column("get_scheme_display", "补贴项目", sort="scheme"),
        Column("owner__name", "牵头部门"),
        Column("covers_from", "补贴期间", template="incentives/calls/_cell_covers.html"),
        Column(
            "closes_on", "受理", template="incentives/calls/_cell_window.html", sort="closes_on"
        ),
        Column("state", "状态", template="incentives/calls/_cell_state.html", sort="state"),
    ]
    if may_open_claims(request.actor):
        columns[5:5] = [
            Column("claims_in", "收到", numeric=True, unit="份"),
            Column("planned_in", "测算金额", numeric=True, unit="元"),
        ]
    return Table(
        request=request, name="claim_calls", rows=rows, caption="申领通知", columns=columns,
        order="-opens_on", row_url=lambda row: row.get_absolute_url(),
    )  # fmt: skip


@login_not_required
@require_safe
def call_detail(request: Request, call_id: int) -> HttpResponse:
    """One call: what is paid by which clause, by when, through whom (申领通知)."""
    rows = calls_visible_to(request.actor).select_related("division", "owner", "line__fund")
    call = get_object_or_404(rows, pk=call_id)
    today, actor = timezone.localdate(), request.actor
    admits = Applicants(call.applicants).admits(actor.organisation_kind)
    accepts, oversees = call.accepts_on(today), may_open_claims(actor)
    context = {
        **call_facts(call, on=today), "leads": leads(actor, call), "accepts": accepts,
        "claims": may_claim(actor) and accepts and admits, "oversees": oversees,
        "told": messages_of(call) if oversees else None,
        "left_out": steps_left_out(call) if oversees else [],
    }  # fmt: skip
    return render(request, "incentives/calls/detail.html", context)


def call_facts(call: ClaimCall, *, on: datetime.date) -> dict[str, Any]:
    """What everybody reads of a call: standard, steps and papers."""
    book, lines = book_for(call.scheme), step_lines(call)
    return {
        "call": call, "book": book, "basis": basis_of_call(call, on=on),
        "region_basis": book.basis.get(call.place, ""), "lines": lines,
        "total": total_days(lines), "last_covered": call.covers_until - ONE_DAY,
    }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Stages:
    """The way of a draft: content, steps, preview (起草步骤)."""

    call: ClaimCall | None
    current: str

    @property
    def lines(self) -> list[StepLine]:
        places = (("edit", "内容"), ("steps", "审核环节"), ("preview", "预览和发布"))
        names = [name for name, _ in places]
        at = names.index(self.current)
        return [
            StepLine(
                number=number + 1,
                label=label,
                url=self.url_of(name) if number != at else "",
                state="current" if number == at else "done" if number < at else "waiting",
            )
            for number, (name, label) in enumerate(places)
        ]

    def url_of(self, name: str) -> str:
        return reverse(f"incentives:call_{name}", args=[self.call.pk]) if self.call else ""


@GET_OR_POST
def call_new(request: Request) -> HttpResponse:
    """Choose the scheme, then draft from what is suggested for it (起草申领通知)."""
    require_clerk(request.actor)
    scheme = request.GET.get("scheme", "")
    if scheme not in ClaimScheme.values:
        return render(request, "incentives/calls/choose.html", {"choices": choices_of(request)})
    book, today = book_for(scheme), timezone.localdate()
    form = CallForm(
        request.POST or None, initial=suggested_values(book, today=today), book=book,
        lines=lines_of(request),
    )  # fmt: skip
    made = done_or_refused(
        form, lambda: draft_by_book(card=form.card, actor=request.actor, today=today), boxes=BOXES
    )
    if made is not None:
        messages.success(request, "内容已保存，请核对审核环节。")
        return redirect("incentives:call_steps", made.pk)
    return call_form(request, form, title=f"起草：{book.scheme.label}")


def choices_of(request: Request) -> list[dict[str, Any]]:
    """Each scheme with whether the region has set an amount."""
    place, today = place_of(request.actor.jurisdiction), timezone.localdate()
    return [
        {
            "scheme": scheme,
            "book": book,
            "is_set": claim_rule(
                scheme=scheme, place=place.code, division=request.actor.jurisdiction, on=today,
                known_on=today,
            ) is not None,
        }
        for scheme, book in scheme_books().items()
    ]  # fmt: skip


def lines_of(request: Request) -> QuerySet[BudgetLine]:
    """Budget lines of the department's own funds."""
    actor = request.actor
    own = BudgetLine.objects.filter(fund__owner_id=actor.organisation_id or 0)
    return own.filter(pk__in=lines_visible_to(actor).values("pk")).select_related("fund")


def call_form(
    request: Request, form: CallForm, *, title: str, call: ClaimCall | None = None
) -> HttpResponse:
    context = {
        "form": form, "title": title, "book": form.book,
        "stages": Stages(call=call, current="edit"),
    }  # fmt: skip
    return render(request, "incentives/calls/edit.html", context, status=status_of(form))


def led_call(request: Request, call_id: int) -> ClaimCall:
    rows = calls_visible_to(request.actor).select_related("owner")
    call = get_object_or_404(rows, pk=call_id)
    require_lead(request.actor, call)
    return call


def led_draft(request: Request, call_id: int) -> ClaimCall:
    """A call of the actor's department that is not issued yet; an issued one has no editor."""
    call = led_call(request, call_id)
    if call.state != CallState.DRAFT:
        raise Http404
    return call


@GET_OR_POST
def call_edit(request: Request, call_id: int) -> HttpResponse:
    """Change a draft (修改申领通知)."""
    call = led_draft(request, call_id)
    form = CallForm(
        request.POST or None, initial=kept_values(call), book=book_for(call.scheme),
        lines=lines_of(request),
    )  # fmt: skip
    made = done_or_refused(
        form,
        lambda: revise_call(call_id=call.pk, card=form.card, actor=request.actor),
        boxes=BOXES,
    )
    if made is not None:
        messages.success(request, "内容已保存。")
        return redirect("incentives:call_steps", call.pk)
    return call_form(request, form, title=f"修改：{call.title}", call=call)


@require_POST
def call_open(request: Request, call_id: int) -> HttpResponse:
    """Issue the call (发布)."""
    call = led_call(request, call_id)
    return done_or_said(
        request,
        lambda: open_call(call_id=call.pk, actor=request.actor, now=timezone.localtime()),
        done="已发布，单位可以申领。",
        then=call,
    )


@GET_OR_POST
def call_close(request: Request, call_id: int) -> HttpResponse:
    """Take no more claims (截止)."""
    call = led_call(request, call_id)
    return answer_form(
        request,
        form=ReasonForm(request.POST or None),
        page=page_words("截止受理", "截止", back=call, register=REGISTER, lead=call.title),
        send=lambda given: close_call(
            call_id=call.pk, actor=request.actor, today=timezone.localdate(), **given
        ),
        done="已截止，已提交的申领继续办理。",
    )


def until_when(call: ClaimCall) -> str:
    """The call with its present last day."""
    day = f"{call.closes_on:%Y-%m-%d}" if call.closes_on else "没有设定"
    return f"{call.title}，现在的截止日：{day}"


@GET_OR_POST
def call_extend(request: Request, call_id: int) -> HttpResponse:
    """Take claims until a later day (延长)."""
    call = led_call(request, call_id)
    return answer_form(
        request,
        form=ExtendForm(request.POST or None),
        page=page_words("延长受理", "延长", back=call, register=REGISTER, lead=until_when(call)),
        send=lambda given: extend_call(
            call_id=call.pk, actor=request.actor, today=timezone.localdate(), **given
        ),
        done="已延长。",
    )
