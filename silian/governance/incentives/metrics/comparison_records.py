"""Measures of what other authorities' lists and repeated pictures said of claims."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import Drill, Metric, Scope, Touch, register_metric
from silian.governance.incentives.choices.risks import COMPARED, RiskState
from silian.governance.incentives.events.comparison_records import ComparisonsFound
from silian.governance.incentives.models import Claim, ClaimRisk
from silian.governance.incentives.permissions.outside_payments import risks_visible_to


def compared_risks(scope: Scope) -> QuerySet[ClaimRisk]:
    """One row for each signal that a list or a repeated picture gave."""
    return ClaimRisk.objects.filter(kind__in=COMPARED)


def touched(event: ComparisonsFound) -> Iterable[Touch]:
    """The region of the call, on the days on which signals were found."""
    claim = Claim.objects.select_related("call").filter(pk=event.claim_id).first()
    if claim is None:
        return
    found = claim.risks.filter(kind__in=COMPARED).values_list("found_at", flat=True)
    for day in {timezone.localdate(each) for each in found}:
        yield Touch(division=claim.call.division_id, day=day)


register_metric(
    Metric(
        code="incentives.comparison_signals",
        title="外部比对和材料重复提示",
        unit="条",
        formula="统计期内由社保、个税、死亡、服刑、财政供养名单和材料图片比对得到的风险提示",
        source="外部比对名单、申领材料",
        rows=compared_risks,
        division="claim__call__division",
        day="found_at",
        direction=Direction.NEUTRAL,
        public=False,
        drill=Drill(
            columns={
                "申领单位": "claim.organisation.name",
                "编号": "claim.number",
                "提示": lambda row: row.get_kind_display(),
                "核实": lambda row: RiskState(row.state).label,
            },
            visible_to=risks_visible_to,
            url=lambda row: row.claim.get_absolute_url(),
            related=("claim__organisation",),
        ),
        stale_on={ComparisonsFound: touched},
    )
)
