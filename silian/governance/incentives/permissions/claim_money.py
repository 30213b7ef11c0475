"""Who reads payments, differences, recoveries and appeals of claims."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.incentives.models import ClaimAppeal, Recalculation
from silian.governance.incentives.permissions.claims import (
    claims_visible_to,
    may_certify,
    may_open_claims,
    may_read_own_claims,
)


def may_read_money(actor: Actor) -> bool:
    """Whether the actor has anything to do with money of claims (补贴资金)."""
    return may_open_claims(actor) or may_read_own_claims(actor)


def require_money_reader(actor: Actor) -> None:
    if not may_read_money(actor):
        raise NotAllowed("补贴拨付和追回由申领单位和政府部门查看。")


def recalculations_visible_to(actor: Actor) -> QuerySet[Recalculation]:
    """Of visible claims; a school that certifies reads no money."""
    rows = Recalculation.objects.filter(claim__in=claims_visible_to(actor).values("pk"))
    if may_certify(actor) and not may_open_claims(actor):
        return rows.filter(claim__organisation_id=actor.organisation_id or 0)
    return rows


def appeals_visible_to(actor: Actor) -> QuerySet[ClaimAppeal]:
    rows = ClaimAppeal.objects.filter(claim__in=claims_visible_to(actor).values("pk"))
    if may_certify(actor) and not may_open_claims(actor):
        return rows.filter(claim__organisation_id=actor.organisation_id or 0)
    return rows


register_action_labels(
    {
        "incentives.payment.renewed": "重新生成补贴拨付",
        "incentives.claim.settled_by_head": "申领按人结算",
        "incentives.claim.account_corrected": "更正申领收款账户",
    }
)
