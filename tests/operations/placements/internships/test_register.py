"""The register of internships and the page of one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.operations.placements.choices.internships import (
    InternshipState,
)
from tests.htmx import assert_fragment_equals_page
from tests.operations.placements import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_list_costs_the_same_with_three_rows_and_with_thirty(world: World) -> None:
    address = reverse("placements:internship_list")
    counts = []
    for number in (3, 25):
        for _ in range(number):
            stage.make_internship(world)
        world.school.client.get(address)
        with CaptureQueriesContext(connection) as seen:
            world.school.client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_fragment_is_the_page(world: World) -> None:
    stage.make_internship(world)
    address = reverse("placements:internship_list")
    assert_fragment_equals_page(world.school.client, address, selector="#sl-results")


def test_an_export_holds_no_identity_number(world: World) -> None:
    student = stage.make_student(world)
    student.id_number_mask = "9901**********1234"
    student.save(update_fields=["id_number_mask"])
    stage.make_internship(world, student=student)
    answer = world.school.client.get(reverse("placements:internship_list"), {"export": "csv"})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert student.name.encode() in body
    assert b"9901" not in body


def test_the_host_does_not_see_what_is_only_planned(world: World) -> None:
    planned = stage.make_internship(world)
    address = planned.get_absolute_url()
    assert world.enterprise.client.get(address).status_code == 404
    planned.state = InternshipState.PREPARING
    planned.save(update_fields=["state"])
    assert world.enterprise.client.get(address).status_code == 200


def test_officials_read_a_masked_name(world: World) -> None:
    internship = stage.in_post(world)
    page = world.reviewer.client.get(internship.get_absolute_url()).content.decode()
    assert internship.person.name not in page


def test_the_student_sees_what_to_do_next(world: World) -> None:
    internship = stage.make_internship(
        world, student=stage.own_student(world), state=InternshipState.PREPARING
    )
    stage.make_consent(internship, giver="student", state="waiting")
    page = world.student.client.get(reverse("placements:my_internship")).content.decode()
    assert "先读实习知情同意书" in page


def test_a_clerk_arranges_a_class_after_seeing_the_findings(world: World) -> None:
    student = stage.make_student(world)
    school_class = student.class_memberships.get().school_class
    plan = stage.make_plan(world, school_class=school_class)
    given = {
        "school_class": school_class.pk,
        "plan": plan.pk,
        "post": stage.make_post(world).pk,
        "starts_on": "2026-03-01",
        "last_day": "2026-08-31",
    }
    address = reverse("placements:internship_new")
    checked = world.school.client.post(address, given)
    assert student.name in checked.content.decode()
    assert not student.internships.exists()
    world.school.client.post(address, {**given, "student": student.pk, "save": "1"})
    assert student.internships.get().state == InternshipState.PLANNED
