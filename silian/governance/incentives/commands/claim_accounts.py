"""Correct the account of a claim after the bank sent its money back."""

from __future__ import annotations

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.claims import ClaimState, PaymentStanding
from silian.governance.incentives.commands.claim_payments import locked_claim
from silian.governance.incentives.commands.claims import set_account
from silian.governance.incentives.events.claim_money import ClaimAccountCorrected
from silian.governance.incentives.models import Claim
from silian.governance.incentives.permissions.claims import claims_visible_to, require_owner

UNDER_WAY = (PaymentStanding.ORDERED,)


@transaction.atomic
def correct_account(
    *, claim_id: int, bank_name: str, account_number: str, reason: str, actor: Actor
) -> Claim:
    """Put the account right while nothing is under way, so that it is paid anew (更正收款账户)."""
    seen = claims_visible_to(actor).filter(pk=claim_id).values_list("pk", flat=True)
    claim = locked_claim(seen.get())
    require_owner(actor, claim)
    refuse_uncorrectable(claim)
    if not bank_name.strip():
        raise DomainError("请填写开户行。", field="bank_name")
    if not reason.strip():
        raise DomainError("请写明更正的原因，例如账户已更换。", field="reason")
    before = claim.account_masked
    claim.bank_name = bank_name.strip()
    set_account(claim, account_number)
    claim.save(update_fields=["bank_name", "account_cipher", "account_tail"])
    detail = {"before": before, "after": claim.account_masked}
    record(actor, "incentives.claim.account_corrected", claim, reason=reason, detail=detail)
    publish(ClaimAccountCorrected(claim_id=claim.pk, account_tail=claim.account_tail))
    return claim


def refuse_uncorrectable(claim: Claim) -> None:
    if claim.state != ClaimState.APPROVED:
        raise WrongState("申领批准后、结清前，支付失败的才更正收款账户。")
    if not claim.payments.filter(standing=PaymentStanding.FAILED).exists():
        raise NotAllowed("没有支付失败的拨付，收款账户不用更正。")
    if claim.payments.filter(standing__in=UNDER_WAY).exists():
        raise WrongState("还有拨付正在支付，等银行结果后再更正收款账户。")
