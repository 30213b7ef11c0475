"""Partners of a signed cooperation or of a pairing do not judge one another."""

from __future__ import annotations

import datetime

import pytest

from silian.casework.reviews.queries.ties import ties_of
from silian.operations.alliances.models.cooperation import CooperationProject
from silian.operations.alliances.panels.ties import alliance_ties
from tests.operations.alliances import cooperation_stage, pairing_stage
from tests.operations.alliances.stage import TODAY
from tests.world import Person, World

pytestmark = pytest.mark.django_db
SINCE = TODAY.replace(year=TODAY.year - 3)
DAY = datetime.timedelta(days=1)


def unit(person: Person) -> int:
    assert person.organisation is not None
    return person.organisation.pk


def ties(person: Person, *, since: datetime.date = SINCE) -> list[int]:
    found = alliance_ties(organisation_id=unit(person), since=since, on=TODAY)
    return [tie.organisation_id for tie in found]


def project(world: World, **facts: object) -> CooperationProject:
    """A signed project of the school with an enterprise of the register."""
    made = cooperation_stage.signed(world)
    CooperationProject.objects.filter(pk=made.pk).update(
        partner_unit_id=unit(world.enterprise), **facts
    )
    return CooperationProject.objects.get(pk=made.pk)


def test_a_signed_project_ties_both_sides(world: World) -> None:
    project(world)
    assert ties(world.school) == [unit(world.enterprise)]
    assert ties(world.enterprise) == [unit(world.school)]
    assert ties(world.rival) == []


def test_a_talk_without_a_signature_ties_nobody(world: World) -> None:
    made = cooperation_stage.explored(world)
    CooperationProject.objects.filter(pk=made.pk).update(partner_unit_id=unit(world.enterprise))
    assert ties(world.enterprise) == []


def test_a_partner_outside_the_register_ties_nobody(world: World) -> None:
    cooperation_stage.signed(world)
    assert ties(world.school) == []


@pytest.mark.parametrize(("after", "bound"), [(-1, True), (0, False)])
def test_a_project_that_ended_before_the_period_ties_no_more(
    world: World, after: int, bound: bool
) -> None:
    ended_on = TODAY - 10 * DAY
    project(world, stage="ended", ended_on=ended_on, end_reason="期满")
    assert bool(ties(world.school, since=ended_on + after * DAY)) == bound


def test_a_pairing_ties_the_school_and_the_office_of_the_zone(world: World) -> None:
    area = pairing_stage.zone(world, committee_id=unit(world.rival))
    pairing_stage.running(world, area)
    assert ties(world.school) == [unit(world.rival)]
    assert ties(world.rival) == [unit(world.school)]


def test_a_proposed_pairing_ties_nobody(world: World) -> None:
    area = pairing_stage.zone(world, committee_id=unit(world.rival))
    pairing_stage.proposed(world, area)
    assert ties(world.school) == []


def test_the_review_engine_hears_of_it(world: World) -> None:
    project(world)
    found = ties_of(organisation_id=unit(world.enterprise), since=SINCE, on=TODAY)
    assert unit(world.school) in [tie.organisation_id for tie in found]
