"""Who gets what from lists of other authorities: the cast has no labour office."""

from __future__ import annotations

from typing import Any

from silian.governance.incentives.models import ComparisonList
from tests.access import HIDDEN, REFUSED, Row, only
from tests.governance.incentives.claim_review.access_rows import OFFICIALS, signal
from tests.governance.incentives.comparison_records import stage
from tests.world import World


def listed(world: World) -> dict[str, Any]:
    row = ComparisonList.objects.first()
    return {"list_id": (row or stage.brought(world, stage.numbers_for("death"), kind="death")).pk}


def nobody(**given: Any) -> Row:
    return only(otherwise=REFUSED, **given)


COMPARISON_ROWS: dict[str, Row] = {
    "incentives:comparison_lists": nobody(),
    "incentives:comparison_import": nobody(),
    "incentives:comparison_template": nobody(kwargs=lambda world: {"kind": "death"}),
    "incentives:comparison_list": only(otherwise=HIDDEN, kwargs=listed),
    "incentives:comparison_withdraw": nobody(kwargs=listed),
    "incentives:risk_papers": only(*OFFICIALS, otherwise=HIDDEN, kwargs=signal),
}
