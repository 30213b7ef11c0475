"""A metric is said once, and what is said must make sense."""

from __future__ import annotations

import pytest

from silian.casework.metrics import registry
from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.queries.catalogue import all_metrics, metric_named, metrics_named
from silian.casework.metrics.registry import declared_metrics
from tests.casework.metrics.stage import declared, defined, verifications
from tests.world import World


def test_a_code_is_given_once() -> None:
    with declared(verifications()), pytest.raises(ValueError, match="declared twice"):
        registry.register_metric(verifications())


def test_a_flow_has_a_day_and_a_stock_has_none() -> None:
    with pytest.raises(ValueError, match="a flow has a day"):
        verifications(day="")
    with pytest.raises(ValueError, match="a flow has a day"):
        registry.stock(**{**vars(verifications()), "timing": "stock"})


def test_the_main_period_is_one_of_the_periods() -> None:
    with pytest.raises(ValueError, match="main period"):
        verifications(period_kinds=(PeriodKind.MONTH,))


def test_a_public_sum_cannot_hide_its_small_numbers() -> None:
    with pytest.raises(ValueError, match="cannot be hidden"):
        verifications(reduce=registry.total("pk"))


def test_a_reported_share_does_not_add_up(world: World) -> None:
    share = metric_named(defined(world).code)
    assert share is not None
    assert share.is_percentage
    assert not share.is_additive


def test_the_mark_of_a_formula_changes_with_its_meaning() -> None:
    first, second = verifications(), verifications(version=2)
    assert first.formula_hash != second.formula_hash
    assert first.formula_hash == verifications().formula_hash


def test_every_declared_metric_explains_itself() -> None:
    for code, metric in declared_metrics().items():
        assert metric.module == code.split(".")[0]
        assert len(metric.formula) > 8, code
        assert all((metric.source, metric.unit, metric.title)), code
        assert metric.drill is not None or metric.module == "people", code


def test_reported_metrics_stand_beside_computed_ones(world: World) -> None:
    definition = defined(world)
    found = metric_named(definition.code)
    assert found is not None
    assert found.is_manual
    assert found.is_percentage
    assert definition.code in {metric.code for metric in all_metrics()}
    assert set(metrics_named([definition.code, "exchange.deals", "no.such"])) == {
        definition.code,
        "exchange.deals",
    }
    assert metric_named("no.such") is None
