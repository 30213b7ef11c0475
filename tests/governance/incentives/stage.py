"""What the tests of incentives put on the stage."""

from __future__ import annotations

import datetime
from typing import Any

from silian.governance.incentives.commands.facts import state_facts
from silian.governance.incentives.commands.scenarios import draft_provision, save_scenario
from silian.governance.incentives.models import DraftProvision, Scenario
from tests.world import World

NOW = datetime.datetime(2026, 3, 18, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
YEAR, PLACE = NOW.year, "411200"
TRAINING = {"wages": "1000000.00", "training_spent": "100000.00", "training_carried_in": "0"}
CREDIT = {
    "listed": "yes",
    "education_investment": "1000000.00",
    "credit_carried_in": "0",
    "due_education": "120000.00",
    "due_local": "80000.00",
}


def change() -> dict[str, Any]:
    """The cap of the training deduction from 8 % to 10 %."""
    return {"change": "R07|staff_education_cap|", "after": "10%", "place": PLACE, "year": YEAR}


def state(
    world: World, values: dict[str, str], *, who: str = "enterprise", reason: str = ""
) -> int:
    person = getattr(world, who)
    return state_facts(
        organisation_id=person.organisation.pk, year=YEAR, values=values,
        actor=person.actor, now=NOW, reason=reason,
    )  # fmt: skip


def scenario(world: World, **given: Any) -> Scenario:
    values = {"title": "扣除上限改为 10%", **change(), **given}
    return save_scenario(**values, actor=world.coordinator.actor, now=NOW)


def draft(world: World, kept: Scenario | None = None) -> DraftProvision:
    return draft_provision(
        scenario_id=(kept or scenario(world)).pk, document="市职工教育经费办法（征求意见稿）",
        valid_from=datetime.date(2027, 1, 1), review_by=datetime.date(2028, 12, 31),
        note="按模拟结果提出", actor=world.coordinator.actor, now=NOW,
    )  # fmt: skip
