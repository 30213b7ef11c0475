"""Candidates are checked hundreds at a time, in a number of queries that does not grow."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from silian.operations.placements.choices.hosts import (
    Severity,
)
from silian.operations.placements.choices.internships import (
    InternshipKind,
)
from silian.operations.placements.models import Host
from silian.operations.placements.queries.lawfulness import Candidate, findings_of
from silian.registers.people.choices import Sex
from silian.registers.policies.models.parameters import Parameter
from tests.operations.placements import stage
from tests.world import CITY, TODAY, World

pytestmark = pytest.mark.django_db


def candidate(world: World, **changes: Any) -> Candidate:
    host = stage.make_host(world)
    student = changes.pop("student", None) or stage.make_student(world)
    post = changes.pop("post", None) or stage.make_post(world)
    plan = stage.make_plan(world, hosts=(host,)) if "plan_id" not in changes else None
    facts: dict[str, Any] = {
        "person_id": student.pk, "post_id": post.pk, "plan_id": plan.pk if plan else None,
        "host_id": host.pk, "starts_on": stage.STARTS, "ends_on": stage.ENDS,
        "has_teacher": True, "has_mentor": True,
    }  # fmt: skip
    return Candidate(**{**facts, **changes})


def blocking(*candidates: Candidate) -> list[set[str]]:
    found = findings_of(candidates=candidates, on=TODAY)
    return [{each.code for each in row if each.severity == Severity.BLOCK} for row in found]


def test_a_lawful_candidate_has_nothing_against_it(world: World) -> None:
    assert findings_of(candidates=[candidate(world)], on=TODAY) == [[]]


def test_each_candidate_gets_its_own_answer(world: World) -> None:
    minor = stage.make_student(world, born_on=datetime.date(2009, 6, 1))
    dusty = stage.make_post(world, hazards=["dust"])
    woman = stage.make_student(world, sex=Sex.FEMALE)
    assert blocking(
        candidate(world, student=minor, post=dusty),
        candidate(world, student=woman, post=dusty),
        candidate(world, plan_id=None),
    ) == [{"IN-18c"}, set(), {"IN-06"}]


def test_a_host_that_did_not_confirm_the_plan_is_not_covered_by_it(world: World) -> None:
    wish = candidate(world)
    other = stage.make_host(world, organisation=world.rival.organisation)
    assert "IN-06" in blocking(Candidate(**{**vars(wish), "host_id": other.pk}))[0]


def test_a_host_without_checks_is_refused(world: World) -> None:
    wish = candidate(world)
    Host.objects.filter(pk=wish.host_id).update(is_credit_clean=None)
    assert blocking(wish) == [{"IN-03"}]


def test_the_queries_do_not_grow_with_the_candidates(world: World) -> None:
    few = [candidate(world)]
    many = few + [
        Candidate(**{**vars(few[0]), "person_id": stage.make_student(world).pk}) for _ in range(30)
    ]
    counts = []
    for wishes in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            findings_of(candidates=wishes, on=TODAY)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_watching_needs_no_plan_and_no_papers(world: World) -> None:
    wish = candidate(world, plan_id=None, kind=InternshipKind.OBSERVATION)
    assert blocking(wish) == [set()]


def test_a_regions_own_row_stands_before_the_nations_and_keeps_what_it_leaves_open(
    world: World,
) -> None:
    facts = {"division_id": CITY, "unit": "", "source": "青教〔2026〕1号", "force": "mandatory"}
    for number, name in (("IN-07", "post_matches_major"), ("IN-18g", "heaviest_labour")):
        Parameter.objects.create(
            code=number, name=name, title=name, valid_from=datetime.date(2026, 1, 1), **facts
        )
    nurses = stage.make_class(
        world, name="护理 2301", major=stage.make_major(code="520201", name="护理")
    )
    nurse = stage.make_student(world, school_class=nurses)
    heavy = stage.make_post(world, intensity=3)
    assert blocking(candidate(world, student=nurse)) == [{"IN-07"}]
    assert blocking(candidate(world, post=heavy)) == [{"IN-18g"}]
