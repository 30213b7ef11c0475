"""Decisions about complaints, without a database."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.operations.placements.choices.complaints import (
    OPEN_COMPLAINTS,
    ComplaintCategory,
    ComplaintChannel,
    ComplaintState,
)
from silian.operations.placements.rules.complaints import (
    PROVISIONS,
    Ladder,
    advised_channel,
    code_digest,
    fine_range,
    handler_above,
    handler_of,
    suppressed,
)
from silian.operations.placements.workflow.complaints import complaint

SCHOOL, COUNTY, CITY, LABOUR = 1, 2, 3, 4
LADDER = Ladder(school=SCHOOL, education=[COUNTY, CITY], labour=[LABOUR])


def test_every_matter_names_its_provision() -> None:
    assert set(PROVISIONS) == set(ComplaintCategory)
    silent = [key for key, (code, _) in PROVISIONS.items() if not code]
    assert silent == [ComplaintCategory.OTHER]


@pytest.mark.parametrize(
    ("channel", "subjects", "handler"),
    [
        (ComplaintChannel.SCHOOL, set(), SCHOOL),
        (ComplaintChannel.SCHOOL, {SCHOOL}, COUNTY),
        (ComplaintChannel.EDUCATION, set(), COUNTY),
        (ComplaintChannel.EDUCATION, {COUNTY}, CITY),
        (ComplaintChannel.LABOUR, set(), LABOUR),
        (ComplaintChannel.LABOUR, {LABOUR}, COUNTY),
    ],
)
def test_the_handler_is_the_first_that_nobody_complains_about(
    channel: ComplaintChannel, subjects: set[int], handler: int
) -> None:
    assert handler_of(LADDER, channel=channel, subjects=subjects) == handler


@given(st.sampled_from(ComplaintChannel), st.sets(st.sampled_from([SCHOOL, COUNTY, CITY, LABOUR])))
def test_nobody_ever_judges_himself(channel: ComplaintChannel, subjects: set[int]) -> None:
    handler = handler_of(LADDER, channel=channel, subjects=subjects)
    assert handler not in subjects
    if handler is not None:
        above = handler_above(LADDER, channel=channel, handler=handler, subjects=subjects)
        assert above not in subjects
        assert above != handler


@pytest.mark.parametrize(("handler", "above"), [(SCHOOL, COUNTY), (COUNTY, CITY), (CITY, None)])
def test_a_late_complaint_goes_one_level_up(handler: int, above: int | None) -> None:
    found = handler_above(LADDER, channel=ComplaintChannel.SCHOOL, handler=handler, subjects=set())
    assert found == above


def test_what_concerns_the_school_is_advised_past_it() -> None:
    assert advised_channel(["forced"]) == ComplaintChannel.EDUCATION
    assert advised_channel(["pay"]) == ComplaintChannel.LABOUR
    assert advised_channel(["mismatch"]) == ComplaintChannel.SCHOOL


def test_a_code_is_found_however_it_is_typed() -> None:
    assert code_digest("abcd-efgh jkmn") == code_digest("ABCDEFGHJKMN")


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (1, "少于 3"), (2, "少于 3"), (3, "3")])
def test_small_counts_are_not_told(count: int, words: str) -> None:
    assert suppressed(count) == words


@pytest.mark.parametrize(
    ("income", "low", "high"), [(0, 10_000, 50_000), (30_000, 30_000, 150_000)]
)
def test_a_fine_is_one_to_five_times_the_income_or_the_base(
    income: int, low: int, high: int
) -> None:
    found = fine_range(
        income=Decimal(income),
        least=Decimal(1),
        most=Decimal(5),
        base=Decimal(10_000),
        basis="职业教育法第六十六条",
    )
    assert (found.low, found.high) == (low, high)


def test_an_unset_provision_gives_no_range() -> None:
    found = fine_range(income=Decimal(1), least=None, most=None, base=None, basis="未设定")
    assert not found.is_set


def test_a_closed_complaint_only_opens_by_an_appeal() -> None:
    names = {step.name for step in complaint.steps_from(ComplaintState.RESOLVED)}
    assert names == {"appeal"}
    assert complaint.steps_from(ComplaintState.WITHDRAWN) == []
    for state in OPEN_COMPLAINTS:
        assert "withdraw" in {step.name for step in complaint.steps_from(state)}
