"""Recording a deal counts the listing down in the same transaction, and never too far."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from silian.foundation.kernel.errors import DomainError, WrongState
from silian.operations.exchange.choices import ListingState, NegotiationState
from silian.operations.exchange.commands.deal import record_deal
from silian.operations.exchange.commands.negotiation_intents import accept_intent
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import Negotiation
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import OrganisationKind, Role
from tests.operations.exchange.negotiations.stage import (
    NOW,
    agreed,
    intended,
    later,
    make_listing,
    make_terms,
    proposed,
    talking,
)
from tests.world import Person, World, make_member, make_organisation, make_world


def record(negotiation: Negotiation, by: Person, **values: object) -> Deal:
    facts = {
        "agreement_reference": "QL-2026-018",
        "agreed_on": NOW.date(),
        "actor": by.actor,
        "now": later(hours=4),
    }
    return record_deal(negotiation_id=negotiation.pk, **{**facts, **values})  # type: ignore[arg-type]


def another_school() -> Person:
    school = make_organisation(name="青澜高级技工学校（演示）", kind=OrganisationKind.SCHOOL)
    return make_member(username="technical", organisation=school, role=Role.AGENT)


def test_a_deal_takes_its_quantity_from_the_listing(world: World, run_jobs) -> None:
    deal = agreed(world)
    listing = Listing.objects.get(pk=deal.listing_id)
    assert (listing.capacity, listing.capacity_left) == (24, 14)
    assert Negotiation.objects.get(pk=deal.negotiation_id).state == NegotiationState.AGREED
    run_jobs()
    for person in (world.school, world.enterprise):
        titles = Notification.objects.filter(user=person.user).values_list("title", flat=True)
        assert "已登记协议 QL-2026-018" in titles


def test_a_deal_over_everything_fills_the_listing(world: World, run_jobs) -> None:
    deal = agreed(world, terms=make_terms(quantity=24))
    listing = Listing.objects.get(pk=deal.listing_id)
    assert (listing.capacity_left, listing.state) == (0, ListingState.FILLED)


def test_nothing_is_recorded_before_the_terms_are_accepted(world: World) -> None:
    with pytest.raises(WrongState, match="不能登记协议"):
        record(talking(world), world.school)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agreement_reference": " "}, "agreement_reference"),
        ({"agreed_on": NOW.date() + datetime.timedelta(days=1)}, "agreed_on"),
    ],
)
def test_an_agreement_has_a_reference_and_a_past_day(
    world: World, change: dict[str, object], field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        record(intended(world), world.school, **change)
    assert refusal.value.field == field


def test_a_deal_is_recorded_once(world: World) -> None:
    deal = agreed(world)
    with pytest.raises(WrongState):
        record(deal.negotiation, world.enterprise)
    assert Deal.objects.count() == 1


def test_two_accepted_intents_cannot_overdraw_the_listing(world: World) -> None:
    listing, other = make_listing(by=world.enterprise), another_school()
    first = intended(world, listing=listing, terms=make_terms(quantity=20))
    second = intended(world, listing=listing, actor=other.actor, terms=make_terms(quantity=20))
    record(first, world.school)
    with pytest.raises(DomainError), transaction.atomic():
        record(second, other, agreement_reference="QL-2026-019")
    listing.refresh_from_db()
    second.refresh_from_db()
    assert listing.capacity_left == 4
    assert second.state == NegotiationState.INTENDED


def at_once(*tasks: object) -> list[object]:
    """Run the tasks in threads with their own connections; what each returned or raised."""

    def run(task) -> object:  # type: ignore[no-untyped-def]
        try:
            return task()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


@pytest.mark.django_db(transaction=True)
def test_of_two_acceptances_at_once_one_holds() -> None:
    world = make_world()
    intent = proposed(world)
    actor = world.enterprise.actor

    def accept() -> object:
        return accept_intent(
            negotiation_id=intent.negotiation_id,
            intent_id=intent.pk,
            actor=actor,
            now=later(hours=3),
        )

    results = at_once(accept, accept)
    assert sum(isinstance(result, WrongState) for result in results) == 1
    intent.refresh_from_db()
    assert intent.accepted_at is not None


@pytest.mark.django_db(transaction=True)
def test_of_two_deals_at_once_over_the_same_rest_one_holds() -> None:
    world = make_world()
    listing, other = make_listing(by=world.enterprise), another_school()
    first = intended(world, listing=listing, terms=make_terms(quantity=24))
    second = intended(world, listing=listing, actor=other.actor, terms=make_terms(quantity=24))
    results = at_once(
        lambda: record(first, world.school),
        lambda: record(second, other, agreement_reference="QL-2026-019"),
    )
    assert sorted(type(result).__name__ for result in results)[0] == "Deal"
    assert Deal.objects.count() == 1
    listing.refresh_from_db()
    assert listing.capacity_left == 0
