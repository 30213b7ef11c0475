"""Taking a status away: proposed, heard, decided by another, with a ban."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from silian.casework.reviews.choices.recognitions import RecognitionState as S
from silian.casework.reviews.choices.recognitions import RemovalState
from silian.casework.reviews.commands.recognitions import expire_due, leave
from silian.casework.reviews.commands.removals import (
    Charge,
    drop_removal,
    propose_removal,
    reply_to_removal,
    suggest_removal,
    take_up_removal,
    uphold_removal,
)
from silian.casework.reviews.models import Recognition, Removal
from silian.casework.reviews.permissions.recognitions import removals_visible_to
from silian.casework.reviews.queries.bans import ban_of
from silian.casework.reviews.queries.recognitions import removals_to_answer, removals_waiting
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.registers.accounts.models import Notification
from tests.casework.reviews import stage_recognitions as given
from tests.world import World

DAY = datetime.timedelta(days=1)
FALSE = Charge(
    exit_code="false_information", facts="年报所列设备投入与发票不符。", basis="第二十条"
)


def proposed(world: World, row: Recognition, charge: Charge = FALSE) -> Removal:
    return propose_removal(recognition_id=row.pk, charge=charge, actor=world.coordinator.actor)


def removed(world: World, row: Recognition, charge: Charge = FALSE) -> Removal:
    removal = proposed(world, row, charge)
    reply_to_removal(removal_id=removal.pk, text="无异议", actor=world.enterprise.actor)
    return uphold_removal(
        removal_id=removal.pk,
        decision="事实清楚。",
        on=timezone.localdate(),
        actor=given.second(world).actor,
    )


def test_the_holder_is_told_and_heard_and_another_person_decides(world: World) -> None:
    row = given.certified(world)
    removal = proposed(world, row)
    today = timezone.localdate()
    assert removal.state == RemovalState.NOTICED
    assert removal.reply_by is not None
    assert removal.reply_by >= today + 5 * DAY
    other = given.second(world).actor
    with pytest.raises(DomainError, match="还可以陈述"):
        uphold_removal(removal_id=removal.pk, decision="属实", on=today, actor=other)
    reply_to_removal(removal_id=removal.pk, text="发票系供应商开错", actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="提出取消的人"):
        uphold_removal(
            removal_id=removal.pk, decision="属实", on=today, actor=world.coordinator.actor
        )
    removal = uphold_removal(
        removal_id=removal.pk, decision="经核对发票，陈述不成立。", on=today, actor=other
    )
    row.refresh_from_db()
    assert (row.state, row.ended_on) == (S.REMOVED, today)
    assert removal.act is not None
    assert (removal.act.exit_code, removal.act.reason) == (
        "false_information",
        "经核对发票，陈述不成立。",
    )


def test_removal_bans_for_the_years_of_the_scheme(world: World) -> None:
    row = given.certified(world)
    removed(world, row)
    today = timezone.localdate()
    facts = {"organisation_id": row.holder_id, "scheme": row.scheme}
    ban = ban_of(**facts, on=today)  # type: ignore[arg-type]
    assert ban is not None
    assert (ban.ends_on.year, ban.starts_on) == (today.year + 5, today)
    assert ban_of(**facts, on=ban.ends_on - DAY) == ban  # type: ignore[arg-type]
    assert ban_of(**facts, on=ban.ends_on) is None  # type: ignore[arg-type]
    by_code = ban_of(organisation_id=row.holder_id, scheme=row.scheme.code, on=today)
    assert by_code == ban


def test_a_case_without_ban_and_an_open_number_of_years_ban_nobody(world: World) -> None:
    row = given.certified(world)
    removed(world, row, Charge(exit_code="dissolved", facts="公司已解散"))
    assert not row.scheme.bans.exists()


def test_open_years_ban_nobody(world: World) -> None:
    campaign = given.campaign_of(world, ban_years="", first_state="certified")
    row = given.recognised(campaign, world.enterprise.organisation)
    removed(world, row)
    assert not row.scheme.bans.exists()


def test_silence_until_the_last_day_is_enough(world: World) -> None:
    removal = proposed(world, given.certified(world))
    assert removal.reply_by is not None
    removal = uphold_removal(
        removal_id=removal.pk,
        decision="期满未陈述",
        on=removal.reply_by + DAY,
        actor=given.second(world).actor,
    )
    assert removal.state == RemovalState.UPHELD


def test_a_removal_may_be_dropped_by_another_with_a_reason(world: World) -> None:
    row = given.certified(world)
    removal = proposed(world, row)
    with pytest.raises(WrongState, match="另一位"):
        drop_removal(removal_id=removal.pk, decision="撤回", actor=world.coordinator.actor)
    other = given.second(world).actor
    with pytest.raises(DomainError, match="写明决定的理由"):
        drop_removal(removal_id=removal.pk, decision=" ", actor=other)
    drop_removal(removal_id=removal.pk, decision="查无实据", actor=other)
    row.refresh_from_db()
    assert row.state == S.CERTIFIED


def test_nobody_escapes_a_ban_by_leaving_or_running_out(world: World) -> None:
    row = given.certified(world)
    proposed(world, row)
    with pytest.raises(WrongState, match="取消认定程序正在办理"):
        leave(recognition_id=row.pk, grounds=given.grounds(), actor=world.enterprise.actor)
    assert row.valid_until is not None
    assert expire_due(on=row.valid_until) == 0


def test_a_suggestion_is_hidden_from_the_holder_until_it_is_taken_up(world: World) -> None:
    row = given.certified(world)
    removal = suggest_removal(
        recognition_id=row.pk, charge=Charge(exit_code="missed_duties", facts="连续"), years=[2024]
    )
    assert removal is not None
    actor, today = world.coordinator.actor, timezone.localdate()
    assert not removals_visible_to(world.enterprise.actor).exists()
    assert removal in removals_waiting(actor, on=today)
    taken = take_up_removal(removal_id=removal.pk, charge=FALSE, actor=actor)
    assert taken.proposed_by == world.coordinator.user
    assert removal in removals_to_answer(world.enterprise.actor, on=today)
    assert not removals_visible_to(world.rival.actor).exists()


def test_strangers_do_not_propose_and_only_the_holder_speaks(world: World) -> None:
    row = given.certified(world)
    for person in (world.rival, world.leader, world.enterprise):
        with pytest.raises(NotAllowed):
            propose_removal(recognition_id=row.pk, charge=FALSE, actor=person.actor)
    removal = proposed(world, row)
    with pytest.raises(NotAllowed):
        reply_to_removal(removal_id=removal.pk, text="不同意", actor=world.rival.actor)


def test_one_proceeding_at_a_time(world: World) -> None:
    row = given.certified(world)
    proposed(world, row)
    with pytest.raises(WrongState, match="正在办理"):
        proposed(world, row)


def test_the_database_refuses_a_decision_by_the_proposer(world: World) -> None:
    removal = proposed(world, given.certified(world))
    with pytest.raises(IntegrityError), transaction.atomic():
        Removal.objects.filter(pk=removal.pk).update(decided_by=world.coordinator.user)


def test_the_holder_is_told_with_the_remedy(world: World, run_jobs: object) -> None:
    removed(world, given.certified(world))
    run_jobs()  # type: ignore[operator]
    told = Notification.objects.filter(user=world.enterprise.user)
    titles = "；".join(told.values_list("title", flat=True))
    assert "拟取消" in titles
    assert told.filter(detail__contains="行政复议").exists()
