"""Listings in bulk: how fast they go in, are found and are shown."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from bench.report import Result, percentiles

IMPORT_ROWS = 50_000
QUESTIONS = 200
PAGES = 60
WORDS = (
    "数控",
    "机器人 运维",
    "电池",
    "护理员",
    "仓储",
    "检验",
    "软件测试",
    "装配",
    "课程",
    "实训",
)


def timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def multiply_listings(rows: int) -> None:
    """Repeat the demonstration listings until there are ``rows``; words stay as they are."""
    from django.db import connection

    from silian.operations.exchange.models.listing import Listing

    present = Listing.objects.count()
    columns = [
        field.attname
        for field in Listing._meta.concrete_fields
        if field.attname not in ("id", "external_id")
    ]
    names = ", ".join(columns)
    times = max(0, (rows - present) // present)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO exchange_listing ({names}, external_id) SELECT {names}, '' "
            f"FROM exchange_listing, generate_series(1, {times})"
        )
        cursor.execute("VACUUM ANALYZE exchange_listing")


def sample_rows(count: int) -> list[dict[str, Any]]:
    """Rows as an import writes them, validated and with their search vector."""
    from django.utils import timezone

    from silian.operations.exchange.models.listing import Listing
    from silian.registers.organisations.models import Organisation

    organisation = Organisation.objects.filter(kind="service", state="verified").first()
    vectors = list(
        Listing.objects.exclude(search_vector=None).values_list("search_vector", flat=True)[:500]
    )
    now = timezone.now()
    return [
        {
            "kind": "job", "side": "demand", "title": f"装配钳工 {number}", "description": "",
            "organisation_id": organisation.pk, "division_id": "990104", "place": "高新区",
            "details": {"duties": "装配"}, "capacity": 3, "capacity_left": 3,
            "price_min": Decimal(4000), "price_max": Decimal(6000), "price_unit": "元/月",
            "state": "published", "published_at": now, "first_published_at": now,
            "expires_on": now.date(), "confirmed_on": now.date(), "source": "imported",
            "external_id": f"bench-{number}", "search_vector": vectors[number % len(vectors)],
        }
        for number in range(count)
    ]  # fmt: skip


@contextmanager
def rolled_back() -> Iterator[None]:
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def import_rate() -> Result:
    """The database part of an import: COPY of validated rows with every index kept."""
    from silian.operations.exchange.gateways.listing_copy import copy_listings

    rows = sample_rows(IMPORT_ROWS)
    with rolled_back():
        milliseconds = timed(lambda: copy_listings(rows))
    rate = IMPORT_ROWS / milliseconds * 1000
    return Result(
        title="Import, database part",
        method=f"COPY of {IMPORT_ROWS:,} validated rows with their search vectors into the listing "
        "table, all indexes in place, one transaction. Bar: 50,000 rows a second.",
        heads=["rows", "seconds", "rows a second"],
        rows=[[f"{IMPORT_ROWS:,}", f"{milliseconds / 1000:.2f}", f"{rate:,.0f}"]],
    )


def search_speed() -> Result:
    from django.utils import timezone

    from silian.foundation.kernel.actors import Actor
    from silian.operations.exchange.models.listing import Listing
    from silian.operations.exchange.queries.search import hall_counts, hall_result, request_for

    rng = random.Random(1)
    searches, facets = [], []
    for _ in range(QUESTIONS):
        request = request_for(
            actor=Actor(),
            today=timezone.localdate(),
            text=rng.choice(WORDS),
            divisions=("990104",) if rng.random() < 0.6 else (),
            kinds=("internship",) if rng.random() < 0.35 else (),
        )
        searches.append(timed(lambda asked=request: hall_result(actor=Actor(), request=asked)))
        facets.append(
            timed(lambda asked=request: hall_counts(request=asked, jurisdiction="990100"))
        )
    total = Listing.objects.count()
    return Result(
        title=f"Search over {total:,} listings",
        method=f"{QUESTIONS} questions of one or two words, 60 % with a region, 35 % with a kind, "
        "one after another in one process; the demonstration's texts repeated. Milliseconds.",
        heads=["part", "p50", "p95", "max"],
        rows=[
            ["top 20 with total, read through permissions", *percentiles(searches)],
            ["counts of four filters", *percentiles(facets)],
        ],
    )


def page_speed() -> Result:
    from django.test import Client
    from django.urls import reverse

    from silian.operations.exchange.models.listing import Listing
    from silian.registers.accounts.models import User

    member = Client()
    member.force_login(
        User.objects.get(username="demo-school"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    listing = Listing.objects.published().order_by("pk").first()
    addresses = {
        "供需大厅": reverse("exchange:hall") + "?q=%E6%95%B0%E6%8E%A7",
        "供需详情": reverse("exchange:listing_detail", args=[listing.pk]),
        "单位名录": reverse("organisations:directory"),
        "今日": reverse("portal:today"),
        "本单位人员": reverse("people:person_list"),
    }
    rows = []
    for label, address in addresses.items():
        member.get(address)
        rows.append(
            [
                label,
                *percentiles([timed(lambda url=address: member.get(url)) for _ in range(PAGES)]),
            ]
        )
    return Result(
        title="Pages",
        method=f"Each page {PAGES} times in one process through the whole middleware, no network, "
        "signed in as a school. Bar: p95 150 ms. Milliseconds.",
        heads=["page", "p50", "p95", "max"],
        rows=rows,
    )
