"""Rules of groups, contributions, yearly duties and lists; no database."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.operations.alliances.choices.duties import DutyKind
from silian.operations.alliances.choices.groups import GroupKind, MemberKind
from silian.operations.alliances.rules.contributions import (
    Weight,
    activity_score,
    confirmers,
    reason_not_recordable,
    target_standing,
)
from silian.operations.alliances.rules.duties import (
    DutyDays,
    Filed,
    removal_due,
    unfinished_run,
    year_is_finished,
)
from silian.operations.alliances.rules.group_lists import ListLine, difference, list_lines
from silian.operations.alliances.rules.groups import missing_members, small_share, term_words

TODAY = datetime.date(2026, 3, 18)
DAYS = DutyDays(plan=(1, 31), self_assessment=(12, 31), years_until_removal=2)
PLAN = Filed(kind=DutyKind.PLAN, accepted=True)


def judged(done: bool) -> Filed:
    return Filed(kind=DutyKind.SELF_ASSESSMENT, accepted=True, is_finished=done)


def test_a_consortium_needs_both_kinds_of_vocational_school_and_a_university() -> None:
    present = {MemberKind.PARK, MemberKind.ENTERPRISE, MemberKind.COLLEGE}
    missing = missing_members(kind=GroupKind.CITY_CONSORTIUM, present=present)
    assert missing == ["中等职业学校", "普通高校"]


def test_an_alliance_of_firm_and_university_lacks_nothing() -> None:
    present = {MemberKind.ENTERPRISE, MemberKind.UNIVERSITY}
    assert missing_members(kind=GroupKind.ALLIANCE, present=present) == []


def test_an_unknown_size_counts_among_the_firms_and_not_as_small() -> None:
    share = small_share(["large", "small", "", "micro"])
    assert (share.small, share.enterprises, share.percent) == (2, 4, 50)
    assert small_share([]).percent is None


def test_a_term_warns_sixty_days_before_its_end() -> None:
    on = datetime.date(2026, 3, 1)
    assert term_words(ends_on=datetime.date(2026, 3, 1), on=on) == ("任期届满", "late")
    assert term_words(ends_on=datetime.date(2026, 4, 30), on=on)[1] == "watch"
    assert term_words(ends_on=datetime.date(2026, 5, 1), on=on)[1] == "ok"


@pytest.mark.parametrize(
    ("recorded_by", "receiver", "expected"),
    [(2, None, {1}), (2, 3, {1, 3}), (1, None, {2}), (1, 3, {2})],
)
def test_who_wrote_an_entry_never_confirms_it(
    recorded_by: int, receiver: int | None, expected: set[int]
) -> None:
    found = confirmers(recorded_by=recorded_by, contributor=2, receiver=receiver, lead=1)
    assert found == expected


def test_what_the_lead_gave_is_confirmed_by_whoever_received_it() -> None:
    assert confirmers(recorded_by=1, contributor=1, receiver=3, lead=1) == {3}
    assert confirmers(recorded_by=1, contributor=1, receiver=None, lead=1) == set()


def test_a_contribution_before_joining_is_refused() -> None:
    reason = reason_not_recordable(
        on=datetime.date(2026, 1, 1),
        today=TODAY,
        has_confirmer=True,
        joined_on=datetime.date(2026, 2, 1),
    )
    assert reason == "贡献单位 2026-02-01 才加入，不能登记加入以前的贡献。"


def test_a_score_is_quantity_times_weight_up_to_the_ceiling() -> None:
    score = activity_score(
        quantities=[("places", Decimal(100)), ("courses", Decimal(2))],
        weights={
            "places": Weight(points=Decimal("0.5"), ceiling=Decimal(15)),
            "courses": Weight(points=Decimal(1)),
        },
    )
    assert score.points == Decimal("17.0")
    assert [line.is_capped for line in score.lines] == [True, False]


def test_a_score_with_one_weight_unset_is_unset() -> None:
    score = activity_score(
        quantities=[("places", Decimal(1)), ("funds", Decimal(2))],
        weights={"places": Weight(points=Decimal(1))},
    )
    assert score.points is None
    assert score.unset == ["funds"]


def test_without_any_weight_even_an_empty_year_has_no_score() -> None:
    assert activity_score(quantities=[], weights={}).points is None
    weights = {"places": Weight(points=Decimal(1))}
    assert activity_score(quantities=[], weights=weights).points == 0


@pytest.mark.parametrize(
    ("reached", "due", "dropped", "text"),
    [
        ("100", "2026-01-01", False, "已达成"),
        ("60", "2026-03-10", False, "逾期 8 天"),
        ("60", "2026-03-18", False, "推进中"),
        ("60", "2026-01-01", True, "已取消"),
    ],
)
def test_a_target_is_overdue_from_the_day_after(
    reached: str, due: str, dropped: bool, text: str
) -> None:
    standing = target_standing(
        value=Decimal(100),
        reached=Decimal(reached),
        due_on=datetime.date.fromisoformat(due),
        is_dropped=dropped,
        today=TODAY,
    )
    assert standing.text == text


def test_a_year_is_finished_when_both_are_filed_and_it_was_judged_so() -> None:
    filed = [PLAN, judged(True)]
    assert year_is_finished(filed, year=2025, days=DAYS, today=TODAY) is True
    assert year_is_finished([judged(True)], year=2025, days=DAYS, today=TODAY) is False
    assert year_is_finished([PLAN, judged(False)], year=2025, days=DAYS, today=TODAY) is False


def test_a_year_without_self_assessment_is_unfinished_from_the_day_after_its_last() -> None:
    last = datetime.date(2025, 12, 31)
    assert year_is_finished([PLAN], year=2025, days=DAYS, today=last) is None
    after = datetime.date(2026, 1, 1)
    assert year_is_finished([PLAN], year=2025, days=DAYS, today=after) is False


def test_without_a_set_day_no_year_is_judged_by_itself() -> None:
    unset = DutyDays(plan=None, self_assessment=None, years_until_removal=None)
    assert year_is_finished([], year=2020, days=unset, today=TODAY) is None
    assert unset.due_on(kind=DutyKind.PLAN, year=2026) is None


def test_two_unfinished_years_in_a_row_ask_for_removal() -> None:
    assert removal_due({2023: False, 2024: False, 2025: None}, days=DAYS) == (2023, 2024)
    assert removal_due({2023: False, 2024: True, 2025: False}, days=DAYS) is None
    assert removal_due({2022: False, 2023: False, 2024: True}, days=DAYS) is None
    assert unfinished_run({2021: False, 2023: False, 2024: False}) == (2023, 2024)


def test_lines_are_read_with_quantity_and_unit() -> None:
    lines, faults = list_lines("多轴操作｜高级工｜86｜人｜启衡\n\n质量检验\t三坐标")
    assert not faults
    assert lines[0] == ListLine(
        name="多轴操作", detail="高级工", quantity=Decimal(86), unit="人", source="启衡"
    )
    assert lines[1].detail == "三坐标"
    assert list_lines(lines[0].typed)[0] == lines[:1]


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("｜说明", "缺名称"),
        ("岗位｜｜很多｜人", "数量“很多”不是数字"),
        ("岗位｜｜8", "有数量而没有单位"),
        ("岗位\n岗位", "“岗位”重复"),
        ("岗位｜｜NaN｜人", "数量“NaN”不是数字"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(typed: str, fault: str) -> None:
    _, faults = list_lines(typed)
    assert [row.text for row in faults] == [fault]


def test_a_version_tells_what_it_changed() -> None:
    before = [ListLine(name="甲"), ListLine(name="乙", detail="旧")]
    after = [ListLine(name="乙", detail="新"), ListLine(name="丙")]
    assert difference(before=before, after=after).words == "新增 1 条，删去 1 条，修改 1 条"
    assert difference(before=after, after=after).words == "无变化"
