"""What about the money of claims waits for whom (待办)."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.governance.incentives.choices.claims import PaymentStanding
from silian.governance.incentives.choices.recovery import (
    AppealState,
    RecalculationState,
    RecoveryState,
)
from silian.governance.incentives.models import (
    ClaimAppeal,
    ClaimPayment,
    Recalculation,
    RecoveryCase,
)
from silian.governance.incentives.queries.recoveries import open_debts, overdue_amount

WITH = ("claim__organisation", "claim__call")


def payments_to_order(actor: Actor) -> QuerySet[ClaimPayment]:
    """Payments that passed every gate, of the own department's calls."""
    return ClaimPayment.objects.filter(
        standing=PaymentStanding.READY, claim__call__owner_id=actor.organisation_id or 0
    )


def differences_to_handle(actor: Actor) -> QuerySet[Recalculation]:
    rows = Recalculation.objects.filter(
        state=RecalculationState.FOUND, claim__call__owner_id=actor.organisation_id or 0
    )
    return rows.select_related(*WITH)


def recoveries_to_decide(actor: Actor, *, on: datetime.date) -> QuerySet[RecoveryCase]:
    """Heard, or the days are over; never what one noticed oneself."""
    heard = Q(state=RecoveryState.REPLIED) | Q(state=RecoveryState.NOTICED, reply_until__lt=on)
    rows = RecoveryCase.objects.filter(heard, claim__call__owner_id=actor.organisation_id or 0)
    return rows.exclude(noticed_by_id=actor.user_id or 0).select_related(*WITH)


def appeals_to_answer(actor: Actor) -> QuerySet[ClaimAppeal]:
    rows = ClaimAppeal.objects.filter(
        state=AppealState.OPEN, claim__call__owner_id=actor.organisation_id or 0
    )
    return rows.exclude(decider_id=actor.user_id or 0).select_related(*WITH)


def recoveries_to_reply(actor: Actor, *, on: datetime.date) -> QuerySet[RecoveryCase]:
    """Notices that the unit may still reply to."""
    return RecoveryCase.objects.filter(
        claim__organisation_id=actor.organisation_id or 0,
        state=RecoveryState.NOTICED,
        reply_until__gte=on,
    ).select_related(*WITH)


def recoveries_to_pay(actor: Actor, *, on: datetime.date) -> list[RecoveryCase]:
    """What the unit should have paid back by now."""
    rows = open_debts().filter(claim__organisation_id=actor.organisation_id or 0)
    return [case for case in rows if overdue_amount(case, on=on)]
