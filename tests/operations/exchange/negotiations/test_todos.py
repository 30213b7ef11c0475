"""What waits for whom, on to-do lists, cards and menus."""

from __future__ import annotations

from django.core.cache import cache

from silian.foundation.ui import sockets
from silian.foundation.ui.sockets import plugged_panels
from silian.operations.exchange.commands.deal_rating import rate_deal
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.panels.negotiations import (
    public_figures,
    todos,
    unread_count,
)
from silian.operations.exchange.queries.negotiation_responses import response_counts
from tests.operations.exchange.negotiations.access_rows import proposed_demand, seat_of
from tests.operations.exchange.negotiations.stage import (
    agreed,
    completed,
    intended,
    later,
    make_listing,
    opened,
    proposed,
    talking,
)
from tests.world import Person, World


def titles(person: Person) -> list[str]:
    return [todo.title for todo in todos(person.actor, later(hours=6))]


def test_an_answer_waits_for_the_owner_with_a_clock_and_its_basis(world: World) -> None:
    negotiation = opened(world)
    (todo,) = todos(world.enterprise.actor, later(hours=6))
    assert todo.title == "回应青澜职业技术学院（演示）的应答"
    assert todo.due_at == negotiation.answer_due_at
    assert "5 个工作日" in todo.basis
    assert titles(world.school) == []
    assert titles(world.rival) == []


def test_a_proposal_waits_for_the_other_side_and_an_accepted_one_for_both(world: World) -> None:
    proposed(world)
    assert titles(world.enterprise) == ["答复青澜职业技术学院（演示）的意向"]
    intended(world, listing=make_listing(by=world.enterprise, title="装配工实习 10 人"))
    assert titles(world.school) == ["登记与启衡精密制造（演示）的协议"]
    assert "登记与青澜职业技术学院（演示）的协议" in titles(world.enterprise)


def test_an_ended_deal_waits_for_a_rating_until_it_is_given(world: World) -> None:
    deal = completed(world)
    assert titles(world.school) == ["评价启衡精密制造（演示）"]
    rate_deal(deal_id=deal.pk, score=5, comment="", actor=world.school.actor, now=later(hours=5.5))
    assert titles(world.school) == []
    assert todos(world.enterprise.actor, later(days=15)) == []


def test_an_invited_partner_and_a_verifier_have_something_to_do(world: World) -> None:
    seat_of(world)
    proposed_demand(world)
    assert titles(world.rival) == ["答复青澜职业技术学院（演示）的组队邀请"]
    assert titles(world.reviewer) == ["核实青澜职业技术学院（演示）的未满足需求"]
    assert titles(world.teacher) == []


def test_the_menu_counts_what_is_new_or_awaited(world: World) -> None:
    opened(world)
    talking(world, listing=make_listing(by=world.enterprise, title="装配工实习 10 人"))
    assert unread_count(world.enterprise.actor) == 1
    assert unread_count(world.school.actor) == 1
    assert unread_count(world.rival.actor) == 0


def test_the_menu_does_not_count_what_is_agreed_already(world: World) -> None:
    agreed(world)
    assert unread_count(world.enterprise.actor) == 0
    assert unread_count(world.school.actor) == 0


def test_the_response_record_stands_on_the_organisation_and_the_listing(
    world: World, run_jobs
) -> None:
    talking(world)
    run_jobs()
    organisation, listing = world.enterprise.organisation, Listing.objects.get()
    for place, subject in (("organisation.detail", organisation), ("listing.publisher", listing)):
        panels = plugged_panels(place, actor=world.rival.actor, subject=subject)
        records = [panel.context["record"] for panel in panels if "record" in panel.context]
        assert [record.percent for record in records] == [100]
        assert [fact.value for fact in records[0].facts] == ["100%（1 / 1 次）", "1.0 工作小时"]


def test_a_letter_still_within_its_clock_does_not_count_against_the_owner(world: World) -> None:
    opened(world)
    side = world.enterprise.organisation.pk
    assert response_counts(organisation_id=side, now=later(days=1))["received"] == 0
    assert response_counts(organisation_id=side, now=later(days=30))["received"] == 1
    assert response_counts(organisation_id=side, now=later(days=300))["received"] == 0


def test_the_listing_shows_the_way_to_answer_or_the_reason_why_not(world: World) -> None:
    listing = make_listing(by=world.enterprise)

    def shown(person: Person) -> dict[str, object]:
        (panel,) = plugged_panels("listing.answer", actor=person.actor, subject=listing)
        return panel.context

    assert shown(world.school)["reason"] is None
    assert "面向院校" in str(shown(world.rival)["reason"])
    negotiation = opened(world, listing=listing)
    assert str(shown(world.school)["open_url"]).endswith(f"/negotiations/{negotiation.pk}/")
    assert not plugged_panels("listing.answer", actor=world.anonymous.actor, subject=listing)


def test_the_portal_shows_what_a_year_has_achieved(world: World) -> None:
    cache.clear()
    agreed(world)
    make_listing(by=world.rival, title="电池装配实习 6 人")
    answered, deals = public_figures(later(hours=6))
    assert (answered.value, answered.unit, deals.value) == ("50", "%", "1")
    assert public_figures in list(sockets.public_figures)
