"""How long applied undergraduates have practised, by cohort and by student (N62)."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from silian.operations.placements.queries import practice_length as queries
from silian.registers.programmes.models import Cohort, Programme
from tests.operations.placements import stage
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def applied(world: World) -> Cohort:
    internship = stage.make_internship(world, state="in_post")
    cohort = internship.school_class.cohort
    Programme.objects.filter(pk=cohort.programme_id).update(is_applied_undergraduate=True)
    later = timezone.localdate() + datetime.timedelta(days=400)
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=later)
    stage.make_student(world, name="演示学生乙")
    return queries.applied_cohorts(world.school.actor, on=TODAY).get()


def test_days_are_added_up_and_nothing_is_judged_while_unset(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort = applied(world)
    [row] = queries.cohort_lengths(cohorts=[cohort], on=TODAY)
    assert (row.students, row.required, row.met, row.short) == (2, None, None, None)
    monkeypatch.setattr(queries, "required_days", lambda **place: 184)
    [row] = queries.cohort_lengths(cohorts=[cohort], on=TODAY)
    assert (row.met, row.short, row.average) == (1, 1, 92)


def test_the_school_opens_the_students_and_an_authority_the_numbers(world: World) -> None:
    cohort = applied(world)
    page = reverse("placements:practice_length")
    students = reverse("placements:practice_length_students", args=[cohort.pk])
    text = world.school.client.get(page).content.decode()
    assert students in text
    assert "未设定" in text
    assert "演示学生乙" in world.school.client.get(students).content.decode()
    assert students not in world.coordinator.client.get(page).content.decode()
    assert world.coordinator.client.get(students).status_code == 403
