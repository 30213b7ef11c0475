"""Recoveries for both sides: notice, reply, decision, way, and the papers to print."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
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
from silian.governance.incentives.choices.recovery import RecoveryState
from silian.governance.incentives.commands.claim_payments import require_paying
from silian.governance.incentives.commands.recoveries import (
    Notice,
    choose_way,
    decide_recovery,
    drop_recovery,
    notice_recovery,
    reply_to_recovery,
)
from silian.governance.incentives.forms.claim_money import (
    DecisionForm,
    NoticeForm,
    ReplyForm,
    WayForm,
    in_days,
)
from silian.governance.incentives.models import Claim, RecoveryCase
from silian.governance.incentives.permissions.claim_money import (
    recalculations_visible_to,
    require_money_reader,
)
from silian.governance.incentives.permissions.claims import (
    claims_visible_to,
    leads,
    owns,
    recoveries_visible_to,
    require_owner,
)
from silian.governance.incentives.queries.claim_money import acts_on
from silian.governance.incentives.queries.claim_sums import sums_of
from silian.governance.incentives.queries.recoveries import overdue_amount, parts_of
from silian.governance.incentives.queries.reply_days import reply_days_of

RECOVERIES = ("补贴追回", "incentives:recovery_list")
PAPERS = {"notice": "拟追回补贴告知书", "decision": "追回补贴决定书"}
SUGGESTED_DAYS = 30


@require_safe
def recovery_list(request: Request) -> HttpResponseBase:
    """Money that has to come back, by state (补贴追回)."""
    require_money_reader(request.actor)
    states = facet(request=request, name="state", label="状态", choices=RecoveryState.choices)
    bar = FilterBar(request=request, placeholder="单位、编号", facets=[states])
    rows = recoveries_visible_to(request.actor)
    if wanted := request.GET.getlist("state"):
        rows = rows.filter(state__in=wanted)
    if text := bar.text.replace("\x00", "")[:60]:
        rows = rows.filter(claim__organisation__name__icontains=text) | rows.filter(
            number__icontains=text
        )
    table = recovery_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    name = "_recoveries.html" if request.htmx else "recoveries.html"
    return render(request, f"incentives/claim_money/{name}", {"table": table, "bar": bar})


def recovery_table(request: Request, rows: QuerySet[RecoveryCase]) -> Table:
    return Table(
        request=request, name="recoveries", caption="补贴追回", order="-noticed_at",
        rows=rows.select_related("claim__organisation", "claim__call", "receivable"),
        columns=[
            Column("organisation", "单位", "claim__organisation__name", main=True),
            Column("number", "编号"),
            Column("amount", "告知金额", unit="元", numeric=True, sort="amount", total=True),
            Column("decided_amount", "决定金额", unit="元", numeric=True, sort="decided_amount"),
            Column("settled", "已收回", "receivable__settled", unit="元", numeric=True),
            Column("reply_until", "陈述申辩期限", sort="reply_until"),
            Column("pay_by", "退回期限", sort="pay_by", optional=True),
            Column("get_state_display", "状态", sort="state",
                   template="incentives/claim_money/_cell_state.html"),
        ],
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有追回案件", "why": "多拨的补贴告知单位后列在这里。"},
    )  # fmt: skip


def visible_recovery(request: Request, recovery_id: int) -> RecoveryCase:
    rows = recoveries_visible_to(request.actor).select_related(
        "claim__call__owner", "claim__organisation", "noticed_by", "decided_by", "replied_by",
        "receivable", "recalculation",
    )  # fmt: skip
    return get_object_or_404(rows, pk=recovery_id)


@require_safe
def recovery_detail(request: Request, recovery_id: int) -> HttpResponse:
    """One recovery: what, why, reply, decision, plan, receipts, appeal (补贴追回)."""
    case = visible_recovery(request, recovery_id)
    today = timezone.localdate()
    row = case.receivable
    context = {
        "case": case,
        "claim": case.claim,
        "parts": parts_of(case, on=today),
        "receipts": row.receipts.select_related("entry") if row else [],
        "overdue": overdue_amount(case, on=today),
        "appeals": case.appeals.select_related("answered_by"),
        "today": today,
        **steps_open(request, case),
        "history": [entry_of(act) for act in history_of(case)],
    }
    return render(request, "incentives/claim_money/recovery.html", context)


def steps_open(request: Request, case: RecoveryCase) -> dict[str, Any]:
    """Which buttons the actor gets."""
    state, today = case.state, timezone.localdate()
    hearing = state in (RecoveryState.NOTICED, RecoveryState.REPLIED)
    decided = state in (RecoveryState.DECIDED, RecoveryState.COLLECTING)
    acts = leads(request.actor, case.claim.call) and acts_on(case.claim, request.actor)
    other = case.noticed_by_id != request.actor.user_id
    heard = case.replied_at is not None or today > case.reply_until
    own = owns(request.actor, case.claim)
    in_time = case.appeal_until is not None and today <= case.appeal_until
    return {
        "may_reply": own and hearing and today <= case.reply_until,
        "may_decide": acts and hearing and other and heard,
        "waits_for_other": acts and hearing and not other,
        "may_choose": acts and decided,
        "may_appeal": own and decided and in_time and not case.appeals.exists(),
        "answers": acts and case.decided_by_id != request.actor.user_id,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_notice(request: Request, claim_id: int) -> HttpResponse:
    """Tell the unit what is to come back and until when it may reply (告知)."""
    claim = get_object_or_404(
        claims_visible_to(request.actor).select_related("call__owner", "organisation"), pk=claim_id
    )
    require_paying(request.actor, claim)
    wanted = request.GET.get("recalculation", "")
    found = recalculations_visible_to(request.actor).filter(
        claim=claim, pk=int(wanted) if wanted.isdecimal() else 0
    )
    row = found.first()
    return answer_form(
        request,
        form=NoticeForm(request.POST or None, initial=suggested(claim, row)),
        page=page_words("告知拟追回补贴", "发出告知", back=row or claim, register=RECOVERIES,
                        lead=f"{claim.organisation.name}，已付 {sums_of(claim).paid:,.2f} 元；"
                        "告知后单位有权陈述申辩，之后由另一人决定"),
        send=lambda said: notice_recovery(
            claim_id=claim.pk, notice=Notice(**said), actor=request.actor, now=timezone.now(),
            recalculation_id=row.pk if row else None,
        ),
        done="已告知单位。",
    )  # fmt: skip


def suggested(claim: Claim, row: Any) -> dict[str, Any]:
    """What the form begins with: the difference, and the region's days for a reply."""
    found = reply_days_of(division=claim.division_id, on=timezone.localdate())
    given: dict[str, Any] = {}
    if found:
        given = {"reply_days": found.days, "reply_basis": found.basis}
    if row is not None:
        given |= {"amount": claim.entitled - row.entitled_after, "cause": row.cause}
    return given


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_reply(request: Request, recovery_id: int) -> HttpResponse:
    """The unit's reply (陈述申辩)."""
    case = visible_recovery(request, recovery_id)
    require_owner(request.actor, case.claim)
    return answer_form(
        request,
        form=ReplyForm(request.POST or None, initial={"text": case.reply}),
        page=page_words("陈述申辩", "提交", back=case, register=RECOVERIES,
                        lead=f"期限到 {case.reply_until}（{case.reply_basis}）"),
        send=lambda said: reply_to_recovery(
            recovery_id=case.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done="已提交，由另一名审核人员决定。",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_decide(request: Request, recovery_id: int) -> HttpResponse:
    """Decide after the hearing (决定追回)."""
    case = visible_recovery(request, recovery_id)
    require_paying(request.actor, case.claim)
    start = {"amount": case.amount, "pay_by": in_days(SUGGESTED_DAYS)}
    return answer_form(
        request,
        form=DecisionForm(request.POST or None, initial=start),
        page=page_words("决定追回补贴", "作出决定", back=case, register=RECOVERIES,
                        lead=f"告知 {case.amount:,.2f} 元，可以维持或减少；单位陈述："
                        f"{case.reply[:80] or '期满未陈述'}"),
        send=lambda said: decide_recovery(
            recovery_id=case.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done="已作出决定，单位可以申请复核。",
    )  # fmt: skip


@require_POST
def recovery_drop(request: Request, recovery_id: int) -> HttpResponse:
    """Recover nothing (不予追回)."""
    case = visible_recovery(request, recovery_id)
    reason = request.POST.get("reason", "")[:500]
    return done_or_said(
        request,
        lambda: drop_recovery(
            recovery_id=case.pk, reason=reason, actor=request.actor, now=timezone.now()
        ),
        done="已记录，不予追回。",
        then=case,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_way(request: Request, recovery_id: int) -> HttpResponse:
    """Refund, instalments or set-off (收回方式)."""
    case = visible_recovery(request, recovery_id)
    require_paying(request.actor, case.claim)
    form = WayForm(request.POST or None, initial={"way": case.way or "refund"})
    return answer_form(
        request,
        form=form,
        page=page_words(
            "确定收回方式", "确定", back=case, register=RECOVERIES,
            lead=f"决定追回 {case.decided_amount or 0:,.2f} 元，退回期限 {case.pay_by}",
        ),
        send=lambda _: choose_way(recovery_id=case.pk, actor=request.actor, **form.sent()),
        done="已确定收回方式。",
    )  # fmt: skip


@require_safe
def recovery_paper(request: Request, recovery_id: int, paper: str) -> HttpResponse:
    """The notice or the decision, to be printed (告知书、决定书)."""
    case = visible_recovery(request, recovery_id)
    if paper not in PAPERS or (paper == "decision" and case.decided_on is None):
        raise Http404
    context = {
        "case": case,
        "claim": case.claim,
        "title": PAPERS[paper],
        "paper": paper,
        "parts": parts_of(case, on=timezone.localdate()),
        "lines": case.recalculation.lines if case.recalculation else [],
    }
    return render(request, "incentives/claim_money/paper.html", context)
