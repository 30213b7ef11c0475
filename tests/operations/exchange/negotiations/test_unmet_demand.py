"""A search without result becomes a demand, is verified, taken up and met."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.exchange.choices import ListingState, Side, UnmetDemandState
from silian.operations.exchange.commands.unmet_demand import (
    meet_unmet_demand,
    propose_unmet_demand,
    refuse_unmet_demand,
    verify_unmet_demand,
    withdraw_unmet_demand,
)
from silian.operations.exchange.commands.unmet_demand_offers import take_up_unmet_demand
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.unmet_demand import UnmetDemand, UnmetDemandOffer
from silian.operations.exchange.rules.unmet_demand import MissedSupply
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import OrganisationKind, Role
from tests.operations.exchange.negotiations.stage import NOW, ZONE, agreed, later
from tests.world import CITY, COUNTY, OTHER_CITY, World, make_member, make_organisation


def missed(**values: Any) -> MissedSupply:
    facts: dict[str, Any] = {
        "kind": "internship",
        "side": Side.DEMAND,
        "title": "数控实习岗位 30 个",
        "description": "数控技术 2024 级 30 人，9 月起岗位实习 5 个月。",
        "division": COUNTY,
        "quantity": 30,
        "query": "数控 实习",
    }
    return MissedSupply(**{**facts, **values})


def propose(world: World, **values: Any) -> UnmetDemand:
    return propose_unmet_demand(missed=missed(**values), actor=world.school.actor, now=NOW)


def verified(world: World, **values: Any) -> UnmetDemand:
    return verify_unmet_demand(
        demand_id=propose(world, **values).pk, actor=world.reviewer.actor, now=later(hours=1)
    )


def take_up(demand: UnmetDemand, world: World) -> UnmetDemandOffer:
    return take_up_unmet_demand(
        demand_id=demand.pk, actor=world.enterprise.actor, now=later(hours=2)
    )


def titles_for(person: Any) -> list[str]:
    return list(Notification.objects.filter(user=person.user).values_list("title", flat=True))


def test_a_demand_waits_three_working_days_for_its_region(world: World, run_jobs) -> None:
    demand = propose(world)
    assert demand.state == UnmetDemandState.PROPOSED
    assert demand.verify_due_at == datetime.datetime(2026, 3, 24, tzinfo=ZONE)
    run_jobs()
    assert any("待核实" in title for title in titles_for(world.reviewer))
    assert not titles_for(world.rival)


def test_a_teacher_registers_nothing(world: World) -> None:
    with pytest.raises(NotAllowed, match="经办人"):
        propose_unmet_demand(missed=missed(), actor=world.teacher.actor, now=NOW)


def test_a_thin_demand_is_refused_at_the_field(world: World) -> None:
    with pytest.raises(DomainError) as refusal:
        propose(world, description="急")
    assert refusal.value.field == "description"


def test_a_verified_demand_is_open_and_its_asker_told(world: World, run_jobs) -> None:
    demand = verified(world)
    assert demand.state == UnmetDemandState.OPEN
    run_jobs()
    assert any("已核实并公开" in title for title in titles_for(world.school))


def test_a_refusal_has_a_reason_for_the_asker(world: World, run_jobs) -> None:
    demand = propose(world)
    facts = {"demand_id": demand.pk, "actor": world.reviewer.actor, "now": later(hours=1)}
    with pytest.raises(DomainError, match="理由"):
        refuse_unmet_demand(reason=" ", **facts)
    refuse_unmet_demand(reason="请写明专业和时间", **facts)
    run_jobs()
    notice = Notification.objects.filter(user=world.school.user).latest("pk")
    assert notice.detail == "请写明专业和时间"


def test_an_official_elsewhere_does_not_even_see_it(world: World) -> None:
    bureau = make_organisation(
        name="曲靖市教育局（演示）", kind=OrganisationKind.GOVERNMENT, division_id=OTHER_CITY
    )
    stranger = make_member(
        username="stranger", organisation=bureau, role=Role.REVIEWER, jurisdiction_id=OTHER_CITY
    )
    with pytest.raises(UnmetDemand.DoesNotExist):
        verify_unmet_demand(demand_id=propose(world).pk, actor=stranger.actor, now=NOW)


def test_nobody_verifies_a_demand_of_their_own_organisation(world: World) -> None:
    demand = propose_unmet_demand(
        missed=missed(division=CITY), actor=world.coordinator.actor, now=NOW
    )
    with pytest.raises(NotAllowed, match="本单位"):
        verify_unmet_demand(demand_id=demand.pk, actor=world.reviewer.actor, now=NOW)


def test_taking_up_makes_a_draft_that_says_what_is_wanted(world: World, run_jobs) -> None:
    demand = verified(world)
    offer = take_up(demand, world)
    demand.refresh_from_db()
    listing = offer.listing
    assert demand.state == UnmetDemandState.TAKEN_UP
    assert (listing.state, listing.kind, listing.capacity) == (
        ListingState.DRAFT,
        "internship",
        30,
    )
    assert listing.organisation_id == world.enterprise.organisation.pk
    assert "9 月起岗位实习" in listing.description
    run_jobs()
    assert any("承接了" in title for title in titles_for(world.school))


def test_an_organisation_takes_a_demand_up_once(world: World) -> None:
    demand = verified(world)
    take_up(demand, world)
    with pytest.raises(DomainError, match="已承接"):
        take_up(demand, world)
    assert Listing.objects.count() == 1


def test_the_wrong_kind_of_organisation_and_the_asker_cannot_take_it_up(world: World) -> None:
    demand = verified(world)
    school = make_organisation(name="青澜高级技工学校（演示）", kind=OrganisationKind.SCHOOL)
    other = make_member(username="other", organisation=school, role=Role.AGENT)
    for actor, word in ((world.school.actor, "自己"), (other.actor, "类别不符")):
        with pytest.raises(DomainError, match=word):
            take_up_unmet_demand(demand_id=demand.pk, actor=actor, now=NOW)


def test_an_unverified_demand_cannot_be_taken_up(world: World) -> None:
    with pytest.raises(UnmetDemand.DoesNotExist):
        take_up(propose(world), world)


def test_a_deal_on_the_listing_meets_the_demand(world: World, run_jobs) -> None:
    demand = verified(world)
    listing = take_up(demand, world).listing
    Listing.objects.filter(pk=listing.pk).update(
        state=ListingState.PUBLISHED,
        first_published_at=NOW,
        published_at=NOW,
        expires_on=later(days=60).date(),
    )
    agreed(world, listing=listing)
    run_jobs()
    demand.refresh_from_db()
    assert demand.state == UnmetDemandState.MET
    assert any("已满足" in title for title in titles_for(world.enterprise))


def test_a_deal_with_somebody_else_does_not_meet_it(world: World, run_jobs) -> None:
    verified(world)
    agreed(world)
    run_jobs()
    assert UnmetDemand.objects.get().state == UnmetDemandState.OPEN


def test_only_the_asker_closes_its_demand_by_hand(world: World) -> None:
    demand = verified(world)
    with pytest.raises(NotAllowed):
        meet_unmet_demand(
            demand_id=demand.pk, reason="", actor=world.enterprise.actor, now=later(days=1)
        )
    meet_unmet_demand(
        demand_id=demand.pk, reason="校友企业接收", actor=world.school.actor, now=later(days=1)
    )
    with pytest.raises(WrongState):
        withdraw_unmet_demand(
            demand_id=demand.pk, reason="", actor=world.school.actor, now=later(days=2)
        )


def test_a_withdrawal_is_told_to_those_who_took_it_up(world: World, run_jobs) -> None:
    demand = verified(world)
    take_up(demand, world)
    withdraw_unmet_demand(
        demand_id=demand.pk, reason="计划调整", actor=world.school.actor, now=later(days=1)
    )
    run_jobs()
    assert any("已撤回" in title for title in titles_for(world.enterprise))
