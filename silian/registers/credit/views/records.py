"""Pages of credit records: register, one record, one's own, the public list, the catalogue."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.registers.credit.choices import RecordState, RemedyKind
from silian.registers.credit.commands.catalogue import add_item, set_item_open
from silian.registers.credit.commands.records import (
    RecordDraft,
    confirm_record,
    propose_record,
    return_record,
    revoke_record,
)
from silian.registers.credit.commands.remedies import answer_remedy, ask_remedy
from silian.registers.credit.forms.credit import (
    FreeRecordForm,
    ItemForm,
    ReasonForm,
    RecordForm,
    RemedyAnswerForm,
    TextForm,
    default_term,
)
from silian.registers.credit.models import CreditItem, CreditRecord
from silian.registers.credit.permissions.credit import (
    cases_visible_to,
    items_usable_by,
    items_visible_to,
    may_keep,
    may_speak,
    records_visible_to,
    remedies_visible_to,
)
from silian.registers.credit.queries.numbers import FREE_REPORTS, whole_number
from silian.registers.credit.queries.records import (
    public_records,
    readings_of,
    records_for_list,
)
from silian.registers.credit.queries.reports import reports_of
from silian.registers.credit.views.cases import refuse_others
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.permissions import organisations_supervised_by

SHOWN_REPORTS = 10


def words(title: str, button: str, *, back: str, lead: str = "") -> FormPage:
    crumbs = (("信用记录", reverse("credit:record_list")),)
    return FormPage(title=title, button=button, back=back, lead=lead, crumbs=crumbs)


@require_safe
def record_list(request: Request) -> HttpResponseBase:
    """Records of the region with every state, or one's own (信用记录)."""
    refuse_others(request)
    shown = records_visible_to(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="单位、代码、文号",
        facets=[facet(request=request, name="state", label="状态", choices=RecordState.choices)],
    )
    if chosen := request.GET.getlist("state"):
        shown = shown.filter(state__in=chosen)
    table = record_table(request, found_by(bar.text, rows=shown))
    if table.export_wanted:
        return table.export_response()
    template = "credit/_records.html" if request.htmx else "credit/record_list.html"
    keeps = may_keep(request.actor)
    return render(request, template, {"table": table, "bar": bar, "keeps": keeps})


def found_by(text: str, *, rows: QuerySet[CreditRecord]) -> QuerySet[CreditRecord]:
    said = text.replace("\x00", "").strip()
    if not said:
        return rows
    return (
        rows.filter(organisation__name__icontains=said)
        | rows.filter(uscc__startswith=said.upper())
        | rows.filter(decision_number__icontains=said)
    )


def record_table(request: Request, rows: QuerySet[CreditRecord]) -> Table:
    """The columns are those of the exchange file for the public credit platform (归集表)."""
    return Table(
        request=request,
        name="credit_records",
        rows=records_for_list(rows),
        caption="信用记录",
        columns=[
            Column("organisation__name", "信用主体", main=True),
            Column("uscc", "统一社会信用代码"),
            Column("item__name", "目录项"),
            Column("title", "内容"),
            Column("decision_number", "决定文号"),
            Column("authority__name", "认定机关"),
            Column("starts_on", "披露起", sort="starts_on"),
            Column("ends_on", "披露止（不含）", sort="ends_on"),
            Column("get_state_display", "状态", template="credit/_cell_record.html", sort="state"),
        ],
        order="-starts_on",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
    )


