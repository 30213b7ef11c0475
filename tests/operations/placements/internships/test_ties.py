"""A school and a host that shared interns, or ordered a class, do not judge one another."""

from __future__ import annotations

import datetime

import pytest

from silian.casework.reviews.queries.ties import ties_of
from silian.operations.placements.choices.internships import InternshipState
from silian.operations.placements.models import ClassOrder, Internship
from silian.operations.placements.panels.ties import placement_ties
from tests.operations.placements import stage
from tests.operations.placements.orders import stage as orders
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db
SINCE = TODAY.replace(year=TODAY.year - 3)


def ties(organisation_id: int, *, since: datetime.date = SINCE) -> list[tuple[int, str]]:
    found = placement_ties(organisation_id=organisation_id, since=since, on=TODAY)
    return [(tie.organisation_id, tie.what) for tie in found]


def test_interns_tie_the_school_and_the_host_both_ways(world: World) -> None:
    one = stage.make_internship(world, state=InternshipState.IN_POST)
    assert ties(one.organisation_id) == [(one.school_id, "实习 1 人次")]
    assert ties(one.school_id) == [(one.organisation_id, "实习 1 人次")]
    stranger = world.rival.organisation.pk  # type: ignore[union-attr]
    assert ties(stranger) == []


@pytest.mark.parametrize(
    "state", [InternshipState.PLANNED, InternshipState.PREPARING, InternshipState.CANCELLED]
)
def test_who_never_came_ties_nobody(world: World, state: InternshipState) -> None:
    one = stage.make_internship(world, state=state)
    assert ties(one.organisation_id) == []


@pytest.mark.parametrize(("after", "bound"), [(-1, True), (0, False), (1, False)])
def test_interns_who_left_before_the_period_tie_no_more(
    world: World, after: int, bound: bool
) -> None:
    one = stage.make_internship(world, state=InternshipState.IN_POST)
    left_on = TODAY - datetime.timedelta(days=1)
    Internship.objects.filter(pk=one.pk).update(ends_on=left_on)
    since = left_on + datetime.timedelta(days=after)
    assert bool(ties(one.organisation_id, since=since)) == bound


def test_an_ordered_class_ties_the_enterprise_and_the_school(world: World) -> None:
    order = orders.running_order(world)
    ClassOrder.objects.filter(pk=order.pk).update(starts_on=TODAY - datetime.timedelta(days=30))
    assert [other for other, _ in ties(order.enterprise_id)] == [order.school_id]
    assert [other for other, _ in ties(order.school_id)] == [order.enterprise_id]


def test_a_draft_of_an_order_ties_nobody(world: World) -> None:
    order = orders.drafted_order(world)
    ClassOrder.objects.filter(pk=order.pk).update(starts_on=TODAY - datetime.timedelta(days=30))
    assert ties(order.enterprise_id) == []


def test_the_review_engine_hears_of_it(world: World) -> None:
    one = stage.make_internship(world, state=InternshipState.IN_POST)
    found = ties_of(organisation_id=one.organisation_id, since=SINCE, on=TODAY)
    assert (one.school_id, "实习 1 人次") in [(tie.organisation_id, tie.what) for tie in found]
