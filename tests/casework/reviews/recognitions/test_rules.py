"""Pure decisions on statuses, duties and bans."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from silian.casework.reviews.choices.recognitions import ActKind as A
from silian.casework.reviews.choices.recognitions import RecognitionState as S
from silian.casework.reviews.rules.definition import DutyRule
from silian.casework.reviews.rules.duties import (
    Held,
    duties_owed,
    is_missed,
    longest_run,
    reminder_of,
    years_to_removal,
)
from silian.casework.reviews.rules.recognitions import (
    Step,
    months_later,
    public_name,
    state_on,
    years_later,
)
from silian.casework.reviews.workflow.recognition import reason_not_certifiable
from silian.casework.reviews.workflow.removal import reason_not_decidable

D = datetime.date


def rule(**facts: Any) -> DutyRule:
    given: dict[str, Any] = {
        "code": "report",
        "label": "年度报告",
        "kind": "yearly_report",
        "in_states": ["incubating", "certified"],
        "month": 1,
        "day": 31,
        "year_offset": 1,
    }
    return DutyRule.model_validate({**given, **facts})


def days(said: str) -> int | None:
    return int(said) if said else None


@pytest.mark.parametrize(
    ("from_day", "until"),
    [(D(2024, 3, 15), D(2029, 3, 15)), (D(2024, 2, 29), D(2029, 3, 1))],
)
def test_a_ban_ends_on_the_same_day_and_29_february_on_1_march(
    from_day: datetime.date, until: datetime.date
) -> None:
    assert years_later(from_day, years=5) == until


def test_a_ban_from_29_february_to_a_leap_year_ends_on_29_february() -> None:
    assert years_later(D(2024, 2, 29), years=4) == D(2028, 2, 29)


def test_a_term_of_months_ends_after_the_last_day_of_a_short_month() -> None:
    assert months_later(D(2026, 1, 31), months=1) == D(2026, 3, 1)
    assert months_later(D(2026, 11, 5), months=36) == D(2029, 11, 5)


def test_a_status_is_folded_from_its_acts_up_to_the_day() -> None:
    steps = [
        Step(kind=A.ENTER, on=D(2024, 1, 1)),
        Step(kind=A.WARN, on=D(2024, 6, 1)),
        Step(kind=A.REINSTATE, on=D(2024, 8, 1)),
        Step(kind=A.CERTIFY, on=D(2025, 2, 1)),
        Step(kind=A.SUSPEND, on=D(2025, 6, 1)),
        Step(kind=A.REINSTATE, on=D(2025, 7, 1)),
        Step(kind=A.REMOVE, on=D(2026, 1, 1)),
    ]
    known = {
        D(2023, 12, 31): None,
        D(2024, 1, 1): S.INCUBATING,
        D(2024, 6, 1): S.WARNED,
        D(2024, 8, 1): S.INCUBATING,
        D(2025, 5, 31): S.CERTIFIED,
        D(2025, 6, 1): S.SUSPENDED,
        D(2025, 7, 1): S.CERTIFIED,
        D(2026, 1, 1): S.REMOVED,
    }
    found = {day: state_on(steps, valid_until=D(2028, 2, 1), on=day) for day in known}
    assert found == known


def test_a_term_runs_out_without_anybody_doing_anything() -> None:
    steps = [Step(kind=A.CERTIFY, on=D(2024, 1, 1))]
    assert state_on(steps, valid_until=D(2027, 1, 1), on=D(2026, 12, 31)) == S.CERTIFIED
    assert state_on(steps, valid_until=D(2027, 1, 1), on=D(2027, 1, 1)) == S.EXPIRED


def test_people_are_masked_and_organisations_are_not() -> None:
    assert public_name("欧阳云舟", is_person=True) == "欧＊＊＊"
    assert public_name("启衡精密制造", is_person=False) == "启衡精密制造"


def test_nobody_is_certified_before_the_incubation_is_over_or_with_open_duties() -> None:
    early = reason_not_certifiable(earliest_on=D(2026, 6, 1), on=D(2026, 5, 31), open_duties=0)
    owing = reason_not_certifiable(earliest_on=D(2026, 6, 1), on=D(2026, 6, 1), open_duties=2)
    assert early is not None
    assert "2026年06月01日" in early
    assert owing is not None
    assert "2 项" in owing
    assert reason_not_certifiable(earliest_on=None, on=D(2026, 6, 1), open_duties=0) is None


def test_a_report_is_owed_for_the_year_of_entry_by_the_end_of_next_january() -> None:
    held = Held(state=S.INCUBATING, entered_on=D(2024, 5, 1), certified_on=None)
    owed = duties_owed([rule()], held=held, on=D(2026, 3, 18), days=days)
    assert [(row.year, row.due_on) for row in owed] == [
        (2024, D(2025, 1, 31)),
        (2025, D(2026, 1, 31)),
        (2026, D(2027, 1, 31)),
    ]


def test_a_plan_whose_day_was_over_at_entry_is_not_owed() -> None:
    held = Held(state=S.CERTIFIED, entered_on=D(2025, 3, 1), certified_on=D(2025, 3, 1))
    plan = rule(code="yearly_plan", kind="yearly_plan", year_offset=0)
    owed = duties_owed([plan], held=held, on=D(2026, 1, 2), days=days)
    assert [(row.year, row.due_on) for row in owed] == [(2026, D(2026, 1, 31))]


def test_a_duty_of_the_certified_runs_from_the_day_of_certification() -> None:
    held = Held(state=S.CERTIFIED, entered_on=D(2023, 1, 1), certified_on=D(2025, 3, 1))
    owed = duties_owed([rule(in_states=["certified"])], held=held, on=D(2026, 1, 2), days=days)
    assert [row.year for row in owed] == [2025]


def test_a_rule_without_its_days_is_open_and_owes_nothing() -> None:
    held = Held(state=S.INCUBATING, entered_on=D(2025, 3, 1), certified_on=None)
    plan = rule(month=0, day=0, days_after="60")
    owed = duties_owed([plan], held=held, on=D(2025, 3, 1), days=days)
    assert [row.due_on for row in owed] == [D(2025, 4, 30)]
    open_one = plan.model_copy(update={"days_after": ""})
    assert duties_owed([open_one], held=held, on=D(2025, 3, 1), days=days) == []


def test_a_duty_is_missed_only_after_its_grace() -> None:
    assert not is_missed(due_on=D(2026, 1, 31), grace=30, on=D(2026, 3, 2))
    assert is_missed(due_on=D(2026, 1, 31), grace=30, on=D(2026, 3, 3))
    assert not is_missed(due_on=D(2026, 1, 31), grace=None, on=D(2036, 3, 3))


def test_only_years_in_a_row_lead_to_removal() -> None:
    assert longest_run([2021, 2023, 2024, 2026]) == [2023, 2024]
    assert years_to_removal([2023, 2025], most=2) == []
    assert years_to_removal([2023, 2024, 2024], most=2) == [2023, 2024]
    assert years_to_removal([2023, 2024], most=None) == []


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        (D(2025, 12, 1), ""),
        (D(2026, 1, 1), "30"),
        (D(2026, 1, 24), "7"),
        (D(2026, 1, 31), "7"),
        (D(2026, 2, 1), "late"),
    ],
)
def test_a_reminder_comes_a_month_and_a_week_before_and_when_late(
    on: datetime.date, stage: str
) -> None:
    assert reminder_of(due_on=D(2026, 1, 31), on=on) == stage


def test_removal_waits_for_the_reply_or_its_last_day_and_for_another_person() -> None:
    facts: dict[str, Any] = {"reply_by": D(2026, 3, 20), "is_proposer": False}
    waiting = reason_not_decidable(has_replied=False, on=D(2026, 3, 20), **facts)
    assert waiting is not None
    assert "2026年03月20日" in waiting
    assert reason_not_decidable(has_replied=True, on=D(2026, 3, 18), **facts) is None
    assert reason_not_decidable(has_replied=False, on=D(2026, 3, 21), **facts) is None
    facts["is_proposer"] = True
    assert reason_not_decidable(has_replied=True, on=D(2026, 3, 21), **facts)
