"""The two lists: items, one item, and its way to closing (问题清单、政策清单)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.governance.policy_tasks.choices import (
    LIST_UNSETTLED,
    ListKind,
    ListSource,
    ListState,
)
from silian.governance.policy_tasks.commands.lists import (
    claim_closing,
    close_list_item,
    drop_list_item,
    note_progress,
    reopen_list_item,
    return_claim,
)
from silian.governance.policy_tasks.forms.lists import ClaimForm, NoteForm, OpinionForm
from silian.governance.policy_tasks.models.lists import ListItem
from silian.governance.policy_tasks.permissions.lists import (
    list_items_visible_to,
    may_claim,
    may_keep_lists,
    may_work_on,
    require_claimant,
    require_keeper,
    require_worker,
)
from silian.governance.policy_tasks.permissions.supervision_scope import reads_jurisdiction
from silian.governance.policy_tasks.queries.lists import (
    Age,
    ageing,
    in_band,
    items_for_list,
    list_counts,
)
from silian.governance.policy_tasks.rules.lists import bands

CELLS = "policy_tasks/lists"
STANDINGS = {"open": "未销号", "claimed": "申请销号", "overdue": "逾期", "closed": "已销号"}


def item_table(request: HttpRequest, rows: QuerySet[ListItem]) -> Table:
    return Table(
        request=request,
        name="list_items",
        rows=items_for_list(rows),
        caption="问题与政策清单",
        columns=[*MAIN_COLUMNS, days_column(timezone.localdate()), *MORE_COLUMNS],
        order="opened_on",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "清单上没有符合条件的事项", "why": "减少筛选条件，或换一个关键词。"},
    )


def days_column(today: datetime.date) -> Column:
    """How long each item stands on its list, as of the day."""
    return Column(
        "days",
        "在册",
        lambda row: row.days_open(on=today),
        sort="opened_on",
        numeric=True,
        unit="天",
    )


MAIN_COLUMNS = (
    Column("title", "事项", template=f"{CELLS}/_cell_title.html", main=True),
    Column(
        "kind",
        "清单",
        lambda row: row.get_kind_display(),
        template=f"{CELLS}/_cell_kind.html",
        sort="kind",
    ),
    Column("lead", "牵头单位", "lead__name", sort="lead__name"),
    Column(
        "state",
        "状态",
        lambda row: row.get_state_display(),
        template=f"{CELLS}/_cell_state.html",
        sort="state",
    ),
    Column("due_on", "办理期限", template=f"{CELLS}/_cell_due.html", sort="due_on"),
)
MORE_COLUMNS = (
    Column("source", "来源", lambda row: row.get_source_display(), optional=True),
    Column("opened_on", "列入日", sort="opened_on", optional=True),
    Column("closed_on", "销号日", sort="closed_on", optional=True),
    Column("number", "编号", optional=True),
)


@require_safe
def list_items(request: Request) -> HttpResponseBase:
    """Items of both lists, with their ageing (问题与政策清单)."""
    seen = list_items_visible_to(request.actor)
    if not (reads_jurisdiction(request.actor) or seen.exists()):
        raise NotAllowed("清单由统筹、督查人员、分管领导和牵头、配合单位查看。")
    bar = FilterBar(request=request, facets=item_facets(request, seen), placeholder="事项、编号")
    table = item_table(request, chosen_items(request, seen, text=bar.text))
    if table.export_wanted:
        return table.export_response()
    today = timezone.localdate()
    context = {
        "bar": bar,
        "table": table,
        "problems": list_counts(seen.filter(kind=ListKind.PROBLEM), on=today),
        "policies": list_counts(seen.filter(kind=ListKind.POLICY), on=today),
        "chart": age_chart(ageing(seen, on=today)),
        "keeps": may_keep_lists(request.actor),
    }
    template = f"{CELLS}/_items.html" if request.htmx else f"{CELLS}/items.html"
    return render(request, template, context)


def age_chart(ages: list[Age]) -> Chart:
    return Chart(
        name="list_ageing",
        title="未销号事项在册时长",
        unit="项",
        source="问题清单、政策清单",
        as_of=timezone.localdate(),
        kind="stacked",
        labels=[age.label for age in ages],
        series=[
            Series("问题清单", [age.problems for age in ages]),
            Series("政策清单", [age.policies for age in ages]),
        ],
    )


def item_facets(request: Request, rows: QuerySet[ListItem]) -> list[Any]:
    kinds = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    leads = rows.order_by("lead__name").values_list("lead_id", "lead__name").distinct()
    pairs = [(str(pk), name) for pk, name in leads]
    ages = [(band.key, band.label) for band in bands()]
    return [
        facet(request=request, name="kind", label="清单", choices=ListKind.choices, counts=kinds),
        facet(
            request=request, name="standing", label="状态", choices=STANDINGS.items(), single=True
        ),
        facet(request=request, name="age", label="未销号的在册时长", choices=ages, single=True),
        facet(request=request, name="source", label="来源", choices=ListSource.choices),
        facet(request=request, name="lead", label="牵头单位", choices=pairs),
    ]


def chosen_items(request: Request, rows: QuerySet[ListItem], *, text: str) -> QuerySet[ListItem]:
    """What the filters leave."""
    today = timezone.localdate()
    by_standing = {
        "open": rows.filter(state__in=sorted(LIST_UNSETTLED)),
        "claimed": rows.filter(state=ListState.CLAIMED),
        "overdue": rows.filter(state__in=sorted(LIST_UNSETTLED), due_on__lt=today),
        "closed": rows.filter(state=ListState.CLOSED),
    }
    rows = by_standing.get(request.GET.get("standing", ""), rows)
    if age := request.GET.get("age"):
        rows = in_band(rows, key=age, on=today)
    for name in ("kind", "source"):
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": chosen})
    if leads := [int(pk) for pk in request.GET.getlist("lead") if pk.isdigit()]:
        rows = rows.filter(lead_id__in=leads)
    return rows.filter(title__icontains=text) | rows.filter(number=text) if text else rows


def visible_item(request: Request, item_id: int) -> ListItem:
    rows = list_items_visible_to(request.actor).select_related(
        "lead__successor", "task", "finding", "decision", "report", "opened_by", "division"
    )
    return get_object_or_404(rows.prefetch_related("cooperating"), pk=item_id)


@require_safe
def list_item_detail(request: Request, item_id: int) -> HttpResponse:
    """One item with everything noted about it, and the steps that are the reader's."""
    item = visible_item(request, item_id)
    actor, today = request.actor, timezone.localdate()
    keeps = may_keep_lists(actor) and actor.covers(item.division_id)
    notes = item.notes.select_related("written_by")
    context = {
        "item": item,
        "notes": [(note, files_of(note)) for note in notes],
        "days": item.days_open(on=today),
        "overdue": item.is_overdue(on=today),
        "works": may_work_on(actor, item),
        "claims": may_claim(actor, item),
        "keeps": keeps,
        "confirms": keeps and item.claimed_by_id != actor.user_id,
        "oversees": reads_jurisdiction(actor),
    }
    return render(request, f"{CELLS}/item.html", context)


