"""Who gets what from the addresses of incentives."""

from __future__ import annotations

from typing import Any

from tests.access import HIDDEN, Row, only, public
from tests.governance.incentives import stage
from tests.governance.incentives.appropriation.access_rows import ACCESS as APPROPRIATION
from tests.governance.incentives.assessments.access_rows import ASSESSMENT_ROWS
from tests.governance.incentives.claim_money.access_rows import CLAIM_MONEY_ROWS
from tests.governance.incentives.claim_review.access_rows import CLAIM_REVIEW_ROWS
from tests.governance.incentives.claims.access_rows import CLAIM_ROWS
from tests.governance.incentives.comparison_records.access_rows import COMPARISON_ROWS
from tests.governance.incentives.finance.access_rows import FINANCE_ROWS
from tests.governance.incentives.income.access_rows import ACCESS as INCOME
from tests.governance.incentives.land.access_rows import LAND_ROWS
from tests.governance.incentives.outside_payments.access_rows import OUTSIDE_ROWS
from tests.governance.incentives.rewards.access_rows import REWARD_ROWS
from tests.world import World

OWN = ("enterprise", "rival", "school")
OVERSEERS = ("reviewer", "coordinator", "supervisor", "leader")
SIMULATING = ("reviewer", "coordinator")
RULE: dict[str, Any] = {"kwargs": lambda world: {"rule": "R09"}}


def scenario(world: World) -> dict[str, int]:
    return {"scenario_id": stage.scenario(world).pk}


def draft(world: World) -> dict[str, int]:
    return {"draft_id": stage.draft(world).pk}


ACCESS: dict[str, Row] = {
    **LAND_ROWS,
    **OUTSIDE_ROWS,
    **REWARD_ROWS,
    **FINANCE_ROWS,
    **ASSESSMENT_ROWS,
    **CLAIM_REVIEW_ROWS,
    **CLAIM_ROWS,
    **CLAIM_MONEY_ROWS,
    **COMPARISON_ROWS,
    **APPROPRIATION,
    **INCOME,
    "incentives:calculator_list": public(),
    "incentives:calculator_detail": public(**RULE),
    "incentives:rule_cases": public(),
    "incentives:guide_list": public(),
    "incentives:guide_detail": public(**RULE),
    "incentives:mine": only(*OWN),
    "incentives:my_facts": only(*OWN),
    "incentives:tax_pack": only(*OWN),
    "incentives:simulation": only(*OVERSEERS),
    "incentives:scenario_list": only(*OVERSEERS),
    "incentives:scenario_save": only(
        *SIMULATING,
        status=302,
        method="post",
        data=lambda world: {"title": "访问测试", **stage.change()},
    ),
    "incentives:scenario_compare": only(*OVERSEERS, status=HIDDEN),
    "incentives:scenario_detail": only(*OVERSEERS, kwargs=scenario),
    "incentives:draft_create": only(*SIMULATING, kwargs=scenario),
    "incentives:draft_download": only(*OVERSEERS, kwargs=draft),
}
