"""Conflicts, points, agreement and visits: decisions without a database."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.casework.reviews.choices.judging import AgreementGrade
from silian.casework.reviews.choices.schemes import VisitRule
from silian.casework.reviews.rules.agreement import agreement_of, intraclass_correlation
from silian.casework.reviews.rules.conflicts import Employment, Tie, conflicts, years_before
from silian.casework.reviews.rules.expert_rows import read_rows
from silian.casework.reviews.rules.judging import (
    Band,
    bands,
    diverges,
    means,
    needs_comment,
    reason_outside_band,
    reason_points_wrong,
    reason_score_incomplete,
    spread,
)
from silian.casework.reviews.rules.visits import reason_visitors_unfit, visits_due

TODAY = datetime.date(2026, 3, 18)
SINCE = years_before(TODAY, 3)
APPLICANT, OTHER, THIRD = 1, 2, 3


def why(
    *, jobs: list[Employment] | None = None, own: list[Tie] | None = None,
    projects: list[Tie] | None = None,
) -> list[str]:  # fmt: skip
    return conflicts(
        applicant_id=APPLICANT,
        employments=jobs or [],
        declared=own or [],
        projects=projects or [],
        since=SINCE,
    )


def test_an_expert_who_works_for_the_applicant_is_left_out() -> None:
    assert why(jobs=[Employment(organisation_id=APPLICANT)]) == ["现任职于申报单位"]


@pytest.mark.parametrize(
    ("ended", "binds"),
    [
        (datetime.date(2023, 3, 18), False),
        (datetime.date(2023, 3, 19), True),
        (datetime.date(2026, 3, 1), True),
    ],
)
def test_a_past_job_binds_for_three_years(ended: datetime.date, binds: bool) -> None:
    assert bool(why(jobs=[Employment(organisation_id=APPLICANT, ended_on=ended)])) is binds


@pytest.mark.parametrize(
    ("until", "binds"),
    [(None, True), (datetime.date(2023, 3, 18), False), (datetime.date(2024, 1, 1), True)],
)
def test_a_joint_project_of_the_employer_binds_for_three_years(
    until: datetime.date | None, binds: bool
) -> None:
    project = Tie(organisation_id=OTHER, what="共建实训中心", until=until)
    found = why(jobs=[Employment(organisation_id=OTHER)], projects=[project])
    assert bool(found) is binds


def test_a_joint_project_of_a_former_employer_does_not_bind() -> None:
    left = Employment(organisation_id=OTHER, ended_on=datetime.date(2025, 1, 1))
    assert why(jobs=[left], projects=[Tie(organisation_id=OTHER, what="共建")]) == []


def test_what_an_expert_declares_himself_binds() -> None:
    assert why(own=[Tie(organisation_id=APPLICANT, what="持股")]) == ["本人申明：持股"]
    assert why(own=[Tie(organisation_id=THIRD, what="持股")]) == []


def test_three_years_before_a_leap_day_is_the_day_before_march() -> None:
    assert years_before(datetime.date(2024, 2, 29), 3) == datetime.date(2021, 2, 28)


@pytest.mark.parametrize(
    ("points", "wrong"), [("0", False), ("30", False), ("30.5", True), ("-1", True)]
)
def test_points_stay_between_nothing_and_the_most(points: str, wrong: bool) -> None:
    assert (
        bool(reason_points_wrong(label="成效", points=Decimal(points), most=Decimal(30))) is wrong
    )


@pytest.mark.parametrize(
    ("points", "due"), [("17", True), ("18", False), ("27", False), ("27.1", True)]
)
def test_unusual_points_need_a_reason(points: str, due: bool) -> None:
    assert (
        needs_comment(
            points=Decimal(points), most=Decimal(30), below=Decimal("0.6"), above=Decimal("0.9")
        )
        is due
    )


def test_without_thresholds_no_reason_is_due() -> None:
    assert not needs_comment(points=Decimal(0), most=Decimal(30), below=None, above=None)
    assert not needs_comment(points=Decimal(0), most=Decimal(0), below=Decimal(1), above=None)


def test_a_score_is_complete_with_every_point_and_reason() -> None:
    assert "还有 1 项" in str(reason_score_incomplete(missing=["成效"], silent=[]))
    assert "写明理由" in str(reason_score_incomplete(missing=[], silent=["成效"]))
    assert reason_score_incomplete(missing=[], silent=[]) is None


def test_divergence_begins_above_the_limit() -> None:
    assert spread([Decimal(72), Decimal(57)]) == 15
    assert not diverges(totals=[Decimal(72), Decimal(57)], limit=Decimal(15))
    assert diverges(totals=[Decimal(72), Decimal("56.9")], limit=Decimal(15))
    assert not diverges(totals=[Decimal(72), Decimal(1)], limit=None)
    assert spread([]) == 0


def test_bands_and_means_go_by_criterion() -> None:
    scores = [{"a": Decimal(10), "b": Decimal(5)}, {"a": Decimal(4), "b": Decimal(5)}]
    found = bands(scores)
    assert found["a"] == Band(lowest=Decimal(4), highest=Decimal(10))
    assert found["a"].differs
    assert not found["b"].differs
    assert means(scores) == {"a": Decimal("7.00"), "b": Decimal("5.00")}
    assert means([{"a": Decimal(1)}, {"a": Decimal(1)}, {"a": Decimal(2)}]) == {
        "a": Decimal("1.33")
    }


@pytest.mark.parametrize(
    ("points", "outside"), [("4", False), ("10", False), ("3.9", True), ("10.1", True)]
)
def test_a_moderator_stays_within_the_band(points: str, outside: bool) -> None:
    band = Band(lowest=Decimal(4), highest=Decimal(10))
    assert bool(reason_outside_band(label="a", points=Decimal(points), band=band)) is outside


def test_experts_who_agree_have_a_correlation_of_one() -> None:
    assert intraclass_correlation([[60, 60], [70, 70], [90, 90]]) == pytest.approx(1)


def test_the_correlation_of_a_worked_example() -> None:
    """MSB = 150, MSW = 6.5, two experts: (150 − 6.5) / (150 + 6.5)."""
    rows = [[70, 75], [80, 82], [90, 92], [60, 63]]
    means_of = [72.5, 81, 91, 61.5]
    grand = sum(means_of) / 4
    between = sum(2 * (m - grand) ** 2 for m in means_of) / 3
    within = (12.5 + 2 + 2 + 4.5) / 4
    wanted = (between - within) / (between + within)
    assert intraclass_correlation(rows) == pytest.approx(wanted)


def test_agreement_is_said_in_words() -> None:
    good = agreement_of([[70, 72], [80, 82], [90, 91], [60, 61]])
    assert good.grade == AgreementGrade.STRONG
    assert good.sentence.startswith("4 份材料，专家之间平均相差 1.5 分")
    bad = agreement_of([[70, 40], [40, 75], [60, 90]])
    assert bad.grade == AgreementGrade.WEAK
    few = agreement_of([[70, 72]])
    assert few.grade is None
    assert "不计算" in few.sentence
    assert agreement_of([[70]]).sentence == "还没有两位以上专家评完的材料。"
    assert agreement_of([[70, 70], [70, 70], [70, 70]]).correlation is None


POINTS = {"A": Decimal(61), "B": Decimal(80), "C": Decimal(30), "D": None, "E": Decimal(64)}


def due(rule: VisitRule, **given: object) -> dict[str, str]:
    values = {
        "share": Decimal("0.2"),
        "near": Decimal(5),
        "line": Decimal(60),
        "seed": "种子",
        **given,
    }
    return visits_due(POINTS, rule=rule, **values)  # type: ignore[arg-type]


def test_every_dossier_is_visited_when_the_scheme_says_so() -> None:
    assert set(due(VisitRule.EVERY)) == set(POINTS)
    assert due(VisitRule.NONE) == {}


def test_those_near_the_line_and_a_share_by_lot_are_visited() -> None:
    chosen = due(VisitRule.CHOSEN)
    assert {"A", "E"} <= set(chosen)
    assert len(chosen) <= 3
    by_lot = [number for number, why_ in chosen.items() if "随机" in why_]
    assert due(VisitRule.CHOSEN) == chosen
    assert len(by_lot) <= 1
    assert due(VisitRule.CHOSEN, share=None, near=None) == {}
    assert len(due(VisitRule.CHOSEN, share=Decimal(1), near=None)) == len(POINTS)


def unfit(
    *chosen: int, applicants: tuple[int, ...] = (), seated: dict[int, str] | None = None
) -> str:
    names = {1: "甲", 2: "乙", 3: "丙"}
    return str(
        reason_visitors_unfit(
            chosen=chosen, applicants=applicants, seated=seated or {}, names=names
        )
    )


def test_two_visitors_without_another_part_are_needed() -> None:
    assert unfit(1, 2) == "None"
    assert "至少 2 人" in unfit(1)
    assert "至少 2 人" in unfit(1, 1)
    assert "甲是申报单位的人员" in unfit(1, 2, applicants=(1,))
    assert "乙已以“评审专家”身份" in unfit(1, 2, seated={2: "评审专家"})


def line(**cells: str) -> dict[str, str]:
    good = {
        "登录名": "wang",
        "姓名": "王工",
        "职称或职务": "高级工程师",
        "专业领域": "装备制造、能源与环保",
        "聘期起": "2026-01-01",
        "聘期止": "2029/1/1",
    }
    return {**good, **cells}


def test_a_good_line_becomes_an_expert() -> None:
    rows, faults = read_rows([(2, line())])
    assert not faults
    assert rows[0].fields == ("equipment", "energy")
    assert rows[0].ends_on == datetime.date(2029, 1, 1)


@pytest.mark.parametrize(
    ("cell", "said", "fault"),
    [
        ("登录名", "", "没有填写"),
        ("职称或职务", "", "没有填写"),
        ("职称或职务", "长" * 61, "超过 60 字"),
        ("专业领域", "", "没有填写"),
        ("专业领域", "玄学", "“玄学”不是专业领域"),
        ("聘期起", "明年", "应为日期"),
        ("聘期止", "", "没有填写"),
        ("聘期止", "2025-01-01", "应晚于聘期起"),
    ],
)
def test_each_wrong_cell_is_named(cell: str, said: str, fault: str) -> None:
    rows, faults = read_rows([(2, line(**{cell: said}))])
    assert not rows
    assert [(f.row, f.column) for f in faults] == [(2, cell)]
    assert fault in faults[0].fault


def test_a_login_that_stands_twice_is_named() -> None:
    rows, faults = read_rows([(2, line()), (3, line())])
    assert len(rows) == 1
    assert (faults[0].row, faults[0].fault) == (3, "与第 2 行重复")
