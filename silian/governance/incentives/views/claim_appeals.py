"""Appeals: filed by the unit, answered by a person who did not decide."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.governance.incentives.commands.claim_appeals import (
    answer_appeal,
    appeal_claim,
    appeal_day,
    appeal_recovery,
)
from silian.governance.incentives.commands.claim_payments import require_paying
from silian.governance.incentives.forms.claim_money import AnswerForm, AppealForm
from silian.governance.incentives.permissions.claim_money import appeals_visible_to
from silian.governance.incentives.permissions.claims import claims_visible_to, require_owner
from silian.governance.incentives.views.recoveries import RECOVERIES, visible_recovery

FILED = "已提交，由未参与原决定的人员答复。"


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_appeal(request: Request, recovery_id: int) -> HttpResponse:
    """Ask to look at a recovery again (申请复核)."""
    case = visible_recovery(request, recovery_id)
    require_owner(request.actor, case.claim)
    return answer_form(
        request,
        form=AppealForm(request.POST or None),
        page=page_words("申请复核", "提交", back=case, register=RECOVERIES,
                        lead=f"期限到 {case.appeal_until}；复核期间先按期退回，变更后多退的补拨"),
        send=lambda said: appeal_recovery(
            recovery_id=case.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done=FILED,
        then=case,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def claim_appeal(request: Request, claim_id: int) -> HttpResponse:
    """Ask to look at a refusal again (申请复核)."""
    rows = claims_visible_to(request.actor).select_related("call__owner", "organisation")
    claim = get_object_or_404(rows, pk=claim_id)
    require_owner(request.actor, claim)
    return answer_form(
        request,
        form=AppealForm(request.POST or None),
        page=page_words("申请复核", "提交", back=claim, register=RECOVERIES,
                        lead=f"不予支持的理由：{claim.reason or '无'}；期限到 {appeal_day(claim)}"),
        send=lambda said: appeal_claim(
            claim_id=claim.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done=FILED,
        then=claim,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def appeal_answer(request: Request, appeal_id: int) -> HttpResponse:
    """Uphold or change the decision (答复复核)."""
    rows = appeals_visible_to(request.actor).select_related("claim__call__owner", "recovery")
    appeal = get_object_or_404(rows, pk=appeal_id)
    require_paying(request.actor, appeal.claim)
    about = appeal.recovery or appeal.claim
    form = AnswerForm(request.POST or None, is_recovery=appeal.recovery is not None)
    return answer_form(
        request,
        form=form,
        page=page_words("答复复核申请", "答复", back=about, register=RECOVERIES,
                        lead=f"单位的理由：{appeal.text[:120]}（答复期限 {appeal.due_on}）"),
        send=lambda _: answer_appeal(
            appeal_id=appeal.pk, actor=request.actor, now=timezone.now(), **form.sent()
        ),
        done="已答复单位。",
        then=about,
    )  # fmt: skip
