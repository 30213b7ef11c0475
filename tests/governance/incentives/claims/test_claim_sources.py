"""Items are drafted from what the platform knows; what does not count says why."""

from __future__ import annotations

import datetime

import pytest

from silian.governance.incentives.choices.claims import ClaimScheme, GateOutcome
from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.claim_sources import drift_of, items_now
from silian.governance.incentives.queries.payment_gates import gates_for
from silian.governance.incentives.rules.claim_items import TOO_SHORT, joined, without
from silian.operations.placements.choices.internships import InternshipState
from silian.operations.placements.choices.orders import ApprenticeState
from silian.operations.placements.models import Apprentice, Interruption
from silian.registers.policies.models import Parameter
from tests.governance.incentives.claims import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def day(month: int, number: int, *, year: int = 2025) -> datetime.date:
    return datetime.date(year, month, number)


def drafted(world: World) -> Claim:
    return stage.started(world, stage.opened_call(world)[0])


def test_a_student_counts_the_whole_months_at_work(world: World) -> None:
    stage.worked(world)
    item = drafted(world).items.get()
    assert (item.units, item.amount, item.counts) == (6, 1200, True)
    assert (item.starts_on, item.ends_on) == (stage.FROM, stage.UNTIL)
    assert item.school == world.school.organisation


def test_days_before_the_period_and_after_an_early_end_do_not_count(world: World) -> None:
    stage.worked(
        world, starts_on=day(8, 1), started_on=day(8, 1), ended_on=day(11, 20),
        state=InternshipState.ENDED_EARLY,
    )  # fmt: skip
    item = drafted(world).items.get()
    assert item.units == 2
    assert item.ends_on == day(11, 1)  # the days left stay free


def test_each_day_of_a_break_is_taken_out_while_no_limit_is_set(world: World) -> None:
    row = stage.worked(world)
    Interruption.objects.create(
        internship=row, starts_on=day(10, 1), ends_on=day(10, 28), reason="病假"
    )
    claim = drafted(world)
    assert claim.items.get().units == 5
    found = {each.code: each for each in gates_for(claim, None, stage.TODAY)}
    assert found["breaks.limit"].outcome == GateOutcome.HINT


@pytest.mark.parametrize(("days", "months"), [(27, 6), (28, 5)])
def test_with_a_limit_of_28_days_a_shorter_break_counts_as_work(
    world: World, days: int, months: int
) -> None:
    Parameter.objects.create(
        division_id="990100", code="P18", name="break_limit_days", title="中断界限", value=28,
        unit="日", force="mandatory", source="本地文件", place="第六条", valid_from=stage.FROM,
    )  # fmt: skip
    row = stage.worked(world)
    starts = day(10, 1)
    Interruption.objects.create(
        internship=row, starts_on=starts, ends_on=starts + datetime.timedelta(days), reason="病假"
    )
    claim = drafted(world)
    assert claim.items.get().units == months
    codes = {each.code for each in gates_for(claim, None, stage.TODAY)}
    assert "breaks.limit" not in codes


def test_a_student_with_less_than_a_month_is_named_and_not_counted(world: World) -> None:
    stage.worked(world, ended_on=day(9, 20), state=InternshipState.ENDED_EARLY)
    claim = drafted(world)
    item = claim.items.get()
    assert (item.counts, item.struck_reason, claim.planned) == (False, TOO_SHORT, 0)


@pytest.mark.parametrize("state", [InternshipState.PREPARING, InternshipState.CANCELLED])
def test_who_never_began_is_not_there(world: World, state: InternshipState) -> None:
    stage.worked(world, state=state)
    assert not drafted(world).items.exists()


def test_months_that_another_claim_counts_are_named(world: World) -> None:
    stage.worked(world)
    first = drafted(world)
    second = stage.started(world, stage.opened_call(world)[0])
    item = second.items.get()
    assert not item.counts
    assert first.number in item.struck_reason


def test_apprentices_come_with_level_years_and_contract(world: World) -> None:
    row = stage.programme(world)
    call, _ = stage.opened_call(world, scheme=ClaimScheme.APPRENTICESHIP)
    claim = stage.started(world, call, subject_id=row.pk)
    item = claim.items.order_by("pk").first()
    assert item is not None
    assert (item.units, item.level) == (1, row.level)
    assert item.facts["contract_days"] == 730
    assert item.facts["completed"] is False
    assert claim.items.count() == 2


def test_who_left_brings_nothing_and_the_difference_is_told(world: World) -> None:
    row = stage.programme(world)
    call, _ = stage.opened_call(world, scheme=ClaimScheme.APPRENTICESHIP)
    claim = stage.started(world, call, subject_id=row.pk)
    assert drift_of(claim, on=stage.TODAY) == []
    left = Apprentice.objects.filter(apprenticeship=row).first()
    assert left is not None
    Apprentice.objects.filter(pk=left.pk).update(
        state=ApprenticeState.LEFT, reason="离职", ends_on=day(2, 1, year=2026)
    )
    drift = drift_of(claim, on=stage.TODAY)
    assert [each.item.person_id for each in drift if each.item] == [left.person_id]
    assert "计入：是 → 否" in drift[0].changes


def test_what_a_reviewer_struck_stays_struck(world: World) -> None:
    stage.worked(world)
    claim = drafted(world)
    claim.items.update(counts=False, struck_reason="考勤不符", struck_by=world.reviewer.user)
    now = items_now(claim, on=stage.TODAY)
    assert [(each.counts, each.struck_reason) for each in now] == [(False, "考勤不符")]
    assert drift_of(claim, on=stage.TODAY) == []


def test_months_passing_by_are_no_difference(world: World) -> None:
    stage.worked(world, state=InternshipState.IN_POST, ends_on=day(9, 1, year=2026))
    call, _ = stage.opened_call(world, covers_until=day(9, 1, year=2026))
    claim = stage.started(world, call)
    assert claim.items.get().units == 6
    assert drift_of(claim, on=day(8, 1, year=2026)) == []


def test_the_class_list_costs_the_same_queries(
    world: World, django_assert_max_num_queries: object
) -> None:
    for number in range(3):
        stage.worked(world, name=f"演示学生{number}")
    claim = drafted(world)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(items_now(claim, on=stage.TODAY)) == 3


def test_periods_are_joined_and_taken_away() -> None:
    days = [day(9, number) for number in range(1, 30)]
    assert joined([(days[5], days[9]), (days[0], days[5])]) == [(days[0], days[9])]
    assert without((days[0], days[20]), taken=[(days[5], days[9])]) == [
        (days[0], days[5]),
        (days[9], days[20]),
    ]
    assert without((days[0], days[5]), taken=[(days[0], days[9])]) == []
