"""Looks at targets again when a number that measures them is another one now."""

from __future__ import annotations

from django.utils import timezone

from silian.casework.metrics.events import MetricValueChanged
from silian.foundation.kernel.events import subscribe
from silian.governance.policy_tasks.commands.target_measuring import keep_lights
from silian.governance.policy_tasks.models import Target


@subscribe(MetricValueChanged)
def look_at_targets_again(event: MetricValueChanged) -> None:
    targets = Target.objects.filter(
        metric_code=event.code, division_id=event.division, ended_on__isnull=True
    )
    keep_lights(targets.values_list("pk", flat=True), on=timezone.localdate())
