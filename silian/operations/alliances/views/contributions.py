"""Pages of joint targets, the contribution ledger, weights and yearly results."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, given, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.contributions import ContributionState, Function
from silian.operations.alliances.commands.contributions import (
    confirm_contribution,
    drop_target,
    note_target_progress,
    record_contribution,
    refuse_contribution,
    set_joint_target,
)
from silian.operations.alliances.forms.contributions import (
    ContributionForm,
    JointTargetForm,
    TargetNoteForm,
)
from silian.operations.alliances.models.contributions import Contribution, JointTarget
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.permissions.groups import (
    contributions_visible_to,
    may_decide_contribution,
    require_keeper,
    targets_visible_to,
)
from silian.operations.alliances.queries.group_scores import member_scores, score_of
from silian.operations.alliances.queries.groups import contributions_to_decide, ledger
from silian.operations.alliances.queries.histories import past_of
from silian.operations.alliances.views.groups import (
    REGISTER,
    joined_group,
    powers,
    visible_group,
)
from silian.operations.alliances.views.steps import reason_of, template_for, typed

FORM_METHODS = ["GET", "HEAD", "POST"]
CELLS = "alliances/groups"


@require_http_methods(FORM_METHODS)
def target_new(request: Request, group_id: int) -> HttpResponse:
    """Set a joint target (设定联合目标)."""
    group, actor = visible_group(request, group_id), request.actor
    require_keeper(actor, group)
    form = JointTargetForm(request.POST or None, group=group, initial={"owner": group.lead_id})
    return answer_form(
        request,
        form=form,
        page=page_words("设定联合目标", "设定", back=group, register=REGISTER, lead=group.name),
        send=lambda said: set_joint_target(group_id=group.pk, facts=form.facts(), actor=actor),
        done="目标已设定，负责成员可以填报进展。",
        then=group,
    )


def visible_target(request: Request, target_id: int) -> JointTarget:
    rows = targets_visible_to(request.actor).select_related("group__lead", "owner")
    return get_object_or_404(rows, pk=target_id)


@require_http_methods(FORM_METHODS)
def target_note(request: Request, target_id: int) -> HttpResponse:
    """Say how far a target is (填报进展)."""
    target, today = visible_target(request, target_id), timezone.localdate()
    form = TargetNoteForm(*given(request), initial={"on": today})
    page = page_words(
        "填报进展",
        "提交",
        back=target.group,
        register=REGISTER,
        lead=f"{target.title}：目标 {target.value.normalize():f} {target.unit}，"
        f"已填报 {target.reached.normalize():f} {target.unit}",
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: note_target_progress(
            target_id=target.pk, actor=request.actor, today=today, **said
        ),
        done="进展已提交。",
        then=target.group,
    )


@require_POST
def target_drop(request: Request, target_id: int) -> HttpResponse:
    """Give a target up (取消联合目标)."""
    target = visible_target(request, target_id)
    return done_or_said(
        request,
        lambda: drop_target(
            target_id=target.pk,
            reason=reason_of(request),
            on=timezone.localdate(),
            actor=request.actor,
        ),
        done="目标已取消，进展记录保留。",
        then=target.group,
    )


@require_safe
def group_ledger(request: Request, group_id: int) -> HttpResponseBase:
    """The contribution ledger of a group with the year's score (贡献台账)."""
    group, today = joined_group(request, group_id), timezone.localdate()
    rows = contributions_visible_to(request.actor).filter(group=group)
    bar = ledger_bar(request)
    table = ledger_table(request, chosen_contributions(request, rows, text=bar.text))
    if table.export_wanted:
        return table.export_response()
    year = year_asked(request, today.year)
    context = {
        "group": group,
        "table": table,
        "bar": bar,
        "year": year,
        "years": years_of(group, last=today.year),
        "score": score_of(group, year=year, today=today),
        "scores": member_scores(group, year=year, today=today),
        "functions": dict(Function.choices),
        "waiting": contributions_to_decide(request.actor).filter(group=group).count(),
        **powers(request, group),
    }
    template = template_for(
        request, page=f"{CELLS}/ledger.html", fragment=f"{CELLS}/_ledger_table.html"
    )
    return render(request, template, context)


def year_asked(request: Request, present: int) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isdecimal() and 2000 <= int(text) <= present else present


def years_of(group: AllianceGroup, *, last: int) -> list[int]:
    began = group.started_on or group.founded_on
    return list(range(last, began.year - 1, -1))


