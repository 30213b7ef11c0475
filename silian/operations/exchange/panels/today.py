"""What the first page of the workbench shows to officials and to single people."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.permissions.listings import is_supervisor
from silian.operations.exchange.queries.region_figures import newest_in_city, region_figures
from silian.registers.organisations.choices import Role


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What is new for one role: which kinds, under which title, and how to go on."""

    title: str
    kinds: tuple[str, ...]
    advice: str


OFFERS = {
    Role.STUDENT: Offer(
        title="本市最新实习和就业岗位",
        kinds=("internship", "job", "apprenticeship"),
        advice="看中岗位后告诉学校实习就业老师，由学校向企业应答。",
    ),
    Role.TEACHER: Offer(
        title="本市企业在找教师和技术帮助",
        kinds=("teacher_mentor", "technical_problem", "technical_service"),
        advice="愿意承接时告诉学校经办人，由学校向发布单位应答。",
    ),
    Role.EXPERT: Offer(
        title="本市最新技术难题和成果",
        kinds=("technical_problem", "research_result", "demonstration_project"),
        advice="愿意参与时联系您所在单位的经办人，由单位应答。",
    ),
}


def newest(actor: Actor, subject: Any) -> sockets.Panel | None:
    """The newest listings that concern a student, a teacher or an expert."""
    offer = next((OFFERS[role] for role in OFFERS if actor.has_role(role)), None)
    if offer is None:
        return None
    rows = newest_in_city(actor=actor, kinds=offer.kinds)
    return sockets.Panel(
        template="exchange/_today_listings.html",
        context={
            "offer": offer,
            "rows": [(listing, kind_of(listing.kind)) for listing in rows],
            "all_url": f"{reverse('exchange:hall')}?{urlencode({'kind': offer.kinds}, doseq=True)}",
        },
    )


def region(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How the exchange stands in the official's region (辖区数字)."""
    if not is_supervisor(actor):
        return []
    figures, hall = region_figures(actor=actor, now=now), reverse("exchange:hall")
    if actor.jurisdiction != settings.SITE_JURISDICTION:
        hall = f"{hall}?{urlencode({'division': actor.jurisdiction})}"
    effect, percent = figures.effect, figures.effect.answered_percent
    rows = reverse("exchange:effectiveness_rows")
    return [
        sockets.Figure(
            label="辖区在线供需",
            value=f"{figures.online:,}",
            unit="条",
            note=f"近 30 天新增 {figures.recent:,}",
            url=hall,
            source="供需登记",
        ),
        sockets.Figure(
            label="收到应答的供需",
            value="未设定" if percent is None else str(percent),
            unit="" if percent is None else "%",
            note=f"近 12 个月 {effect.answered:,} / {effect.published:,} 条",
            url=f"{rows}?stage=answered",
            source="供需发布与洽谈登记",
        ),
        sockets.Figure(
            label="登记协议",
            value=f"{figures.deals:,}",
            unit="份",
            note=f"近 12 个月，{effect.agreed:,} 条供需成交",
            url=f"{rows}?stage=agreed",
            source="成交登记",
        ),
    ]


sockets.figures.plug(region, order=5)
sockets.panels["portal.today"].plug(newest, order=10)
