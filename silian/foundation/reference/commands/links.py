"""Crosswalk links: entered by those who know, confirmed by those who judge."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.reference.choices import Catalogue, Confidence, CrosswalkBasis
from silian.foundation.reference.models import Crosswalk
from silian.foundation.reference.permissions import may_link, may_review_links
from silian.foundation.reference.queries.entries import MODELS

# 专业→职业, 职业→行业. Divisions get their links from the dated changes of an official file.
LINKABLE = {
    (Catalogue.MAJOR, Catalogue.OCCUPATION),
    (Catalogue.OCCUPATION, Catalogue.INDUSTRY),
}


@transaction.atomic
def link_entries(
    *,
    actor: Actor,
    source: tuple[str, str],
    target: tuple[str, str],
    weight: Decimal,
    basis: CrosswalkBasis,
    document: str = "",
) -> Crosswalk:
    """Enter that an entry leads to another, such as a major to an occupation (填报对应关系)."""
    if not may_link(actor, basis=basis):
        raise NotAllowed(
            f"贵单位不能以“{basis.label}”为依据填报对应关系。请由已核验院校的经办人或专家办理。"
        )
    if (source[0], target[0]) not in LINKABLE:
        raise DomainError("只能填报“专业到职业”或“职业到行业”的对应。请改选来源和目标目录。")
    if not 0 < weight <= 1:
        raise DomainError("权重应大于 0、不超过 1。请改填。", field="weight")
    require_usable(source, field="source")
    require_usable(target, field="target")
    link, _ = Crosswalk.objects.update_or_create(
        source_catalogue=source[0],
        source_key=source[1],
        target_catalogue=target[0],
        target_key=target[1],
        basis=basis,
        defaults={
            "weight": weight,
            "document": document[:200],
            "confidence": Confidence.TENTATIVE,
            "reviewed_by": "",
            "reviewed_at": None,
        },
    )
    record(actor, "reference.crosswalk.entered", link, detail={"weight": str(weight)})
    return link


@transaction.atomic
def review_link(
    *, actor: Actor, link_id: int, confidence: Confidence, now: datetime.datetime
) -> Crosswalk:
    """Judge a link that somebody entered (复核对应关系)."""
    if not may_review_links(actor):
        raise NotAllowed("只有牵头部门或专家可以复核对应关系。请提交牵头部门办理。")
    link = Crosswalk.objects.select_for_update(of=("self",)).get(pk=link_id)
    link.confidence = confidence
    link.reviewed_by = actor.name[:60]
    link.reviewed_at = now
    link.save(update_fields=["confidence", "reviewed_by", "reviewed_at"])
    record(actor, "reference.crosswalk.reviewed", link, detail={"confidence": str(confidence)})
    return link


def require_usable(place: tuple[str, str], *, field: str) -> None:
    catalogue, key = place
    if not MODELS[catalogue].objects.current().filter(pk=key).exists():
        name = Catalogue(catalogue).label
        raise DomainError(f"{name}目录中没有现行代码“{key}”。请从列表中选择。", field=field)
