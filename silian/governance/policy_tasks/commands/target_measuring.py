"""Bind targets to metrics, set their baselines, and keep what their lights show."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.queries.catalogue import metric_named
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.governance.policy_tasks.events.targets import TargetLightChanged
from silian.governance.policy_tasks.models import Target
from silian.governance.policy_tasks.models.targets import LightChange
from silian.governance.policy_tasks.permissions.targets import (
    require_binder,
    targets_visible_to,
)
from silian.governance.policy_tasks.queries.target_standings import TargetStanding, standings_of
from silian.governance.policy_tasks.rules.target_binding import reason_not_bindable


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """From where progress is measured (基期)."""

    value: Decimal
    on: datetime.date
    evidence: str


def binding_target(*, target_id: int, actor: Actor) -> Target:
    """A locked target that the actor may bind."""
    rows = targets_visible_to(actor).select_for_update(of=("self",))
    target = rows.get(pk=target_id)
    require_binder(actor, target)
    return target


@transaction.atomic
def bind_target(*, target_id: int, code: str, actor: Actor, today: datetime.date) -> Target:
    """Let a metric measure a target; the units must match (绑定指标)."""
    target = binding_target(target_id=target_id, actor=actor)
    metric = metric_named(code)
    if metric is None:
        raise DomainError("指标库中没有这个指标，请从列表中选择。", field="metric_code")
    reason = reason_not_bindable(
        unit=target.unit,
        metric_unit=metric.unit,
        reduction=metric.reduce.name,
        comparator=target.comparator,
        is_yearly=metric.main_period == PeriodKind.YEAR,
    )
    if reason:
        raise DomainError(reason, field="metric_code")
    target.metric_code = code
    target.save(update_fields=["metric_code"])
    record(actor, "policy_tasks.target.bound", target, detail={"metric": code})
    keep_lights([target.pk], on=today)
    return target


@transaction.atomic
def unbind_target(*, target_id: int, reason: str, actor: Actor, today: datetime.date) -> Target:
    """Let a target wait for a better metric (解除指标)."""
    target = binding_target(target_id=target_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明解除指标的原因。", field="reason")
    target.metric_code = ""
    target.save(update_fields=["metric_code"])
    record(actor, "policy_tasks.target.unbound", target, reason=reason)
    keep_lights([target.pk], on=today)
    return target


@transaction.atomic
def set_baseline(
    *, target_id: int, baseline: Baseline, actor: Actor, today: datetime.date
) -> Target:
    """Set the value from which progress is measured, with evidence (设定基期)."""
    target = binding_target(target_id=target_id, actor=actor)
    refuse_unfit_baseline(target, baseline, today=today)
    target.baseline = baseline.value
    target.baseline_on = baseline.on
    target.baseline_evidence = baseline.evidence.strip()[:300]
    target.save(update_fields=["baseline", "baseline_on", "baseline_evidence"])
    record(
        actor,
        "policy_tasks.target.baseline_set",
        target,
        reason=baseline.evidence,
        detail={"value": str(baseline.value), "on": baseline.on.isoformat()},
    )
    keep_lights([target.pk], on=today)
    return target


def refuse_unfit_baseline(target: Target, baseline: Baseline, *, today: datetime.date) -> None:
    if not baseline.evidence.strip():
        raise DomainError("请写明基期值的依据，如统计年报、台账或文件名称。", field="evidence")
    if baseline.on > today:
        raise DomainError("基期日不能晚于今天。", field="on")
    if target.deadline_on and baseline.on >= target.deadline_on:
        raise DomainError(f"基期日须早于目标期限 {target.deadline_on:%Y-%m-%d}。", field="on")


def keep_lights(target_ids: Iterable[int], *, on: datetime.date) -> list[LightChange]:
    """Look at some targets again and note which light became another (灯号变化).

    The first light of a target is noted on it and is no change.
    """
    rows = Target.objects.select_for_update(of=("self",)).filter(pk__in=list(target_ids))
    with transaction.atomic():
        found = [keep_light(standing, on=on) for standing in standings_of(rows, on=on)]
    return [change for change in found if change is not None]


def keep_light(standing: TargetStanding, *, on: datetime.date) -> LightChange | None:
    target = standing.target
    before = target.light
    if before == standing.light:
        return None
    target.light = standing.light
    target.light_on = on
    target.save(update_fields=["light", "light_on"])
    if not before:
        return None
    change = LightChange.objects.create(
        target=target,
        before=before,
        after=standing.light,
        value=standing.value,
        reason=standing.reason[:200],
        changed_on=on,
    )
    publish(
        TargetLightChanged(change_id=change.pk, target_id=target.pk, division=target.division_id)
    )
    return change
