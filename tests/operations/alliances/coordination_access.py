"""Who gets what from the addresses of bodies, meetings, decisions and problems."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from silian.operations.alliances.commands.escalations import raise_escalation
from silian.operations.alliances.commands.meetings import convene_meeting, set_agenda
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.models.decisions import Decision
from silian.operations.alliances.models.escalations import Escalation
from silian.operations.alliances.models.meetings import Attendance, Meeting
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only
from tests.operations.alliances import stage
from tests.world import ROLES, World

DONE, INVALID = 302, 422
OFFICIALS = ("reviewer", "coordinator", "supervisor", "leader")
RAISERS = ("reviewer", "coordinator")
RUNNER = ("coordinator",)


def body_of(world: World) -> CoordinatingBody:
    return CoordinatingBody.objects.first() or stage.group(world)


def meeting_of(world: World) -> Meeting:
    """A meeting that has been called and lies ahead."""
    found = Meeting.objects.filter(state="convened").first()
    if found is not None:
        return found
    meeting = stage.planned(world, body_of(world))
    meeting.held_at = timezone.now() + (stage.HELD_AT - stage.NOW)
    meeting.save(update_fields=["held_at"])
    actor = world.coordinator.actor
    set_agenda(meeting_id=meeting.pk, items=[("议题", None)], actor=actor)
    return convene_meeting(meeting_id=meeting.pk, actor=actor, now=timezone.now())


def decision_of(world: World) -> Decision:
    return Decision.objects.first() or stage.decided(world, meeting_of(world))


def problem_of(world: World) -> Escalation:
    found = Escalation.objects.first()
    return found or raise_escalation(
        body_id=body_of(world).pk,
        title="事项",
        detail="情况",
        actor=world.reviewer.actor,
        now=timezone.now(),
    )


def place_of_bureau(world: World) -> Attendance:
    bureau = world.reviewer.organisation
    return meeting_of(world).attendances.get(post__organisation=bureau)


def body(world: World) -> dict[str, Any]:
    return {"body_id": body_of(world).pk}


def post(world: World) -> dict[str, Any]:
    return {"post_id": body_of(world).posts.order_by("pk")[0].pk}


def meeting(world: World) -> dict[str, Any]:
    return {"meeting_id": meeting_of(world).pk}


def decision(world: World) -> dict[str, Any]:
    return {"decision_id": decision_of(world).pk}


def problem(world: World) -> dict[str, Any]:
    return {"escalation_id": problem_of(world).pk}


def officials(**given: Any) -> Row:
    """A page for officials; others are refused."""
    return only(*OFFICIALS, **given)


def runner(*, status: int = OK, hidden: tuple[str, ...] = (), **given: Any) -> Row:
    """A step of the coordinating department; other officials see the object and are refused."""
    statuses = dict.fromkeys(ROLES, REFUSED) | {"anonymous": LOGIN, "coordinator": status}
    return Row(statuses={**statuses, **dict.fromkeys(hidden, HIDDEN)}, **given)


OTHERS = ("reviewer", "supervisor", "leader")
COORDINATION_ROWS: dict[str, Row] = {
    "alliances:body_list": officials(),
    "alliances:body_new": only(*RUNNER),
    "alliances:body_detail": officials(kwargs=body),
    "alliances:body_edit": runner(kwargs=body),
    "alliances:body_end": runner(kwargs=body, method="post", status=DONE),
    "alliances:post_new": runner(kwargs=body),
    "alliances:post_seat": runner(kwargs=post, hidden=OTHERS),
    "alliances:post_end": runner(kwargs=post, method="post", status=DONE, hidden=OTHERS),
    "alliances:roster_import": runner(kwargs=body),
    "alliances:meeting_list": officials(),
    "alliances:meeting_new": runner(kwargs=body),
    "alliances:meeting_detail": officials(kwargs=meeting),
    "alliances:meeting_edit": runner(kwargs=meeting),
    "alliances:agenda_edit": runner(kwargs=meeting),
    "alliances:meeting_hold": runner(kwargs=meeting),
    "alliances:meeting_sign": runner(kwargs=meeting),
    "alliances:meeting_minutes": only(*OFFICIALS, status=HIDDEN, kwargs=meeting),
    "alliances:meeting_step": runner(
        kwargs=lambda world: {**meeting(world), "name": "cancel"}, method="post", status=DONE
    ),
    "alliances:meeting_reply": only(
        *RAISERS,
        kwargs=lambda world: {"attendance_id": place_of_bureau(world).pk},
    ),
    "alliances:decision_list": officials(),
    "alliances:decision_new": runner(kwargs=meeting),
    "alliances:decision_drop": runner(kwargs=decision, method="post", status=DONE, hidden=OTHERS),
    "alliances:decision_revoke": runner(kwargs=decision, method="post", status=DONE, hidden=OTHERS),
    "alliances:escalation_list": officials(),
    "alliances:escalation_new": only(*RAISERS),
    "alliances:escalation_detail": officials(kwargs=problem),
    "alliances:escalation_schedule": runner(kwargs=problem),
    "alliances:escalation_answer": runner(kwargs=problem),
    "alliances:escalation_return": runner(kwargs=problem),
}
COORDINATION_ROWS["alliances:meeting_reply"] = Row(
    statuses={
        **COORDINATION_ROWS["alliances:meeting_reply"].statuses,
        "supervisor": HIDDEN,
        "leader": HIDDEN,
    },
    kwargs=COORDINATION_ROWS["alliances:meeting_reply"].kwargs,
)
