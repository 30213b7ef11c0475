"""A dated goal without number shows what is counted now, what it was, and judges nothing."""

from __future__ import annotations

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.casework.metrics.registry import declared_metrics
from silian.governance.policy_tasks.commands.jurisdictions import follow_goals
from silian.governance.policy_tasks.demo.targets import GOALS, TargetBuilder
from silian.governance.policy_tasks.models import Target
from silian.governance.policy_tasks.models.tasks import Milestone
from silian.governance.policy_tasks.queries.counts import milestone_standings
from tests.governance.policy_tasks.targets.test_measure_target import ENTERPRISES, value_of
from tests.governance.policy_tasks.tasks import stage
from tests.world import CITY, Person, World

YEAR_AGO = datetime.date(2025, 3, 1)


def goal(world: World, *, code: str = ENTERPRISES) -> Milestone:
    """A goal that asks for a batch until the end of 2026."""
    document = stage.make_document(world)
    clause = stage.add_clause(
        document, bodies=[], is_task=False, figure_codes=["organisations.schools"]
    )
    stage.add_goal(clause, title="一批入驻企业", metric_code=code)
    stage.drafted(document)
    return Milestone.objects.get(title="一批入驻企业")


def two_values() -> None:
    value_of(9, period_start=YEAR_AGO, period_end=datetime.date(2025, 4, 1),
             as_of=datetime.date(2025, 3, 31))  # fmt: skip
    value_of(12)


def test_a_goal_takes_its_metric_from_the_clause(world: World) -> None:
    assert goal(world).metric_code == ENTERPRISES


def test_a_goal_tells_its_count_and_that_of_a_year_before(world: World) -> None:
    row = goal(world)
    two_values()
    [standing] = milestone_standings([row], actor=world.coordinator.actor, on=stage.TODAY)
    assert standing.count is not None
    assert standing.count.words == "12 家"
    assert standing.count.before_words == "2025年3月 9 家，增加 3"


def test_nothing_to_compare_is_not_said_to_be_unchanged(world: World) -> None:
    row = goal(world)
    value_of(12)
    [standing] = milestone_standings([row], actor=world.coordinator.actor, on=stage.TODAY)
    assert standing.count is not None
    assert standing.count.before_words == ""


def test_a_metric_that_nobody_computes_gives_no_number(world: World) -> None:
    row = goal(world, code="training_bases.public_bases")
    [standing] = milestone_standings([row], actor=world.coordinator.actor, on=stage.TODAY)
    assert standing.count is None
    page = world.coordinator.client.get(row.get_absolute_url()).content.decode()
    assert "平台还没有这个指标" in page


def test_the_page_opens_the_count_and_sets_no_number_to_reach(world: World) -> None:
    row = goal(world)
    two_values()
    page = world.leader.client.get(row.get_absolute_url()).content.decode()
    url = reverse("metrics:value_detail", args=[value_of(12).pk])
    assert url in page
    assert "未设数量目标" in page
    assert "增加 3" in page
    assert "同一条款的执行情况" in page
    assert "登记完成" not in page
    assert "登记完成" in world.coordinator.client.get(row.get_absolute_url()).content.decode()
    assert Target.objects.count() == 0


def test_lists_of_goals_and_steps_show_the_count(world: World, industry: Person) -> None:
    task = stage.running(world, industry)
    clause = task.clause
    assert clause is not None
    stage.add_goal(clause, title="一批入驻企业", metric_code=ENTERPRISES)
    stage.drafted(clause.document)
    two_values()
    listed = world.coordinator.client.get(reverse("policy_tasks:target_list")).content.decode()
    assert "12 家" in listed
    shown = industry.client.get(task.get_absolute_url()).content.decode()
    assert "未设数量目标" in shown


def test_the_count_of_many_goals_costs_as_much_as_of_three(world: World) -> None:
    row = goal(world)
    two_values()
    costs = []
    for many in (3, 30):
        with CaptureQueriesContext(connection) as asked:
            milestone_standings([row] * many, actor=world.coordinator.actor, on=stage.TODAY)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_changed_binding_is_followed_and_reported(world: World) -> None:
    row = goal(world)
    source = row.clause_goal
    assert source is not None
    assert row.document is not None
    source.metric_code = "organisations.schools"
    source.save(update_fields=["metric_code"])
    assert any("一批入驻企业" in line for line in follow_goals(row.document))
    row.refresh_from_db()
    assert row.metric_code == "organisations.schools"
    assert follow_goals(row.document) == []


def test_a_standard_tells_what_was_done_by_it(world: World) -> None:
    value_of(12)
    document = stage.make_document(world)
    clause = stage.add_clause(document, bodies=[])
    stage.add_target(clause, figure_codes=[ENTERPRISES], unit="元/人·年")
    stage.drafted(document)
    target = Target.objects.get(division_id=CITY)
    page = world.coordinator.client.get(target.get_absolute_url()).content.decode()
    assert "按这条标准办理" in page
    assert "12 家" in page
    assert "暂无指标" in page


def test_the_demonstration_plan_has_goals_that_count(world: World) -> None:
    row = goal(world, code="")
    Milestone.objects.filter(pk=row.pk).update(title="到2026年底，五项制度在全市运行")
    assert row.document is not None
    TargetBuilder(on=stage.TODAY, document=row.document).bind_goals()
    row.refresh_from_db()
    assert row.metric_code == "policy_tasks.done_share"
    assert {code for _, code in GOALS} <= declared_metrics().keys()
