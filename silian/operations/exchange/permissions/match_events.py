"""Who may see, organise, attend and run matchmaking events."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.exchange.choices import EventState
from silian.operations.exchange.models.match_event import EventMeeting, EventSignup, MatchEvent
from silian.operations.exchange.permissions.negotiations import (
    is_supervisor,
    may_read_negotiations,
    may_write_negotiations,
    side_of,
)
from silian.registers.organisations.choices import OrganisationKind, Role

ORGANISER_KINDS = frozenset(
    {
        OrganisationKind.SCHOOL,
        OrganisationKind.ASSOCIATION,
        OrganisationKind.ALLIANCE,
        OrganisationKind.SERVICE,
    }
)
ORGANISING_ROLES = frozenset({Role.MANAGER, Role.AGENT})
ORGANISING_OFFICIALS = frozenset({Role.COORDINATOR, Role.REVIEWER})
SHOWN_STATES = tuple(state for state in EventState if state is not EventState.DRAFT)


def may_organise(actor: Actor) -> bool:
    """Whether the actor plans and runs events for its organisation (主办单位经办人)."""
    if actor.organisation_id is None or not actor.organisation_verified:
        return False
    if actor.organisation_kind == OrganisationKind.GOVERNMENT:
        return actor.has_role(*ORGANISING_OFFICIALS)
    return actor.organisation_kind in ORGANISER_KINDS and actor.has_role(*ORGANISING_ROLES)


def require_organiser(actor: Actor) -> None:
    if not may_organise(actor):
        raise NotAllowed(
            "对接活动由主管部门、院校、行业组织、集团联盟或产教融合服务组织主办，"
            "由已核验单位的管理员、经办人或主管部门统筹、审核人员办理。"
        )


def may_run(actor: Actor, event: MatchEvent) -> bool:
    """Whether the actor runs this event: its organiser's own people."""
    return may_organise(actor) and event.organiser_id == side_of(actor)


def require_runner(actor: Actor, event: MatchEvent) -> None:
    if not may_run(actor, event):
        raise NotAllowed("这一步由主办单位办理，请联系主办单位。")


def match_events_visible_to(actor: Actor) -> QuerySet[MatchEvent]:
    """Announced events for everybody, also those cancelled later; drafts for the organiser."""
    seen = Q(state__in=SHOWN_STATES)
    if may_organise(actor):
        seen |= Q(organiser_id=side_of(actor))
    return MatchEvent.objects.filter(seen)


def match_events_run_by(actor: Actor) -> QuerySet[MatchEvent]:
    """The events of the actor's own organisation, when it may run them (本单位主办)."""
    if not may_organise(actor):
        return MatchEvent.objects.none()
    return MatchEvent.objects.filter(organiser_id=side_of(actor))


def signups_visible_to(actor: Actor) -> QuerySet[EventSignup]:
    """One's own sign-ups, and all those for events that one runs."""
    seen = Q(pk__in=[])
    if may_read_negotiations(actor):
        seen |= Q(organisation_id=side_of(actor))
    if may_organise(actor):
        seen |= Q(event__organiser_id=side_of(actor))
    return EventSignup.objects.filter(seen)


def meetings_visible_to(actor: Actor) -> QuerySet[EventMeeting]:
    """For the organiser all; for those who take part their own, once the plan is shown."""
    seen = Q(pk__in=[])
    if may_read_negotiations(actor):
        own = Q(need_signup__organisation_id=side_of(actor)) | Q(
            offer_signup__organisation_id=side_of(actor)
        )
        seen |= own & Q(event__plan_shown_at__isnull=False)
    if may_organise(actor):
        seen |= Q(event__organiser_id=side_of(actor))
    return EventMeeting.objects.filter(seen)


def may_sign_up(actor: Actor) -> bool:
    return may_write_negotiations(actor)


def may_read_event_effect(actor: Actor) -> bool:
    """Figures of all events: for officials and for those who organise (对接活动成效)."""
    return is_supervisor(actor) or may_organise(actor)
