"""What events achieve: from sign-up to deal, and whether they are regular (活动成效)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.sockets import Figure
from silian.foundation.ui.tables import Column, Table
from silian.operations.exchange.choices import EventRhythm
from silian.operations.exchange.models.match_event import MatchEvent
from silian.operations.exchange.permissions.match_events import may_read_event_effect
from silian.operations.exchange.queries.match_event_effect import (
    EventFigures,
    events_counted_for,
    figures_by_event,
    held_rows,
    theme_regularity,
    undertaking_regularity,
)

SOURCE = "来源：活动报名、签到、洽谈结果登记和洽谈流程"
RHYTHMS = [pair for pair in EventRhythm.choices if pair[0] != EventRhythm.ONCE]


@require_safe
def match_event_effect(request: Request) -> HttpResponseBase:
    """Conversion and regularity of the region's or one's own events."""
    if not may_read_event_effect(request.actor):
        raise NotAllowed("活动成效由主管部门和主办单位查看。")
    events = events_counted_for(request.actor)
    held, today = held_rows(events), timezone.localdate()
    figures = figures_by_event(held)
    table = effect_table(request, held, figures)
    if table.export_wanted:
        return table.export_response()
    asked = request.GET.get("rhythm", "")
    rhythm = asked if asked in dict(RHYTHMS) else EventRhythm.QUARTER.value
    context = {
        "table": table,
        "held": held,
        "strip": strip(sum(figures.values(), EventFigures())),
        "themes": theme_regularity(events=held, rhythm=rhythm, today=today),
        "undertakings": undertaking_regularity(events=held, today=today),
        "rhythms": RHYTHMS,
        "rhythm": rhythm,
        "source": SOURCE,
    }
    return render(request, "exchange/match_event_effect.html", context)


def strip(total: EventFigures) -> list[Figure]:
    """Each step with its share of the first."""
    first = total.signups or None
    return [
        Figure(
            label=label,
            value=f"{count:,}",
            unit=unit,
            note=note_of(label, count, total) if first else "",
            url="#events",
            source="",
        )
        for label, unit, count in total.steps
    ]


def note_of(label: str, count: int, total: EventFigures) -> str:
    """What the number is a share of."""
    wholes = {
        "到场单位": ("报名", total.signups),
        "有意向": ("已洽谈", total.meetings),
        "转入洽谈": ("有意向", total.intents),
        "已成交": ("转入洽谈", total.negotiations),
    }
    if label not in wholes or not wholes[label][1]:
        return ""
    name, whole = wholes[label]
    return f"占{name} {count * 100 // whole}%"


NUMBERS = [
    ("signups", "报名"),
    ("present", "到场"),
    ("meetings", "已洽谈"),
    ("intents", "有意向"),
    ("negotiations", "转洽谈"),
    ("deals", "成交"),
]


def effect_table(
    request: Request, held: list[MatchEvent], figures: dict[int, EventFigures]
) -> Table:
    def count(name: str) -> Any:
        return lambda event: getattr(figures[event.pk], name)

    counts = (Column(name, label, count(name), numeric=True, total=True) for name, label in NUMBERS)
    return Table(
        request=request,
        name="match_event_effect",
        rows=held[::-1],
        caption="已举办的活动",
        columns=[
            Column("title", "活动", main=True),
            Column("starts", "日期", value=lambda event: timezone.localdate(event.starts_at)),
            Column("theme", "主题", value=lambda event: event.get_theme_display()),
            Column("organiser", "主办单位", value="organiser__display_name"),
            *counts,
        ],
        row_url=lambda event: event.get_absolute_url(),
        views=False,
        empty={"missing": "还没有举办过的活动", "why": "登记举办后，这里按活动列出转化情况。"},
    )
