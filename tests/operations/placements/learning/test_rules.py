"""The rules of insurance, training, notes, assessment and file, without a database."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from silian.foundation.kernel.periods import Period
from silian.operations.placements.rules import assessment, files, insurance, notes, training

DAY = datetime.timedelta(days=1)
FIRST = datetime.date(2026, 3, 2)
STAY = Period(FIRST, FIRST + 100 * DAY)
SPAN = st.tuples(st.integers(-50, 150), st.integers(1, 80)).map(
    lambda pair: Period(FIRST + pair[0] * DAY, FIRST + (pair[0] + pair[1]) * DAY)
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw loads the module
@given(covers=st.lists(SPAN, max_size=6))
def test_the_gaps_are_exactly_the_days_that_no_policy_covers(covers: list[Period]) -> None:
    found = insurance.gaps(stay=STAY, covers=covers)
    days = [FIRST + number * DAY for number in range(100)]
    bare = [day for day in days if not any(day in cover for cover in covers)]
    assert [day for day in days if any(day in gap for gap in found)] == bare
    assert insurance.gap_days(stay=STAY, covers=covers) == len(bare)


def test_two_policies_end_to_end_leave_no_gap() -> None:
    middle = FIRST + 40 * DAY
    covers = [Period(middle, STAY.ends), Period(FIRST, middle)]
    assert insurance.gaps(stay=STAY, covers=covers) == []


@pytest.mark.parametrize(("payer", "words"), [("student", "由学生缴纳"), ("pay", "报酬中扣除")])
def test_a_student_never_bears_the_premium(payer: str, words: str) -> None:
    assert words in (insurance.reason_not_payable_by(payer) or "")


@pytest.mark.parametrize("payer", ["school", "host"])
def test_school_or_host_bears_the_premium(payer: str) -> None:
    assert insurance.reason_not_payable_by(payer) is None


def test_what_insurance_left_open_needs_an_agreement_and_somebody_to_bear_it() -> None:
    facts = {"loss": Decimal(100), "paid": Decimal(80)}
    none = {"school_share": Decimal(0), "host_share": Decimal(0)}
    assert "写明协议" in (insurance.reason_not_settled(**facts, **none, basis="") or "")
    assert "20 元没有承担方" in (insurance.reason_not_settled(**facts, **none, basis="各半") or "")
    whole = {"school_share": Decimal(10), "host_share": Decimal(10)}
    assert insurance.reason_not_settled(**facts, **whole, basis="各半") is None


BANK = "先做什么？\n*穿戴防护用品\n开机\n解析：先防护\n\n能戴手套的是？\n*搬运\n*清洁\n车削"


def test_a_bank_is_read_and_written_back_alike() -> None:
    questions = training.questions_of(BANK)
    assert [question.correct for question in questions] == [{0}, {0, 1}]
    assert training.bank_text(questions) == BANK


@pytest.mark.parametrize(
    ("bank", "words"),
    [
        ("题目\n*甲", "至少要有 2 个选项"),
        ("题目\n甲\n乙", "没有标出正确选项"),
        ("题目\n*甲\n甲", "重复"),
        ("解析：没有题", "只有解析"),
    ],
)
def test_a_bank_that_cannot_be_used_says_which_question(bank: str, words: str) -> None:
    with pytest.raises(training.Unreadable, match="第 1 题") as fault:
        training.questions_of(bank)
    assert words in str(fault.value)


def test_a_question_counts_only_when_all_its_options_are_right() -> None:
    keys = {1: [0], 2: [0, 1], 3: [2], 4: [1]}
    assert training.score_of(keys=keys, answers={1: [0], 2: [0], 3: [2], 4: [1]}) == 75
    assert training.score_of(keys=keys, answers=keys) == 100
    assert training.score_of(keys={}, answers={}) == 0


def test_the_strictest_mark_that_is_set_counts_and_none_is_unset() -> None:
    assert training.required_mark(rule=None, school=80, course=60) == 80
    assert training.required_mark(rule=90, school=80, course=None) == 90
    assert training.required_mark(rule=None, school=None, course=None) is None


def test_a_pass_holds_for_months_and_never_past_the_end_of_one() -> None:
    start = datetime.date(2026, 8, 31)
    assert training.valid_until(passed_on=start, months=6) == datetime.date(2027, 2, 28)
    assert training.valid_until(passed_on=start, months=12) == datetime.date(2027, 8, 31)


def test_sitting_again_and_again_is_stopped_for_the_day() -> None:
    assert training.reason_not_sat(sittings_today=4) is None
    assert "明天再测" in (training.reason_not_sat(sittings_today=5) or "")


def test_a_week_wants_a_note_when_one_day_of_it_was_worked() -> None:
    stay = Period(FIRST + 4 * DAY, FIRST + 30 * DAY)
    weekday = {"stay": stay, "is_working": lambda day: day.weekday() < 5}
    assert notes.needs_note(FIRST, breaks=[], **weekday)
    assert not notes.needs_note(FIRST, breaks=[Period(FIRST, FIRST + 7 * DAY)], **weekday)
    assert not notes.needs_note(FIRST, stay=stay, breaks=[], is_working=lambda day: False), (
        "a week of holidays"
    )


def test_weeks_run_from_monday_and_end_today() -> None:
    found = list(notes.weeks_of(stay=Period(FIRST + 2 * DAY, None), until=FIRST + 15 * DAY))
    assert found == [FIRST, FIRST + 7 * DAY, FIRST + 14 * DAY]


@pytest.mark.parametrize(
    ("week", "words"),
    [
        (FIRST + DAY, "按自然周"),
        (FIRST + 70 * DAY, "还没有开始"),
        (FIRST - 14 * DAY, "不在实习期内"),
    ],
)
def test_a_note_for_the_wrong_week_is_refused(week: datetime.date, words: str) -> None:
    found = notes.reason_not_writable(week=week, stay=STAY, today=FIRST + 20 * DAY)
    assert words in (found or "")


def test_a_copied_text_is_found_and_another_is_not() -> None:
    told = "学会了用百分表找正工件，跳动控制在两丝以内。"
    other = "今天在仓库学习了入库扫码和货位核对的做法。"
    assert notes.most_similar(told, [(1, other), (2, told + "还练了换刀。")]) == (2, 100)
    assert notes.most_similar(told, [(1, other)]) is None


def test_notes_of_one_task_only_hint_at_rotation() -> None:
    planned = ["甲", "乙", "丙", "丁"]
    found = notes.diversity_of(planned=planned, notes=[["甲"]] * 4)
    assert found.missing == ("乙", "丙", "丁")
    assert "1 项" in (found.hint or "")
    assert notes.diversity_of(planned=planned, notes=[["甲"], ["乙"]] * 2).hint is None
    assert notes.diversity_of(planned=planned, notes=[["甲"]] * 3).hint is None


def test_more_hours_than_the_post_says_is_a_hint() -> None:
    assert notes.hours_hint(hours=Decimal(40), daily=Decimal(8), days=5) is None
    assert "40" in (notes.hours_hint(hours=Decimal(46), daily=Decimal(8), days=5) or "")


def test_the_usual_sheet_is_fit_and_not_about_attendance() -> None:
    sheet = assessment.USUAL_SHEET
    assert assessment.reason_sheet_unfit(sheet) is None
    assert assessment.sheet_warnings(sheet, school_weight=50, cap=20) == []
    assert assessment.attendance_weight(sheet, school_weight=50) == Decimal("7.5")


def test_a_sheet_of_attendance_alone_is_refused() -> None:
    only = [
        assessment.Item(side=side, name="出勤", component="attendance", weight=100)
        for side in ("host", "school")
    ]
    assert "不能只看出勤" in (assessment.reason_sheet_unfit(only) or "")
    assert len(assessment.sheet_warnings(only, school_weight=50, cap=20)) == 2


def test_weights_that_do_not_make_a_hundred_are_refused() -> None:
    assert "85%" in (assessment.reason_sheet_unfit(assessment.USUAL_SHEET[:3]) or "")


def test_the_total_follows_the_weights_of_the_plan() -> None:
    host = assessment.side_score(weights={1: 60, 2: 40}, scores={1: 90, 2: 80})
    assert host == Decimal("86.0")
    assert assessment.total_score(host=host, school=Decimal(70), school_weight=40) == Decimal(
        "79.6"
    )


def test_credit_waits_for_the_final_result_and_the_file() -> None:
    facts = {"percent": 60, "required": 80, "missing": ["实习报告（缺，由学生补）"]}
    assert "尚未定稿" in (files.reason_not_credited(is_final=False, exception="", **facts) or "")
    refused = files.reason_not_credited(is_final=True, exception="", **facts)
    assert "实习报告" in (refused or "")
    assert files.reason_not_credited(is_final=True, exception="疫情停工", **facts) is None
    unset = {**facts, "required": None}
    assert files.reason_not_credited(is_final=True, exception="", **unset) is None


def test_the_percent_of_a_file_weighs_every_part_alike() -> None:
    def part(done: int, total: int) -> files.Part:
        return files.Part(code="x", label="材料", done=done, total=total, owed_by="学生")

    whole = files.PracticeFile(parts=(part(1, 1), part(5, 10), part(0, 1)))
    assert whole.percent == 50
    assert [item.words for item in whole.missing] == ["5 / 10", "缺"]


@pytest.mark.parametrize(
    ("name", "masked"), [("林小禾", "林＊禾"), ("许安", "许＊"), ("欧阳小禾", "欧＊＊禾")]
)
def test_strangers_read_a_masked_name(name: str, masked: str) -> None:
    assert files.public_name(name) == masked
