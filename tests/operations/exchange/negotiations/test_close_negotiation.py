"""A negotiation ends by refusal, withdrawal or silence."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.exchange.choices import NegotiationState
from silian.operations.exchange.commands.negotiation_closing import (
    lapse_negotiation,
    refuse_negotiation,
    remind_owner,
    withdraw_negotiation,
)
from silian.operations.exchange.models.response import ResponseRecord
from silian.operations.exchange.queries.negotiation_clocks import due_soon_ids, silent_ids
from silian.operations.exchange.tasks.negotiations import (
    end_silent_negotiations,
    remind_silent_owners,
)
from silian.registers.accounts.models import Notification
from tests.operations.exchange.negotiations.stage import (
    ZONE,
    agreed,
    later,
    opened,
    talking,
)
from tests.world import World

DUE = datetime.datetime(2026, 3, 26, tzinfo=ZONE)


def test_a_refusal_needs_a_reason_that_the_other_side_reads(world: World, run_jobs) -> None:
    negotiation = opened(world)
    facts = {
        "negotiation_id": negotiation.pk,
        "actor": world.enterprise.actor,
        "now": later(hours=2),
    }
    with pytest.raises(DomainError, match="婉拒理由"):
        refuse_negotiation(reason=" ", **facts)
    refuse_negotiation(reason="本批名额已定，9 月再谈。", **facts)
    run_jobs()
    notice = Notification.objects.get(user=world.school.user)
    assert notice.detail == "本批名额已定，9 月再谈。"
    negotiation.refresh_from_db()
    assert negotiation.state == NegotiationState.REFUSED
    assert negotiation.answered_minutes == 120
    assert not negotiation.contacts_are_open


def test_a_refusal_counts_as_an_answer(world: World, run_jobs) -> None:
    refuse_negotiation(
        negotiation_id=opened(world).pk,
        reason="名额已定",
        actor=world.enterprise.actor,
        now=later(hours=1),
    )
    run_jobs()
    record = ResponseRecord.objects.get(organisation=world.enterprise.organisation)
    assert (record.received, record.answered) == (1, 1)


def test_only_the_owner_refuses_and_only_the_asker_withdraws(world: World) -> None:
    negotiation = talking(world)
    facts = {"negotiation_id": negotiation.pk, "reason": "不合适", "now": later(hours=2)}
    with pytest.raises(NotAllowed):
        refuse_negotiation(actor=world.school.actor, **facts)
    with pytest.raises(NotAllowed):
        withdraw_negotiation(actor=world.enterprise.actor, **facts)


def test_a_withdrawal_is_told_to_the_owner(world: World, run_jobs) -> None:
    negotiation = opened(world)
    withdraw_negotiation(
        negotiation_id=negotiation.pk,
        reason="已另有安排",
        actor=world.school.actor,
        now=later(hours=1),
    )
    run_jobs()
    titles = Notification.objects.filter(user=world.enterprise.user).values_list("title", flat=True)
    assert any("撤回了洽谈" in title for title in titles)
    record = ResponseRecord.objects.get(organisation=world.enterprise.organisation)
    assert record.received == 0


def test_nothing_is_refused_after_the_agreement(world: World) -> None:
    deal = agreed(world)
    with pytest.raises(WrongState, match="已成交"):
        refuse_negotiation(
            negotiation_id=deal.negotiation_id,
            reason="变卦",
            actor=world.enterprise.actor,
            now=later(days=1),
        )


def test_silence_lapses_at_the_end_of_the_fifth_working_day_and_not_before(world: World) -> None:
    negotiation = opened(world)
    assert silent_ids(now=DUE - datetime.timedelta(seconds=1)) == []
    assert silent_ids(now=DUE) == [negotiation.pk]
    early = lapse_negotiation(
        negotiation_id=negotiation.pk,
        actor=system_actor(),
        now=DUE - datetime.timedelta(seconds=1),
    )
    assert early is None


def test_the_lapse_job_ends_the_silent_and_tells_both(world: World, run_jobs, monkeypatch) -> None:
    silent, answered = opened(world), None
    monkeypatch.setattr("django.utils.timezone.now", lambda: DUE + datetime.timedelta(minutes=5))
    end_silent_negotiations(timestamp=0)
    end_silent_negotiations(timestamp=0)
    run_jobs()
    silent.refresh_from_db()
    assert silent.state == NegotiationState.LAPSED
    assert Notification.objects.filter(user=world.school.user, title__contains="逾期").count() == 1
    assert Notification.objects.filter(user=world.enterprise.user, title__contains="未在").exists()
    record = ResponseRecord.objects.get(organisation=world.enterprise.organisation)
    assert (record.received, record.answered, record.percent) == (1, 0, 0)
    assert answered is None


def test_an_answered_negotiation_never_lapses(world: World) -> None:
    negotiation = talking(world)
    assert (
        lapse_negotiation(negotiation_id=negotiation.pk, actor=system_actor(), now=later(days=90))
        is None
    )


def test_the_owner_is_reminded_once_with_two_working_days_left(
    world: World, run_jobs, monkeypatch
) -> None:
    negotiation = opened(world)
    assert due_soon_ids(now=datetime.datetime(2026, 3, 20, 9, tzinfo=ZONE)) == []
    monday = datetime.datetime(2026, 3, 23, 9, tzinfo=ZONE)
    assert due_soon_ids(now=monday) == [negotiation.pk]
    monkeypatch.setattr("django.utils.timezone.now", lambda: monday)
    remind_silent_owners(timestamp=0)
    remind_silent_owners(timestamp=0)
    run_jobs()
    reminders = Notification.objects.filter(user=world.enterprise.user, title__contains="余 2 个")
    assert reminders.count() == 1
    assert not remind_owner(negotiation_id=negotiation.pk, actor=system_actor(), now=monday)
