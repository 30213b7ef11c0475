"""Sending for signature."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

import pytest

from silian.casework.agreements import registry
from silian.casework.agreements.choices import AgreementState, VersionState
from silian.casework.agreements.commands.completing import lapse_overdue
from silian.casework.agreements.commands.sending import send_for_signature
from silian.casework.agreements.registry import Finding, register_guard
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def guards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards of these tests are forgotten afterwards."""
    kept = {kind: list(known) for kind, known in registry._guards.items()}
    monkeypatch.setattr(registry, "_guards", registry.defaultdict(list, kept))


def test_sending_seals_the_text_and_opens_a_signature_for_each_party(world: World) -> None:
    version = stage.sent(world)
    assert version.sha256 == hashlib.sha256(version.text.encode()).hexdigest()
    assert version.check_code is not None
    assert len(version.check_code) == 12
    assert version.signatures.count() == 3
    assert version.agreement.state == AgreementState.SIGNING


def test_the_signing_period_counts_working_days(world: World) -> None:
    version = stage.sent(world)
    assert version.sign_by == datetime.datetime(2026, 4, 2, tzinfo=stage.SHANGHAI)


def test_only_the_organiser_sends(world: World) -> None:
    agreement = stage.drafted(world)
    with pytest.raises(NotAllowed):
        send_for_signature(agreement_id=agreement.pk, actor=world.enterprise.actor, now=stage.NOW)


def test_what_was_sent_is_not_sent_again(world: World) -> None:
    version = stage.sent(world)
    with pytest.raises(WrongState):
        send_for_signature(
            agreement_id=version.agreement_id, actor=world.school.actor, now=stage.NOW
        )


@pytest.mark.parametrize("day", ["2026-03-17", "2026-03-18"])
def test_an_agreement_is_not_dated_back(world: World, day: str) -> None:
    with pytest.raises(DomainError, match="起始日"):
        stage.sent(world, starts=datetime.date.fromisoformat(day))


def test_a_guard_stops_sending(world: World, guards: None) -> None:
    def guard(*, step: str, **facts: Any) -> list[Finding]:
        return [Finding(sentence="学生未满 16 周岁。", blocks=step == "send")]

    register_guard("internship", guard)
    agreement = stage.drafted(world)
    with pytest.raises(DomainError, match="未满 16"):
        send_for_signature(agreement_id=agreement.pk, actor=world.school.actor, now=stage.NOW)


def test_a_guard_stops_the_last_signature_and_nothing_is_half_done(
    world: World, guards: None
) -> None:
    def guard(*, step: str, **facts: Any) -> list[Finding]:
        return [Finding(sentence="还没有投保。", blocks=True)] if step == "activate" else []

    register_guard("internship", guard)
    with pytest.raises(DomainError, match="投保"):
        stage.signed(world)


def test_what_nobody_signed_in_time_lapses(world: World) -> None:
    version = stage.sent(world)
    assert version.sign_by is not None
    assert lapse_overdue(now=version.sign_by - datetime.timedelta(seconds=1)) == 0
    assert lapse_overdue(now=version.sign_by) == 1
    version.refresh_from_db()
    version.agreement.refresh_from_db()
    assert version.state == VersionState.LAPSED
    assert version.agreement.state == AgreementState.LAPSED
    assert lapse_overdue(now=version.sign_by) == 0
