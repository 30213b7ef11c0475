"""Terms go back and forth until one side accepts the other's latest."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.exchange.choices import NegotiationState
from silian.operations.exchange.commands.negotiation_intents import accept_intent, propose_intent
from silian.operations.exchange.models.negotiation import Intent, Negotiation
from silian.operations.exchange.queries.negotiation_page import proposals
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import OrganisationState
from tests.operations.exchange.negotiations.stage import (
    ZONE,
    intended,
    later,
    make_listing,
    make_terms,
    opened,
    proposed,
    talking,
)
from tests.world import Person, World


def propose(negotiation: Negotiation, by: Person, **terms: object) -> Intent:
    return propose_intent(
        negotiation_id=negotiation.pk, terms=make_terms(**terms), actor=by.actor, now=later(hours=3)
    )


def accept(intent: Intent, by: Person) -> Intent:
    return accept_intent(
        negotiation_id=intent.negotiation_id,
        intent_id=intent.pk,
        actor=by.actor,
        now=later(hours=4),
    )


def test_a_proposal_waits_for_the_other_side_with_a_clock(world: World, run_jobs) -> None:
    intent = proposed(world)
    negotiation = Negotiation.objects.get(pk=intent.negotiation_id)
    assert negotiation.turn_id == world.enterprise.organisation.pk
    assert negotiation.answer_due_at == datetime.datetime(2026, 3, 26, tzinfo=ZONE)
    run_jobs()
    titles = Notification.objects.filter(user=world.enterprise.user).values_list("title", flat=True)
    assert any("提出合作意向" in title for title in titles)


def test_the_asker_cannot_propose_before_the_owner_answers(world: World) -> None:
    with pytest.raises(WrongState, match="待回应"):
        propose(opened(world), world.school)


def test_the_owners_proposal_is_an_answer(world: World) -> None:
    negotiation = opened(world)
    propose(negotiation, world.enterprise)
    negotiation.refresh_from_db()
    assert negotiation.state == NegotiationState.TALKING
    assert negotiation.answered_at == later(hours=3)
    assert negotiation.turn_id == world.school.organisation.pk


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"quantity": 25}, "还剩 24 人"),
        ({"quantity": 0}, "至少为 1"),
        ({"form": "口头约定"}, "合作形式"),
        ({"terms": " "}, "主要条款"),
        ({"ends_on": None}, "同时填写"),
    ],
)
def test_terms_that_do_not_fit_are_refused_with_the_cure(
    world: World, change: dict[str, object], word: str
) -> None:
    with pytest.raises(DomainError, match=word):
        propose(talking(world), world.school, **change)
    assert not Intent.objects.exists()


def test_a_suspended_organisation_may_not_bind_itself(world: World) -> None:
    intent = proposed(world)
    world.enterprise.organisation.state = OrganisationState.SUSPENDED
    world.enterprise.organisation.suspension_reason = "核查"
    world.enterprise.organisation.save()
    with pytest.raises(NotAllowed, match="已暂停"):
        accept(intent, world.enterprise)


def test_a_listing_that_counts_nothing_takes_any_quantity(world: World) -> None:
    listing = make_listing(by=world.enterprise, capacity=None)
    assert propose(talking(world, listing=listing), world.school, quantity=500).quantity == 500


def test_a_counter_proposal_shows_what_it_changes(world: World) -> None:
    first = proposed(world)
    propose(first.negotiation, world.enterprise, quantity=8, terms="报酬每月 3400 元。")
    newest, oldest = proposals(
        negotiation=first.negotiation, organisation_id=world.school.organisation.pk
    )
    assert (newest.changes[0].old, newest.changes[0].new) == ("10 人", "8 人")
    assert {piece.mark for piece in newest.wording} == {"same", "gone", "come"}
    assert (newest.mine, newest.latest, oldest.mine, oldest.latest) == (False, True, True, False)
    assert oldest.changes == []


def test_only_the_latest_terms_can_be_accepted(world: World) -> None:
    first = proposed(world)
    propose(first.negotiation, world.enterprise, quantity=8)
    with pytest.raises(DomainError, match="最新一版"):
        accept(first, world.enterprise)


def test_nobody_accepts_their_own_terms(world: World) -> None:
    with pytest.raises(NotAllowed, match="对方"):
        accept(proposed(world), world.school)


def test_acceptance_ends_the_turn_and_starts_the_clock_on_the_agreement(
    world: World, run_jobs
) -> None:
    negotiation = intended(world)
    assert negotiation.state == NegotiationState.INTENDED
    assert negotiation.turn_id is None
    assert negotiation.agreement_due_at is not None
    run_jobs()
    titles = Notification.objects.filter(user=world.school.user).values_list("title", flat=True)
    assert any("接受了贵单位的意向" in title for title in titles)


def test_terms_cannot_be_accepted_when_the_rest_has_gone_elsewhere(world: World) -> None:
    intent = proposed(world)
    intent.negotiation.listing.capacity_left = 9
    intent.negotiation.listing.save()
    with pytest.raises(DomainError, match="还剩 9 人"):
        accept(intent, world.enterprise)
