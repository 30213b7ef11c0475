"""What a claim came to in the ledger: promised, paid, owed, recovered (申领资金)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from silian.casework.ledgers.choices import PaymentState, ReceivableState
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.models.receivables import Receivable
from silian.governance.incentives.models import Claim, RecoveryCase
from silian.governance.incentives.rules.claims import outstanding

ZERO = Decimal(0)
CLAIM, RECOVERY = "incentives.claim", "incentives.recovery"
ON_THE_WAY = (
    PaymentState.READY,
    PaymentState.BATCHED,
    PaymentState.SENT,
    PaymentState.FAILED,
)


@dataclass(frozen=True, kw_only=True)
class ClaimSums:
    """One claim in yuan, from the rows of the ledger.

    ``entitled = paid - recovered + outstanding``; and what is outstanding is what is promised and
    not paid, less what is owed and not recovered: so ``entitled = promised - owed`` too.
    """

    entitled: Decimal
    promised: Decimal = ZERO
    paid: Decimal = ZERO
    in_flight: Decimal = ZERO
    owed: Decimal = ZERO
    recovered: Decimal = ZERO

    @property
    def outstanding(self) -> Decimal:
        return outstanding(entitled=self.entitled, paid=self.paid, recovered=self.recovered)

    @property
    def to_pay(self) -> Decimal:
        """Promised and not paid, under way included (待拨付)."""
        return self.promised - self.paid

    @property
    def to_recover(self) -> Decimal:
        """Decided to come back and not yet there (待收回)."""
        return self.owed - self.recovered

    @property
    def is_settled(self) -> bool:
        return not (self.to_pay or self.to_recover)


def sums_of(claim: Claim) -> ClaimSums:
    """The sums of one claim (申领资金)."""
    return sums_of_claims([claim])[claim.pk]


def sums_of_claims(claims: Iterable[Claim]) -> dict[int, ClaimSums]:
    """The sums of many claims, in three queries."""
    rows = list(claims)
    spent = spending_on(CLAIM, [claim.pk for claim in rows])
    owed, back = debts_of([claim.pk for claim in rows])
    return {
        claim.pk: ClaimSums(
            entitled=claim.entitled,
            owed=owed[claim.pk],
            recovered=back[claim.pk],
            **spent[claim.pk],
        )
        for claim in rows
    }


def spending_on(subject_type: str, keys: Iterable[int]) -> dict[int, dict[str, Decimal]]:
    """What the ledger promised, paid and has on the way for each subject of a type."""
    names = [str(key) for key in keys]
    found = {int(key): {"promised": ZERO, "paid": ZERO, "in_flight": ZERO} for key in names}
    sources = commitments_for(subject_type, names)
    for key, amount, released in sources.values_list("subject_id", "amount", "released"):
        found[int(key)]["promised"] += amount - released
    payments = FundPayment.objects.filter(commitment__in=sources)
    for key, state, amount in payments.values_list("commitment__subject_id", "state", "amount"):
        if state == PaymentState.CONFIRMED:
            found[int(key)]["paid"] += amount
        elif state in ON_THE_WAY:
            found[int(key)]["in_flight"] += amount
    return found


def commitments_of(keys: Iterable[str]) -> QuerySet[Commitment]:
    return commitments_for(CLAIM, keys)


def commitments_for(subject_type: str, keys: Iterable[str]) -> QuerySet[Commitment]:
    return Commitment.objects.filter(subject_type=subject_type, subject_id__in=list(keys))


def receivables_of_cases(cases: Iterable[int]) -> QuerySet[Receivable]:
    """What the ledger has of recoveries, cancelled rows left out."""
    return receivables_for(RECOVERY, cases)


def receivables_for(subject_type: str, keys: Iterable[int]) -> QuerySet[Receivable]:
    names = [str(key) for key in keys]
    rows = Receivable.objects.filter(subject_type=subject_type, subject_id__in=names)
    return rows.exclude(state=ReceivableState.CANCELLED)


def debts_of(claim_ids: Iterable[int]) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    """Owed and recovered, by claim."""
    pairs = RecoveryCase.objects.filter(claim__in=list(claim_ids)).values_list("pk", "claim_id")
    return debts_for(RECOVERY, dict(pairs))


def debts_for(
    subject_type: str, owners: Mapping[int, int]
) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    """Owed and recovered by whom; ``owners`` names the owner of each recovery."""
    owed: dict[int, Decimal] = defaultdict(lambda: ZERO)
    back: dict[int, Decimal] = defaultdict(lambda: ZERO)
    rows = receivables_for(subject_type, owners)
    for key, amount, settled in rows.values_list("subject_id", "amount", "settled"):
        owner = owners[int(key)]
        owed[owner] += amount
        back[owner] += settled
    return owed, back
