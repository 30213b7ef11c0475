"""Listings and negotiations for the tests, brought to a given step by the commands themselves."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from silian.operations.exchange.choices import ListingState, Side
from silian.operations.exchange.commands.deal import complete_deal, record_deal
from silian.operations.exchange.commands.negotiation_intents import accept_intent, propose_intent
from silian.operations.exchange.commands.negotiation_messages import send_message
from silian.operations.exchange.commands.negotiation_opening import answer_listing
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import Intent, Negotiation
from silian.operations.exchange.rules.negotiation_terms import Terms
from tests.world import COUNTY, Person, World

ZONE = timezone.get_default_timezone()
NOW = datetime.datetime(2026, 3, 18, 10, 0, tzinfo=ZONE)  # a Wednesday


def later(**span: float) -> datetime.datetime:
    return NOW + datetime.timedelta(**span)


def make_listing(*, by: Person, **values: Any) -> Listing:
    """A published listing for 24 interns, unless told otherwise."""
    facts: dict[str, Any] = {
        "kind": "internship",
        "side": Side.DEMAND,
        "title": "数控多轴操作调整工实习 24 人",
        "division_id": COUNTY,
        "capacity": 24,
        "capacity_left": values.get("capacity", 24),
        "state": ListingState.PUBLISHED,
        "first_published_at": NOW - datetime.timedelta(days=3),
        "published_at": NOW - datetime.timedelta(days=3),
        "expires_on": NOW.date() + datetime.timedelta(days=90),
        "organisation": by.organisation,
    }
    return Listing.objects.create(**{**facts, **values})


def make_terms(**values: Any) -> Terms:
    facts: dict[str, Any] = {
        "form": "选派学生岗位实习",
        "quantity": 10,
        "starts_on": datetime.date(2026, 9, 1),
        "ends_on": datetime.date(2027, 2, 1),
        "terms": "报酬每月 3200 元，学校派驻 1 名指导教师。",
    }
    return Terms(**{**facts, **values})


def opened(world: World, *, listing: Listing | None = None, **values: Any) -> Negotiation:
    """The school has answered the enterprise's listing."""
    return answer_listing(
        listing_id=(listing or make_listing(by=world.enterprise)).pk,
        text="我校数控专业有 40 名学生 9 月可到岗。",
        actor=values.pop("actor", world.school.actor),
        now=values.pop("now", NOW),
        **values,
    )


def talking(world: World, **values: Any) -> Negotiation:
    """The enterprise has answered back an hour later."""
    negotiation = opened(world, **values)
    send_message(
        negotiation_id=negotiation.pk,
        text="欢迎，先接收 10 人。",
        actor=world.enterprise.actor,
        now=later(hours=1),
    )
    negotiation.refresh_from_db()
    return negotiation


def proposed(world: World, *, terms: Terms | None = None, **values: Any) -> Intent:
    """The school has put terms to the enterprise."""
    negotiation = talking(world, **values)
    return propose_intent(
        negotiation_id=negotiation.pk,
        terms=terms or make_terms(),
        actor=values.get("actor", world.school.actor),
        now=later(hours=2),
    )


def intended(world: World, **values: Any) -> Negotiation:
    """The enterprise has accepted the school's terms."""
    intent = proposed(world, **values)
    accept_intent(
        negotiation_id=intent.negotiation_id,
        intent_id=intent.pk,
        actor=world.enterprise.actor,
        now=later(hours=3),
    )
    return Negotiation.objects.get(pk=intent.negotiation_id)


def agreed(world: World, **values: Any) -> Deal:
    """The school has recorded the agreement."""
    negotiation = intended(world, **values)
    return record_deal(
        negotiation_id=negotiation.pk,
        agreement_reference="QL-2026-018",
        agreed_on=NOW.date(),
        actor=values.get("actor", world.school.actor),
        now=later(hours=4),
    )


def completed(world: World, **values: Any) -> Deal:
    """The deal has been carried out."""
    deal = agreed(world, **values)
    return complete_deal(
        deal_id=deal.pk,
        achieved=9,
        outcome="9 人完成实习，1 人转专业。",
        closed_on=NOW.date(),
        actor=world.enterprise.actor,
        now=later(hours=5),
    )
