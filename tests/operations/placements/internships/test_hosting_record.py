"""How many interns a unit hosted in the last three years, for its applications."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from silian.casework.reviews.registry import Subject, fact_named, source_named
from silian.operations.placements.choices.internships import InternshipState
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.queries.hosting_record import interns_hosted
from tests.operations.placements import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def hosted(internship: Internship, **facts: object) -> int:
    """The count of the host after the internship went as told."""
    Internship.objects.filter(pk=internship.pk).update(**facts)
    subject = Subject(organisation=internship.organisation)
    return int(interns_hosted(subject=subject, on=timezone.localdate()).value or 0)


def test_three_months_in_post_within_three_years_count(world: World) -> None:
    internship = stage.make_internship(world)
    today = timezone.localdate()
    began = today - datetime.timedelta(days=200)
    long = {
        "started_on": began,
        "starts_on": began,
        "ends_on": began + datetime.timedelta(days=90),
        "state": InternshipState.FINISHED,
    }
    assert hosted(internship, **long) == 1
    assert hosted(internship, ended_on=began + datetime.timedelta(days=89)) == 0
    gone = {"ended_on": None, "state": InternshipState.CANCELLED, "end_reason": "学生升学"}
    assert hosted(internship, **gone) == 0
    old = today - datetime.timedelta(days=4 * 366)
    assert hosted(internship, **{**long, "started_on": old, "starts_on": old}) == 0


def test_the_count_is_offered_to_forms_and_criteria() -> None:
    assert fact_named("placements.interns_hosted") is not None
    assert source_named("placements.interns_hosted") is not None
