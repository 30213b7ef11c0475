"""Money, milestones and checklists of projects, without a database."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal

import pytest

from silian.governance.accreditation.choices.projects import ProjectStage
from silian.governance.accreditation.rules.milestones import Days, forecast, milestone_words
from silian.governance.accreditation.rules.project_money import (
    plan_gap,
    planned_by,
    reason_not_recordable,
    reason_not_reportable,
    reason_not_voidable,
)
from silian.governance.accreditation.rules.project_sheets import read_project_row
from silian.governance.accreditation.rules.project_steps import (
    DEMANDS,
    next_stage,
    reason_not_agreeable,
    reason_not_finished,
)

TODAY = datetime.date(2026, 3, 18)
DAY = datetime.timedelta(days=1)


def test_the_stages_follow_one_another_to_use() -> None:
    stage, seen = "idea", []
    while (following := next_stage(stage)) is not None:
        seen.append(following)
        stage = following
    assert seen == list(DEMANDS)
    assert next_stage("stopped") is None


def test_every_step_has_a_checklist_a_basis_and_a_clock() -> None:
    for demand in DEMANDS.values():
        assert demand.checks
        assert demand.basis
        assert demand.working_days > 0


def test_an_unmet_line_or_an_own_project_is_not_agreed_to() -> None:
    assert reason_not_agreeable(unmet=0, is_own=False) is None
    assert "2 项" in (reason_not_agreeable(unmet=2, is_own=False) or "")
    assert "回避" in (reason_not_agreeable(unmet=0, is_own=True) or "")


def test_open_findings_keep_a_project_out_of_use() -> None:
    assert reason_not_finished(open_findings=0, completed_known=True) is None
    assert "1 项" in (reason_not_finished(open_findings=1, completed_known=True) or "")
    assert reason_not_finished(open_findings=0, completed_known=False)


def test_paid_never_exceeds_allotted_whatever_the_order() -> None:
    for seed in range(400):
        rng = random.Random(seed)
        moves = [(rng.choice(MOVES), Decimal(rng.randint(1, 10_000)) / 100) for _ in range(30)]
        assert_conserved(moves)


MOVES = ("allotted", "paid", "void")


def assert_conserved(moves: list[tuple[str, Decimal]]) -> None:
    allotted = paid = Decimal(0)
    for kind, amount in moves:
        sums = {"amount": amount, "allotted": allotted, "paid": paid}
        if kind == "void":
            refused = allotted < amount or reason_not_voidable(kind="allotted", **sums)
            allotted -= Decimal(0) if refused else amount
        elif not reason_not_recordable(kind=kind, **sums):
            allotted += amount if kind == "allotted" else 0
            paid += amount if kind == "paid" else 0
        assert paid <= allotted


def test_the_gap_is_what_no_source_brings() -> None:
    planned = {"local": Decimal("60.10"), "loan": Decimal("30.20")}
    assert plan_gap(total=Decimal("100.00"), planned=planned) == Decimal("9.70")


@pytest.mark.parametrize(
    ("completed", "before", "is_repeat", "reason", "word"),
    [
        ("101", None, False, "", "总投资"),
        ("-1", None, False, "", "小于 0"),
        ("40", "50", False, "", "减少"),
        ("60", "50", True, "", "已登记过"),
        ("101", None, False, "写了理由", "总投资"),
    ],
)
def test_a_month_that_falls_or_exceeds_is_refused(
    completed: str, before: str | None, is_repeat: bool, reason: str, word: str
) -> None:
    refusal = reason_not_reportable(
        completed=Decimal(completed),
        total=Decimal(100),
        before=Decimal(before) if before else None,
        is_repeat=is_repeat,
        reason=reason,
    )
    assert refusal is not None
    assert word in refusal


def test_a_fall_with_a_reason_is_taken() -> None:
    assert (
        reason_not_reportable(
            completed=Decimal(40),
            total=Decimal(100),
            before=Decimal(50),
            is_repeat=False,
            reason="结算审减",
        )
        is None
    )


def test_the_even_plan_starts_at_nothing_and_ends_at_the_total() -> None:
    days = {"starts": TODAY, "ends": TODAY + 10 * DAY}
    shares = [
        planned_by(total=Decimal(100), on=TODAY + n * DAY, **days) for n in (-1, 0, 5, 10, 20)
    ]
    assert shares == [Decimal(n) for n in (0, 0, 50, 100, 100)]
    assert planned_by(total=Decimal(100), starts=None, ends=None, on=TODAY) is None


def test_a_milestone_reads_late_in_days() -> None:
    assert milestone_words(planned_on=TODAY - 3 * DAY, done_on=None, today=TODAY)[0] == "滞后 3 天"
    assert milestone_words(planned_on=TODAY, done_on=TODAY + DAY, today=TODAY)[1] == "watch"
    assert milestone_words(planned_on=TODAY, done_on=TODAY, today=TODAY)[1] == "ok"


def test_the_forecast_adds_the_measured_delay_to_the_last_planned_day() -> None:
    last = TODAY + 100 * DAY
    rows = [
        Days(planned_on=TODAY - 90 * DAY, done_on=TODAY - 80 * DAY),
        Days(planned_on=TODAY - 60 * DAY, done_on=TODAY - 40 * DAY),
        Days(planned_on=TODAY - 5 * DAY),
        Days(planned_on=last),
    ]
    found = forecast(milestones=rows, today=TODAY)
    assert (found.on, found.shift) == (last + 15 * DAY, 15)
    assert "中位数 15 天" in found.method


def test_the_forecast_of_what_is_done_is_its_last_day_and_of_nothing_is_unset() -> None:
    done = [Days(planned_on=TODAY, done_on=TODAY + 4 * DAY)]
    assert forecast(milestones=done, today=TODAY + 9 * DAY).on == TODAY + 4 * DAY
    assert forecast(milestones=[], today=TODAY).on is None


def test_no_forecast_lies_in_the_past_or_before_the_plan() -> None:
    for seed in range(300):
        rng = random.Random(seed)
        days = [rng.randint(-300, 300) for _ in range(rng.randint(1, 8))]
        rows = [Days(planned_on=TODAY + n * DAY) for n in days]
        found = forecast(milestones=rows, today=TODAY)
        assert found.on is not None
        assert found.on >= max(TODAY, *(row.planned_on for row in rows))


GOOD = {
    "申报单位": "青澜职业技术学院（演示）",
    "项目名称": "实训基地二期",
    "建设类别": "实验实习实训基地",
    "建设地区代码": "990104",
    "建设地点": "高新区",
    "建设内容和规模": "设备 120 台套",
    "总投资（万元）": "1,200.5",
    "计划开工日": "2026/7/1",
    "计划完工日": "2027-06-30",
    "服务行业代码": "34、36",
}


def test_a_row_is_read_in_the_words_of_officials() -> None:
    facts, faults = read_project_row(2, GOOD)
    assert faults == []
    assert facts["total"] == Decimal("12005000.00")
    assert facts["kind"] == "practice_base"
    assert facts["industries"] == ["34", "36"]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("总投资（万元）", "约三千万"),
        ("总投资（万元）", "-5"),
        ("建设类别", "体育馆"),
        ("建设地区代码", "高新区"),
        ("计划开工日", "明年春天"),
        ("计划完工日", "2026-06-30"),
        ("项目名称", ""),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(column: str, text: str) -> None:
    _, faults = read_project_row(7, {**GOOD, column: text})
    assert [(fault.row, fault.column) for fault in faults] == [(7, column)]


def test_the_stage_words_are_those_of_the_policy() -> None:
    words = [stage.label for stage in ProjectStage]
    assert words == ["谋划", "储备", "申报", "入库", "建设", "验收", "投用", "已终止"]
