"""Who may see and run coordinating bodies, their meetings, decisions and problems."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.alliances.choices.coordination import KNOWN_STATES, DecisionState
from silian.operations.alliances.models.bodies import CoordinatingBody, Post
from silian.operations.alliances.models.decisions import Decision
from silian.operations.alliances.models.escalations import Escalation
from silian.operations.alliances.models.meetings import Attendance, Meeting
from silian.registers.organisations.choices import JURISDICTION_ROLES, OrganisationKind, Role

UNIT_ROLES = frozenset({Role.MANAGER, Role.AGENT, Role.COORDINATOR, Role.REVIEWER})
READERS = UNIT_ROLES | {Role.READER, Role.SUPERVISOR, Role.LEADER}


def is_official(actor: Actor) -> bool:
    """Whether the actor acts for a government department in any working role."""
    return actor.organisation_kind == OrganisationKind.GOVERNMENT and actor.has_role(*READERS)


def may_run_coordination(actor: Actor) -> bool:
    """Whether the actor keeps bodies and calls meetings: the coordinating department."""
    return actor.has_role(Role.COORDINATOR) and bool(actor.jurisdiction)


def may_run_body(actor: Actor, body: CoordinatingBody) -> bool:
    return may_run_coordination(actor) and actor.covers(body.division_id)


def require_runner(actor: Actor, *, division: str) -> None:
    if not (may_run_coordination(actor) and actor.covers(division)):
        raise NotAllowed("协调机构和会议由本地区牵头部门统筹人员办理，请联系牵头部门。")


def in_reach(actor: Actor, *, body: str = "") -> Q:
    """The bodies that concern the actor: those of the region, and those with a post of one's unit.

    ``body`` is the path from the row to its body, with ``__`` at its end.
    """
    seen = Q(pk__in=[])
    if not is_official(actor):
        return seen
    if actor.jurisdiction and actor.has_role(*JURISDICTION_ROLES):
        prefix = subtree_prefix(actor.jurisdiction)
        seen |= Q(**{f"{body}division__code__startswith": prefix})
    own = Post.objects.filter(organisation_id=actor.organisation_id or 0).values("body_id")
    return seen | Q(**{f"{body}pk__in": own})


def bodies_visible_to(actor: Actor) -> QuerySet[CoordinatingBody]:
    """The bodies of the official's region, and those in which the unit sits."""
    return CoordinatingBody.objects.filter(in_reach(actor))


def posts_run_by(actor: Actor) -> QuerySet[Post]:
    """The posts of the bodies that the actor keeps."""
    if not may_run_coordination(actor):
        return Post.objects.none()
    prefix = subtree_prefix(actor.jurisdiction)
    return Post.objects.filter(body__division__code__startswith=prefix)


def meetings_visible_to(actor: Actor) -> QuerySet[Meeting]:
    """Meetings within reach; those still planned only for those who may plan them."""
    rows = Meeting.objects.filter(in_reach(actor, body="body__"))
    if may_run_coordination(actor):
        prefix = subtree_prefix(actor.jurisdiction)
        planned = Q(body__division__code__startswith=prefix)
        return rows.filter(Q(state__in=sorted(KNOWN_STATES)) | planned)
    return rows.filter(state__in=sorted(KNOWN_STATES))


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    """Decisions within reach; drafts only for those who keep the minutes."""
    rows = Decision.objects.filter(in_reach(actor, body="meeting__body__"))
    if may_run_coordination(actor):
        return rows
    return rows.exclude(state=DecisionState.DRAFT)


def attendances_of_unit(actor: Actor) -> QuerySet[Attendance]:
    """The places of the actor's own unit at meetings that members know of (本单位参会)."""
    if not is_official(actor) or not actor.has_role(*UNIT_ROLES):
        return Attendance.objects.none()
    return Attendance.objects.filter(
        post__organisation_id=actor.organisation_id or 0, meeting__state__in=sorted(KNOWN_STATES)
    )


def may_raise(actor: Actor) -> bool:
    """Whether the actor brings problems before a body for its unit."""
    return is_official(actor) and actor.has_role(*UNIT_ROLES) and actor.organisation_verified


def escalations_visible_to(actor: Actor) -> QuerySet[Escalation]:
    """One's own unit's problems; all of the region for those who coordinate, supervise, lead."""
    seen = Q(pk__in=[])
    if is_official(actor):
        seen |= Q(raised_by_id=actor.organisation_id or 0)
    if actor.jurisdiction and actor.has_role(Role.COORDINATOR, Role.SUPERVISOR, Role.LEADER):
        prefix = subtree_prefix(actor.jurisdiction)
        seen |= Q(body__division__code__startswith=prefix)
    return Escalation.objects.filter(seen)


def may_read_coordination(actor: Actor) -> bool:
    return is_official(actor)
