"""Pages of standards, award lists, their awards and payments, and objections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.ledgers.permissions import commitments_visible_to
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.learning.choices import AwardListState, AwardState
from silian.operations.learning.commands.award_lists import (
    approve_list,
    discard_list,
    make_list,
    notice_list,
    refuse_award,
)
from silian.operations.learning.commands.award_payments import pay_list
from silian.operations.learning.commands.objections import answer_objection
from silian.operations.learning.forms.awards import ListForm, PayForm
from silian.operations.learning.forms.competitions import AnswerForm, ReasonForm
from silian.operations.learning.models.awards import Award, AwardList
from silian.operations.learning.permissions.skills import (
    in_charge,
    lists_visible_to,
    require_charge,
    require_register_reader,
)
from silian.operations.learning.queries.awards import (
    awards_of,
    figures_of,
    lines_to_pay_from,
    lists_for_page,
    objections_of,
    objections_to_answer,
    past_of,
)
from silian.operations.learning.views.words import AWARDS
from silian.registers.people.queries import name_mask


@require_safe
def award_list_list(request: Request) -> HttpResponseBase:
    """Lists of the region (奖补名单)."""
    actor = request.actor
    require_register_reader(actor)
    table = Table(
        request=request,
        name="award_lists",
        rows=lists_for_page(lists_visible_to(actor)),
        caption="奖补名单",
        columns=[
            Column("title", "名单", main=True),
            Column("office", "编制部门", lambda row: row.office.display_name),
            Column("period", "期间", lambda row: f"{row.starts_on} 至 {row.ends_on}"),
            Column("people", "人数", lambda row: row.people, unit="人", numeric=True),
            Column("total", "金额", lambda row: row.total or 0, unit="元", numeric=True),
            Column("notice_until", "公示截止", sort="notice_until"),
            Column("state", "状态", template="learning/_cell_state.html", sort="state"),
        ],
        order="-pk",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有名单", "why": "按期间从已核验的提升和公布的成绩编制。"},
    )
    if table.export_wanted:
        return table.export_response()
    makes = in_charge(actor, actor.jurisdiction)
    return render(request, "learning/award_lists.html", {"table": table, "makes": makes})


def visible_list(request: Request, list_id: int) -> AwardList:
    rows = lists_visible_to(request.actor).select_related("office", "division", "made_by")
    return get_object_or_404(rows.select_related("approved_by", "commitment"), pk=list_id)


def gate_words(row: Award) -> str:
    return "；".join(f"{gate['title']} {gate['word']}：{gate['note']}" for gate in row.gates)


def awards_table(request: Request, row: AwardList, rows: QuerySet[Award], *, charge: bool) -> Table:
    cell = "learning/_cell_award.html" if charge else "learning/_cell_reached.html"
    return Table(
        request=request,
        name="awards",
        rows=rows,
        caption=row.title,
        columns=[
            Column("person", "姓名", lambda award: award.person.name, main=True),
            Column(
                "employer",
                "所在单位",
                lambda award: award.employer.display_name if award.employer else "",
            ),
            Column("reached", "奖补事项", template=cell),
            Column("amount", "金额", lambda award: award.amount, unit="元", numeric=True),
            Column("clause", "依据", optional=True),
            Column("gates", "核查项", gate_words, optional=True),
            Column("refusal", "不发放理由", optional=True),
            Column("paid_on", "支付日", optional=True),
            Column("state", "状态", template="learning/_cell_state.html", sort="state"),
        ],
        order="pk",
        export=True,
        empty={"missing": "没有这类人员", "why": "换一个状态查看。"},
    )


@require_safe
def award_list_detail(request: Request, list_id: int) -> HttpResponseBase:
    """One list: sums, each award with its conditions, objections, what is next."""
    row, actor = visible_list(request, list_id), request.actor
    rows = awards_of(row)
    if state := request.GET.get("state"):
        rows = rows.filter(state=state)
    charge = in_charge(actor, row.division_id)
    table = awards_table(request, row, rows, charge=charge)
    if table.export_wanted:
        return table.export_response()
    context: dict[str, Any] = {
        "row": row,
        "table": table,
        "figures": figures_of(row),
        "objections": objections_of(row),
        "charge": charge,
        "answers": charge,
        "approves": charge
        and row.state == AwardListState.NOTICED
        and row.made_by_id != actor.user_id,
        "notice_over": row.notice_until is not None and timezone.localdate() > row.notice_until,
        "states": AwardState.choices,
        "past": past_of(row),
        "reads_ledger": commitments_visible_to(actor).filter(pk=row.commitment_id or 0).exists(),
    }
    return render(request, "learning/award_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def award_list_new(request: Request) -> HttpResponse:
    """Make a list of a period (编制名单)."""
    actor, today = request.actor, timezone.localdate()
    require_charge(actor, actor.jurisdiction)
    start = {
        "title": f"{today.year} 年技能提升奖补名单",
        "starts_on": today.replace(month=1, day=1),
        "ends_on": today,
    }
    form = ListForm(request.POST or None, initial=start)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "编制奖补名单", "编制", back=AWARDS[1], register=AWARDS, help="learning/award_list_new"
        ),
        send=lambda said: make_list(
            facts=form.facts(), actor=actor, now=timezone.now(), today=today
        ),
        done="名单已编制，请核对每个人的核查项后公示。",
    )


def steps(request: Request, row: AwardList) -> dict[str, tuple[Callable[[], Any], str]]:
    given: dict[str, Any] = {"list_id": row.pk, "actor": request.actor, "now": timezone.now()}
    return {
        "notice": (lambda: notice_list(**given), "已公示，姓名隐去一部分。"),
        "approve": (lambda: approve_list(**given), "已批准，可以安排支付。"),
    }


@require_POST
def award_list_step(request: Request, list_id: int, name: str) -> HttpResponse:
    """Show it to everybody, approve it."""
    row = visible_list(request, list_id)
    require_charge(request.actor, row.division_id)
    work, done = steps(request, row)[name]
    return done_or_said(request, work, done=done, then=row)


@require_http_methods(["GET", "HEAD", "POST"])
def award_list_discard(request: Request, list_id: int) -> HttpResponse:
    """Discard a list (作废)."""
    row, actor = visible_list(request, list_id), request.actor
    require_charge(actor, row.division_id)
    form = ReasonForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("作废名单", "作废", back=row, register=AWARDS, lead=row.title),
        send=lambda said: discard_list(list_id=row.pk, actor=actor, **said),
        done="已作废，名单里的人员可以列入别的名单。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def award_list_pay(request: Request, list_id: int) -> HttpResponse:
    """Commit and order payments (安排支付)."""
    row, actor = visible_list(request, list_id), request.actor
    require_charge(actor, row.division_id)
    today = timezone.localdate()
    lines = [row.commitment.line] if row.commitment else lines_to_pay_from(actor, on=today)
    form = PayForm(request.POST or None, lines=lines)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "安排支付",
            "占用指标并安排支付",
            back=row,
            register=AWARDS,
            lead=row.title,
            help="learning/award_pay",
        ),
        send=lambda said: pay_list(list_id=row.pk, line_id=said["line"], actor=actor, on=today),
        done="已安排支付，由记账单位组批、另一人批准后送银行。没有账户的人员填写后再安排。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def award_refuse(request: Request, list_id: int, award_id: int) -> HttpResponse:
    """Take somebody off a list (不发放)."""
    row, actor = visible_list(request, list_id), request.actor
    require_charge(actor, row.division_id)
    award = get_object_or_404(awards_of(row), pk=award_id)
    form = ReasonForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "不发放",
            "不发放",
            back=row,
            register=AWARDS,
            lead=f"{name_mask(award.person.name)}，{award.reached}",
        ),
        send=lambda said: refuse_award(award_id=award.pk, actor=actor, **said),
        done="已写明不发放的理由。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def objection_answer(request: Request, objection_id: int) -> HttpResponse:
    """Answer an objection (答复异议)."""
    actor = request.actor
    row = get_object_or_404(objections_to_answer(actor), pk=objection_id)
    subject: Any = row.competition or row.award_list
    form = AnswerForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("答复异议", "答复", back=subject, register=AWARDS, lead=row.text[:200]),
        send=lambda said: answer_objection(
            objection_id=row.pk, actor=actor, now=timezone.now(), **said
        ),
        done="已答复，提出人会收到。",
        then=subject,
    )
