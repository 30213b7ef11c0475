"""Pages of correction cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.registers.credit.choices import CaseState
from silian.registers.credit.commands import cases as commands
from silian.registers.credit.forms.credit import (
    CaseForm,
    NoticeForm,
    OrderForm,
    ReasonForm,
    RefusalForm,
    TextForm,
)
from silian.registers.credit.models import CorrectionCase
from silian.registers.credit.permissions.credit import (
    cases_visible_to,
    items_visible_to,
    may_keep,
    may_open,
)
from silian.registers.credit.queries.records import cases_for_list
from silian.registers.organisations.permissions import organisations_supervised_by


@dataclass(frozen=True, kw_only=True)
class CaseStep:
    """One step as a page: who takes it, from which states, its form and its command."""

    title: str
    button: str
    by_keeper: bool
    states: frozenset[CaseState]
    form: type[forms.Form]
    run: Callable[..., CorrectionCase]
    clock: str  # the argument that carries the time: a day or a moment
    done: str


S = CaseState
STEPS = {
    "order": CaseStep(
        title="责令限期改正", button="发出", by_keeper=True, states=frozenset({S.FOUND}),
        form=OrderForm, run=commands.order_correction, clock="on", done="已发出，单位会收到通知。",
    ),
    "report": CaseStep(
        title="报告改正情况", button="提交", by_keeper=False,
        states=frozenset({S.ORDERED, S.REFUSED, S.NOTICED}),
        form=TextForm, run=commands.report_correction, clock="now", done="已提交，等主管部门核实。",
    ),
    "accept": CaseStep(
        title="核实已改正", button="确认已改正", by_keeper=True, states=frozenset({S.REPORTED}),
        form=ReasonForm, run=commands.accept_correction, clock="now", done="已办结，不记入记录。",
    ),
    "return": CaseStep(
        title="退回继续改正", button="退回", by_keeper=True, states=frozenset({S.REPORTED}),
        form=OrderForm, run=commands.return_correction, clock="on", done="已退回并告知新的期限。",
    ),
    "refuse": CaseStep(
        title="认定拒不改正", button="认定", by_keeper=True, states=frozenset({S.ORDERED}),
        form=RefusalForm, run=commands.find_refused, clock="on",
        done="已认定。记入前必须先告知并听取陈述申辩。",
    ),
    "notice": CaseStep(
        title="告知拟记入信用记录", button="告知", by_keeper=True, states=frozenset({S.REFUSED}),
        form=NoticeForm, run=commands.give_notice, clock="on", done="已告知，等陈述申辩。",
    ),
    "reply": CaseStep(
        title="陈述申辩", button="提交", by_keeper=False, states=frozenset({S.NOTICED}),
        form=TextForm, run=commands.reply_to_notice, clock="now", done="已提交，主管部门会核查。",
    ),
    "drop": CaseStep(
        title="撤销", button="撤销", by_keeper=True,
        states=frozenset({S.FOUND, S.ORDERED, S.REPORTED, S.REFUSED, S.NOTICED}),
        form=ReasonForm, run=commands.drop_case, clock="now", done="已撤销，不记入信用记录。",
    ),
}  # fmt: skip


def words(title: str, button: str, *, back: str, lead: str = "") -> FormPage:
    crumbs = (("责令改正", reverse("credit:case_list")),)
    return FormPage(title=title, button=button, back=back, lead=lead, crumbs=crumbs)


def refuse_others(request: Request) -> None:
    if not may_open(request.actor):
        raise NotAllowed("信用事项只对主管部门和当事单位的经办人员开放。")


@require_safe
def case_list(request: Request) -> HttpResponseBase:
    """Corrections of the region, or those of one's own organisation (责令改正)."""
    refuse_others(request)
    shown = cases_visible_to(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="单位、事项",
        facets=[facet(request=request, name="state", label="状态", choices=CaseState.choices)],
    )
    if chosen := request.GET.getlist("state"):
        shown = shown.filter(state__in=chosen)
    if text := bar.text:
        shown = shown.filter(title__icontains=text) | shown.filter(
            organisation__name__icontains=text
        )
    table = case_table(request, shown)
    if table.export_wanted:
        return table.export_response()
    template = "credit/_cases.html" if request.htmx else "credit/case_list.html"
    keeps = may_keep(request.actor)
    return render(request, template, {"table": table, "bar": bar, "keeps": keeps})


