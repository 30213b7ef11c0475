"""Progress, lights, words and bindings of targets, without a database."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silian.governance.policy_tasks.choices import Direction, Light
from silian.governance.policy_tasks.rules.target_binding import (
    is_coverage,
    is_cumulative,
    reason_not_bindable,
)
from silian.governance.policy_tasks.rules.target_lights import (
    Goal,
    Situation,
    distance,
    expected_share,
    is_reached,
    judge,
    progress,
)
from silian.governance.policy_tasks.rules.target_words import goal_words, turned
from silian.registers.policies.choices import SOFT_FORCES

START, END = datetime.date(2025, 1, 1), datetime.date(2026, 12, 31)
NUMBERS = st.decimals(min_value=0, max_value=10_000, places=2)
DAYS = st.dates(min_value=datetime.date(2024, 1, 1), max_value=datetime.date(2029, 1, 1))
COMPARATORS = st.sampled_from([">=", "<=", "=", "range", "~"])
FORCES = st.sampled_from(["mandatory", "target", *sorted(SOFT_FORCES)])


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    low, more = draw(NUMBERS), draw(NUMBERS)
    comparator = draw(COMPARATORS)
    return Goal(
        comparator=comparator,
        low=None if comparator == "<=" else low,
        high=low + more if comparator in ("range", "<=") else None,
        unit=draw(st.sampled_from(["个", "%"])),
    )


def situation(**values: object) -> Situation:
    facts = {"value": Decimal(50), "baseline": Decimal(0), "begins_on": START}
    facts |= {"deadline_on": END, "on": datetime.date(2026, 1, 1)}
    return Situation(**{**facts, **values})  # type: ignore[arg-type]


def at_least(low: int, unit: str = "个") -> Goal:
    return Goal(comparator=">=", low=Decimal(low), high=None, unit=unit)


@settings(deadline=None)
@given(goal=goals(), value=NUMBERS, baseline=NUMBERS)
def test_progress_lies_within_0_and_1_and_is_1_only_when_reached(
    goal: Goal, value: Decimal, baseline: Decimal
) -> None:
    done = progress(goal, value=value, baseline=baseline)
    assert done is not None
    assert 0 <= done <= 1
    assert (done == 1) is is_reached(goal, value)


@settings(deadline=None)
@given(goal=goals(), value=NUMBERS)
def test_what_is_reached_has_no_distance(goal: Goal, value: Decimal) -> None:
    missing = distance(goal, value)
    assert missing is not None
    assert missing >= 0
    assert (missing == 0) is is_reached(goal, value)


@settings(deadline=None)
@given(goal=goals(), value=NUMBERS, baseline=NUMBERS, on=DAYS, force=FORCES)
def test_a_soft_rule_is_never_late_or_behind(
    goal: Goal, value: Decimal, baseline: Decimal, on: datetime.date, force: str
) -> None:
    verdict = judge(goal, situation(value=value, baseline=baseline, on=on), force=force)
    if force in SOFT_FORCES:
        assert verdict.light not in (Light.OVERDUE, Light.BEHIND)


@settings(deadline=None)
@given(value=NUMBERS, on=DAYS, force=FORCES)
def test_about_without_tolerance_never_condemns(
    value: Decimal, on: datetime.date, force: str
) -> None:
    goal = Goal(comparator="~", low=Decimal(20), high=None, unit="家")
    light = judge(goal, situation(value=value, on=on), force=force).light
    assert light in (Light.REACHED, Light.ON_TRACK, Light.UNSET)


@settings(deadline=None)
@given(low=NUMBERS, one=NUMBERS, more=NUMBERS, baseline=NUMBERS)
def test_more_is_never_less_progress_towards_a_rising_target(
    low: Decimal, one: Decimal, more: Decimal, baseline: Decimal
) -> None:
    goal = Goal(comparator=">=", low=low + baseline, high=None, unit="个")
    before = progress(goal, value=one, baseline=baseline)
    after = progress(goal, value=one + more, baseline=baseline)
    assert before is not None
    assert after is not None
    assert after >= before


@pytest.mark.parametrize(
    ("value", "light"),
    [(100, Light.REACHED), (60, Light.ON_TRACK), (40, Light.BEHIND)],
)
def test_the_light_compares_progress_with_time(value: int, light: Light) -> None:
    assert judge(at_least(100), situation(value=Decimal(value)), force="target").light == light


def test_the_last_day_is_not_late_and_the_next_is() -> None:
    lights = [
        judge(at_least(100), situation(on=END + datetime.timedelta(days=n)), force="target").light
        for n in (0, 1)
    ]
    assert lights == [Light.BEHIND, Light.OVERDUE]


def test_a_falling_target_is_measured_downwards() -> None:
    goal = Goal(comparator="<=", low=None, high=Decimal(10), unit="%")
    assert progress(goal, value=Decimal(15), baseline=Decimal(20)) == Decimal("0.5")
    assert progress(goal, value=Decimal(12), baseline=Decimal(5)) == 0


@pytest.mark.parametrize(("unit", "reached"), [("个", True), ("%", False)])
def test_a_count_above_its_range_is_reached_and_a_rate_is_outside(unit: str, reached: bool) -> None:
    goal = Goal(comparator="range", low=Decimal(2), high=Decimal(3), unit=unit)
    assert is_reached(goal, Decimal(4)) is reached


def test_one_unit_without_keeps_a_full_average_from_being_reached() -> None:
    goal = Goal(comparator=">=", low=Decimal(100), high=None, unit="%")
    full = situation(value=Decimal(100), uncovered=1, on=END + datetime.timedelta(days=1))
    verdict = judge(goal, full, force="mandatory")
    assert verdict.light == Light.OVERDUE
    assert verdict.progress == Decimal("0.9999")


@pytest.mark.parametrize(
    ("values", "light"),
    [
        ({"is_bound": False}, Light.NO_METRIC),
        ({"value": None}, Light.NO_VALUE),
        ({"baseline": None}, Light.UNSET),
        ({"deadline_on": None}, Light.GAP),
    ],
)
def test_what_is_not_known_is_said(values: dict[str, object], light: Light) -> None:
    assert judge(at_least(100), situation(**values), force="target").light == light


def test_a_target_without_number_is_unset() -> None:
    goal = Goal(comparator=">=", low=None, high=None)
    assert judge(goal, situation(), force="target").light == Light.UNSET


def test_time_passes_in_a_straight_line() -> None:
    day = datetime.date(2026, 1, 1)
    assert expected_share(begins_on=START, deadline_on=END, on=START) == 0
    assert expected_share(begins_on=START, deadline_on=END, on=END) == 1
    assert round(expected_share(begins_on=START, deadline_on=END, on=day) or 0, 2) == Decimal("0.5")
    assert expected_share(begins_on=None, deadline_on=END, on=day) is None


def test_goals_read_as_officials_write_them() -> None:
    words = [
        goal_words(comparator=">=", low=Decimal("60.0000"), high=None, unit="%"),
        goal_words(comparator="range", low=Decimal(3), high=Decimal(5), unit="个"),
        goal_words(comparator="~", low=Decimal(20), high=None, unit="家"),
        goal_words(comparator=">=", low=None, high=None, unit="个"),
        goal_words(comparator=">=", low=Decimal(3000), high=None, unit="条"),
    ]
    assert words == ["不低于 60%", "3—5 个", "20 家左右", "未设定", "不低于 3,000 条"]


def test_lights_turn_better_or_worse_or_neither() -> None:
    assert turned(before="behind", after="on_track") == Direction.BETTER
    assert turned(before="on_track", after="overdue") == Direction.WORSE
    assert turned(before="no_metric", after="behind") == Direction.OTHER


def test_units_must_match() -> None:
    given_ = {"reduction": "count", "comparator": ">="}
    assert reason_not_bindable(unit="家", metric_unit="个", **given_) is None
    assert "两者不一致" in (reason_not_bindable(unit="家", metric_unit="%", **given_) or "")
    assert reason_not_bindable(unit="场/年", metric_unit="场", is_yearly=True, **given_) is None
    assert reason_not_bindable(unit="场/年", metric_unit="场", **given_)


def test_only_what_every_unit_must_meet_is_coverage() -> None:
    assert is_coverage(unit="个/校", metric_unit="%", reduction="share")
    assert not is_coverage(unit="场/年", metric_unit="%", reduction="share")
    assert not is_coverage(unit="%", metric_unit="%", reduction="share")


def test_years_add_up_unless_asked_for_every_year() -> None:
    assert is_cumulative(unit="项", timing="flow", is_additive=True)
    assert not is_cumulative(unit="场/年", timing="flow", is_additive=True)
    assert not is_cumulative(unit="家", timing="stock", is_additive=True)
