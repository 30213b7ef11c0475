"""Pages of the reward ledger, of one's own rewards, and of the public lists."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.rewards import (
    EntryState,
    RewardMeasure,
    RewardMoneyStanding,
)
from silian.governance.incentives.commands.reward_entries import correct_entry, withdraw_entry
from silian.governance.incentives.forms.rewards import CorrectionForm, ReasonForm
from silian.governance.incentives.models.reward_decisions import RewardEntry
from silian.governance.incentives.models.reward_money import OPEN_STATES, RewardAccount
from silian.governance.incentives.permissions.reward_money import may_name_account, pays_rewards
from silian.governance.incentives.permissions.rewards import (
    entries_visible_to,
    oversees_rewards,
    proposes_rewards,
    public_decisions,
    reads_own_rewards,
    require_proposer,
    restrictions_visible_to,
    results_visible_to,
)
from silian.governance.incentives.queries.reward_sums import (
    ledger_url,
    money_of_entries,
    payments_of,
)
from silian.governance.incentives.queries.reward_waiting import accounts_to_name, pending_for
from silian.governance.incentives.queries.rewards import (
    given_by_measure,
    given_words,
    objectable,
    public_list,
    public_register,
    shown_to_all,
)

REGISTER = ("奖励台账", "incentives:reward_ledger")
FOLDER = "incentives/rewards"


@require_safe
def entry_list(request: Request) -> HttpResponseBase:
    """What was given to whom, until when (奖励台账)."""
    actor = request.actor
    if not (oversees_rewards(actor) or reads_own_rewards(actor)):
        raise NotAllowed("奖励台账由主管部门和受奖励的单位查看；公布的名单见公开页。")
    bar = FilterBar(
        request=request,
        placeholder="单位",
        facets=[
            facet(request=request, name="state", label="状态", choices=EntryState.choices),
            facet(request=request, name="measure", label="激励事项", choices=RewardMeasure.choices),
        ],
    )
    table = entry_table(request, bar)
    if table.export_wanted:
        return table.export_response()
    template = f"{FOLDER}/_listed.html" if request.htmx else f"{FOLDER}/ledger.html"
    return render(request, template, {"table": table, "bar": bar})


def entry_table(request: Request, bar: FilterBar) -> Table:
    rows = entries_visible_to(request.actor).select_related("organisation", "decision", "candidate")
    if wanted := request.GET.getlist("state"):
        rows = rows.filter(state__in=wanted)
    if wanted := request.GET.getlist("measure"):
        rows = rows.filter(decision__measure__in=wanted)
    if bar.text:
        rows = rows.filter(organisation__name__icontains=bar.text.replace("\x00", "")[:60])
    return Table(
        request=request,
        name="reward_ledger",
        rows=rows,
        caption="奖励台账",
        columns=[
            Column("unit", "单位", lambda row: row.candidate.subject_name, main=True),
            Column("measure", "激励事项", lambda row: row.decision.get_measure_display()),
            Column("given", "内容", given_words),
            Column("amount", "金额", unit="元", numeric=True, sort="amount", optional=True),
            Column("given_on", "给予日", sort="given_on"),
            Column("ends_on", "激励期止", sort="ends_on"),
            Column("decision", "依据的事项", lambda row: row.decision.title, optional=True),
            Column("state", "状态", template=f"{FOLDER}/_cell_state.html", sort="state"),
        ],
        order="-given_on",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "台账还没有记录", "why": "激励事项公布后，每家一条记入台账。"},
    )


def visible_entry(request: Request, entry_id: int) -> RewardEntry:
    rows = entries_visible_to(request.actor).select_related(
        "organisation", "decision", "candidate", "replaces"
    )
    return get_object_or_404(rows, pk=entry_id)


@require_safe
def entry_detail(request: Request, entry_id: int) -> HttpResponse:
    """One entry: what, on which result, until when; what it replaced (奖励记录)."""
    entry, actor = visible_entry(request, entry_id), request.actor
    keeps = proposes_rewards(actor) and actor.covers(entry.decision.division_id)
    if entry.decision.line_id is not None:  # whoever moves its money corrects it
        keeps = pays_rewards(actor, entry.decision)
    context = {
        "entry": entry,
        "words": given_words(entry),
        "keeps": keeps and entry.state == EntryState.VALID,
        "later": RewardEntry.objects.filter(replaces=entry).first(),
        "oversees": oversees_rewards(actor),
        **money_context(request, entry),
    }
    return render(request, f"{FOLDER}/entry.html", context)


def money_context(request: Request, entry: RewardEntry) -> dict[str, Any]:
    """Where the money of the entry's unit stands, and what the reader may do about it."""
    actor = request.actor
    money = next(iter(money_of_entries([entry])), None)
    if money is None:
        return {"money": None}
    pays, valid = pays_rewards(actor, entry.decision), entry.state == EntryState.VALID
    recoveries = list(entry.recoveries.all())
    return {
        "money": money,
        "payments": list(payments_of(entry.candidate_id)),
        "account": RewardAccount.objects.filter(candidate=entry.candidate_id).first(),
        "recoveries": recoveries,
        "names_account": valid and money.to_order > 0 and may_name_account(actor, entry),
        "orders": pays and money.standing == RewardMoneyStanding.TO_ORDER,
        "recovers": pays
        and valid
        and money.sums.paid > money.sums.owed
        and not any(row.state in OPEN_STATES for row in recoveries),
        "ledger_url": ledger_url(entry.candidate_id, actor),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def entry_correct(request: Request, entry_id: int) -> HttpResponse:
    """Put a wrong entry right (更正)."""
    entry = visible_entry(request, entry_id)
    require_proposer(request.actor, division=entry.decision.division_id)
    names = ("amount", "quantity", "unit", "number", "words", "ends_on")
    form = CorrectionForm(
        request.POST or None, initial={name: getattr(entry, name) for name in names}
    )
    return answer_form(
        request,
        form=form,
        page=page_words(
            "更正奖励记录", "更正", back=entry, register=REGISTER, lead=entry.candidate.subject_name
        ),
        send=lambda said: correct_entry(
            entry_id=entry.pk,
            given=form.given(),
            ends_on=said["ends_on"],
            reason=said["reason"],
            actor=request.actor,
            today=timezone.localdate(),
        ),
        done="已更正，原记录保留。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def entry_withdraw(request: Request, entry_id: int) -> HttpResponse:
    """Take a reward back (撤回)."""
    entry = visible_entry(request, entry_id)
    require_proposer(request.actor, division=entry.decision.division_id)
    return answer_form(
        request,
        form=ReasonForm(request.POST or None),
        page=page_words(
            "撤回奖励", "撤回", back=entry, register=REGISTER, lead=entry.candidate.subject_name
        ),
        send=lambda said: withdraw_entry(
            entry_id=entry.pk,
            reason=said["reason"],
            actor=request.actor,
            today=timezone.localdate(),
        ),
        done="已撤回，对方会收到通知。",
    )


@require_safe
def my_rewards(request: Request) -> HttpResponse:
    """What one's own unit was evaluated, given and restricted (我的激励)."""
    actor = request.actor
    if not reads_own_rewards(actor):
        raise NotAllowed("这里列的是单位自己的评价结果和激励，需要以本单位成员的身份登录。")
    entries = entries_visible_to(actor).select_related("decision", "candidate")
    context = {
        "results": results_visible_to(actor).filter(is_current=True),
        "entries": [(row, given_words(row)) for row in entries],
        "restrictions": restrictions_visible_to(actor),
        "pending": [(row, given_words(row)) for row in pending_for(actor)],
        "unnamed": accounts_to_name(actor),
    }
    return render(request, f"{FOLDER}/mine.html", context)


@login_not_required
@require_safe
def public_rewards(request: Request) -> HttpResponse:
    """Lists on notice and published, and how many units each kind reached (激励公开)."""
    numbers = given_by_measure(public_decisions())
    context = {
        "decisions": public_register()[:50],
        "numbers": [(label, shown_to_all(count)) for label, count in numbers if count],
    }
    return render(request, f"{FOLDER}/public.html", context)


@login_not_required
@require_safe
def public_reward(request: Request, decision_id: int) -> HttpResponse:
    """One public list with its basis (激励名单)."""
    decision = get_object_or_404(public_register(), pk=decision_id)
    context = {
        "decision": decision,
        "rows": public_list(decision),
        "open": objectable(decision, on=timezone.localdate()),
    }
    return render(request, f"{FOLDER}/public_list.html", context)
