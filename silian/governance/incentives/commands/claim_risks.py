"""Keep the signals of a claim, and what a reviewer found out about each."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.risks import COMPARED, MUST_BE_HEARD, RiskState
from silian.governance.incentives.events.comparison_records import ComparisonsFound
from silian.governance.incentives.events.outside_payments import RepeatsFound
from silian.governance.incentives.models import Claim, ClaimRisk
from silian.governance.incentives.permissions.claims import claims_visible_to, is_clerk
from silian.governance.incentives.queries.risk_signals import signals_of


@transaction.atomic
def look_for_risks(*, claim_id: int, now: datetime.datetime) -> int:
    """Write down new signals of a claim (核对风险提示); known ones stay as they are."""
    claim = Claim.objects.get(pk=claim_id)
    made = ClaimRisk.objects.bulk_create(
        [
            ClaimRisk(
                claim=claim,
                kind=signal.kind,
                detail=signal.detail[:300],
                items=signal.items,
                papers=list(signal.papers),
                found_at=now,
            )
            for signal in signals_of(claim)
        ],
        ignore_conflicts=True,
    )
    if any(row.kind in MUST_BE_HEARD for row in made):
        publish(RepeatsFound(claim_id=claim.pk))
    if any(row.kind in COMPARED for row in made):
        publish(ComparisonsFound(claim_id=claim.pk))
    return len(made)


@transaction.atomic
def settle_risk(
    *, risk_id: int, confirmed: bool, finding: str, actor: Actor, now: datetime.datetime
) -> ClaimRisk:
    """Say what was found out about a signal (核实风险提示)."""
    if not is_clerk(actor):
        raise NotAllowed("风险提示由审核部门的人员核实。")
    claims = claims_visible_to(actor).values("pk")
    risk = (
        ClaimRisk.objects.select_for_update(of=("self",))
        .select_related("claim")
        .get(pk=risk_id, claim__in=claims)
    )
    if not finding.strip():
        raise DomainError("请写明核实了什么、结论是什么。", field="finding")
    risk.state = RiskState.CONFIRMED if confirmed else RiskState.CLEARED
    risk.finding, risk.settled_by_id, risk.settled_at = finding.strip()[:300], actor.user_id, now
    risk.save(update_fields=["state", "finding", "settled_by", "settled_at"])
    record(
        actor, "incentives.risk.settled", risk.claim, reason=risk.finding,
        detail={"risk": str(risk.kind), "state": str(risk.state)},
    )  # fmt: skip
    return risk
