"""What the tests of listings set up: whole contents of every kind, and listings in each state."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from silian.foundation.reference.models import Occupation
from silian.operations.exchange.commands.listing_publication import publish_listing
from silian.operations.exchange.commands.listing_writing import create_listing
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.kinds.declaration import FieldType, KindField, ListingKind
from silian.operations.exchange.models.listing import Listing, ListingReview
from silian.operations.exchange.rules.listing_content import ListingContent
from tests.world import COUNTY, Person, World

NOW = datetime.datetime(2026, 3, 18, 9, 30, tzinfo=timezone.get_default_timezone())
TODAY = NOW.date()
OCCUPATION = "6-18-01-01"
SAMPLES: dict[FieldType, Any] = {
    FieldType.TEXT: "按约定办理",
    FieldType.LONG_TEXT: "按约定办理，详见洽谈。",
    FieldType.NUMBER: 5,
    FieldType.MONEY: "4200",
    FieldType.YES_NO: True,
    FieldType.DATE: "2026-09-01",
}


def later(**given: float) -> datetime.datetime:
    return NOW + datetime.timedelta(**given)


def sample_of(item: KindField) -> Any:
    if item.type is FieldType.CHOICE:
        return item.choices[0]
    if item.type is FieldType.CHOICES:
        return list(item.choices[:2])
    return SAMPLES[item.type]


def make_occupation() -> Occupation:
    occupation, _ = Occupation.objects.get_or_create(
        code=OCCUPATION,
        defaults={"name": "车工", "level": 4, "bottom_level": 4, "path": [OCCUPATION]},
    )
    return occupation


def whole_content(*, kind: str = "internship", side: str = "", **values: Any) -> ListingContent:
    """Content of a kind that lacks nothing; needs the occupation only for kinds that name one."""
    declared = kind_of(kind)
    chosen = side or declared.sides_in_order[0].value
    facts: dict[str, Any] = {
        "kind": kind,
        "side": chosen,
        "title": "数控多轴操作调整工，24 人" if kind == "internship" else "一条完整的供需信息",
        "division_id": COUNTY,
        "occupation_id": OCCUPATION if declared.names_occupation else None,
        "capacity": 24 if declared.quantity else None,
        "details": {item.name: sample_of(item) for item in declared.fields_on(side=chosen)},
        **price_of(declared),
    }
    return ListingContent(**{**facts, **values})


def price_of(kind: ListingKind) -> dict[str, Any]:
    if kind.price is None:
        return {}
    return {"price_min": Decimal(3400), "price_unit": kind.price.units[0]}


def form_data(content: ListingContent) -> dict[str, Any]:
    """Content as a browser would post it."""
    yes_no = {True: "yes", False: "no"}
    own = {
        name: yes_no[value] if isinstance(value, bool) else value
        for name, value in content.details.items()
    }
    return {
        "title": content.title,
        "division": content.division_id,
        "occupation": content.occupation_id or "",
        "capacity": content.capacity or "",
        "price_min": content.price_min if content.price_min is not None else "",
        "price_unit": content.price_unit,
        "description": content.description,
        "visibility": "public",
        **own,
    }


def draft(world: World, *, by: Person | None = None, **values: Any) -> Listing:
    make_occupation()
    writer = by or world.enterprise
    return create_listing(content=whole_content(**values), actor=writer.actor)


def published(world: World, *, by: Person | None = None, **values: Any) -> Listing:
    writer = by or world.enterprise
    listing = draft(world, by=writer, **values)
    return publish_listing(listing_id=listing.pk, actor=writer.actor, now=NOW)


def in_review(world: World, *, by: Person | None = None, **values: Any) -> ListingReview:
    """A listing that asked for a person's eye."""
    writer = by or world.enterprise
    listing = draft(world, by=writer, **values)
    publish_listing(listing_id=listing.pk, actor=writer.actor, now=NOW, ask_review=True)
    return ListingReview.objects.get(listing=listing)
