"""Crosswalk links: who may enter and review them, and what they say afterwards."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.reference.choices import Confidence, CrosswalkBasis
from silian.foundation.reference.commands.links import link_entries, review_link
from silian.foundation.reference.models import Crosswalk
from silian.foundation.reference.queries.links import named_links, targets_of
from tests.world import World

MAJOR = ("major", "2021:460103")
TURNER = ("occupation", "6-18-01-01")
REPORT = CrosswalkBasis.SCHOOL_REPORT


def enter(world: World, role: str = "school", **values: object) -> Crosswalk:
    given = {"source": MAJOR, "target": TURNER, "weight": Decimal("0.6"), "basis": REPORT, **values}
    return link_entries(actor=world.people[role].actor, **given)  # type: ignore[arg-type]


def test_a_school_links_a_major_to_an_occupation(world: World, catalogues: None) -> None:
    enter(world)
    link = enter(world, weight=Decimal("0.7"))
    assert Crosswalk.objects.filter(basis=REPORT).count() == 1
    assert link.confidence == Confidence.TENTATIVE
    found = targets_of(source="major", key="2021:460103", target="occupation")
    assert found == {"6-18-01-01": 0.7}
    assert named_links(catalogue="occupation", key="6-18-01-01")[0].name == "数控技术"


def test_an_enterprise_may_not_report_for_a_school(world: World, catalogues: None) -> None:
    with pytest.raises(NotAllowed, match="学校填报"):
        enter(world, "enterprise")
    with pytest.raises(NotAllowed):
        enter(world, "student")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"weight": Decimal("0")}, "weight"),
        ({"weight": Decimal("1.1")}, "weight"),
        ({"target": ("occupation", "9-99-99-99")}, "target"),
        ({"source": ("major", "2015:510102")}, "source"),
        ({"source": ("industry", "C")}, None),
    ],
)
def test_a_wrong_link_is_refused_with_its_field(
    world: World, catalogues: None, wrong: dict[str, object], field: str | None
) -> None:
    with pytest.raises(DomainError) as refusal:
        enter(world, **wrong)
    assert refusal.value.field == field
    assert not Crosswalk.objects.filter(basis=REPORT).exists()


def test_a_coordinator_confirms_what_a_school_reported(world: World, catalogues: None) -> None:
    link = enter(world)
    with pytest.raises(NotAllowed):
        review_link(
            actor=world.school.actor,
            link_id=link.pk,
            confidence=Confidence.LIKELY,
            now=timezone.now(),
        )
    done = review_link(
        actor=world.coordinator.actor,
        link_id=link.pk,
        confidence=Confidence.LIKELY,
        now=timezone.now(),
    )
    assert (done.confidence, done.reviewed_by) == ("likely", "coordinator")
