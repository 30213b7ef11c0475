"""What must be there before a student begins."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from silian.operations.placements.choices.internships import (
    InternshipKind,
    InternshipState,
)
from silian.operations.placements.queries.readiness import missing_of
from tests.operations.placements import stage
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def codes(internship_id: int) -> set[str]:
    found = missing_of(internship_ids=[internship_id], on=TODAY)
    return {item.code for item in found[internship_id]}


def test_a_bare_internship_lacks_every_paper(world: World) -> None:
    bare = stage.make_internship(world)
    assert codes(bare.pk) == {
        "agreement",
        "student_consent",
        "guardian_consent",
        "training",
        "liability_insurance",
        "accident_insurance",
    }


def test_with_every_paper_nothing_is_missing(world: World) -> None:
    assert codes(stage.with_papers(world, stage.make_internship(world)).pk) == set()


@pytest.mark.parametrize(
    ("left_out", "code"),
    [
        ("agreement", "agreement"),
        ("student_consent", "student_consent"),
        ("guardian_consent", "guardian_consent"),
        ("training", "training"),
        ("liability", "liability_insurance"),
        ("accident", "accident_insurance"),
    ],
)
def test_each_paper_left_out_is_named(world: World, left_out: str, code: str) -> None:
    internship = stage.make_internship(world)
    stage.with_papers(world, internship, without=(left_out,))
    assert codes(internship.pk) == {code}


def test_observation_asks_for_no_agreement(world: World) -> None:
    school_class = stage.make_class(world)
    plan = stage.make_plan(world, school_class=school_class, kind=InternshipKind.OBSERVATION)
    watching = stage.make_internship(world, plan=plan)
    assert codes(watching.pk) == {"training", "liability_insurance"}


def test_an_agreement_that_ends_sooner_does_not_count(world: World) -> None:
    internship = stage.make_internship(world, state=InternshipState.PREPARING)
    stage.with_papers(world, internship, without=("agreement",))
    agreement = stage.make_agreement_row(internship)
    agreement.ends_on = stage.ENDS.replace(month=8)
    agreement.save(update_fields=["ends_on"])
    assert codes(internship.pk) == {"agreement"}


def test_thirty_cost_as_many_queries_as_three(world: World) -> None:
    host = stage.make_host(world)
    plan, post = stage.make_plan(world, hosts=(host,)), stage.make_post(world)
    made = [stage.make_internship(world, host=host, plan=plan, post=post).pk for _ in range(30)]
    counts = []
    for ids in (made[:3], made):
        with CaptureQueriesContext(connection) as seen:
            missing_of(internship_ids=ids, on=TODAY)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8
