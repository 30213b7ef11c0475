"""What many seek in vain is suggested, registered by an official, taken up, or left aside."""

from __future__ import annotations

from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.search.feed import changed
from silian.operations.exchange.choices import (
    DemandOrigin,
    DemandSuggestionState,
    ListingState,
    Side,
    UnmetDemandState,
)
from silian.operations.exchange.commands.demand_suggestion import (
    dismiss_suggestion,
    take_up_suggestion,
)
from silian.operations.exchange.commands.unmet_demand import withdraw_unmet_demand
from silian.operations.exchange.commands.unmet_demand_offers import take_up_unmet_demand
from silian.operations.exchange.gateways.search_documents import SUBJECT
from silian.operations.exchange.models.demand_suggestion import DemandSuggestion
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from silian.operations.exchange.rules.unmet_demand import MissedSupply
from tests.operations.exchange.negotiations.stage import agreed, later, make_listing
from tests.operations.exchange.searches.stage import TERM, counted, searched_by, suggested
from tests.world import COUNTY, OTHER_CITY, World


def registered(world: World, *, by: str = "reviewer", **values: Any) -> UnmetDemand:
    facts: dict[str, Any] = {
        "kind": "equipment_hours",
        "side": Side.SUPPLY,
        "title": "叶轮五轴精修机时",
        "description": "多家企业检索不到，用于叶轮试制后的精修。",
        "division": COUNTY,
    }
    return take_up_suggestion(
        suggestion_id=DemandSuggestion.objects.get().pk,
        missed=MissedSupply(**{**facts, **values}),
        actor=getattr(world, by).actor,
        now=later(hours=7),
    )


def test_five_who_find_nothing_make_a_suggestion_and_four_make_none(world: World) -> None:
    searched_by(4)
    assert counted() == 0
    searched_by(5)
    assert counted() == 1
    row = DemandSuggestion.objects.get()
    assert (row.askers, row.missed, row.division_id) == (5, 5, COUNTY)


def test_a_suggestion_that_waits_is_counted_afresh(world: World) -> None:
    suggested()
    searched_by(9)
    assert counted() == 0
    assert DemandSuggestion.objects.get().askers == 9


def test_registering_opens_a_demand_that_says_where_it_comes_from(world: World) -> None:
    suggested()
    demand = registered(world)
    row = DemandSuggestion.objects.get()
    assert (demand.state, demand.origin) == (UnmetDemandState.OPEN, DemandOrigin.SEARCHES)
    assert (row.state, row.demand_id) == (DemandSuggestionState.TAKEN_UP, demand.pk)
    assert demand.query == row.term
    with pytest.raises(WrongState):
        registered(world)


def test_a_demand_for_another_region_is_refused_at_the_field(world: World) -> None:
    suggested()
    with pytest.raises(DomainError) as refusal:
        registered(world, division=OTHER_CITY)
    assert refusal.value.field == "division"


@pytest.mark.parametrize("role", ["school", "teacher", "leader", "system_admin"])
def test_only_the_officials_of_the_region_register(world: World, role: str) -> None:
    suggested()
    with pytest.raises(NotAllowed):
        registered(world, by=role)


def test_a_dismissal_needs_a_reason_and_keeps_quiet_for_a_quarter(world: World) -> None:
    row = suggested()
    facts = {"suggestion_id": row.pk, "actor": world.reviewer.actor, "now": later(hours=7)}
    with pytest.raises(DomainError, match="理由"):
        dismiss_suggestion(reason=" ", **facts)
    dismiss_suggestion(reason="站内已有同类供给", **facts)
    assert counted() == 0
    assert DemandSuggestion.objects.get().state == DemandSuggestionState.DISMISSED


def test_a_deal_of_anybody_meets_what_many_sought(world: World, run_jobs) -> None:
    suggested()
    demand = registered(world, kind="internship", side=Side.DEMAND)
    offer = take_up_unmet_demand(
        demand_id=demand.pk, actor=world.enterprise.actor, now=later(hours=8)
    )
    Listing.objects.filter(pk=offer.listing_id).update(
        state=ListingState.PUBLISHED,
        capacity=24,
        capacity_left=24,
        first_published_at=later(hours=8),
        published_at=later(hours=8),
        expires_on=later(days=60).date(),
    )
    agreed(world, listing=Listing.objects.get(pk=offer.listing_id))
    run_jobs()
    demand.refresh_from_db()
    assert demand.state == UnmetDemandState.MET


def test_the_official_who_registered_closes_it_and_a_stranger_does_not(world: World) -> None:
    suggested()
    demand = registered(world)
    facts = {"demand_id": demand.pk, "reason": "计划调整", "now": later(hours=8)}
    with pytest.raises(NotAllowed):
        withdraw_unmet_demand(actor=world.school.actor, **facts)
    withdraw_unmet_demand(actor=world.reviewer.actor, **facts)


def test_what_can_be_found_now_is_no_longer_suggested(world: World) -> None:
    suggested()
    listing = make_listing(by=world.enterprise, title=f"{TERM}开放")
    changed(SUBJECT, [listing.pk])
    counted()
    assert DemandSuggestion.objects.get().state == DemandSuggestionState.ANSWERED
