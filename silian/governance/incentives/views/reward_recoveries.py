"""Pages of paid rewards that come back: notice, reply, decision."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.money import format_yuan
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.foundation.ui.histories import entry_of
from silian.governance.incentives.choices.recovery import RecoveryState
from silian.governance.incentives.commands import reward_recoveries as commands
from silian.governance.incentives.forms.reward_money import (
    DropForm,
    RecoveryDecisionForm,
    RecoveryNoticeForm,
    ReplyForm,
)
from silian.governance.incentives.models import RewardRecovery
from silian.governance.incentives.models.reward_money import OPEN_STATES
from silian.governance.incentives.permissions.reward_money import (
    may_name_account,
    recoveries_visible_to,
    require_payee,
    require_payer,
)
from silian.governance.incentives.permissions.rewards import decides_rewards, require_decider
from silian.governance.incentives.queries.reward_sums import sums_of_reward
from silian.governance.incentives.views.reward_entries import REGISTER, visible_entry

WORDS = {
    "reply": ("陈述申辩", "提交", "已提交，由另一名人员决定。"),
    "decide": ("决定收回", "决定", "已决定，奖励撤回，应退金额已确认。"),
    "drop": ("不予收回", "决定", "已决定不予收回。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_new(request: Request, entry_id: int) -> HttpResponse:
    """Tell the unit that paid money is to come back (告知拟收回)."""
    entry, actor = visible_entry(request, entry_id), request.actor
    require_payer(actor, entry.decision)
    sums = sums_of_reward(entry.candidate_id)
    return answer_form(
        request,
        form=RecoveryNoticeForm(request.POST or None),
        page=page_words(
            "告知拟收回", "发出告知", back=entry, register=REGISTER,
            lead=f"{entry.candidate.subject_name}，已付 {format_yuan(sums.paid - sums.owed)} 元",
            help="incentives/reward_recovery",
        ),
        send=lambda said: commands.notice_reward_recovery(
            entry_id=entry.pk, notice=commands.RecoveryNotice(**said), actor=actor,
            now=timezone.now(),
        ),
        done="已告知，对方可以陈述申辩。",
    )  # fmt: skip


def visible_recovery(request: Request, recovery_id: int) -> RewardRecovery:
    rows = recoveries_visible_to(request.actor).select_related(
        "entry__decision", "entry__candidate", "entry__organisation", "receivable",
        "noticed_by", "replied_by", "decided_by",
    )  # fmt: skip
    return get_object_or_404(rows, pk=recovery_id)


@require_safe
def recovery_detail(request: Request, recovery_id: int) -> HttpResponse:
    """One recovery: what was told, answered, decided and came back (奖励收回)."""
    row, actor, today = visible_recovery(request, recovery_id), request.actor, timezone.localdate()
    is_open = row.state in OPEN_STATES
    decides = decides_rewards(actor) and actor.covers(row.division_id) and is_open
    heard = row.state == RecoveryState.REPLIED or today > row.reply_until
    context = {
        "recovery": row,
        "entry": row.entry,
        "replies": is_open and today <= row.reply_until and may_name_account(actor, row.entry),
        "decides": decides and row.noticed_by_id != actor.user_id and heard,
        "waits": decides and row.noticed_by_id == actor.user_id,
        "entries": [entry_of(act) for act in history_of(row)] if decides_rewards(actor) else [],
    }
    return render(request, "incentives/rewards/recovery.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_step(request: Request, recovery_id: int, name: str) -> HttpResponse:
    """Reply for the unit, or decide as another official (陈述、决定、不予收回)."""
    row, actor = visible_recovery(request, recovery_id), request.actor
    if name == "reply":
        require_payee(actor, row.entry)
    else:
        require_decider(actor, division=row.division_id)
    forms = {"reply": ReplyForm, "decide": RecoveryDecisionForm, "drop": DropForm}
    works: dict[str, Callable[..., RewardRecovery]] = {
        "reply": commands.reply_to_reward_recovery,
        "decide": commands.decide_reward_recovery,
        "drop": commands.drop_reward_recovery,
    }
    title, button, done = WORDS[name]
    return answer_form(
        request,
        form=forms[name](request.POST or None),
        page=page_words(
            title, button, back=row, register=REGISTER,
            lead=f"{row.entry.candidate.subject_name}，{format_yuan(row.amount)} 元，{row.cause}",
        ),
        send=lambda said: works[name](
            recovery_id=row.pk, actor=actor, now=timezone.now(), **said
        ),
        done=done,
    )  # fmt: skip
