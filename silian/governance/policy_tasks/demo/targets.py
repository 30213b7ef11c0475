"""The targets of the demonstration plan, bound to what the platform measures."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.values import series
from silian.casework.metrics.registry import Metric
from silian.governance.policy_tasks.commands.target_measuring import keep_lights
from silian.governance.policy_tasks.models import Target
from silian.governance.policy_tasks.models.tasks import Milestone
from silian.governance.policy_tasks.queries.target_standings import adds_up
from silian.governance.policy_tasks.rules.target_binding import reason_not_bindable
from silian.registers.policies.models import PolicyDocument

GOALS = (
    ("五项制度", "policy_tasks.done_share"),
    ("订单培养", "placements.order_classes"),
    ("重点产业链对照", "programmes.teaching"),
)  # words of dated goals without number, and what is counted beside them
BINDINGS = Path(__file__).resolve().parents[4] / "samples" / "policy" / "bindings.toml"


@dataclass
class TargetBuilder:
    """Binds what is measured, with the value when the plan was issued as the baseline."""

    on: datetime.date
    document: PolicyDocument

    def build(self) -> None:
        targets = Target.objects.filter(document=self.document).select_related(
            "clause_target__clause"
        )
        bindings = tomllib.loads(BINDINGS.read_text())["binding"]
        for target in targets:
            for binding in bindings:
                if self.fits(target, binding):
                    self.bind(target, code=code_of(binding))
        keep_lights([target.pk for target in targets], on=self.on)
        self.bind_goals()

    def bind_goals(self) -> None:
        """Dated goals without number show a count where the platform has one."""
        for goal in Milestone.objects.filter(document=self.document):
            for words, code in GOALS:
                if words in goal.title:
                    goal.metric_code = code
                    goal.save(update_fields=["metric_code"])

    def fits(self, target: Target, binding: dict[str, Any]) -> bool:
        source = target.clause_target
        place = source.clause.heading if source else ""
        return binding["clause"] in place and binding["words"] in f"{target.title}{target.phrase}"

    def bind(self, target: Target, *, code: str) -> None:
        """Bind to a metric that exists and whose unit fits; others wait for theirs."""
        metric = metric_named(code)
        if metric is None or reason_not_bindable(
            unit=target.unit,
            metric_unit=metric.unit,
            reduction=metric.reduce.name,
            comparator=target.comparator,
            is_yearly=metric.main_period == PeriodKind.YEAR,
        ):
            return
        target.metric_code = code
        issued = self.document.issued_on or self.on
        begun = self.value_at(target, metric=metric, day=issued)
        if begun is not None:
            target.baseline = begun
            target.baseline_on = issued
            target.baseline_evidence = f"平台登记数据，截至 {issued:%Y-%m-%d}，{metric.source}"
        target.save()

    def value_at(self, target: Target, *, metric: Metric, day: datetime.date) -> Decimal | None:
        """The value when the plan was issued; of what adds up, the sum of all months before."""
        if not adds_up(target, {metric.code: metric}):
            found = series(code=metric.code, division=target.division_id, until=day)
            last = found.filter(value__isnull=False).last()
            return last.value if last else None
        months = series(
            code=metric.code, division=target.division_id, kind=PeriodKind.MONTH, until=day
        )
        return sum((row.value or Decimal(0) for row in months), Decimal(0))


def code_of(binding: dict[str, Any]) -> str:
    """The metric that a module computes, else the one that a department reports."""
    if metric_named(binding["metric"]) is not None:
        return str(binding["metric"])
    rows = MetricDefinition.objects.filter(title=binding.get("reported", ""))
    return rows.values_list("code", flat=True).first() or str(binding["metric"])