def ledger_bar(request: Request) -> FilterBar:
    return FilterBar(
        request=request,
        placeholder="事项、单位",
        facets=[
            facet(request=request, name="function", label="类别", choices=Function.choices),
            facet(request=request, name="state", label="状态", choices=ContributionState.choices),
        ],
        kept=("sort", "columns", "year"),
    )


def chosen_contributions(
    request: Request, rows: QuerySet[Contribution], *, text: str
) -> QuerySet[Contribution]:
    for name in ("function", "state"):
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": chosen})
    if text := typed(text):
        rows = rows.filter(Q(title__icontains=text) | Q(contributor__name__icontains=text))
    return rows


def ledger_table(request: Request, rows: QuerySet[Contribution]) -> Table:
    return Table(
        request=request,
        name="contributions",
        rows=ledger(rows),
        caption="贡献台账",
        columns=[
            Column("title", "事项", main=True, template=f"{CELLS}/_cell_contribution.html"),
            Column("get_function_display", "类别", sort="function"),
            Column("contributor__name", "贡献单位"),
            Column("receiver", "受益单位", value=receiver_name, optional=True),
            Column("quantity", "数量", numeric=True, value=quantity_words),
            Column("on", "发生日", sort="on"),
            Column("evidence", "证明材料", optional=True),
            Column("decided_by__name", "确认单位", optional=True),
            Column("reason", "不予确认的理由", optional=True),
            Column("get_state_display", "状态", template="alliances/_cell_state.html"),
        ],
        order="-on",
        export=True,
        row_url=row_address,
        empty={"title": "台账里还没有贡献", "why": "由贡献单位或牵头单位登记，另一方确认。"},
    )


def receiver_name(row: Contribution) -> str:
    return row.receiver.name if row.receiver else "全体成员"


def quantity_words(row: Contribution) -> str:
    return f"{row.quantity.normalize():f} {row.unit}"


def row_address(row: Contribution) -> str:
    return reverse("alliances:contribution_detail", kwargs={"contribution_id": row.pk})


@require_http_methods(FORM_METHODS)
def contribution_new(request: Request, group_id: int) -> HttpResponse:
    """Write a contribution into the ledger (登记贡献)."""
    group, actor = joined_group(request, group_id), request.actor
    if not powers(request, group)["contributes"]:
        raise NotAllowed("贡献由运行中的集团联盟的牵头单位和成员单位经办人员登记。")
    form = ContributionForm(
        *given(request),
        group=group,
        own_id=actor.organisation_id,
        initial={"contributor": actor.organisation_id, "on": timezone.localdate()},
    )

    def work(said: dict[str, Any]) -> Any:
        return record_contribution(
            group_id=group.pk,
            facts=form.facts(),
            upload=said["upload"],
            actor=actor,
            now=timezone.localtime(),
        )

    page = page_words("登记贡献", "登记", back=group, register=REGISTER, lead=group.name)
    done = "已登记，等待另一方确认。"
    return answer_form(request, form=form, page=page, send=work, done=done, then=group)


def visible_contribution(request: Request, contribution_id: int) -> Contribution:
    rows = ledger(contributions_visible_to(request.actor))
    return get_object_or_404(rows, pk=contribution_id)


@require_safe
def contribution_detail(request: Request, contribution_id: int) -> HttpResponse:
    """One entry of the ledger: what, for whom, with which evidence, confirmed by whom."""
    row = visible_contribution(request, contribution_id)
    context = {
        "row": row,
        "quantity": quantity_words(row),
        "receiver": receiver_name(row),
        "decides": may_decide_contribution(request.actor, row),
        "files": list(files_of(row)),
        "entries": past_of(row),
    }
    return render(request, f"{CELLS}/contribution.html", context)


@require_POST
def contribution_step(request: Request, contribution_id: int, name: str) -> HttpResponse:
    """Confirm or refuse an entry (确认、不予确认)."""
    row, now = visible_contribution(request, contribution_id), timezone.localtime()
    steps = {
        "confirm": lambda: confirm_contribution(
            contribution_id=row.pk, actor=request.actor, now=now
        ),
        "refuse": lambda: refuse_contribution(
            contribution_id=row.pk, reason=reason_of(request), actor=request.actor, now=now
        ),
    }
    if name not in steps:
        raise Http404
    done = "已确认，计入活跃度。" if name == "confirm" else "已答复不予确认，登记单位会看到理由。"
    return done_or_said(request, steps[name], done=done, then=row_address(row))
