"""Breaks, due days and corrections: a naive day-by-day count agrees, one by one and in arrays."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from silian_engines.policy_rules import arrays, periods, quantities
from silian_engines.policy_rules.corrections import (
    FactVersion,
    differences,
    facts_as_known,
    outcome_as_known,
)
from silian_engines.policy_rules.errors import FactsRefused
from silian_engines.policy_rules.populations import Members
from silian_engines.policy_rules.rulebook import rulebook

DAY = date(2021, 12, 31)
spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4)
stays = spans.filter(bool)


def days_served(stays, breaks, least):
    """Every counted day, by looking at each day."""
    paused = {day for start, end in breaks for day in range(start, end)}
    long = set()
    for day in sorted(paused):
        first = last = day
        while first - 1 in paused:
            first -= 1
        while last + 1 in paused:
            last += 1
        if last - first + 1 >= least:
            long.add(day)
    return sorted({day for start, end in stays for day in range(start, end)} - long)


@given(stays, spans, st.integers(1, 30), st.integers(1, 70))
def test_counting_agrees_with_looking_at_each_day(stays, breaks, least, days):
    served = days_served(stays, breaks, least)
    assert periods.counted(stays, breaks, least) == len(served)
    if days <= len(served):
        assert periods.reached(stays, breaks, least, days) == served[days - 1] + 1


@given(st.lists(st.tuples(stays, spans, st.integers(-2, 70)), min_size=1, max_size=5))
def test_arrays_count_like_single_cases(cases):
    whole = _columns([stays for stays, _, _ in cases])
    paused = _columns([breaks for _, breaks, _ in cases])
    wanted = np.array([days for _, _, days in cases])
    for least in (1, 14):
        counted = arrays.counted(whole, paused, least)
        reached = arrays.reached(whole, paused, least, wanted)
        for row, (stay, off, days) in enumerate(cases):
            assert counted[row] == periods.counted(stay, off, least)
            assert reached[row] == periods.reached(stay, off, least, days)
        assert (arrays.counted(whole) == [periods.counted(stay) for stay, _, _ in cases]).all()


def _columns(lists):
    offsets = np.concatenate([[0], np.cumsum([len(each) for each in lists])])
    flat = np.array([span for each in lists for span in each], dtype=np.int64).reshape(-1, 2)
    return flat[:, 0], flat[:, 1], offsets


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-30, 400))
def test_months_end_on_the_same_day_or_the_last(day, months):
    one = quantities.shift_months(day.toordinal(), months)
    assert arrays.shift_months(np.array([day.toordinal()]), months)[0] == one
    assert date.fromordinal(one).day in (day.day, 28, 29, 30)
    end = day + timedelta(days=max(0, months * 3))
    whole = quantities.whole_months(day.toordinal(), end.toordinal())
    assert arrays.whole_months(np.array([day.toordinal()]), end.toordinal())[0] == whole
    assert quantities.shift_months(day.toordinal(), whole) <= end.toordinal()
    assert quantities.shift_months(day.toordinal(), whole + 1) > end.toordinal()


def rule(on=DAY):
    return rulebook().rule(id="R12-BREAKS", jurisdiction="411200", on=on)


def facts(break_days, paid=0):
    begins = date(2021, 5, 1)
    breaks = [{"starts_on": begins, "ends_on": begins + timedelta(days=break_days)}]
    stays = [{"starts_on": date(2021, 3, 1), "ends_on": date(2021, 9, 1)}]
    return {
        "stays": stays, "breaks": breaks if break_days else [], "pay_after_months": 3,
        "months_paid": paid,
    }  # fmt: skip


def test_what_was_believed_then_and_the_difference():
    versions = [
        FactVersion(date(2021, 9, 2), facts(0, paid=6)),
        FactVersion(date(2021, 10, 15), facts(20, paid=6)),
    ]
    then = outcome_as_known(compiled=rule(), versions=versions, known_on=date(2021, 10, 14))
    now = outcome_as_known(compiled=rule(), versions=versions, known_on=date(2021, 10, 15))
    found = {each.name: each.amount for each in differences(before=then, after=now)}
    assert str(found["to_recover"]) == "200.00"
    assert int(found["days_moved"]) == 20
    assert found["due_on"] is None
    assert differences(before=then, after=then) == []


def test_nothing_was_known_before_the_first_entry():
    versions = [FactVersion(date(2021, 9, 2), {"a": 1}), FactVersion(date(2021, 9, 2), {"a": 2})]
    assert facts_as_known(versions=versions, known_on=date(2021, 9, 2)) == {"a": 2}
    with pytest.raises(FactsRefused, match="2021-09-01"):
        facts_as_known(versions=versions, known_on=date(2021, 9, 1))


def test_the_tree_shows_how_the_due_day_moved():
    tree = rule().compute(facts=facts(27)).explanation()
    nodes = {child.label.name: child for child in tree.children}
    assert nodes["due_on"].value == "2021-06-28"
    assert {each.label.name for each in nodes["due_on"].children} >= {"stays", "breaks"}


def test_numbers_that_would_leave_the_calendar_are_refused():
    with pytest.raises(FactsRefused, match="pay_after_months"):
        rule().compute(facts={**facts(0), "pay_after_months": 1201})
    with pytest.raises(FactsRefused, match="至少填写1行"):
        rule().compute(facts={**facts(0), "stays": []})


def test_arrays_refuse_what_single_cases_refuse():
    none = np.zeros(0, dtype=np.int64)
    one = np.array([DAY.toordinal()])
    lists = {
        "stays": Members(np.array([0, 1]), {"starts_on": one, "ends_on": one}),
        "breaks": Members(np.array([0, 0]), {"starts_on": none, "ends_on": none}),
        "pay_after_months": np.array([3]), "months_paid": np.array([0]),
    }  # fmt: skip
    assert rule().compute_many(population=lists).values["days"][0] == 0
    empty = Members(np.array([0, 0]), {"starts_on": none, "ends_on": none})
    with pytest.raises(FactsRefused, match="至少填写1行"):
        rule().compute_many(population={**lists, "stays": empty})
    with pytest.raises(FactsRefused, match="超过"):
        rule().compute_many(population={**lists, "pay_after_months": np.array([1201])})
