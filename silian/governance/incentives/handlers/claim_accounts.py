"""Tell the lead department that a failed payment may be ordered anew."""

from __future__ import annotations

from silian.foundation.kernel.events import subscribe
from silian.governance.incentives.choices.claims import PaymentStanding
from silian.governance.incentives.events.claim_money import ClaimAccountCorrected
from silian.governance.incentives.handlers.claim_money import tell_lead
from silian.governance.incentives.models import Claim


@subscribe(ClaimAccountCorrected)
def account_corrected(event: ClaimAccountCorrected) -> None:
    """The department opens the payment that failed and orders it again."""
    claim = Claim.objects.select_related("call", "organisation").get(pk=event.claim_id)
    payment = claim.payments.filter(standing=PaymentStanding.FAILED).order_by("number").first()
    if payment is None:
        return
    tell_lead(
        claim,
        title=f"收款账户已更正，请重新安排支付：{claim.organisation.display_name}"[:120],
        detail=f"{claim.number}，账号 {claim.account_masked}",
        url=payment.get_absolute_url(),
        key=f"claim-account-{claim.pk}-{payment.pk}-{payment.attempt}-{event.account_tail}",
    )
