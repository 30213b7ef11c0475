"""Pages of the money of rewards: source, account, order."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.governance.incentives.commands import reward_money as commands
from silian.governance.incentives.forms.reward_money import AccountForm, FundingForm
from silian.governance.incentives.models import RewardAccount
from silian.governance.incentives.permissions.reward_money import require_payee, require_payer
from silian.governance.incentives.queries.reward_sums import lines_for
from silian.governance.incentives.views.reward_entries import REGISTER as LEDGER
from silian.governance.incentives.views.reward_entries import visible_entry
from silian.governance.incentives.views.rewards import REGISTER, visible_decision


@require_http_methods(["GET", "HEAD", "POST"])
def decision_funding(request: Request, decision_id: int) -> HttpResponse:
    """Name the budget line and the basis of the amounts (资金来源)."""
    decision, today = visible_decision(request, decision_id), timezone.localdate()
    require_payer(request.actor, decision)
    start = {
        "line": decision.line_id,
        "document": decision.amount_document,
        "clause": decision.amount_clause,
    }
    lines = lines_for(request.actor, year=today.year)
    return answer_form(
        request,
        form=FundingForm(request.POST or None, lines=lines, initial=start),
        page=page_words(
            "资金来源和金额依据", "保存", back=decision, register=REGISTER,
            lead=f"{decision.title}，公布时占用指标", help="incentives/reward_funding",
        ),
        send=lambda said: commands.fund_decision(
            decision_id=decision.pk, line_id=said["line"].pk, document=said["document"],
            clause=said["clause"], actor=request.actor, today=today,
        ),
        done="已保存，可以填写每家的金额。",
        then=decision,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def entry_account(request: Request, entry_id: int) -> HttpResponse:
    """The unit says where it is paid (收款账户)."""
    entry = visible_entry(request, entry_id)
    require_payee(request.actor, entry)
    known = RewardAccount.objects.filter(candidate=entry.candidate_id).first()
    form = AccountForm(
        request.POST or None, initial={"bank_name": known.bank_name if known else ""}
    )
    return answer_form(
        request,
        form=form,
        page=page_words(
            "填写收款账户", "保存", back=entry, register=LEDGER,
            lead=f"{entry.decision.title}，户名须为“{entry.organisation.name}”",
            help="incentives/reward_account",
        ),
        send=lambda said: commands.state_account(
            entry_id=entry.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done="收款账户已保存。",
        then=entry,
    )  # fmt: skip


@require_POST
def entry_order(request: Request, entry_id: int) -> HttpResponse:
    """Order the payment of one unit (安排支付)."""
    entry = visible_entry(request, entry_id)
    return done_or_said(
        request,
        lambda: commands.order_reward(
            entry_id=entry.pk, on=timezone.localdate(), actor=request.actor
        ),
        done="已安排支付，由记账单位组批、批准后送银行。",
        then=entry,
    )


@require_POST
def decision_order(request: Request, decision_id: int) -> HttpResponse:
    """Order every unit that can be paid (全部安排支付)."""
    decision = visible_decision(request, decision_id)
    require_payer(request.actor, decision)
    result = commands.order_rewards(
        decision_id=decision.pk, on=timezone.localdate(), actor=request.actor
    )
    say = messages.warning if result.refused else messages.success
    say(request, result.sentence)
    return redirect(decision)
