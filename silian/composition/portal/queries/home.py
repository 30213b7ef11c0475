"""What the public site and the workbench bring together from the modules below."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.safestring import SafeString

from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.models import Division
from silian.foundation.ui import sockets
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.helptexts import rendered_help
from silian.operations.exchange.choices import Side, UnmetDemandState
from silian.operations.exchange.kinds import kind_of, listing_kinds
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from silian.operations.exchange.permissions.listings import listings_visible_to
from silian.operations.exchange.permissions.unmet_demands import unmet_demands_visible_to
from silian.operations.exchange.queries.search import hall_total

LATEST = 6
SHOWN_KINDS = 8
STOPS = 6
DEMANDS = 3


def todos_of(actor: Actor, *, now: datetime.datetime) -> list[sockets.Todo]:
    """Everything that waits for the actor, the most urgent first (待办)."""
    waiting = [todo for plug in sockets.todos for todo in plug(actor, now)]
    latest = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return sorted(waiting, key=lambda todo: todo.due_at or latest)


def overdue(todos: Iterable[sockets.Todo], *, now: datetime.datetime) -> int:
    return sum(1 for todo in todos if todo.due_at and todo.due_at < now)


def due_soon(todos: Iterable[sockets.Todo], *, now: datetime.datetime) -> int:
    """How many fall due by the end of the third day from today and are not late yet.

    Whole days, as the clock beside each line counts them.
    """
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    soon = midnight + datetime.timedelta(days=4)
    return sum(1 for todo in todos if todo.due_at and now <= todo.due_at <= soon)


def figures_of(actor: Actor, *, now: datetime.datetime) -> list[sockets.Figure]:
    """The numbers of the actor's own day, as the modules plug them in."""
    return [figure for plug in sockets.figures for figure in plug(actor, now)]


def public_stops(*, now: datetime.datetime) -> list[sockets.Figure]:
    """The stops of the chain map: what the modules show in public, in the order of the chain."""
    figures = [figure for plug in sockets.public_figures for figure in plug(now)]
    return figures[:STOPS]


def latest_listings(actor: Actor) -> list[Listing]:
    rows = listings_visible_to(actor).published().for_cards()
    return list(rows.order_by("-published_at", "-pk")[:LATEST])


def open_listing_count(actor: Actor) -> int:
    """As many as the hall behind the number shows."""
    return hall_total(actor)


def supply_and_demand_chart(*, as_of: datetime.datetime) -> Chart:
    """Published needs and offers of each kind that has any (各类供需)."""
    rows = {
        row["kind"]: row
        for row in Listing.objects.published()
        .values("kind")
        .annotate(
            demand=Count("pk", filter=Q(side=Side.DEMAND)),
            supply=Count("pk", filter=Q(side=Side.SUPPLY)),
        )
    }
    busiest = sorted(
        (code for code in rows if code in listing_kinds()),
        key=lambda code: -(rows[code]["demand"] + rows[code]["supply"]),
    )[:SHOWN_KINDS]
    return Chart(
        name="kinds",
        title="各类供需",
        unit="条",
        source="供需登记",
        as_of=as_of.date(),
        kind="bars",
        labels=[kind_of(code).label for code in busiest],
        series=[
            Series("需求", [rows[code]["demand"] for code in busiest]),
            Series("供给", [rows[code]["supply"] for code in busiest]),
        ],
    )


def region_chart(*, as_of: datetime.datetime) -> Chart:
    """Published listings by county of the site, needs and offers (各区县供需)."""
    rows = list(
        Listing.objects.published()
        .values("division_id")
        .annotate(
            demand=Count("pk", filter=Q(side=Side.DEMAND)),
            supply=Count("pk", filter=Q(side=Side.SUPPLY)),
        )
        .order_by("-demand")[:SHOWN_KINDS]
    )
    names = dict(
        Division.objects.filter(pk__in=[row["division_id"] for row in rows]).values_list(
            "pk", "name"
        )
    )
    return Chart(
        name="regions",
        title="各区县供需",
        unit="条",
        source="供需登记",
        as_of=as_of.date(),
        kind="bars",
        labels=[names[row["division_id"]] for row in rows],
        series=[
            Series("需求", [row["demand"] for row in rows]),
            Series("供给", [row["supply"] for row in rows]),
        ],
    )


CHARTS = {"kinds": supply_and_demand_chart, "regions": region_chart}


def open_demands(actor: Actor) -> list[UnmetDemand]:
    """Verified demands that still wait for somebody to take them up (未满足需求)."""
    rows = unmet_demands_visible_to(actor).filter(state=UnmetDemandState.OPEN)
    return list(rows.select_related("organisation", "division").order_by("-verified_at")[:DEMANDS])


@dataclass(frozen=True, kw_only=True)
class HelpTopic:
    """The help texts of one module."""

    title: str
    texts: list[SafeString]


def help_topics() -> list[HelpTopic]:
    """Every module's help texts, modules in the order of the house (帮助)."""
    topics = []
    for config in apps.get_app_configs():
        folder = Path(config.path) / "templates" / config.label / "help"
        names = sorted(path.stem for path in folder.glob("*.md"))
        if names:
            texts = [rendered_help(name=f"{config.label}/{name}") for name in names]
            topics.append(HelpTopic(title=str(config.verbose_name), texts=texts))
    return topics
