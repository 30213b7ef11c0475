"""Who reads what was searched for, and who decides on what searches suggest."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.exchange.models.demand_suggestion import DemandSuggestion
from silian.operations.exchange.models.search_log import SearchTally
from silian.operations.exchange.permissions.negotiations import is_supervisor


def require_analyst(actor: Actor) -> None:
    if not is_supervisor(actor):
        raise NotAllowed("检索统计由审核员和牵头部门在管辖范围内查看。")


def search_tallies_visible_to(actor: Actor) -> QuerySet[SearchTally]:
    """The counts of the official's region (检索统计); single questions are shown to nobody."""
    if not is_supervisor(actor):
        return SearchTally.objects.none()
    return SearchTally.objects.filter(division__code__startswith=subtree_prefix(actor.jurisdiction))


def demand_suggestions_visible_to(actor: Actor) -> QuerySet[DemandSuggestion]:
    if not is_supervisor(actor):
        return DemandSuggestion.objects.none()
    return DemandSuggestion.objects.filter(
        division__code__startswith=subtree_prefix(actor.jurisdiction)
    )


def may_decide_suggestions(actor: Actor) -> bool:
    """Whether the official can register a demand: it needs an organisation that stands for it."""
    return is_supervisor(actor) and actor.organisation_id is not None
