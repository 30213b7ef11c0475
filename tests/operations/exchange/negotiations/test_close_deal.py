"""A deal ends with a result in numbers and words."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.exchange.choices import DealState
from silian.operations.exchange.commands.deal import break_off_deal, complete_deal
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.listing import Listing
from tests.operations.exchange.negotiations.stage import NOW, agreed, completed, later, make_terms
from tests.world import World


def facts(deal: Deal, world: World, **values: object) -> dict[str, object]:
    return {
        "deal_id": deal.pk,
        "achieved": 6,
        "outcome": "留用 6 人。",
        "closed_on": NOW.date(),
        "actor": world.enterprise.actor,
        "now": later(hours=5),
        **values,
    }


def test_a_completed_deal_says_what_was_achieved(world: World) -> None:
    deal = completed(world)
    assert (deal.state, deal.achieved) == (DealState.COMPLETED, 9)
    assert deal.closed_at == later(hours=5)
    assert Listing.objects.get(pk=deal.listing_id).capacity_left == 14


def test_a_broken_off_deal_gives_the_rest_back(world: World, run_jobs) -> None:
    deal = agreed(world, terms=make_terms(quantity=24))
    break_off_deal(**facts(deal, world, achieved=4, outcome="企业停产检修。"))  # type: ignore[arg-type]
    deal.refresh_from_db()
    listing = Listing.objects.get(pk=deal.listing_id)
    assert (deal.state, listing.capacity_left, listing.is_open) == (DealState.BROKEN_OFF, 20, True)
    run_jobs()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"achieved": 11}, "achieved"),
        ({"outcome": " "}, "outcome"),
        ({"closed_on": NOW.date() + datetime.timedelta(days=1)}, "closed_on"),
        ({"closed_on": NOW.date() - datetime.timedelta(days=1)}, "closed_on"),
    ],
)
def test_a_result_that_cannot_be_is_refused(
    world: World, change: dict[str, object], field: str
) -> None:
    deal = agreed(world)
    with pytest.raises(DomainError) as refusal:
        complete_deal(**facts(deal, world, **change))  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_what_was_wholly_done_is_not_broken_off(world: World) -> None:
    deal = agreed(world)
    with pytest.raises(DomainError, match="登记为完成"):
        break_off_deal(**facts(deal, world, achieved=10))  # type: ignore[arg-type]


def test_a_deal_ends_once(world: World) -> None:
    deal = completed(world)
    with pytest.raises(WrongState):
        break_off_deal(**facts(deal, world))  # type: ignore[arg-type]


def test_an_official_sees_the_deal_but_writes_nothing(world: World) -> None:
    deal = agreed(world)
    with pytest.raises(NotAllowed):
        complete_deal(**facts(deal, world, actor=world.coordinator.actor))  # type: ignore[arg-type]


def test_a_rival_does_not_find_the_deal(world: World) -> None:
    deal = agreed(world)
    with pytest.raises(Deal.DoesNotExist):
        complete_deal(**facts(deal, world, actor=world.rival.actor))  # type: ignore[arg-type]
