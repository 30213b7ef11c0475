"""The labelled listings in the database, in the index and in the recommendations of one night."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

import silian.foundation.reference as reference
from silian.composition.portal.forms import SearchQuestion
from silian.composition.portal.queries.search import answered
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search import frequencies
from silian.foundation.kernel.search.feed import changed
from silian.foundation.kernel.search.terms import forget_vocabulary, refresh_terms
from silian.foundation.reference.models import Division, Industry, Occupation
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands.match_refresh import refresh_recommendations
from silian.operations.exchange.gateways.search_documents import SUBJECT
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.recommendation import Recommendation
from silian.operations.exchange.queries.matches import sided
from silian.operations.exchange.queries.recommendations import facts_now
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from tests.relevance.corpus.writing import REGIONS
from tests.relevance.judging import SHOWN, Labelled, Need, Query, listings

NOW = datetime.datetime(2026, 3, 18, 10, 0, tzinfo=timezone.get_default_timezone())
CATALOGUES = Path(next(iter(reference.__path__))) / "data"
SCHOOL_WORDS = ("学院", "学校", "大学")
PROVINCE = "990000"


def number_of(listing_id: str) -> int:
    """The key in the database: the same on every run, because turns are drawn by it."""
    return int(listing_id[1:])


def fill() -> None:
    """Put all listings into the tables and the index, and compute one night's recommendations."""
    rows = list(listings().values())
    make_regions()
    make_catalogue(Occupation, "occupations.csv", {row.row["occupation"] for row in rows})
    make_catalogue(Industry, "industries.csv", {row.row["industry"] for row in rows})
    owners = make_organisations(rows)
    Listing.objects.bulk_create([listing_of(row, owners[row.organisation]) for row in rows])
    changed(SUBJECT, [number_of(row.id) for row in rows])
    refresh_terms()
    count_words()
    refresh_recommendations(now=NOW)


def count_words() -> None:
    """What the database does by itself in time: count how many rows hold a word."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE kernel_searchentry")
    forget()


def forget() -> None:
    """Let this process read words and their frequencies again."""
    forget_vocabulary()
    frequencies._kept = (float("-inf"), frequencies.Frequencies())


def make_regions() -> None:
    places = {PROVINCE: ("澜江省（演示）", [PROVINCE])}
    for code, (city, county) in REGIONS.items():
        above = f"{code[:4]}00"
        places[above] = (city, [PROVINCE, above])
        places[code] = (county, [PROVINCE, above, code])
    Division.objects.bulk_create(
        [
            Division(
                code=code,
                name=name,
                level=len(path),
                path=path,
                parent_id=path[-2] if len(path) > 1 else None,
            )
            for code, (name, path) in sorted(places.items())
        ],
        ignore_conflicts=True,
    )


def make_catalogue(model: Any, name: str, codes: set[str]) -> None:
    """The entries that listings name, with the names of the official catalogue."""
    with (CATALOGUES / name).open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    model.objects.bulk_create(
        [
            model(code=code, name=names[code], level=len(path_of(code)), path=path_of(code))
            for code in sorted(codes - {""})
        ]
    )


def path_of(code: str) -> list[str]:
    """6-18-01-01 stands in 6, 6-18 and 6-18-01; an industry of two digits in itself."""
    parts = code.split("-")
    return ["-".join(parts[: length + 1]) for length in range(len(parts))]


def make_organisations(rows: Sequence[Labelled]) -> dict[str, Organisation]:
    first = {row.organisation: row.division for row in reversed(rows)}
    made = Organisation.objects.bulk_create(
        [
            Organisation(
                name=name,
                kind=kind_of_organisation(name),
                division_id=division,
                state=OrganisationState.VERIFIED,
                is_demo=True,
            )
            for name, division in sorted(first.items())
        ]
    )
    return {organisation.name: organisation for organisation in made}


def kind_of_organisation(name: str) -> OrganisationKind:
    school = any(word in name for word in SCHOOL_WORDS)
    return OrganisationKind.SCHOOL if school else OrganisationKind.ENTERPRISE


def listing_of(listing: Labelled, organisation: Organisation) -> Listing:
    row = listing.row
    published = NOW - datetime.timedelta(days=int(row["days_old"]))
    quantity = int(row["quantity"]) if row["quantity"] else None
    return Listing(
        pk=number_of(listing.id),
        kind=listing.kind,
        side=listing.side,
        title=listing.title,
        description=listing.description,
        organisation=organisation,
        division_id=listing.division,
        place=row["place"],
        industry_id=row["industry"] or None,
        occupation_id=row["occupation"] or None,
        industry_chain=row["chain"],
        majors=row["majors"].split(),
        capacity=quantity,
        capacity_left=quantity,
        starts_on=row["starts_on"] or None,
        ends_on=row["ends_on"] or None,
        state=ListingState.PUBLISHED,
        first_published_at=published,
        published_at=published,
        expires_on=NOW.date() + datetime.timedelta(days=90),
    )


def found(query: Query) -> list[Labelled]:
    """What the search page shows first for a question, as a visitor sees it."""
    question = SearchQuestion(text=query.words, subject=SUBJECT)
    answer = answered(actor=Actor(), question=question, now=NOW)
    return [by_number(hit.object_id) for hit in answer.found.hits[:SHOWN]]


def recommended(need: Need) -> list[Labelled]:
    """What is recommended for a listing, best first, as far as its facts hold when it is shown."""
    listings = Listing.objects.for_cards().select_related("division", "occupation")
    own = listings.get(pk=number_of(need.listing))
    rows = Recommendation.objects.filter(own=own).order_by("rank")
    others = listings.in_bulk([row.other_id for row in rows])
    mine = sided(own, with_text=True)
    shown = [others[row.other_id] for row in rows]
    held = [one for one in shown if facts_now(mine, listing=one) is not None]
    return [by_number(one.pk) for one in held][:SHOWN]


def by_number(number: int) -> Labelled:
    return listings()[f"L{number:04d}"]
