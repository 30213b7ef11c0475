"""Lines of lists are read, months and days compared, pictures told apart; no database."""

from __future__ import annotations

import datetime

import pytest

from silian.governance.incentives.rules.comparison_records import (
    COLUMNS,
    RecordLine,
    content_of_list,
    month_of,
    read_record,
    reason_list_not_recordable,
    with_repeats,
)
from silian.governance.incentives.rules.comparison_signals import (
    Month,
    Span,
    absent_months,
    days_shared,
    died_before_end,
    months_elsewhere,
    months_within,
    words_of_months,
)
from silian.governance.incentives.rules.pictures import (
    difference_of,
    distance,
    nearly_same,
    quarters,
    tells_apart,
)
from tests.governance.incentives.comparison_records import stage

DAY = datetime.date
DAYS = (DAY(2025, 3, 10), DAY(2025, 7, 1))
ROW = stage.month_row(stage.NUMBERS[0], "2025-03")


def read(*row: str, kind: str = "insured") -> RecordLine:
    cells = dict(zip(COLUMNS[kind], row, strict=True))
    return read_record(2, cells, about=stage.said(kind), number_problem=lambda text: None)


def month(number: int, code: str = stage.OWN) -> Month:
    return Month(month=DAY(2025, number, 1), employer_code=code, employer_name="某单位")


@pytest.mark.parametrize("text", ["2025-03", "2025/3", "2025.3", "202503", "2025年3月", "20250318"])
def test_months_are_read_as_sheets_write_them(text: str) -> None:
    assert month_of(text) == DAY(2025, 3, 1)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("", *ROW[1:]), "请填写姓名"),
        ((*ROW[:2], "91110000600037341X", *ROW[3:]), "统一社会信用代码不正确"),
        ((*ROW[:4], "三月"), "月份写成 2025-03"),
        ((*ROW[:4], "2026-03"), "不在名单覆盖的月份内"),
    ],
)
def test_every_problem_of_a_line_is_named(row: tuple[str, ...], problem: str) -> None:
    line = read(*row)
    assert line.said is None
    assert any(problem in each for each in line.problems)


def test_a_period_ends_on_the_day_after_the_last_or_goes_on() -> None:
    ended = read("某人", stage.NUMBERS[0], "2025-01-01", "2025-05-31", kind="prison").said
    assert ended is not None
    assert ended.ends_on == DAY(2025, 6, 1)
    going = read("某人", stage.NUMBERS[0], "2025-01-01", "", kind="prison").said
    assert going is not None
    assert going.ends_on is None
    wrong = read("某人", stage.NUMBERS[0], "2025-01-01", "2024-05-31", kind="prison")
    assert wrong.problems == ("终止日早于起始日。",)
    later = read("某人", stage.NUMBERS[0], "2026-02-01", kind="death")
    assert "晚于数据截至日" in later.problems[0]


def test_the_same_person_and_month_stands_once() -> None:
    lines = with_repeats([read(*ROW), RecordLine(number=9, cells={}, said=read(*ROW).said)])
    assert [line.known for line in lines] == ["", "与第 2 行相同"]


def test_the_order_of_lines_does_not_make_another_list() -> None:
    one, two = read(*ROW).said, read(*stage.month_row(stage.NUMBERS[1], "2025-03")).said
    assert one is not None
    assert two is not None
    about = stage.said()
    assert content_of_list(about, [one, two]) == content_of_list(about, [two, one])
    assert content_of_list(about, [one]) != content_of_list(about, [one, two])


@pytest.mark.parametrize(
    ("kind", "values", "box"),
    [
        ("insured", {"as_of": DAY(2030, 1, 1)}, "as_of"),
        ("insured", {"kept_until": DAY(2026, 1, 10)}, "kept_until"),
        ("insured", {"kept_until": DAY(2040, 1, 1)}, "kept_until"),
        ("insured", {"covers_from": None}, "covers_from"),
        ("insured", {"covers_until": DAY(2025, 1, 1)}, "covers_last"),
        ("insured", {"covers_until": DAY(2026, 4, 1)}, "covers_last"),
        ("death", {"completeness": "region"}, "completeness"),
    ],
)
def test_a_list_that_cannot_be_so_is_refused(
    kind: str, values: dict[str, object], box: str
) -> None:
    refused = reason_list_not_recordable(stage.said(kind, **values), today=stage.TODAY)
    assert refused is not None
    assert refused[0] == box
    assert reason_list_not_recordable(stage.said(kind), today=stage.TODAY) is None


def test_only_whole_months_are_compared() -> None:
    assert [each.month for each in months_within(DAYS)] == [4, 5, 6]
    assert months_within((DAY(2025, 3, 2), DAY(2025, 3, 31))) == []


def test_a_month_is_absent_only_where_a_list_is_complete() -> None:
    complete = {DAY(2025, 4, 1), DAY(2025, 5, 1), DAY(2025, 12, 1)}
    assert absent_months(DAYS, complete=complete, known=[month(4)]) == [DAY(2025, 5, 1)]
    assert absent_months(DAYS, complete=set(), known=[]) == []
    other = [month(4, stage.OTHER), month(5)]
    assert absent_months(DAYS, complete=complete, known=other) == []


def test_another_employer_counts_in_whole_months_alone() -> None:
    known = [month(3, stage.OTHER), month(5, stage.OTHER), month(5), month(7, stage.OTHER)]
    found = months_elsewhere(DAYS, own_code=stage.OWN, known=known)
    assert [each.month.month for each in found] == [5]
    assert months_elsewhere(DAYS, own_code="", known=known) == []


def test_who_died_on_the_last_day_was_there_until_then() -> None:
    assert died_before_end(DAYS, DAY(2025, 6, 29))
    assert not died_before_end(DAYS, DAY(2025, 6, 30))


def test_a_period_without_an_end_is_known_until_the_day_of_its_list() -> None:
    going = Span(starts=DAY(2025, 1, 1), ends=None, as_of=DAY(2025, 4, 30))
    assert days_shared(DAYS, going) == (DAY(2025, 3, 10), DAY(2025, 5, 1))
    over = Span(starts=DAY(2024, 1, 1), ends=DAY(2025, 3, 10), as_of=DAY(2026, 1, 1))
    assert days_shared(DAYS, over) is None


def test_many_months_are_told_by_their_number() -> None:
    rows = [DAY(2025, each, 1) for each in range(1, 7)]
    assert words_of_months(rows) == "2025-01、2025-02、2025-03、2025-04 等 6 个月"


def test_pictures_that_differ_in_few_places_are_nearly_the_same() -> None:
    one = "0f0f0f0f0f0f0f0f"
    assert nearly_same(one, "0f0f0f0f0f0f0f08")
    assert not nearly_same(one, "0f0f0f0f0f0f0f00")
    assert distance(one, one) == 0
    assert quarters("0123456789abcdef") == ("0123", "4567", "89ab", "cdef")


def test_an_even_page_resembles_nothing() -> None:
    even = difference_of([200] * 72)
    assert not tells_apart(even)
    assert not nearly_same(even, even)
    assert not tells_apart("")