@require_safe
def record_detail(request: Request, record_id: int) -> HttpResponse:
    """One record: what it says, rests on, until when; what its subject said to it."""
    row = get_object_or_404(records_for_list(records_visible_to(request.actor)), pk=record_id)
    actor = request.actor
    keeps = may_keep(actor) and actor.covers(row.organisation.division_id)
    context = {
        "row": row,
        "keeps": keeps,
        "own": actor.organisation_id == row.organisation_id,
        "may_confirm": keeps and row.state == "proposed" and row.proposed_by_id != actor.user_id,
        "speaks": may_speak(actor) and row.state == RecordState.IN_FORCE,
        "remedies": row.remedies.order_by("pk"),
        "entries": [entry_of(act, who=act.organisation_name) for act in history_of(row)],
    }
    return render(request, "credit/record_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record_new(request: Request) -> HttpResponse:
    """Propose a record from a decision that another procedure made (提出信用记录)."""
    actor = request.actor
    if not may_keep(actor):
        raise NotAllowed("信用记录由本地区主管部门的审核或统筹人员提出。")
    form = FreeRecordForm(
        request.POST or None,
        organisations=organisations_supervised_by(actor).exclude(pk=actor.organisation_id or 0),
        items=items_usable_by(actor),
        initial=default_term(timezone.localdate()),
    )

    def work(said: dict[str, Any]) -> CreditRecord:
        subject, item = said.pop("organisation"), said.pop("item")
        draft = RecordDraft(organisation_id=subject.pk, item_id=item.pk, **said)
        return propose_record(draft=draft, actor=actor)

    page = words(
        "提出信用记录", "提出", back=reverse("credit:record_list"), lead="须由另一位人员复核后生效"
    )
    return answer_form(request, form=form, page=page, send=work, done="已提出，等复核。")


@require_http_methods(["GET", "HEAD", "POST"])
def record_of_case(request: Request, case_id: int) -> HttpResponse:
    """Propose the record that a refused correction leads to (拒不改正记入)."""
    actor = request.actor
    case = get_object_or_404(cases_visible_to(actor), pk=case_id)
    if not (may_keep(actor) and actor.covers(case.division_id)):
        raise NotAllowed("信用记录由本地区主管部门的审核或统筹人员提出。")
    starting = default_term(timezone.localdate()) | {"title": case.title, "ground": "policy"}
    form = RecordForm(request.POST or None, initial=starting)

    def work(said: dict[str, Any]) -> CreditRecord:
        draft = RecordDraft(organisation_id=case.organisation_id, item_id=case.item_id, **said)
        return propose_record(draft=draft, actor=actor, case_id=case.pk)

    page = words("记入信用记录", "提出", back=case.get_absolute_url(), lead=str(case))
    return answer_form(request, form=form, page=page, send=work, done="已提出，等复核。")


@require_POST
def record_confirm(request: Request, record_id: int) -> HttpResponse:
    """Confirm a colleague's proposal (复核通过)."""
    row = get_object_or_404(records_visible_to(request.actor), pk=record_id)
    confirm_record(record_id=row.pk, actor=request.actor, now=timezone.now())
    messages.success(request, "已复核，记录生效。")
    return redirect(row)


RECORD_STEPS = {
    "return": ("复核退回", "退回", return_record, "已退回，记录没有生效。"),
    "revoke": ("撤销记录", "撤销", revoke_record, "已撤销，不再披露。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def record_step(request: Request, record_id: int, name: str) -> HttpResponse:
    """Send a proposal back, or take a record away (退回、撤销)."""
    row = get_object_or_404(records_for_list(records_visible_to(request.actor)), pk=record_id)
    if not (may_keep(request.actor) and request.actor.covers(row.organisation.division_id)):
        raise NotAllowed("信用记录由本地区主管部门的审核或统筹人员办理。")
    title, button, run, done = RECORD_STEPS[name]
    return answer_form(
        request,
        form=ReasonForm(request.POST or None),
        page=words(title, button, back=row.get_absolute_url(), lead=str(row)),
        send=lambda said: run(
            record_id=row.pk, reason=said["reason"], actor=request.actor, now=timezone.now()
        ),
        done=done,
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def remedy_new(request: Request, record_id: int, kind: str) -> HttpResponse:
    """Object to a record, or ask for its repair (异议、信用修复)."""
    row = get_object_or_404(records_for_list(records_visible_to(request.actor)), pk=record_id)
    if not may_speak(request.actor):
        raise NotAllowed("异议和修复由当事单位的管理员或经办人提出。")
    asked = RemedyKind(kind)
    return answer_form(
        request,
        form=TextForm(request.POST or None),
        page=words(f"提出{asked.label}", "提出", back=row.get_absolute_url(), lead=str(row)),
        send=lambda said: ask_remedy(
            record_id=row.pk, kind=asked, text=said["text"], actor=request.actor, now=timezone.now()
        ),
        done="已提出，答复会通知您。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def remedy_answer(request: Request, remedy_id: int) -> HttpResponse:
    """Answer an objection or a repair (答复)."""
    asked = get_object_or_404(
        remedies_visible_to(request.actor).select_related("record__organisation"), pk=remedy_id
    )
    if not may_keep(request.actor):
        raise NotAllowed("异议和修复由本地区主管部门的审核或统筹人员答复。")
    lead = f"{asked.record}：{asked.text}"
    return answer_form(
        request,
        form=RemedyAnswerForm(request.POST or None),
        page=words(f"答复{asked.get_kind_display()}", "答复",
                   back=asked.record.get_absolute_url(), lead=lead),
        send=lambda said: answer_remedy(
            remedy_id=asked.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done="已答复当事单位。",
        then=asked.record,
    )  # fmt: skip


@require_safe
def own_credit(request: Request) -> HttpResponse:
    """What is on record about one's own organisation, and who looked (本单位信用)."""
    actor = request.actor
    if not may_speak(actor):
        raise NotAllowed("本单位信用只对本单位的管理员和经办人开放。")
    organisation_id = actor.organisation_id or 0
    records = records_for_list(records_visible_to(actor)).order_by("-starts_on")
    readings = readings_of(organisation_id=organisation_id)
    today = timezone.localdate()
    own = Organisation.objects.filter(pk=organisation_id)
    division = own.values_list("division_id", flat=True).first() or ""
    reports = reports_of(organisation_id=organisation_id)
    context = {
        "records": records,
        "cases": cases_visible_to(actor).select_related("item").order_by("-found_at"),
        "readings": readings[:50],
        "reading_count": readings.count(),
        "free_reports": whole_number(FREE_REPORTS, division=division, on=today),
        "reports": reports[:SHOWN_REPORTS],
        "reports_this_year": reports.filter(issued_on__year=today.year).count(),
        "today": today,
    }
    return render(request, "credit/own.html", context)


@login_not_required
@require_safe
def public_list(request: Request) -> HttpResponseBase:
    """What the law shows to everybody (信用公示)."""
    bar = FilterBar(request=request, placeholder="单位、代码、文号", facets=[])
    rows = found_by(bar.text, rows=public_records(on=timezone.localdate()))
    table = record_table(request, rows)
    table.row_url = None
    if table.export_wanted:
        return table.export_response()
    template = "credit/_records.html" if request.htmx else "credit/public_list.html"
    return render(request, template, {"table": table, "bar": bar})


@login_not_required
@require_safe
def item_list(request: Request) -> HttpResponseBase:
    """The public credit catalogue (信用目录)."""
    rows: QuerySet[CreditItem] = items_visible_to(request.actor).select_related("division")
    table = Table(
        request=request,
        name="credit_items",
        rows=rows,
        caption="公共信用信息目录",
        columns=[
            Column("code", "目录编码", sort="code"),
            Column("name", "信息名称", main=True),
            Column("get_nature_display", "性质"),
            Column("get_sharing_display", "共享属性"),
            Column("provider", "提供单位"),
            Column("division__name", "适用地区"),
            Column("basis", "依据"),
            Column("is_open", "在用", template="credit/_cell_open.html"),
        ],
        order="code",
        export=True,
    )
    if table.export_wanted:
        return table.export_response()
    keeps = may_keep(request.actor)
    return render(request, "credit/item_list.html", {"table": table, "keeps": keeps})


@require_http_methods(["GET", "HEAD", "POST"])
def item_new(request: Request) -> HttpResponse:
    """Enter an item of the published catalogue (增设目录项)."""
    actor = request.actor
    if not may_keep(actor):
        raise NotAllowed("信用目录由本地区主管部门的审核或统筹人员维护。")
    return answer_form(
        request,
        form=ItemForm(request.POST or None),
        page=words("增设目录项", "保存", back=reverse("credit:item_list")),
        send=lambda said: add_item(division=actor.jurisdiction, actor=actor, **said),
        done="已保存。",
        then=reverse("credit:item_list"),
    )


@require_POST
def item_open(request: Request, item_id: int) -> HttpResponse:
    """Take an item out of use, or back (停用、启用)."""
    item = get_object_or_404(items_visible_to(request.actor), pk=item_id)
    set_item_open(item_id=item.pk, is_open=not item.is_open, actor=request.actor)
    messages.success(request, "已启用。" if not item.is_open else "已停用，已有记录不受影响。")
    return redirect("credit:item_list")
