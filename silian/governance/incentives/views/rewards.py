"""Pages of decisions on rewards and of the reward ledger."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.rewards import (
    CandidateStanding,
    RewardMeasure,
    RewardMoneyStanding,
    RewardState,
)
from silian.governance.incentives.commands import reward_decisions as commands
from silian.governance.incentives.commands.reward_entries import publish_decision
from silian.governance.incentives.forms.rewards import (
    ApprovalForm,
    ChoiceForm,
    DecisionForm,
    FillForm,
    ReasonForm,
)
from silian.governance.incentives.gateways.reward_rules import MEASURES, rewards_of
from silian.governance.incentives.models.reward_decisions import RewardDecision
from silian.governance.incentives.permissions.reward_money import (
    handles_objections,
    pays_rewards,
)
from silian.governance.incentives.permissions.rewards import (
    candidates_visible_to,
    decides_rewards,
    decisions_visible_to,
    proposes_rewards,
    require_decider,
    require_overseer,
    require_proposer,
)
from silian.governance.incentives.queries.reward_sums import money_of_decision, total_of
from silian.governance.incentives.queries.rewards import (
    given_by_measure,
    given_words,
    standing_counts,
    use_numbers,
)

REGISTER = ("激励事项", "incentives:reward_decisions")
FOLDER = "incentives/rewards"


@require_safe
def decision_list(request: Request) -> HttpResponseBase:
    """The decisions of a region and what they gave (激励事项)."""
    actor, today = request.actor, timezone.localdate()
    require_overseer(actor)
    bar = FilterBar(
        request=request,
        placeholder="事项名称",
        facets=[
            facet(request=request, name="state", label="状态", choices=RewardState.choices),
            facet(request=request, name="measure", label="激励事项", choices=RewardMeasure.choices),
        ],
    )
    table = decision_table(request, bar)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "proposes": proposes_rewards(actor)}
    if not request.htmx:
        context["numbers"] = use_numbers(actor, on=today)
        context["measures"] = given_by_measure(decisions_visible_to(actor))
    template = f"{FOLDER}/_listed.html" if request.htmx else f"{FOLDER}/decisions.html"
    return render(request, template, context)


def decision_table(request: Request, bar: FilterBar) -> Table:
    rows = decisions_visible_to(request.actor).select_related("office")
    for name in ("state", "measure"):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": wanted})
    if bar.text:
        rows = rows.filter(title__icontains=bar.text.replace("\x00", "")[:60])
    return Table(
        request=request,
        name="reward_decisions",
        rows=rows,
        caption="激励事项",
        columns=[
            Column("title", "事项", main=True),
            Column("measure", "激励事项", lambda row: row.get_measure_display(), sort="measure"),
            Column("office", "办理单位", lambda row: row.office.display_name),
            Column("quota", "名额", lambda row: row.quota or "不限", numeric=True),
            Column("proposed_at", "提出日", lambda row: day_of(row.proposed_at)),
            Column("lasts_until", "激励期止", sort="lasts_until"),
            Column("state", "状态", template=f"{FOLDER}/_cell_state.html", sort="state"),
        ],
        order="-pk",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={
            "missing": "还没有激励事项",
            "why": "选定规定和结果日期，平台算出候选名单，由另一人审定后公示。",
        },
    )


def day_of(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: Request) -> HttpResponse:
    """Pick rows and period (拟定奖励事项)."""
    actor, today = request.actor, timezone.localdate()
    require_proposer(actor, division=actor.jurisdiction)
    starts = {
        "starts_on": datetime.date(today.year - 1, 1, 1),
        "ends_on": today + datetime.timedelta(days=1),
        "lasts_until": datetime.date(today.year + 1, 12, 31),
    }
    form = DecisionForm(request.POST or None, rules=offered_rules(request), initial=starts)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "拟定激励事项",
            "拟定",
            back=REGISTER[1],
            register=REGISTER,
            lead="一个事项办一种激励，可以选同一激励事项的多条规定。",
            help="incentives/reward_new",
        ),
        send=lambda said: commands.draft_decision(
            draft=commands.RewardDraft(**said), actor=actor, now=timezone.now()
        ),
        done="已拟定，请计算候选名单。",
    )


def offered_rules(request: Request) -> list[tuple[str, Any]]:
    """The rows in force, by measure, each with document and clause."""
    rows = rewards_of(request.actor.jurisdiction, on=timezone.localdate()).values()
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        label = f"{row.title}（{row.document}{row.clause}）"
        groups.setdefault(MEASURES[row.measure], []).append((row.code, label))
    return [
        (code, f"{measure}：{label}") for measure, rows in groups.items() for code, label in rows
    ]


def visible_decision(request: Request, decision_id: int) -> RewardDecision:
    rows = decisions_visible_to(request.actor).select_related(
        "office", "proposed_by", "decided_by", "division", "line__fund"
    )
    return get_object_or_404(rows, pk=decision_id)


@require_safe
def decision_detail(request: Request, decision_id: int) -> HttpResponseBase:
    """One decision: rows, list with evidence, steps (激励事项)."""
    decision = visible_decision(request, decision_id)
    bar = FilterBar(
        request=request,
        placeholder="单位",
        facets=[
            facet(
                request=request, name="standing", label="情况", choices=CandidateStanding.choices
            ),
            facet(request=request, name="chosen", label="名单", choices=[("yes", "已列入")]),
        ],
    )
    table = candidate_table(request, decision, bar)
    if table.export_wanted:
        return table.export_response()
    if request.htmx:
        return render(request, f"{FOLDER}/_listed.html", {"table": table, "bar": bar})
    counts = standing_counts(decision)
    context = {"decision": decision, "table": table, "bar": bar, "counts": counts}
    context |= seats_of(request, decision)
    context |= money_context(request, decision)
    context["objections"] = list(decision.objections.select_related("taken_by"))
    context["decides_objections"] = handles_objections(request.actor)
    context["entries"] = [entry_of(act) for act in history_of(decision)]
    return render(request, f"{FOLDER}/decision.html", context)


def seats_of(request: Request, decision: RewardDecision) -> dict[str, Any]:
    """Which steps the reader may take now."""
    actor, state = request.actor, decision.state
    proposes = proposes_rewards(actor) and actor.covers(decision.division_id)
    decides = decides_rewards(actor) and actor.covers(decision.division_id)
    over = decision.notice_until is not None and decision.notice_until < timezone.localdate()
    pays = pays_rewards(actor, decision)
    return {
        "drafts": proposes and state == RewardState.DRAFT,
        "decides": decides
        and state == RewardState.PROPOSED
        and decision.proposed_by_id != actor.user_id,
        "waits": state == RewardState.PROPOSED and decision.proposed_by_id == actor.user_id,
        "publishes": proposes
        and state == RewardState.NOTICE
        and over
        and (pays or decision.line_id is None),
        "funds": pays and state == RewardState.DRAFT and decision.computed_at is not None,
        "cancels": proposes and state not in (RewardState.GIVEN, RewardState.CANCELLED),
    }


def money_context(request: Request, decision: RewardDecision) -> dict[str, Any]:
    """The money of a published list: sums together and unit by unit (奖励资金)."""
    if decision.line_id is None:
        return {"moneys": []}
    rows = money_of_decision(decision)
    ready = any(row.standing == RewardMoneyStanding.TO_ORDER for row in rows)
    return {
        "moneys": rows,
        "money": {"sums": total_of(rows)},
        "orders": ready and pays_rewards(request.actor, decision),
    }


def candidate_table(request: Request, decision: RewardDecision, bar: FilterBar) -> Table:
    rows = decision.listed.select_related("organisation")
    drafts = proposes_rewards(request.actor) and decision.state == RewardState.DRAFT
    cell = f"{FOLDER}/_cell_unit.html" if drafts else ""
    if wanted := request.GET.getlist("standing"):
        rows = rows.filter(standing__in=wanted)
    if request.GET.get("chosen") == "yes":
        rows = rows.filter(chosen=True)
    if bar.text:
        rows = rows.filter(subject_name__icontains=bar.text.replace("\x00", "")[:60])
    return Table(
        request=request,
        name="reward_candidates",
        rows=rows,
        caption="候选名单",
        columns=[
            Column("order", "次序", numeric=True, sort="order"),
            Column("subject_name", "单位", template=cell, main=True),
            Column("standing", "情况", template=f"{FOLDER}/_cell_standing.html", sort="standing"),
            Column("facts", "依据事实", template=f"{FOLDER}/_cell_facts.html"),
            Column("chosen", "名单", template=f"{FOLDER}/_cell_chosen.html", sort="chosen"),
            Column("given", "激励内容", given_words),
        ],
        order="order",
        export=True,
        empty={
            "missing": "还没有候选单位",
            "why": "先归集评价结果，再计算名单；没有结果的单位不会列出。",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_edit(request: Request, candidate_id: int) -> HttpResponse:
    """List a unit or leave it out (选择激励对象)."""
    rows = candidates_visible_to(request.actor).select_related("decision")
    row = get_object_or_404(rows, pk=candidate_id)
    require_proposer(request.actor, division=row.decision.division_id)
    names = ("chosen", "deviation", "amount", "quantity", "unit", "number", "words")
    form = ChoiceForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    computed = "列入" if row.within_quota else "没有列入"
    return answer_form(
        request,
        form=form,
        page=page_words(
            row.subject_name,
            "保存",
            back=row.decision,
            register=REGISTER,
            lead=f"次序第 {row.order}，{row.get_standing_display()}，计算结果{computed}",
        ),
        send=lambda said: commands.choose_candidate(
            candidate_id=row.pk,
            chosen=said["chosen"],
            deviation=said["deviation"],
            given=form.given(),
            actor=request.actor,
        ),
        done="已保存。",
        then=row.decision,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision_fill(request: Request, decision_id: int) -> HttpResponse:
    """The same for every chosen unit (统一填写激励内容)."""
    decision = visible_decision(request, decision_id)
    require_proposer(request.actor, division=decision.division_id)
    form = FillForm(request.POST or None, initial={"words": decision.get_measure_display()})
    return answer_form(
        request,
        form=form,
        page=page_words(
            "统一填写激励内容", "填写", back=decision, register=REGISTER, lead=decision.title
        ),
        send=lambda said: commands.fill_given(
            decision_id=decision.pk, given=form.given(), actor=request.actor
        ),
        done="已填写到名单里的每一家。",
        then=decision,
    )


@require_POST
def decision_step(request: Request, decision_id: int, name: str) -> HttpResponse:
    """Compute, submit or publish by a button (计算、提交、公布)."""
    decision = visible_decision(request, decision_id)
    key: dict[str, Any] = {"decision_id": decision.pk, "actor": request.actor}
    now = timezone.now()
    works = {
        "compute": lambda: commands.compute_candidates(**key, now=now),
        "submit": lambda: commands.submit_decision(**key, now=now),
        "publish": lambda: publish_decision(**key, today=timezone.localdate(now)),
    }
    done = {
        "compute": "已按现行结果计算名单。",
        "submit": "已提交，由另一人审定。",
        "publish": "已公布，名单记入奖励台账。",
    }
    return done_or_said(request, works[name], done=done[name], then=decision)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_approve(request: Request, decision_id: int) -> HttpResponse:
    """Agree and put the list on notice (同意并公示)."""
    decision = visible_decision(request, decision_id)
    require_decider(request.actor, division=decision.division_id)
    chosen = decision.listed.filter(chosen=True).count()
    return answer_form(
        request,
        form=ApprovalForm(request.POST or None),
        page=page_words(
            "同意并公示",
            "同意",
            back=decision,
            register=REGISTER,
            lead=f"{decision.title}，名单 {chosen} 家",
        ),
        send=lambda said: commands.approve_decision(
            decision_id=decision.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done="已同意，名单开始公示。",
        then=decision,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision_refuse(request: Request, decision_id: int, name: str) -> HttpResponse:
    """Send back or give up with a reason (退回、取消)."""
    decision = visible_decision(request, decision_id)
    returns = name == "return"
    require = require_decider if returns else require_proposer
    require(request.actor, division=decision.division_id)
    work = commands.return_decision if returns else commands.cancel_decision
    words = "退回" if returns else "取消"
    return answer_form(
        request,
        form=ReasonForm(request.POST or None),
        page=page_words(
            f"{words}激励事项", words, back=decision, register=REGISTER, lead=decision.title
        ),
        send=lambda said: work(decision_id=decision.pk, reason=said["reason"], actor=request.actor),
        done=f"已{words}。",
        then=decision,
    )
