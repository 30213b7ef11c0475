"""Plans, allotments, payments and monthly progress of a project."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.accreditation.choices.projects import ProjectStage
from silian.governance.accreditation.commands.project_funds import (
    plan_funds,
    record_fund,
    void_fund,
)
from silian.governance.accreditation.commands.project_progress import (
    delay_milestone,
    finish_milestone,
    report_investment,
)
from silian.governance.accreditation.models.project_progress import InvestmentReport
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.queries.project_money import (
    obtained_by_source_and_year,
    source_lines,
)
from tests.governance.accreditation import stage
from tests.world import World

MONTH = datetime.date(2026, 2, 1)


def months(world: World, project: IntegrationProject, **given: Any) -> InvestmentReport:
    values: dict[str, Any] = {
        "month": MONTH,
        "completed": Decimal("1000000.00"),
        "evidence": "监理月报 2 期",
        "reason": "",
        "files": [],
    }
    return report_investment(
        project_id=project.pk, actor=world.school.actor, now=stage.NOW, **{**values, **given}
    )


def test_the_plan_shows_its_gap_and_never_exceeds_the_total(world: World) -> None:
    project = stage.idea(world)
    actor = world.school.actor
    plan_funds(project_id=project.pk, amounts={"local": Decimal("12000000.00")}, actor=actor)
    lines = source_lines(project)
    assert [(line.label, line.planned, line.to_come) for line in lines] == [
        ("地方财政", Decimal("12000000.00"), Decimal("12000000.00"))
    ]
    with pytest.raises(DomainError, match="超过总投资"):
        plan_funds(project_id=project.pk, amounts={"loan": Decimal("32000000.01")}, actor=actor)


def test_paid_is_at_most_what_was_allotted(world: World) -> None:
    project = stage.idea(world)
    with pytest.raises(DomainError, match="已下达未拨付的只有 0.00 元"):
        stage.funded(world, project, kind="paid", amount=Decimal("0.01"))
    stage.funded(world, project)
    stage.funded(world, project, kind="paid", amount=Decimal("5000000.00"))
    with pytest.raises(DomainError, match="只有 0.00 元"):
        stage.funded(world, project, kind="paid", amount=Decimal("0.01"))
    line = source_lines(project)[0]
    assert (line.allotted, line.paid, line.to_pay) == (
        Decimal("5000000.00"),
        Decimal("5000000.00"),
        Decimal("0.00"),
    )


def test_a_paid_allotment_cannot_be_struck_out_before_its_payment(world: World) -> None:
    project = stage.idea(world)
    allotted = stage.funded(world, project)
    paid = stage.funded(world, project, kind="paid", amount=Decimal("1.00"))
    actor = world.coordinator.actor
    with pytest.raises(DomainError, match="已拨付"):
        void_fund(entry_id=allotted.pk, reason="登记错误", actor=actor, now=stage.NOW)
    void_fund(entry_id=paid.pk, reason="凭证重复", actor=actor, now=stage.NOW)
    void_fund(entry_id=allotted.pk, reason="登记错误", actor=actor, now=stage.NOW)
    assert source_lines(project) == []
    with pytest.raises(DomainError, match="已作废"):
        void_fund(entry_id=paid.pk, reason="再次", actor=actor, now=stage.NOW)


def test_public_money_is_entered_by_the_leading_department_alone(world: World) -> None:
    project = stage.idea(world)
    actor = world.school.actor
    with pytest.raises(NotAllowed, match="牵头部门"):
        record_fund(project_id=project.pk, movement=stage.money(), actor=actor, now=stage.NOW)
    own = stage.money(source="school", document="到位凭证 1")
    assert record_fund(project_id=project.pk, movement=own, actor=actor, now=stage.NOW).pk


def test_an_award_names_its_way_and_its_reason(world: World) -> None:
    project = stage.idea(world)
    with pytest.raises(DomainError, match="奖补方式"):
        stage.funded(world, project, source="award")
    with pytest.raises(DomainError, match="奖补事由"):
        stage.funded(world, project, source="award", reward="dynamic")
    entry = stage.funded(
        world, project, source="award", reward="dynamic", reward_reason="绩效评价优秀"
    )
    assert entry.get_reward_display() == "动态奖励"


def test_money_needs_a_document_and_a_day_that_has_come(world: World) -> None:
    project = stage.idea(world)
    with pytest.raises(DomainError, match="文件或拨付凭证"):
        stage.funded(world, project, document=" ")
    with pytest.raises(DomainError, match="不能晚于今天"):
        stage.funded(world, project, on=stage.TODAY + datetime.timedelta(days=1))


def test_obtained_money_counts_what_upper_levels_allotted_by_year(world: World) -> None:
    project = stage.idea(world)
    stage.funded(world, project, on=datetime.date(2025, 5, 1), amount=Decimal("3.00"))
    stage.funded(world, project, amount=Decimal("4.00"))
    stage.funded(world, project, source="local", amount=Decimal("50.00"))
    assert obtained_by_source_and_year(IntegrationProject.objects.all()) == {
        ("central_budget", 2025): Decimal("3.00"),
        ("central_budget", 2026): Decimal("4.00"),
    }


def test_months_grow_or_say_why_they_fall(world: World) -> None:
    project = stage.at(world, ProjectStage.CONSTRUCTION)
    months(world, project)
    with pytest.raises(DomainError, match="本月已登记过"):
        months(world, project, completed=Decimal("900000.00"))
    march = datetime.date(2026, 3, 1)
    with pytest.raises(DomainError, match="无故减少"):
        months(world, project, month=march, completed=Decimal("900000.00"))
    corrected = months(world, project, completed=Decimal("800000.00"), reason="计量复核审减")
    assert corrected.replaced_at is None
    held = InvestmentReport.objects.current()  # type: ignore[attr-defined]
    assert [row.completed for row in held] == [Decimal("800000.00")]
    assert InvestmentReport.objects.count() == 2


def test_an_earlier_month_is_never_more_than_a_later_one(world: World) -> None:
    project = stage.at(world, ProjectStage.CONSTRUCTION)
    months(world, project)
    with pytest.raises(DomainError, match="前面的月份不能更多"):
        months(
            world, project, month=datetime.date(2026, 1, 1), completed=Decimal("1000000.01"),
            reason="补报",
        )  # fmt: skip


def test_no_month_exceeds_the_total_or_lies_ahead_or_lacks_proof(world: World) -> None:
    project = stage.at(world, ProjectStage.CONSTRUCTION)
    with pytest.raises(DomainError, match="总投资"):
        months(world, project, completed=project.total + 1, reason="理由")
    with pytest.raises(DomainError, match="今后的月份"):
        months(world, project, month=datetime.date(2026, 4, 1))
    with pytest.raises(DomainError, match="依据材料"):
        months(world, project, evidence="")


def test_months_are_told_of_buildings_alone(world: World) -> None:
    with pytest.raises(DomainError, match="开工建设后"):
        months(world, stage.idea(world))


def test_a_milestone_keeps_its_planned_day_when_it_slips(world: World) -> None:
    project = stage.idea(world)
    row = stage.milestone(project)
    actor = world.school.actor
    with pytest.raises(DomainError, match="晚于计划日"):
        delay_milestone(
            milestone_id=row.pk, expected_on=row.planned_on, cause="land", note="批复", actor=actor
        )
    later = row.planned_on + datetime.timedelta(days=20)
    delay_milestone(
        milestone_id=row.pk, expected_on=later, cause="land", note="用地批复晚", actor=actor
    )
    done = finish_milestone(
        milestone_id=row.pk, done_on=stage.TODAY, actor=actor, today=stage.TODAY
    )
    assert (done.planned_on, done.expected_on, done.done_on) == (row.planned_on, later, stage.TODAY)
    with pytest.raises(DomainError, match="已完成"):
        finish_milestone(milestone_id=row.pk, done_on=stage.TODAY, actor=actor, today=stage.TODAY)
