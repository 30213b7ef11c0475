"""What a claim came to in the ledger: promised, paid, owed, recovered (申领资金)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet, Sum

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
    keys = [str(claim.pk) for claim in rows]
    promised = by_claim(commitments_of(keys), F("amount") - F("released"))
    payments = FundPayment.objects.filter(commitment__in=commitments_of(keys))
    paid: dict[int, Decimal] = defaultdict(lambda: ZERO)
    moving: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for key, state, amount in payments.values_list("commitment__subject_id", "state", "amount"):
        if state == PaymentState.CONFIRMED:
            paid[int(key)] += amount
        elif state in ON_THE_WAY:
            moving[int(key)] += amount
    owed, back = debts_of([claim.pk for claim in rows])
    return {
        claim.pk: ClaimSums(
            entitled=claim.entitled,
            promised=promised[claim.pk],
            paid=paid[claim.pk],
            in_flight=moving[claim.pk],
            owed=owed[claim.pk],
            recovered=back[claim.pk],
        )
        for claim in rows
    }


def commitments_of(keys: Iterable[str]) -> QuerySet[Commitment]:
    return Commitment.objects.filter(subject_type=CLAIM, subject_id__in=list(keys))


def by_claim(rows: QuerySet[Commitment], what: object) -> dict[int, Decimal]:
    found: dict[int, Decimal] = defaultdict(lambda: ZERO)
    sums = rows.order_by().values("subject_id").annotate(total=Sum(what))  # type: ignore[arg-type]
    for row in sums:
        found[int(row["subject_id"])] += row["total"]
    return found


def receivables_of_cases(cases: Iterable[int]) -> QuerySet[Receivable]:
    """What the ledger has of recoveries, cancelled rows left out."""
    keys = [str(key) for key in cases]
    rows = Receivable.objects.filter(subject_type=RECOVERY, subject_id__in=keys)
    return rows.exclude(state=ReceivableState.CANCELLED)


def debts_of(claim_ids: Iterable[int]) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    """Owed and recovered, by claim."""
    pairs = RecoveryCase.objects.filter(claim__in=list(claim_ids)).values_list("pk", "claim_id")
    of_case = dict(pairs)
    owed: dict[int, Decimal] = defaultdict(lambda: ZERO)
    back: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for key, amount, settled in receivables_of_cases(of_case).values_list(
        "subject_id", "amount", "settled"
    ):
        claim_id = of_case[int(key)]
        owed[claim_id] += amount
        back[claim_id] += settled
    return owed, back