def case_table(request: Request, rows: QuerySet[CorrectionCase]) -> Table:
    return Table(
        request=request,
        name="credit_cases",
        rows=cases_for_list(rows),
        caption="责令改正",
        columns=[
            Column("title", "事项", main=True),
            Column("organisation__name", "当事单位"),
            Column("item__name", "目录项"),
            Column("found_at", "发现时间", sort="found_at"),
            Column("due_on", "改正期限", sort="due_on"),
            Column("get_state_display", "状态", template="credit/_cell_state.html", sort="state"),
        ],
        order="-found_at",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
    )


def steps_of(case: CorrectionCase, *, request: Request) -> list[tuple[str, CaseStep]]:
    """What this reader may do with the case now."""
    keeps = may_keep(request.actor) and request.actor.covers(case.division_id)
    speaks = case.organisation_id == request.actor.organisation_id
    return [
        (name, step)
        for name, step in STEPS.items()
        if case.state in step.states and (keeps if step.by_keeper else speaks)
    ]


@require_safe
def case_detail(request: Request, case_id: int) -> HttpResponse:
    """One case: the finding, the order, what the organisation said, what came of it."""
    case = get_object_or_404(cases_for_list(cases_visible_to(request.actor)), pk=case_id)
    keeps = may_keep(request.actor) and request.actor.covers(case.division_id)
    context = {
        "case": case,
        "steps": steps_of(case, request=request),
        "records": keeps and case.state == CaseState.NOTICED,
        "record": getattr(case, "record", None),
        "entries": [entry_of(act, who=act.organisation_name) for act in history_of(case)],
    }
    return render(request, "credit/case_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: Request) -> HttpResponse:
    """Note what was found (登记发现的问题)."""
    actor = request.actor
    if not may_keep(actor):
        raise NotAllowed("责令改正由本地区主管部门的审核或统筹人员办理。")
    form = CaseForm(
        request.POST or None,
        organisations=organisations_supervised_by(actor).exclude(pk=actor.organisation_id or 0),
        items=items_visible_to(actor).filter(is_open=True),
        initial={"organisation": request.GET.get("organisation")},
    )

    def work(said: dict[str, Any]) -> CorrectionCase:
        return commands.open_case(
            organisation_id=said["organisation"].pk,
            item_id=said["item"].pk,
            title=said["title"],
            finding=said["finding"],
            basis=said["basis"],
            actor=actor,
            now=timezone.now(),
        )

    page = words(
        "登记发现的问题", "登记", back=reverse("credit:case_list"), lead="登记后再责令限期改正"
    )
    return answer_form(request, form=form, page=page, send=work, done="已登记。请发出改正要求。")


@require_http_methods(["GET", "HEAD", "POST"])
def case_step(request: Request, case_id: int, name: str) -> HttpResponse:
    """Take one step on a case (办理)."""
    case = get_object_or_404(cases_for_list(cases_visible_to(request.actor)), pk=case_id)
    step = STEPS.get(name)
    if step is None:
        raise Http404
    if not any(name == offered for offered, _ in steps_of(case, request=request)):
        raise NotAllowed(f"当前为“{case.get_state_display()}”，您不能办理“{step.title}”。")
    clock = {"now": timezone.now()} if step.clock == "now" else {"on": timezone.localdate()}
    return answer_form(
        request,
        form=step.form(request.POST or None),
        page=words(step.title, step.button, back=case.get_absolute_url(), lead=str(case)),
        send=lambda said: step.run(case_id=case.pk, actor=request.actor, **said, **clock),
        done=step.done,
        then=case,
    )
