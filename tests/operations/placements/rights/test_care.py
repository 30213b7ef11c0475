"""Visits and incidents: who records them, what they need, what runs on their clock."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.choices.pay import (
    IncidentSeverity,
    IncidentState,
)
from silian.operations.placements.commands.care import (
    close_incident,
    follow_up_visit,
    record_incident,
    report_incident,
    set_visit_frequency,
)
from silian.operations.placements.models import Incident, Visit
from silian.operations.placements.permissions.care import visits_visible_to
from silian.operations.placements.queries.visits import hosts_to_visit, states_of
from tests.operations.placements.rights import stage
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def test_a_teacher_records_a_visit_to_his_students(world: World) -> None:
    visit = stage.visit(world)
    assert [row.pk for row in visit.internships.all()] == [stage.intern(world).pk]
    assert visit in visits_visible_to(world.school.actor)
    assert not visits_visible_to(world.enterprise.actor).exists()


def test_a_visit_is_not_of_tomorrow_and_not_to_strangers(world: World) -> None:
    stage.intern(world)
    with pytest.raises(DomainError, match="晚于今天"):
        stage.visit(world, visited_on=TODAY + datetime.timedelta(days=1))
    with pytest.raises(DomainError, match="跟进期限"):
        stage.visit(world, follow_up="补手套")


def test_what_a_visit_found_is_followed_up_once(world: World) -> None:
    visit = stage.visit(world, follow_up="补手套", follow_up_due_on=TODAY)
    done = follow_up_visit(actor=world.teacher.actor, visit_id=visit.pk, result="已补", on=TODAY)
    assert done.followed_up_on == TODAY
    with pytest.raises(DomainError, match="没有待跟进"):
        follow_up_visit(actor=world.teacher.actor, visit_id=visit.pk, result="已补", on=TODAY)


def test_a_visit_is_due_only_when_the_school_set_how_often(world: World) -> None:
    internship = stage.intern(world)
    assert states_of(internship_ids=[internship.pk])[internship.pk].due_on is None
    set_visit_frequency(actor=world.school.actor, every_days=30, now=stage.NOW)
    (host,) = hosts_to_visit(world.teacher.actor, on=TODAY)
    assert host.late == 1
    stage.visit(world)
    (host,) = hosts_to_visit(world.teacher.actor, on=TODAY)
    assert host.late == 0
    with pytest.raises(NotAllowed):
        set_visit_frequency(actor=world.teacher.actor, every_days=1, now=stage.NOW)


def test_a_serious_incident_starts_the_clock_to_the_authority(world: World) -> None:
    incident = stage.incident(world)
    assert incident.report_due_at == incident.happened_at + datetime.timedelta(hours=24)
    assert incident.authority == world.reviewer.organisation
    with pytest.raises(DomainError, match="先报告"):
        close_incident(
            actor=world.school.actor, incident_id=incident.pk, conclusion="好了", now=stage.NOW
        )
    report_incident(actor=world.school.actor, incident_id=incident.pk, now=stage.NOW)
    done = close_incident(
        actor=world.school.actor,
        incident_id=incident.pk,
        conclusion="已痊愈，保险已赔付",
        claim_number="BX-1",
        now=stage.NOW,
    )
    assert (done.state, done.claim_number) == (IncidentState.CLOSED, "BX-1")


def test_the_data_base_keeps_a_grave_incident_open_until_it_is_reported(world: World) -> None:
    incident = stage.incident(world, IncidentSeverity.GRAVE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(
            state=IncidentState.CLOSED, closed_at=stage.NOW, conclusion="好了"
        )


def test_a_stranger_records_no_incident(world: World) -> None:
    internship = stage.intern(world)
    for member in (world.rival, world.student, world.expert):
        with pytest.raises(NotAllowed):
            record_incident(
                actor=member.actor,
                internship_id=internship.pk,
                report=stage.report(),
                now=stage.NOW,
            )
    assert not Visit.objects.exists()
