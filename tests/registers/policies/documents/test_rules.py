"""Pure decisions of the register: roles, deadlines, names, highlights, cuts, issuing."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.registers.policies.choices import BodyRole, Comparator, DocumentLevel
from silian.registers.policies.rules import body_names, clause_text, issuing, reading
from silian.registers.policies.rules.change_words import change_words
from silian.registers.policies.rules.marked_text import (
    ClauseSpan,
    Highlight,
    line_of,
    marked_lines,
    segments,
)

DAY = datetime.date(2026, 3, 18)


@pytest.mark.parametrize(
    ("printed", "leads", "mode", "role"),
    [
        ("牵头", True, "牵头+配合", BodyRole.LEAD),
        ("配合单位", False, "牵头单位+配合单位", BodyRole.COOPERATE),
        ("参与", False, "牵头+参与", BodyRole.COOPERATE),
        ("负责", False, "会同…负责", BodyRole.JOINT),
        ("按职责分工负责", False, "按职责分工负责", BodyRole.SHARE),
        ("责任单位", False, "责任单位", BodyRole.RESPONSIBLE),
    ],
)
def test_a_role_is_what_the_tail_says(printed: str, leads: bool, mode: str, role: BodyRole) -> None:
    assert reading.body_role(printed=printed, leads=leads, mode=mode) == role


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026", "2026-12-31"),
        ("2026-06", "2026-06-30"),
        ("2028-02", "2028-02-29"),
        ("2026-06-15", "2026-06-15"),
        ("2026年6月底前完成", "2026-06-30"),
    ],
)
def test_a_deadline_is_the_last_day_it_allows(written: str, day: str) -> None:
    assert str(reading.last_day(written)) == day


def test_a_month_in_the_sentence_makes_a_yearly_deadline_exact() -> None:
    words = "到2026年6月底，建立通报制度"
    assert str(reading.deadline("2026", words=words)) == "2026-06-30"
    assert str(reading.deadline("2027", words=words)) == "2027-12-31"
    assert reading.deadline(None, words=words) is None


@pytest.mark.parametrize("written", [None, "", "尽快", "长期"])
def test_no_deadline_is_guessed(written: str | None) -> None:
    assert reading.last_day(written) is None


@pytest.mark.parametrize(
    ("values", "operator", "low", "high", "comparator"),
    [
        ([500], ">=", "500", None, Comparator.AT_LEAST),
        ([10], "<=", None, "10", Comparator.AT_MOST),
        ([3, 5], "range", "3", "5", Comparator.RANGE),
        ([8], "~", "8", None, Comparator.ABOUT),
        ([1.5], "=", "1.5", None, Comparator.EQUAL),
        ([], "=", None, None, Comparator.EQUAL),
    ],
)
def test_values_become_bounds(
    values: list[float],
    operator: str,
    low: str | None,
    high: str | None,
    comparator: Comparator,
) -> None:
    found = reading.bounds(values=values, operator=operator)
    assert found == (
        Decimal(low) if low else None,
        Decimal(high) if high else None,
        comparator,
    )


@pytest.mark.parametrize(
    ("phrase", "title"),
    [
        ("平台核验企业达到500家", "平台核验企业"),
        ("每年举办对接活动不少于12场", "每年举办对接活动"),
        ("双师型教师占专业课教师的比例达到60%", "双师型教师占专业课教师"),
        ("500家企业", "500家企业"),
        ("按每人每年4500元给予培训补贴", "培训补贴"),
        ("原则上应有不少于2家企业参加论证", "原则上应有不少于2家企业参加论证"),
        ("专业课教师每5年下企业不少于6个月", "专业课教师每5年下企业不少于6个月"),
        ("提供不少于技术岗位总数8%的岗位", "提供不少于技术岗位总数8%的岗位"),
    ],
)
def test_a_target_is_titled_by_what_is_counted(phrase: str, title: str) -> None:
    assert reading.target_title(phrase) == title


def test_the_level_comes_from_the_header_or_else_from_the_division() -> None:
    assert reading.level_of("省级", division="990100") == DocumentLevel.PROVINCE
    assert reading.level_of(None, division="990000") == DocumentLevel.PROVINCE
    assert reading.level_of(None, division="990100") == DocumentLevel.CITY
    assert reading.level_of(None, division="990104") == DocumentLevel.COUNTY


@pytest.mark.parametrize(
    ("policy", "registered"),
    [
        ("市教育局", "青澜市教育局（演示）"),
        ("市政府办公室", "青澜市人民政府办公室（演示）"),
        ("青澜市财政局", "青澜市财政局"),
    ],
)
def test_a_policy_name_and_a_registered_name_are_compared_without_their_region(
    policy: str, registered: str
) -> None:
    names = [body_names.comparable_name(each, division="青澜市") for each in (policy, registered)]
    assert names[0] == names[1]


def test_names_of_different_bodies_stay_different() -> None:
    one = body_names.comparable_name("市教育局", division="青澜市")
    assert one != body_names.comparable_name("市教育体育局", division="青澜市")


def test_an_organisation_is_called_as_policies_call_it() -> None:
    name = body_names.policy_name("青澜市数据局（演示）", division="青澜市")
    assert name == "市数据局"


def test_a_name_counts_only_while_it_is_borne() -> None:
    known = [
        body_names.KnownName(body_id=1, name="市科技局", valid_to=datetime.date(2026, 1, 1)),
        body_names.KnownName(body_id=2, name="市科技局", valid_from=datetime.date(2026, 1, 1)),
    ]
    before = datetime.date(2025, 12, 31)
    assert body_names.body_named("市科技局", known=known, on=before) == 1
    assert body_names.body_named("市科技局", known=known, on=DAY) == 2


def test_a_name_of_two_bodies_on_one_day_is_nobodys() -> None:
    known = [body_names.KnownName(body_id=each, name="市局") for each in (1, 2)]
    assert body_names.body_named("市局", known=known, on=DAY) is None


@pytest.mark.parametrize("name", ["各县（区）人民政府", "有关企业", "市直有关部门"])
def test_a_name_for_many_is_generic(name: str) -> None:
    assert body_names.is_generic(name, function="")


def highlight(start: int, end: int, kind: str = "figure") -> Highlight:
    return Highlight(kind=kind, start=start, end=end, anchor=f"#{start}", label=f"{start}")


def test_overlapping_highlights_share_their_characters() -> None:
    found = list(
        segments("每生每月200元", start=0, highlights=[highlight(0, 8), highlight(5, 6, "doubt")])
    )
    assert [(each.text, each.kinds) for each in found] == [
        ("每生每月2", ("figure",)),
        ("0", ("figure", "doubt")),
        ("0元", ("figure",)),
    ]
    assert found[1].anchor == "#5"
    assert [each.labels for each in found] == [(), ("5",), ("0",)]


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(
    lambda pair: highlight(pair[0], pair[0] + pair[1])
)


@given(st.text(alphabet="甲乙丙 \n", max_size=60), st.lists(SPANS, max_size=8))
def test_highlighting_never_changes_the_words(text: str, highlights: list[Highlight]) -> None:
    lines = list(marked_lines(text, highlights=highlights, clauses=[]))
    shown = {line.number: "".join(each.text for each in line.segments) for line in lines}
    original = {
        number: line for number, line in enumerate(text.split("\n"), start=1) if line.strip()
    }
    assert shown == original


def test_a_line_knows_the_clauses_on_it() -> None:
    spans = [ClauseSpan(clause=7, start=0, end=5), ClauseSpan(clause=8, start=3, end=5)]
    first, second = marked_lines("一二\n三四", highlights=[], clauses=spans)
    assert (first.clauses, second.clauses) == (frozenset({7}), frozenset({7, 8}))


def test_lines_are_counted_from_one() -> None:
    assert [line_of("甲\n乙\n丙", offset=each) for each in (0, 2, 4)] == [1, 2, 3]


def test_a_clause_is_cut_only_between_sentences() -> None:
    text = "甲做这件事。乙做那件事；丙看着。"
    places = clause_text.cut_places(text, start=0, end=len(text))
    assert [place.offset for place in places] == [6, 12]
    assert places[0].after.startswith("乙做")


def test_a_reading_replaces_only_what_is_printed_there() -> None:
    assert clause_text.read_with("每月2O0元", at=3, printed="O", reading="0") == "每月200元"
    assert clause_text.read_with("每月2O0元", at=2, printed="O", reading="0") is None


def open_doubt(cause: str = "uncertain_character", touches: bool = False) -> issuing.OpenDoubt:
    return issuing.OpenDoubt(cause=cause, place="一（一）", line=12, touches_figure=touches)


def reason(**changes: object) -> str | None:
    facts: dict[str, object] = {
        "title": "方案",
        "issued_on": DAY,
        "waiting": [],
        "doubts": [],
        "clauses": 3,
    }
    return issuing.reason_not_issuable(**{**facts, **changes})  # type: ignore[arg-type]


def test_a_reviewed_document_may_be_issued() -> None:
    assert reason() is None
    assert reason(doubts=[open_doubt()]) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "标题"),
        ({"issued_on": None}, "成文日期"),
        ({"clauses": 0}, "条款"),
        ({"doubts": [open_doubt(touches=True)]}, "第 12 行"),
        ({"doubts": [open_doubt("doc_number")]}, "文号"),
        ({"waiting": ["一（一）目标"]}, "一（一）目标"),
    ],
)
def test_what_is_missing_is_said(changes: dict[str, object], words: str) -> None:
    assert words in (reason(**changes) or "")


def test_many_places_are_told_by_the_first() -> None:
    assert issuing.places(["一", "二", "三", "四"]) == "一、二、三等"


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        (
            {
                "before": {"heading": "甲", "is_task": True},
                "after": {"heading": "乙", "is_task": False},
            },
            "标题：甲 → 乙；生成任务：是 → 否",
        ),
        (
            {"before": ["分工 市财政局"], "after": ["牵头 市财政局"]},
            "分工 市财政局 → 牵头 市财政局",
        ),
        ({"before": {"title": "岗位"}, "after": {}}, "名称：岗位 → 无"),
        ({"lines": [1, 2]}, ""),
    ],
)
def test_a_correction_is_told_with_before_and_after(detail: dict[str, object], words: str) -> None:
    assert change_words(detail) == words


def test_an_ending_needs_words() -> None:
    assert issuing.reason_without_words(reason="  ")
    assert issuing.reason_without_words(reason="依据…") is None
