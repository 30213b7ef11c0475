"""The reward ledger: corrected by another entry, withdrawn with a reason, read by the unit."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.values import latest_value
from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.commands.reward_decisions import Given
from silian.governance.incentives.commands.reward_entries import correct_entry, withdraw_entry
from silian.governance.incentives.models.reward_decisions import RewardEntry
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership
from tests.governance.incentives.rewards import stage
from tests.world import CITY, STARTED, World

LATER = stage.AFTER_NOTICE + stage.DAY


def correct(world: World, entry: RewardEntry, *, reason: str = "金额录错") -> RewardEntry:
    return correct_entry(
        entry_id=entry.pk,
        given=Given(quantity=Decimal(2), unit="个", words="建设项目"),
        ends_on=datetime.date(2027, 6, 30),
        reason=reason,
        actor=world.coordinator.actor,
        today=LATER,
    )


def test_a_correction_is_another_entry_and_the_former_stays(world: World) -> None:
    entry = stage.entry(world)
    with pytest.raises(DomainError, match="更正理由"):
        correct(world, entry, reason="")
    again = correct(world, entry)
    entry.refresh_from_db()
    assert (entry.state, entry.reason, again.replaces) == ("corrected", "金额录错", entry)
    assert RewardEntry.objects.filter(state="valid").get() == again
    with pytest.raises(DomainError, match="已更正"):
        correct(world, entry)


def test_a_withdrawal_keeps_the_entry_and_its_reason(world: World) -> None:
    entry = stage.entry(world)
    key = {"entry_id": entry.pk, "actor": world.reviewer.actor, "today": LATER}
    with pytest.raises(DomainError, match="撤回理由"):
        withdraw_entry(**key, reason=" ")
    assert withdraw_entry(**key, reason="材料不实").state == "withdrawn"
    mine = world.enterprise.client.get(entry.get_absolute_url()).content.decode()
    assert "材料不实" in mine
    public = reverse("incentives:public_reward", kwargs={"decision_id": entry.decision_id})
    assert "启衡" not in world.anonymous.client.get(public).content.decode()


def test_nobody_corrects_for_the_own_unit(world: World) -> None:
    entry = stage.entry(world)
    Membership.objects.create(
        user=world.coordinator.user,
        organisation=world.enterprise.organisation,
        role=Role.READER,
        starts_on=STARTED,
    )
    with pytest.raises(DomainError, match="回避"):
        correct(world, entry)


def test_the_unit_sees_its_own_rewards_and_no_other_does(world: World) -> None:
    entry = stage.entry(world)
    url = reverse("incentives:my_rewards")
    assert "通报表彰" in world.enterprise.client.get(url).content.decode()
    assert "通报表彰" not in world.rival.client.get(url).content.decode()
    assert world.rival.client.get(entry.get_absolute_url()).status_code == 404


def test_measures_count_units_and_the_share_of_used_results(world: World) -> None:
    stage.entry(world)
    for code, wanted in (
        ("incentives.rewarded_commendation", 1),
        ("incentives.evaluation_results_used_share", 100),
        ("incentives.evaluation_results", 3),
    ):
        metric = metric_named(code)
        assert metric is not None
        now = datetime.datetime.combine(
            LATER, datetime.time(9), tzinfo=datetime.timezone(datetime.timedelta(hours=8))
        )
        recount(metric=metric, since=datetime.date(2026, 1, 1), now=now, announce=False)
        found = latest_value(code=code, division=CITY, on=LATER)
        assert found is not None, code
        assert found.value == wanted, code