def item_page(item: ListItem, *, title: str, button: str, lead: str = "") -> FormPage:
    return FormPage(
        title=title,
        lead=lead or str(item),
        button=button,
        back=item.get_absolute_url(),
        crumbs=[
            ("问题与政策清单", reverse("policy_tasks:list_items")),
            (item.number, item.get_absolute_url()),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def list_item_note(request: Request, item_id: int) -> HttpResponse:
    """Note progress on an item (登记进展)."""
    item = visible_item(request, item_id)
    require_worker(request.actor, item)

    def send(data: dict[str, Any]) -> ListItem:
        files, now = data.pop("proofs"), timezone.localtime()
        note_progress(item_id=item.pk, files=files, actor=request.actor, now=now, **data)
        return item

    form = NoteForm(*given(request))
    page = item_page(item, title="登记进展", button="登记")
    return answer_form(request, form=form, page=page, send=send, done="已登记。")


@require_http_methods(["GET", "HEAD", "POST"])
def list_item_claim(request: Request, item_id: int) -> HttpResponse:
    """Ask that an item be closed (申请销号)."""
    item = visible_item(request, item_id)
    require_claimant(request.actor, item)

    def send(data: dict[str, Any]) -> ListItem:
        files, now = data.pop("proofs"), timezone.localtime()
        return claim_closing(item_id=item.pk, files=files, actor=request.actor, now=now, **data)

    form = ClaimForm(*given(request))
    page = item_page(item, title="申请销号", button="提交申请")
    done = "已提交，由另一位统筹或督查人员确认后销号。"
    return answer_form(request, form=form, page=page, send=send, done=done)


JUDGEMENTS: dict[str, tuple[str, Callable[..., ListItem], str]] = {
    "close": ("确认销号", close_list_item, "已销号。"),
    "return": ("退回申请", return_claim, "已退回，牵头单位已收到意见。"),
    "reopen": ("重新打开", reopen_list_item, "已重新打开。"),
    "drop": ("撤下事项", drop_list_item, "已撤下。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def list_item_judge(request: Request, item_id: int, name: str) -> HttpResponse:
    """Confirm or return a claim, reopen or drop an item, in words (销号、退回)."""
    item = visible_item(request, item_id)
    require_keeper(request.actor, division=item.division_id)
    if name not in JUDGEMENTS:
        raise Http404("没有这一步。")
    label, command, sentence = JUDGEMENTS[name]

    def send(data: dict[str, Any]) -> ListItem:
        return command(item_id=item.pk, actor=request.actor, now=timezone.localtime(), **data)

    form = OpinionForm(*given(request))
    page = item_page(item, title=label, button=label)
    return answer_form(request, form=form, page=page, send=send, done=sentence)
