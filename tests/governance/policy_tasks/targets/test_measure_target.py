"""Binding, baselines, lights that change, disputes, and how all targets stand."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from silian.casework.metrics.events import MetricValueChanged
from silian.casework.metrics.models.disputes import ValueDispute
from silian.casework.metrics.models.values import MetricValue
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.governance.policy_tasks.choices import Light
from silian.governance.policy_tasks.commands.target_measuring import (
    Baseline,
    bind_target,
    keep_lights,
    set_baseline,
    unbind_target,
)
from silian.governance.policy_tasks.models import Target
from silian.governance.policy_tasks.models.targets import LightChange
from silian.governance.policy_tasks.queries.target_detail import uncovered_units
from silian.governance.policy_tasks.queries.target_standings import (
    target_standings,
)
from silian.registers.policies.models import Parameter
from tests.governance.policy_tasks.tasks import stage
from tests.world import CITY, World

ENTERPRISES = "organisations.enterprises"
MARCH = datetime.date(2026, 3, 1)


def value_of(number: int, **values: Any) -> MetricValue:
    facts: dict[str, Any] = {
        "metric_code": ENTERPRISES,
        "division_id": CITY,
        "period_kind": "month",
        "period_start": MARCH,
        "period_end": datetime.date(2026, 4, 1),
        "as_of": stage.TODAY,
        "value": Decimal(number),
        "computed_at": stage.NOW,
        "checked_at": stage.NOW,
    }
    row, _ = MetricValue.objects.update_or_create(
        metric_code=facts["metric_code"], division_id=CITY, period_start=facts["period_start"],
        period_kind=facts["period_kind"], defaults={**facts, **values},
    )  # fmt: skip
    return row


def begun(target: Target) -> Target:
    """With a baseline of a hundred at the start of 2025."""
    target.baseline, target.baseline_on = Decimal(100), datetime.date(2025, 1, 1)
    target.baseline_evidence = "平台登记"
    target.metric_code = ENTERPRISES
    target.save()
    return target


def bind(world: World, target: Target, code: str = ENTERPRISES) -> Target:
    return bind_target(
        target_id=target.pk, code=code, actor=world.coordinator.actor, today=stage.TODAY
    )


def test_a_metric_of_the_same_unit_is_bound(world: World) -> None:
    target = stage.make_target(world)
    value_of(510)
    assert bind(world, target).metric_code == ENTERPRISES
    target.refresh_from_db()
    assert target.light == Light.REACHED


def test_another_unit_is_refused(world: World) -> None:
    target = stage.make_target(world, unit="%")
    with pytest.raises(DomainError, match="两者不一致"):
        bind(world, target)


def test_only_coordinators_bind(world: World) -> None:
    target = stage.make_target(world)
    with pytest.raises(NotAllowed, match="统筹人员设定"):
        bind_target(
            target_id=target.pk, code=ENTERPRISES, actor=world.leader.actor, today=stage.TODAY
        )


def test_unbinding_says_why_and_the_target_says_no_metric(world: World) -> None:
    target = begun(stage.make_target(world))
    given = {"target_id": target.pk, "actor": world.coordinator.actor, "today": stage.TODAY}
    with pytest.raises(DomainError, match="请写明解除指标的原因"):
        unbind_target(reason="", **given)
    unbind_target(reason="口径不符", **given)
    target.refresh_from_db()
    assert target.light == Light.NO_METRIC


def test_a_baseline_needs_its_evidence_and_a_day_before_the_deadline(world: World) -> None:
    target = stage.make_target(world)
    given = {"target_id": target.pk, "actor": world.coordinator.actor, "today": stage.TODAY}
    day = datetime.date(2025, 12, 31)
    with pytest.raises(DomainError, match="请写明基期值的依据"):
        set_baseline(baseline=Baseline(value=Decimal(9), on=day, evidence=" "), **given)
    late = Baseline(value=Decimal(9), on=stage.TODAY + stage.DAY, evidence="年报")
    with pytest.raises(DomainError, match="不能晚于今天"):
        set_baseline(baseline=late, **given)
    set_baseline(baseline=Baseline(value=Decimal(9), on=day, evidence="年报"), **given)
    target.refresh_from_db()
    assert (target.baseline, target.baseline_on) == (9, day)


def test_a_number_that_changes_turns_the_light_and_is_kept(
    world: World, run_jobs: Callable[[], None]
) -> None:
    target = begun(stage.make_target(world))
    value_of(150)
    keep_lights([target.pk], on=stage.TODAY)
    changed = value_of(520)
    for _ in range(2):  # a handler may run twice
        publish(
            MetricValueChanged(
                code=ENTERPRISES,
                division=CITY,
                period_kind="month",
                period_start=MARCH,
                value_id=changed.pk,
                previous=Decimal(150),
            )
        )
        run_jobs()
    change = LightChange.objects.get(target=target)
    assert (change.before, change.after) == (Light.BEHIND, Light.REACHED)
    assert change.value == 520


def test_a_disputed_number_stands_beside_the_official_one(world: World) -> None:
    begun(stage.make_target(world))
    value = value_of(150)
    ValueDispute.objects.create(
        value=value,
        official_value=Decimal(150),
        own_value=Decimal(140),
        reason="重复登记",
        raised_by_name="督查",
        organisation=world.supervisor.organisation,
        raised_at=stage.NOW,
        due_at=stage.NOW + stage.DAY,
    )
    (row,) = target_standings(division=CITY, on=stage.TODAY)
    assert (row.value, row.disputed) == (150, 140)


def test_years_of_a_flow_are_summed(world: World) -> None:
    target = begun(stage.make_target(world, title="成交", unit="项"))
    Target.objects.filter(pk=target.pk).update(metric_code="exchange.deals")
    for year, number in ((2025, 200), (2026, 310)):
        value_of(
            number,
            metric_code="exchange.deals",
            period_kind="year",
            period_start=datetime.date(year, 1, 1),
            period_end=datetime.date(year + 1, 1, 1),
        )
    MetricValue.objects.filter(period_kind="month").delete()
    (row,) = target_standings(division=CITY, on=stage.TODAY)
    assert (row.value, row.light, row.is_cumulative) == (510, Light.REACHED, True)


def test_a_tolerance_that_is_set_counts(world: World) -> None:
    begun(stage.make_target(world, low=Decimal(160), comparator="~"))
    value_of(150)
    late = datetime.date(2027, 1, 5)
    (before,) = target_standings(division=CITY, on=late)
    Parameter.objects.create(
        division_id=CITY, code="P10", name="tolerance", title="“左右”的容差", force="mandatory",
        value=Decimal(10), unit="家", source="会议纪要", valid_from=datetime.date(2026, 1, 1),
    )  # fmt: skip
    (after,) = target_standings(division=CITY, on=late)
    assert (before.light, before.tolerance_unset) == (Light.UNSET, True)
    assert (after.light, after.tolerance_unset) == (Light.REACHED, False)


def test_units_that_are_without_are_named(world: World) -> None:
    from django.db.models import Q

    from silian.casework.metrics.registry import share, stock
    from silian.registers.organisations.models import Organisation

    metric = stock(
        code="test.coverage",
        title="有简介的院校占比",
        unit="%",
        formula="有简介的院校 ÷ 院校",
        source="测试",
        rows=lambda scope: Organisation.objects.filter(kind="school"),
        reduce=share(~Q(introduction="")),
    )
    target = stage.make_target(world, title="每校一个", unit="个/校", low=Decimal(1))
    found = uncovered_units(target, metric, on=stage.TODAY)
    assert found is not None
    assert found.names == [world.school.organisation.name]


def test_targets_of_documents_in_review_do_not_stand(world: World) -> None:
    document = stage.make_document(world, state="reviewing", issued_at=None)
    stage.make_target(world, document=document)
    assert target_standings(division=CITY, on=stage.TODAY) == []


def test_many_targets_cost_as_many_queries_as_few(world: World) -> None:
    document = stage.make_document(world)
    counts = []
    for number in (3, 27):
        for _ in range(number):
            begun(stage.make_target(world, document=document))
        value_of(150)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            target_standings(division=CITY, on=stage.TODAY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 7


def test_the_public_page_shows_targets_and_no_drafts(world: World) -> None:
    begun(stage.make_target(world))
    value_of(150)
    answer = world.anonymous.client.get("/policy-tasks/targets/public/")
    assert answer.status_code == 200
    assert "150 家" in answer.content.decode()
