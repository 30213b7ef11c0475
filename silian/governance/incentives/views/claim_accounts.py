"""The page on which a unit puts its account right after a payment failed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.governance.incentives.commands.claim_accounts import correct_account
from silian.governance.incentives.forms.claim_accounts import AccountForm
from silian.governance.incentives.permissions.claims import claims_visible_to, require_owner

CLAIMS = ("补贴申领", "incentives:claim_list")


@require_http_methods(["GET", "HEAD", "POST"])
def claim_account(request: Request, claim_id: int) -> HttpResponse:
    """Put the account right (更正收款账户)."""
    rows = claims_visible_to(request.actor).select_related("call", "organisation")
    claim = get_object_or_404(rows, pk=claim_id)
    require_owner(request.actor, claim)
    failed = claim.payments.filter(standing="failed").order_by("-number").first()
    said = f"，银行退回原因：{failed.failure}" if failed else ""
    return answer_form(
        request,
        form=AccountForm(request.POST or None, initial={"bank_name": claim.bank_name}),
        page=page_words(
            "更正收款账户", "更正", back=claim, register=CLAIMS,
            lead=f"{claim.number}，现账户 {claim.account_masked}{said}",
        ),
        send=lambda sent: correct_account(claim_id=claim.pk, actor=request.actor, **sent),
        done="已更正，牵头部门会收到提醒并重新安排支付。",
        then=claim,
    )  # fmt: skip
