"""Zones, the schools beside them, help between places, actions and their results."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.queries.measuring import Key, measured_values
from silian.casework.metrics.registry import declared_metrics
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.alliances.choices.pairings import Cover, PairingKind, PairingState
from silian.operations.alliances.commands.pairings import (
    confirm_pairing,
    drop_action,
    end_pairing,
    plan_action,
    propose_again,
    propose_pairing,
    record_result,
    return_pairing,
)
from silian.operations.alliances.commands.zones import add_zone, close_zone
from silian.operations.alliances.models.pairings import Pairing
from silian.operations.alliances.permissions.pairings import pairings_to_answer, pairings_visible_to
from silian.operations.alliances.queries.zones import (
    coverage_of,
    covers_of,
    required_by_place,
    zones_with_cover,
)
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import OrganisationKind, Role
from tests.operations.alliances import pairing_stage as stage
from tests.operations.alliances.stage import NOW, TODAY
from tests.world import CITY, COUNTY, OTHER_CITY, World, make_member, make_organisation


def cover(on: datetime.date = TODAY) -> list[Cover]:
    places = required_by_place(on=on)
    rows = zones_with_cover(on=on, places=places).order_by("pk")
    return [row.cover for row in covers_of(rows, places=places, on=on)]


def test_a_zone_without_standard_is_not_judged(world: World) -> None:
    stage.zone(world)
    assert cover() == [Cover.UNSET]


def test_a_gap_names_schools_that_could_be_asked(world: World) -> None:
    stage.standard("1")
    stage.zone(world)
    places = required_by_place(on=TODAY)
    (row,) = covers_of(zones_with_cover(on=TODAY, places=places), places=places, on=TODAY)
    assert row.cover == Cover.GAP
    assert row.missing == 1
    assert list(row.suggested) == [world.school.organisation]
    assert row.basis == "青政发〔2025〕3号 二（二）"


def test_a_confirmed_school_covers_a_zone_within_its_period_only(world: World) -> None:
    stage.standard("1")
    pairing = stage.proposed(world)
    assert cover() == [Cover.GAP]
    confirm_pairing(pairing_id=pairing.pk, actor=world.coordinator.actor)
    assert cover() == [Cover.MET]
    assert cover(stage.ENDS) == [Cover.GAP]


def test_a_county_may_ask_for_more_than_its_city(world: World) -> None:
    stage.standard("1")
    stage.standard("2", division=COUNTY)
    stage.running(world)
    assert cover() == [Cover.GAP]


def test_a_school_proposes_for_itself_only(world: World) -> None:
    other = make_organisation(name="汀县职业高级中学（演示）", kind=OrganisationKind.SCHOOL)
    with pytest.raises(NotAllowed, match="只能为本校"):
        stage.proposed(world, school_id=other.pk)


@pytest.mark.parametrize("person", ["enterprise", "teacher", "student", "leader"])
def test_others_propose_nothing(world: World, person: str) -> None:
    area = stage.zone(world)
    with pytest.raises(NotAllowed):
        stage.proposed(world, area, by=world.people[person])


def test_the_same_two_are_paired_once(world: World) -> None:
    stage.proposed(world)
    with pytest.raises(DomainError, match="已有待确认或实施中的结对"):
        stage.proposed(world)


def test_the_department_is_told_and_the_school_hears_the_answer(
    world: World, run_jobs: Callable[[], None]
) -> None:
    pairing = stage.proposed(world)
    run_jobs()
    assert Notification.objects.filter(user=world.coordinator.user).exists()
    return_pairing(pairing_id=pairing.pk, answer="请补写共建专业", actor=world.coordinator.actor)
    run_jobs()
    told = Notification.objects.get(user=world.school.user)
    assert told.detail == "请补写共建专业"
    again = propose_again(pairing_id=pairing.pk, actor=world.school.actor, now=NOW)
    assert (again.state, again.answer) == (PairingState.PROPOSED, "")


def test_the_committee_of_the_zone_answers(world: World) -> None:
    committee = make_organisation(
        name="高新区管委会（演示）", kind=OrganisationKind.GOVERNMENT, division_id=COUNTY
    )
    person = make_member(username="committee", organisation=committee, role=Role.AGENT)
    pairing = stage.proposed(world, stage.zone(world, committee_id=committee.pk))
    assert pairings_to_answer(person.actor).get() == pairing
    confirmed = confirm_pairing(pairing_id=pairing.pk, actor=person.actor)
    assert confirmed.state == PairingState.RUNNING


def test_a_proposal_is_seen_by_its_sides_and_the_region(world: World) -> None:
    pairing = stage.proposed(world)
    seen = {
        name
        for name, person in world.people.items()
        if pairings_visible_to(person.actor).filter(pk=pairing.pk).exists()
    }
    assert seen == {"school", "reviewer", "coordinator", "supervisor", "leader"}


def test_a_school_does_not_answer_its_own_proposal(world: World) -> None:
    pairing = stage.proposed(world)
    with pytest.raises(NotAllowed):
        confirm_pairing(pairing_id=pairing.pk, actor=world.school.actor)


def test_an_ended_pairing_says_why_and_counts_no_more(world: World) -> None:
    stage.standard("1")
    pairing = stage.running(world)
    with pytest.raises(DomainError, match="理由"):
        end_pairing(
            pairing_id=pairing.pk, ended_on=TODAY, reason=" ", actor=world.coordinator.actor
        )
    end_pairing(pairing_id=pairing.pk, ended_on=TODAY, reason="专业停招", actor=world.school.actor)
    assert cover() == [Cover.GAP]
    with pytest.raises(WrongState):
        end_pairing(
            pairing_id=pairing.pk, ended_on=TODAY, reason="再次", actor=world.coordinator.actor
        )


def test_actions_lie_within_the_period_and_carry_results(world: World) -> None:
    pairing = stage.running(world)
    actor = world.school.actor
    with pytest.raises(DomainError, match="合作期内"):
        plan_action(pairing_id=pairing.pk, title="实训", due_on=stage.ENDS, actor=actor)
    action = plan_action(pairing_id=pairing.pk, title="学生到园区实训", due_on=TODAY, actor=actor)
    tomorrow = TODAY + datetime.timedelta(days=1)
    with pytest.raises(DomainError, match="不能晚于今天"):
        record_result(
            action_id=action.pk, done_on=tomorrow, result="好", people=8, actor=actor, today=TODAY
        )
    done = record_result(
        action_id=action.pk,
        done_on=TODAY,
        result="42 名学生完成两周实训",
        people=42,
        actor=actor,
        today=TODAY,
    )
    assert done.people == 42
    with pytest.raises(DomainError, match="不能删除"):
        drop_action(action_id=action.pk, actor=actor)


def test_help_between_places_is_registered_by_the_department(world: World) -> None:
    facts = stage.pairing_facts(
        world,
        stage.zone(world),
        kind=PairingKind.COUNTY_AID,
        zone_id=None,
        school_id=None,
        helper_id=CITY,
    )
    made = propose_pairing(
        facts=facts, division=COUNTY, programmes=[], actor=world.coordinator.actor, now=NOW
    )
    assert (made.state, made.division_id) == (PairingState.RUNNING, COUNTY)
    with pytest.raises(NotAllowed):
        propose_pairing(
            facts=facts, division=COUNTY, programmes=[], actor=world.school.actor, now=NOW
        )
    with pytest.raises(DomainError, match="不能是同一个地区"):
        propose_pairing(
            facts=facts, division=CITY, programmes=[], actor=world.coordinator.actor, now=NOW
        )


def test_a_zone_of_another_region_is_out_of_reach(world: World) -> None:
    with pytest.raises(NotAllowed):
        add_zone(
            division=OTHER_CITY,
            facts=stage.zone_facts(),
            industries=[],
            actor=world.coordinator.actor,
        )


def test_a_name_stands_once_and_a_point_is_whole(world: World) -> None:
    stage.zone(world)
    with pytest.raises(DomainError, match="已登记"):
        stage.zone(world)
    with pytest.raises(DomainError, match="经度和纬度"):
        stage.zone(world, name="另一个", longitude="110.1")


def test_a_zone_with_a_running_school_is_not_closed(world: World) -> None:
    pairing = stage.running(world)
    assert pairing.zone is not None
    args = {"zone_id": pairing.zone.pk, "closed_on": TODAY, "actor": world.coordinator.actor}
    with pytest.raises(DomainError, match="未结束的对口合作"):
        close_zone(reason="整合", **args)
    Pairing.objects.update(state=PairingState.ENDED, ended_on=TODAY, answer="整合")
    close_zone(reason="整合", **args)
    assert coverage_of(zones_with_cover(on=TODAY, places={})).total == 0


def test_the_metrics_count_zones_and_their_cover(world: World) -> None:
    stage.standard("1")
    stage.running(world)
    stage.zone(world, name="第二集聚区")
    month = TODAY.replace(day=1)
    expected = {
        "alliances.zones": 2,
        "alliances.zones_covered": 1,
        "alliances.zone_school_coverage": 50,
        "alliances.pairings_running": 1,
        "alliances.aid_running": 0,
    }
    for code, value in expected.items():
        found = measured_values(
            declared_metrics()[code], areas={"9901": CITY}, since=month, until=TODAY
        )
        assert found[Key(CITY, PeriodKind.MONTH, month)].value == value, code
