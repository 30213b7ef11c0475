"""Listings in bulk: how fast they go in, are found and are shown."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bench.report import Result, percentiles

IMPORT_SIZES = (10_000, 100_000)
IMPORT_RUNS = 3
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

    from silian.foundation.kernel.search.rebuilding import rebuild
    from silian.foundation.kernel.search.sources import source_of
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
            f"INSERT INTO exchange_listing ({names}, external_id) "
            f"SELECT {names}, 'copy-' || id || '-' || number "
            f"FROM exchange_listing, generate_series(1, {times}) AS number"
        )
        cursor.execute("VACUUM ANALYZE exchange_listing")
    rebuild(source_of("listing"), resume=False, tell=lambda done, total: None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE kernel_searchentry")


COLUMNS = (
    "title", "description", "division_id", "place", "occupation_id", "capacity", "price_min",
    "price_max", "price_unit", "capacity_left", "details", "external_id",
)  # fmt: skip


def sample_rows(count: int) -> list[tuple[Any, ...]]:
    """Validated rows as an import hands them over, in the order of ``COLUMNS``."""
    from silian.foundation.reference.models import Division, Occupation

    regions = list(Division.objects.filter(pk__startswith="9901").values_list("pk", flat=True))
    trades = list(Occupation.objects.values_list("pk", flat=True)[:400])
    rows = []
    for number in range(count):
        region, trade = regions[number % len(regions)], trades[number % len(trades)]
        text = f"负责第 {number} 号产线的装配与检验。" * 8
        low, high, details = Decimal("4000.00"), Decimal("6000.00"), {"duties": "装配"}
        name, place, key = f"装配钳工 {number}", "高新区", f"bench-{number}"
        rows.append((name, text, region, place, trade, 3, low, high, "元/月", 3, details, key))
    return rows


def shared_values() -> dict[str, Any]:
    """What the rows of one file have in common; every reference is given."""
    from django.utils import timezone

    from silian.foundation.reference.models import Industry
    from silian.registers.accounts.models import User
    from silian.registers.organisations.models import Organisation

    organisation = Organisation.objects.filter(kind="service", state="verified").first()
    now = timezone.now()
    return {
        "kind": "job", "side": "demand", "state": "published", "source": "imported",
        "organisation_id": organisation.pk, "industry_id": Industry.objects.first().pk,
        "created_by_id": User.objects.first().pk, "published_at": now, "submitted_at": now,
        "first_published_at": now, "expires_on": now.date(), "confirmed_on": now.date(),
    }  # fmt: skip


@dataclass(kw_only=True)
class Stopwatch:
    """Seconds of each part, in the order of measuring."""

    parts: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.parts[name] = self.parts.get(name, 0.0) + time.perf_counter() - started


def import_once(count: int) -> dict[str, float]:
    """Take rows in and commit, then make them findable; everything is removed again."""
    from django.db import connection, transaction

    from silian.foundation.kernel.search import feed
    from silian.operations.exchange.gateways.listing_copy import copy_listings
    from silian.operations.exchange.models.listing import Listing

    rows, shared, watch = sample_rows(count), shared_values(), Stopwatch()
    with transaction.atomic():
        with watch.part("copy"):
            ids = copy_listings(columns=COLUMNS, rows=rows, shared=shared)
        with watch.part("references"), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        started = time.perf_counter()
    watch.parts["commit"] = time.perf_counter() - started
    with watch.part("search"):
        feed.changed("listing", ids)
    feed.left("listing", ids)
    Listing.objects.filter(pk__in=ids).delete()
    return watch.parts


def import_rate() -> Result:
    """The database part of an import, from validated rows to their commit."""
    rows = []
    for count in IMPORT_SIZES:
        parts = min((import_once(count) for _ in range(IMPORT_RUNS)), key=seconds_to_commit)
        total = seconds_to_commit(parts)
        rows.append(
            [
                f"{count:,}",
                *(f"{parts[name]:.2f}" for name in ("copy", "references", "commit")),
                f"{count / total:,.0f}",
                f"{parts['search']:.2f}",
            ]
        )
    return Result(
        title="Import, database part",
        method="Validated rows, each with five references, by COPY into the listing table with "
        "all indexes and constraints, one transaction, committed with fsync; best of "
        f"{IMPORT_RUNS}. After the commit a job cuts the words and makes the rows findable. "
        "Seconds. Bar: 50,000 rows a second.",
        heads=["rows", "copy", "references", "commit", "rows a second", "then findable"],
        rows=rows,
    )


def seconds_to_commit(parts: dict[str, float]) -> float:
    return parts["copy"] + parts["references"] + parts["commit"]


def search_speed() -> Result:
    from django.utils import timezone

    from silian.foundation.kernel.actors import Actor
    from silian.operations.exchange.models.listing import Listing
    from silian.operations.exchange.queries.search import hall_result, request_for

    rng = random.Random(1)
    searches = []
    for _ in range(QUESTIONS):
        request = request_for(
            actor=Actor(),
            today=timezone.localdate(),
            text=rng.choice(WORDS),
            divisions=("990104",) if rng.random() < 0.6 else (),
            kinds=("internship",) if rng.random() < 0.35 else (),
        )
        searches.append(timed(lambda asked=request: hall_result(actor=Actor(), request=asked)))
    total = Listing.objects.count()
    return Result(
        title=f"Search over {total:,} listings",
        method=f"{QUESTIONS} questions of one or two words, 60 % with a region, 35 % with a kind, "
        "one after another in one process; the demonstration's texts repeated. Milliseconds.",
        heads=["part", "p50", "p95", "max"],
        rows=[
            ["top 20, total and seven counts, read through permissions", *percentiles(searches)],
        ],
    )


def signed_in(username: str) -> Any:
    from django.test import Client

    from silian.registers.accounts.models import User

    member = Client()
    member.force_login(
        User.objects.get(username=username),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return member


def page_speed() -> Result:
    from django.urls import reverse

    from silian.operations.exchange.models.listing import Listing
    from silian.registers.policies.models import PolicyDocument

    listing = Listing.objects.published().order_by("pk").first()
    document = PolicyDocument.objects.public().order_by("pk").first()
    school, leader = signed_in("demo-school"), signed_in("demo-leader")
    pages = {
        "供需大厅": (school, reverse("exchange:hall") + "?q=%E6%95%B0%E6%8E%A7"),
        "供需详情": (school, reverse("exchange:listing_detail", args=[listing.pk])),
        "单位名录": (school, reverse("organisations:directory")),
        "今日": (school, reverse("portal:today")),
        "本单位人员": (school, reverse("people:person_list")),
        "总览": (leader, reverse("reports:cockpit", args=["990100"])),
        "任务台账": (leader, reverse("policy_tasks:task_list")),
        "目标": (leader, reverse("policy_tasks:target_list")),
        "指标": (leader, reverse("metrics:metric_detail", args=["exchange.deals"])),
        "政策文件": (leader, reverse("policies:library_document", args=[document.pk])),
    }
    rows = []
    for label, (member, address) in pages.items():
        assert member.get(address).status_code == 200, label
        timings = [timed(lambda url=address, who=member: who.get(url)) for _ in range(PAGES)]
        rows.append([label, *percentiles(timings)])
    return Result(
        title="Pages",
        method=f"Each page {PAGES} times in one process through the whole middleware, no network, "
        "signed in as a school; the last five as a leader. Bar: p95 150 ms. Milliseconds.",
        heads=["page", "p50", "p95", "max"],
        rows=rows,
    )
