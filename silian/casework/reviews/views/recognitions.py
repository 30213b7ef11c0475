"""The register of recognitions and one of them, with every act on it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.reviews.choices.recognitions import ENDED_STATES, RecognitionState
from silian.casework.reviews.commands import recognitions as commands
from silian.casework.reviews.commands.recognitions import Grounds
from silian.casework.reviews.forms.recognitions import ActForm
from silian.casework.reviews.models import Recognition
from silian.casework.reviews.permissions.recognitions import is_holder, is_keeper, keeps_any
from silian.casework.reviews.queries.bans import ban_of
from silian.casework.reviews.queries.recognitions import (
    open_removal,
    recognition_for_page,
    recognitions_for_list,
    state_counts,
)
from silian.casework.reviews.queries.standing import standing_on
from silian.casework.reviews.queries.verification import ACT_TONES
from silian.casework.reviews.workflow.recognition import recognition as table
from silian.foundation.kernel import files
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Entry, Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table

UNSET = "未设定"
STATE_CELL = "reviews/_cell_recognition_state.html"
NUMBER_CELL = "reviews/_cell_number.html"


def last_day(until: datetime.date | None) -> datetime.date | None:
    """The last day inside, as documents write it."""
    return until - datetime.timedelta(days=1) if until else None


COLUMNS = (
    Column("subject_name", "认定对象", main=True, sort="subject_name"),
    Column("scheme", "认定项目", "scheme__title", sort="scheme__title"),
    Column("number", "证书编号", template=NUMBER_CELL, sort="number"),
    Column(
        "state",
        "状态",
        lambda row: row.get_state_display(),
        template=STATE_CELL,
        sort="state",
    ),
    Column("division", "所在区划", "division__name", sort="division__code"),
    Column("entered_on", "入库日", sort="entered_on", optional=True),
    Column("certified_on", "认定日", sort="certified_on"),
    Column("valid_until", "有效期至", lambda row: last_day(row.valid_until), sort="valid_until"),
    Column("late_duties", "逾期义务", sort="late_duties", numeric=True, unit="项"),
    Column("next_due_on", "最近期限", sort="next_due_on"),
    Column("holder", "单位", "holder__name", optional=True),
    Column("ended_on", "终止日", sort="ended_on", optional=True),
)


@require_safe
def recognition_list(request: Request) -> HttpResponseBase:
    """Every recognition that the reader may see (认定台账)."""
    seen = recognitions_for_list(request.actor, on=timezone.localdate())
    counts = state_counts(seen)
    bar = FilterBar(
        request=request, placeholder="对象、证书编号", facets=facets(request, seen, counts)
    )
    table = Table(
        request=request,
        name="recognitions",
        rows=chosen(request, seen, text=bar.text),
        caption="认定台账",
        columns=COLUMNS,
        order="-pk",
        row_url=lambda row: row.get_absolute_url(),
        empty={"title": "没有符合条件的认定", "why": "减少筛选条件；通过审定后会自动列在这里。"},
    )
    if table.export_wanted:
        return table.export_response()
    template = "_recognition_list.html" if request.htmx else "recognition_list.html"
    context = {"bar": bar, "table": table, "counts": counts, "keeps": keeps_any(request.actor)}
    return render(request, f"reviews/{template}", context)


def facets(request: Request, seen: Any, counts: Mapping[str, int]) -> list[Any]:
    """State, scheme, and whether a duty is late."""
    titles = seen.order_by("scheme__title").values_list("scheme_id", "scheme__title").distinct()
    schemes = [(str(pk), title) for pk, title in titles]
    states = RecognitionState.choices
    return [
        facet(request=request, name="state", label="状态", choices=states, counts=counts),
        facet(request=request, name="scheme", label="认定项目", choices=schemes),
        facet(request=request, name="late", label="义务", choices=[("1", "有逾期")]),
    ]


def chosen(request: Request, rows: Any, *, text: str) -> Any:
    """What the filters leave."""
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if schemes := [pk for pk in request.GET.getlist("scheme") if pk.isdigit()]:
        rows = rows.filter(scheme_id__in=schemes)
    if request.GET.get("late"):
        rows = rows.filter(late_duties__gt=0)
    if text:
        rows = rows.filter(subject_name__icontains=text) | rows.filter(number__icontains=text)
    return rows


@require_safe
def recognition_detail(request: Request, recognition_id: int) -> HttpResponse:
    """One recognition: how it stands, what it owes, what was done (认定详情)."""
    row = get_object_or_404(recognition_for_page(request.actor), pk=recognition_id)
    today = timezone.localdate()
    standing = standing_on(row, on=today)
    keeps = is_keeper(request.actor, row)
    holds = is_holder(request.actor, row)
    removal = open_removal(row)
    context = {
        "recognition": row,
        "facts": facts_of(row),
        "entries": entries_of(row),
        "warning": row.acts.latest("pk") if row.state == RecognitionState.WARNED else None,
        "duties": row.duties.order_by("due_on", "pk"),
        "rechecks": row.rechecks.order_by("-year"),
        "benefits": standing.benefits if standing else (),
        "removal": removal if removal and (keeps or removal.noticed_at) else None,
        "past_removals": row.removals.filter(decided_at__isnull=False, noticed_at__isnull=False),
        "ban": ban_of(organisation_id=row.holder_id, scheme=row.scheme, on=today),
        "certificate": row.certificates.select_related("document").first(),
        "actions": actions_of(request.actor, row),
        "removes": keeps and removal is None and row.state not in ENDED_STATES,
        "rechecks_now": keeps and row.state not in ENDED_STATES,
        "keeps": keeps,
        "holds": holds,
        "today": today,
    }
    return render(request, "reviews/recognition_detail.html", context)


def facts_of(row: Recognition) -> list[Fact]:
    """The plain facts of a status."""
    until = last_day(row.valid_until)
    return [
        Fact(name="认定项目", value=row.scheme.title),
        Fact(name="证书编号", value=row.number),
        Fact(name="单位", value=row.holder.name, url=row.holder.get_absolute_url()),
        Fact(name="所在区划", value=row.division.name),
        Fact(name="入库日", value=f"{row.entered_on:%Y-%m-%d}"),
        Fact(
            name="认定日",
            value=f"{row.certified_on:%Y-%m-%d}" if row.certified_on else "尚未认定",
        ),
        Fact(name="有效期至", value=f"{until:%Y-%m-%d}" if until else UNSET),
        Fact(name="牵头部门", value=row.scheme.owner.name),
    ]


def entries_of(row: Recognition) -> list[Entry]:
    """Everything done to a status, newest first (变动经过)."""
    acts = row.acts.select_related("done_by").order_by("-pk")
    return [
        Entry(
            at=act.effective_on,
            what=act.get_kind_display(),
            who=act.done_by.name if act.done_by else "系统",
            note=f"{act.reason}{'（' + act.basis + '）' if act.basis else ''}",
            tone=ACT_TONES[act.kind],
        )
        for act in acts
    ]


@dataclass(frozen=True, kw_only=True)
class Step:
    """An act as its page says it (办理事项)."""

    label: str
    run: Callable[..., Recognition]
    lead: str
    done: str
    with_cure: bool = False
    by_holder: bool = False


STEPS: Mapping[str, Step] = {
    "certify": Step(
        label="认定",
        run=commands.certify,
        lead="培育期满、到期义务全部完成后，从建设培育转为认定，并制发认定证书。",
        done="已认定，证书正在制作。",
    ),
    "warn": Step(
        label="警示",
        run=commands.warn,
        lead="写明要整改什么、什么时候改完。警示期间资格保留。",
        done="已警示，认定单位已收到整改要求。",
        with_cure=True,
    ),
    "suspend": Step(
        label="暂停资格",
        run=commands.suspend,
        lead="暂停期间，与这项认定挂钩的政策停止享受，公开查验显示“暂停资格”。",
        done="已暂停资格。",
    ),
    "reinstate": Step(
        label="恢复资格",
        run=commands.reinstate,
        lead="整改完成后恢复到警示或暂停以前的状态。",
        done="已恢复资格。",
    ),
    "extend": Step(
        label="延续",
        run=commands.extend,
        lead="到期义务全部完成后，从原有效期届满之日起延续一个有效期，并换发证书。",
        done="已延续，新证书正在制作。",
    ),
    "leave": Step(
        label="主动退出",
        run=commands.leave,
        lead="退出从今天起生效，证书作废，挂钩政策停止享受。重新取得须再次申报。",
        done="已退出。",
        by_holder=True,
    ),
}


def actions_of(actor: Actor, row: Recognition) -> list[tuple[str, Step]]:
    """The acts that the state allows and the actor may take (可办理事项)."""
    open_steps = {step.name for step in table.steps_from(RecognitionState(row.state))}
    keeps, holds = is_keeper(actor, row), is_holder(actor, row)
    return [
        (name, step)
        for name, step in STEPS.items()
        if name in open_steps and (holds if step.by_holder else keeps)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def recognition_act(request: Request, recognition_id: int, name: str) -> HttpResponse:
    """Act on a recognition, with the reason (办理认定变动)."""
    row = get_object_or_404(recognition_for_page(request.actor), pk=recognition_id)
    step = dict(actions_of(request.actor, row)).get(name)
    if step is None:
        raise Http404("这一步现在不能办理。")
    form = ActForm(*given(request), with_cure=step.with_cure)
    page = FormPage(
        title=f"{step.label}：{row.subject_name}",
        button=step.label,
        back=row.get_absolute_url(),
        lead=step.lead,
        crumbs=[(row.number, row.get_absolute_url())],
        context={"subject_title": "认定情况", "subject_facts": facts_of(row)},
    )

    def send(said: dict[str, Any]) -> Recognition:
        grounds: Grounds = form.grounds()
        return step.run(recognition_id=row.pk, grounds=grounds, actor=request.actor)

    return answer_form(request, form=form, page=page, send=send, done=step.done)


@require_safe
def recognition_certificate(request: Request, recognition_id: int) -> HttpResponseBase:
    """The newest certificate as a sealed PDF (下载证书)."""
    row = get_object_or_404(recognition_for_page(request.actor), pk=recognition_id)
    newest = row.certificates.select_related("document").first()
    if newest is None or newest.document is None:
        return redirect(row)
    return FileResponse(
        files.open_content(newest.document),
        as_attachment=True,
        filename=newest.document.name,
        content_type="application/pdf",
    )
