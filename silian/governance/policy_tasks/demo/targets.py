"""The targets of the demonstration plan, bound to what the platform measures."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.values import series
from silian.governance.policy_tasks.commands.target_measuring import keep_lights
from silian.governance.policy_tasks.models import Target
from silian.governance.policy_tasks.rules.target_binding import reason_not_bindable
from silian.registers.policies.models import PolicyDocument

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
                    self.bind(target, code=binding["metric"])
        keep_lights([target.pk for target in targets], on=self.on)

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
        ):
            return
        target.metric_code = code
        issued = self.document.issued_on or self.on
        first = (
            series(code=code, division=target.division_id, until=issued)
            .filter(value__isnull=False)
            .last()
        )
        if first is not None:
            target.baseline = first.value
            target.baseline_on = issued
            target.baseline_evidence = f"平台登记数据，{first.period_name}，{metric.source}"
        target.save()
