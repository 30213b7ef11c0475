"""What the tests of rights, visits and incidents set up."""

from __future__ import annotations

import datetime
from typing import Any

from silian.operations.placements.choices.pay import (
    IncidentKind,
    IncidentSeverity,
    VisitWay,
)
from silian.operations.placements.commands.care import (
    IncidentReport,
    record_incident,
    record_visit,
)
from silian.operations.placements.models import Incident, Internship, Visit
from tests.operations.placements import stage as placements
from tests.operations.placements.pay import stage as pay
from tests.world import TODAY, World

NOW = placements.NOW


def intern(world: World) -> Internship:
    """The world's student at the enterprise, guided by the world's teacher."""
    found = Internship.objects.first()
    return found or pay.intern(world, teacher=placements.teacher_person(world))


def visit(world: World, **values: Any) -> Visit:
    facts: dict[str, Any] = {
        "visited_on": TODAY,
        "way": VisitWay.ON_SITE,
        "findings": "工时正常",
        "now": NOW,
    }
    return record_visit(
        actor=world.teacher.actor, internship_ids=[intern(world).pk], **{**facts, **values}
    )


def report(severity: IncidentSeverity = IncidentSeverity.SERIOUS) -> IncidentReport:
    return IncidentReport(
        kind=IncidentKind.INJURY,
        severity=severity,
        happened_at=NOW - datetime.timedelta(hours=2),
        place="二车间",
        description="手部划伤，已送医。",
    )


def incident(world: World, severity: IncidentSeverity = IncidentSeverity.SERIOUS) -> Incident:
    return record_incident(
        actor=world.school.actor,
        internship_id=intern(world).pk,
        report=report(severity),
        now=NOW,
    )
