"""Take people whom another subsidy stands against out of a claim, and back in."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.choices.risks import MUST_BE_HEARD, RiskState
from silian.governance.incentives.commands.claims import compute, fill, locked_editable
from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.payment_overlaps import overlaps_of

LEFT_OUT = "与其他补贴重复，由申领单位剔除"


@transaction.atomic
def leave_out_item(*, claim_id: int, item_id: int, actor: Actor) -> Decimal:
    """Take one person out of the unit's own claim because of another subsidy (剔除重复人员).

    Returns by how much the claim fell.
    """
    claim = locked_editable(claim_id, actor=actor)
    item = claim.items.select_for_update(of=("self",)).get(pk=item_id)
    if not item.counts:
        raise DomainError("这名人员已经不计入。")
    found = overlaps_of(claim, [item])
    if not found:
        raise DomainError("这名人员没有与其他补贴重复，不用剔除。")
    before = claim.planned
    item.counts, item.struck_reason, item.struck_by_id = False, LEFT_OUT, actor.user_id
    item.save(update_fields=["counts", "struck_reason", "struck_by"])
    compute(claim)
    detail = {"item": item.pk, "because": found[0].words, "less": str(before - claim.planned)}
    record(actor, "incentives.item.left_out", claim, reason=LEFT_OUT, detail=detail)
    return before - claim.planned


@transaction.atomic
def take_back_item(*, claim_id: int, item_id: int, actor: Actor, today: datetime.date) -> Claim:
    """Count a person again whom the unit itself took out (放回剔除人员)."""
    claim = locked_editable(claim_id, actor=actor)
    item = claim.items.select_for_update(of=("self",)).get(pk=item_id)
    if item.counts or item.struck_by_id is None or item.struck_reason != LEFT_OUT:
        raise DomainError("只能放回贵单位自己剔除的人员。")
    item.struck_by_id = None
    item.save(update_fields=["struck_by"])
    fill(claim, today=today)
    record(actor, "incentives.item.taken_back", claim, detail={"item": item.pk})
    return claim


def require_heard(claim: Claim) -> None:
    """Refuse to agree while a repeat of somebody who counts waits for its finding (先核实重复)."""
    open_ones = claim.risks.filter(kind__in=MUST_BE_HEARD, state=RiskState.OPEN)
    counting = set(claim.items.filter(counts=True).values_list("pk", flat=True))
    waiting = [risk for risk in open_ones if counting & set(risk.items)]
    if waiting:
        raise DomainError(
            f"还有 {len(waiting)} 人与其他补贴重复，没有核实。请先在风险提示中写明核实情况，"
            "或剔除这些人员。"
        )
