"""Answering a listing opens one negotiation and starts the owner's clock."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry
from silian.operations.exchange.choices import ListingState, NegotiationState
from silian.operations.exchange.commands.negotiation_closing import (
    refuse_negotiation,
    withdraw_negotiation,
)
from silian.operations.exchange.commands.negotiation_opening import answer_listing
from silian.operations.exchange.errors import NegotiationAlreadyOpen
from silian.operations.exchange.models.negotiation import Message, Negotiation
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import OrganisationState
from tests.operations.exchange.negotiations.stage import NOW, ZONE, later, make_listing, opened
from tests.world import World


def answer(listing_id: int, actor: Actor, now: datetime.datetime = NOW) -> Negotiation:
    return answer_listing(listing_id=listing_id, text="我校有意选派学生。", actor=actor, now=now)


def test_an_answer_waits_for_the_owner_until_the_fifth_working_day(world: World) -> None:
    negotiation = opened(world)
    assert negotiation.state == NegotiationState.OPEN
    assert negotiation.turn_id == world.enterprise.organisation.pk
    assert negotiation.answer_due_at == datetime.datetime(2026, 3, 26, tzinfo=ZONE)
    assert Message.objects.get(negotiation=negotiation).author_id == world.school.user.pk


def test_an_answer_is_audited_and_told_to_the_owners_writers(world: World, run_jobs) -> None:
    negotiation = opened(world)
    run_jobs()
    assert AuditEntry.objects.filter(action="exchange.negotiation.opened").count() == 1
    notice = Notification.objects.get(user=world.enterprise.user)
    assert "应答了" in notice.title
    assert notice.url.endswith(f"/negotiations/{negotiation.pk}/")
    assert not Notification.objects.filter(user=world.rival.user).exists()


def test_a_running_handler_tells_nobody_twice(world: World, run_jobs) -> None:
    from silian.operations.exchange.events import NegotiationOpened
    from silian.operations.exchange.handlers.negotiations import tell_owner_of_answer

    negotiation = opened(world)
    run_jobs()
    tell_owner_of_answer(NegotiationOpened(negotiation_id=negotiation.pk))
    assert Notification.objects.filter(user=world.enterprise.user).count() == 1


def test_a_second_answer_of_the_same_organisation_leads_to_the_first(world: World) -> None:
    negotiation = opened(world)
    with pytest.raises(NegotiationAlreadyOpen) as refusal:
        answer(negotiation.listing_id, world.school.actor)
    assert refusal.value.negotiation_id == negotiation.pk


def test_nobody_answers_their_own_listing(world: World) -> None:
    with pytest.raises(DomainError, match="自己发布"):
        answer(make_listing(by=world.enterprise).pk, world.enterprise.actor)


def test_an_unverified_organisation_may_not_answer(world: World) -> None:
    listing = make_listing(by=world.enterprise)
    world.school.organisation.state = OrganisationState.SUBMITTED
    world.school.organisation.save()
    with pytest.raises(DomainError, match="尚未核验"):
        answer(listing.pk, world.school.actor)


@pytest.mark.parametrize("role", ["teacher", "student", "reviewer", "expert", "system_admin"])
def test_only_writing_members_answer(world: World, role: str) -> None:
    listing = make_listing(by=world.enterprise)
    with pytest.raises(NotAllowed, match="经办人"):
        answer(listing.pk, world.people[role].actor)


def test_a_kind_of_organisation_that_the_listing_is_not_for_may_not_answer(world: World) -> None:
    with pytest.raises(DomainError, match="面向院校"):
        answer(make_listing(by=world.enterprise).pk, world.rival.actor)


def test_a_closed_listing_takes_no_answers(world: World) -> None:
    listing = make_listing(by=world.enterprise, state=ListingState.PAUSED)
    with pytest.raises(DomainError, match="不再接受应答"):
        answer(listing.pk, world.school.actor)


def test_an_answer_says_something(world: World) -> None:
    with pytest.raises(DomainError) as refusal:
        answer_listing(
            listing_id=make_listing(by=world.enterprise).pk,
            text="  ",
            actor=world.school.actor,
            now=NOW,
        )
    assert refusal.value.field == "text"
    assert not Negotiation.objects.exists()


def test_after_a_withdrawal_a_new_negotiation_takes_up_the_old(world: World) -> None:
    old = opened(world)
    withdraw_negotiation(
        negotiation_id=old.pk, reason="", actor=world.school.actor, now=later(hours=1)
    )
    new = answer(old.listing_id, world.school.actor, later(hours=2))
    assert new.previous_id == old.pk
    assert new.state == NegotiationState.OPEN


def test_after_a_refusal_the_same_side_waits_ten_days(world: World) -> None:
    old = opened(world)
    refuse_negotiation(
        negotiation_id=old.pk,
        reason="名额已定",
        actor=world.enterprise.actor,
        now=later(hours=1),
    )
    with pytest.raises(DomainError, match="10 天后"):
        answer(old.listing_id, world.school.actor, later(days=9))
    assert answer(old.listing_id, world.school.actor, later(days=10)).previous_id == old.pk


def test_a_refused_file_leaves_no_negotiation(world: World) -> None:
    from django.db import transaction

    with pytest.raises(DomainError), transaction.atomic():
        answer_listing(
            listing_id=make_listing(by=world.enterprise).pk,
            text="见附件",
            actor=world.school.actor,
            now=NOW,
            files=[SimpleUploadedFile("方案.exe", b"MZ\x90\x00")],
        )
    assert not Negotiation.objects.exists()
