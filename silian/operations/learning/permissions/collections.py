"""Who reads what is to be collected, and who collects (依法收取)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.permissions.fund import (
    keeps,
    may_check,
    may_open,
    returns_visible_to,
)


def collections_visible_to(actor: Actor) -> QuerySet[CollectionNotice]:
    """Of the returns that one reads, and those that one's office was told to collect.

    The collecting office reads the amount and the firm, never the return with its wages.
    """
    seen = Q(fund_return__in=returns_visible_to(actor).values("pk"))
    if keeps(actor):
        seen |= Q(collector_id=actor.organisation_id)
    return CollectionNotice.objects.filter(seen)


def collects(actor: Actor, row: CollectionNotice) -> bool:
    """Whether the actor works for the office that collects, never from the own unit (收取部门)."""
    own = row.fund_return.organisation_id == actor.organisation_id
    return keeps(actor) and row.collector_id == actor.organisation_id and not own


def may_close(actor: Actor, row: CollectionNotice) -> bool:
    """The office; the authority too, for an office that writes to it on paper."""
    return collects(actor, row) or may_check(actor, row.fund_return)


def require_collector(actor: Actor, row: CollectionNotice) -> None:
    if not collects(actor, row):
        raise NotAllowed(f"由收取部门“{row.collector.display_name}”的统筹或审核人员办理。")


def require_closer(actor: Actor, row: CollectionNotice) -> None:
    if not may_close(actor, row):
        raise NotAllowed("收取结果由收取部门登记，或由核对部门按其来函登记。")


def require_reader(actor: Actor) -> None:
    if not may_open(actor):
        raise NotAllowed("依法收取由收取部门、核对部门和被收取的企业查看。")


register_action_labels(
    {
        "learning.collection.retold": "重新移送收取职业教育经费",
        "learning.collection.taken": "接收移送收取",
        "learning.collection.returned": "退回移送收取",
    }
)
