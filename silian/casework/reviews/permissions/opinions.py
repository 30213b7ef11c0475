"""Who gives a department's opinion."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.casework.reviews.models import Opinion
from silian.casework.reviews.permissions.campaigns import OPINION_ROLES
from silian.casework.reviews.permissions.dossiers import dossiers_visible_to
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed


def opinions_of_department(actor: Actor) -> QuerySet[Opinion]:
    """What the actor's department was asked, on dossiers that the actor may read (本部门意见)."""
    if not actor.organisation_id or not actor.has_role(*OPINION_ROLES):
        return Opinion.objects.none()
    return Opinion.objects.filter(
        organisation_id=actor.organisation_id, dossier__in=dossiers_visible_to(actor)
    )


def may_give_opinion(actor: Actor, opinion: Opinion) -> bool:
    """Whether the actor speaks for the department: its reviewers and coordinators."""
    return actor.organisation_id == opinion.organisation_id and actor.has_role(*OPINION_ROLES)


def require_department(actor: Actor, opinion: Opinion) -> None:
    if not may_give_opinion(actor, opinion):
        raise NotAllowed("意见由被征求意见部门的审核员或统筹人员提出。请联系该部门。")
