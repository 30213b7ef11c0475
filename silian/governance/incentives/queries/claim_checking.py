"""Recompute every claim from the rows of the ledger, and say any difference (申领核验)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from silian.casework.ledgers.choices import PaymentMethod, PaymentState
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.queries.checking import Difference
from silian.governance.incentives.choices.claims import ClaimState, PaymentStanding
from silian.governance.incentives.models import Claim, ClaimPayment, RecoveryCase
from silian.governance.incentives.queries.claim_sums import (
    CLAIM,
    commitments_of,
    receivables_of_cases,
    sums_of_claims,
)

ZERO = Decimal(0)
APPROVED = (ClaimState.APPROVED, ClaimState.SETTLED)


def claim_differences() -> list[Difference]:
    """Everything in which claims and ledger disagree; empty when all is well."""
    return [*wrong_entitlements(), *wrong_payments(), *wrong_recoveries(), *early_money()]


def wrong_entitlements() -> Iterator[Difference]:
    """entitled = paid - recovered + outstanding, with what the ledger has outstanding."""
    claims = list(Claim.objects.filter(state__in=APPROVED).order_by("pk"))
    sums = sums_of_claims(claims)
    for claim in claims:
        each = sums[claim.pk]
        computed = each.paid - each.recovered + each.to_pay - each.to_recover
        if claim.entitled != computed:
            yield Difference(
                what=f"申领 {claim.number} 的应得金额", booked=claim.entitled, computed=computed
            )
        if claim.state == ClaimState.SETTLED and each.outstanding:
            what = f"申领 {claim.number} 已结清，未结金额"
            yield Difference(what=what, booked=ZERO, computed=each.outstanding)


def wrong_payments() -> Iterator[Difference]:
    """What payments of claims say is what the ledger confirmed for their claims."""
    found: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    rows = FundPayment.objects.filter(
        commitment__subject_type=CLAIM, state=PaymentState.CONFIRMED
    ).values_list("commitment__subject_id", "method", "amount")
    for key, method, amount in rows:
        found[key, method] += amount
    said: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for claim_id, paid, set_off in ClaimPayment.objects.values_list("claim_id", "paid", "set_off"):
        said[str(claim_id), PaymentMethod.BANK] += paid
        said[str(claim_id), PaymentMethod.SET_OFF] += set_off
    for key_method in sorted({*found, *said}):
        if found[key_method] != said[key_method]:
            label = PaymentMethod(key_method[1]).label
            yield Difference(
                what=f"申领 {key_method[0]} 的{label}", booked=found[key_method],
                computed=said[key_method],
            )  # fmt: skip
    yield from wrong_standings()


def wrong_standings() -> Iterator[Difference]:
    """An ordered payment has one live payment in the ledger, of its amount."""
    rows = ClaimPayment.objects.filter(standing=PaymentStanding.ORDERED)
    for row in rows.select_related("fund_payment", "claim"):
        booked = row.fund_payment.amount if row.fund_payment else ZERO
        if booked != row.amount - row.set_off:
            yield Difference(what=f"拨付 {row}", booked=booked, computed=row.amount - row.set_off)


def wrong_recoveries() -> Iterator[Difference]:
    """A decided recovery owes what was decided."""
    cases = RecoveryCase.objects.filter(receivable__isnull=False).select_related("receivable")
    for case in cases.order_by("pk"):
        owed = sum((row.amount for row in receivables_of_cases([case.pk])), ZERO)
        if owed != case.decided_amount:
            yield Difference(
                what=f"追回 {case.number}", booked=owed, computed=case.decided_amount or ZERO
            )


def early_money() -> Iterator[Difference]:
    """No money is promised to a claim that is not approved."""
    rows = Claim.objects.exclude(state__in=APPROVED).values_list("pk", flat=True)
    for source in commitments_of(map(str, rows)).order_by("pk"):
        if source.amount != source.released:
            what = f"未批准的申领 {source.subject_id} 的占用"
            yield Difference(what=what, booked=source.amount - source.released, computed=ZERO)
