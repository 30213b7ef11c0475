"""The hall in the frame, and the exchange's numbers on the first pages."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.exchange.permissions.listings import is_supervisor, may_read_own
from silian.operations.exchange.queries.hall_figures import OwnFigures, own_figures, public_counts

SOURCE = "供需登记"


def online(now: datetime.datetime) -> Sequence[sockets.Figure]:
    """What stands in the hall now (在线供需)."""
    counts = public_counts(now=now)
    return [
        sockets.Figure(
            label="在线供需",
            value=f"{counts.published:,}",
            unit="条",
            note=f"近 30 天新增 {counts.recent:,}",
            url=reverse("exchange:hall"),
            source=SOURCE,
        )
    ]


def open_ends(now: datetime.datetime) -> Sequence[sockets.Figure]:
    """Needs that nobody has met yet, and what is arranged for them (未满足需求、对接活动)."""
    counts = public_counts(now=now)
    return [
        sockets.Figure(
            label="等待承接的需求",
            value=f"{counts.open_demands:,}",
            unit="项",
            note="已核实",
            url=reverse("exchange:unmet_demand_list"),
            source="未满足需求登记",
        ),
        sockets.Figure(
            label="对接活动",
            value=f"{counts.events:,}",
            unit="场",
            note=f"近 12 个月，另有 {counts.coming} 场待举办",
            url=reverse("exchange:match_event_list"),
            source="对接活动登记",
        ),
    ]


def own(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How the actor's own organisation stands in the hall."""
    if not may_read_own(actor) or is_supervisor(actor):
        return []
    figures: OwnFigures = own_figures(actor=actor)
    mine = reverse("exchange:my_listings")
    return [
        sockets.Figure(
            label="在线供需",
            value=f"{figures.published:,}",
            unit="条",
            note=f"草稿 {figures.drafts}，已满额 {figures.filled}",
            url=mine,
            source=SOURCE,
        ),
        sockets.Figure(
            label="回应率",
            value="未设定" if figures.percent is None else str(figures.percent),
            unit="" if figures.percent is None else "%",
            note=figures.answer_words,
            url=reverse("organisations:detail", args=[actor.organisation_id]),
            source="洽谈登记，近 180 天",
        ),
    ]


sockets.public_figures.plug(online, order=30)
sockets.public_figures.plug(open_ends, order=50)
sockets.figures.plug(own, order=10)
sockets.portal_links.plug(sockets.FrameLink(label="供需大厅", url_name="exchange:hall"), order=10)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="用人与合作",
        label="供需大厅",
        url_name="exchange:hall",
        icon="shop",
        visible=lambda actor: actor.is_authenticated,
    ),
    order=10,
)
