"""The library and the parameters in the frame, and their numbers on the first page."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.ui import sockets
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.permissions.benefits import public_benefits
from silian.registers.policies.permissions.documents import is_official

SECTION = "政策"


def public_figures(now: datetime.datetime) -> Sequence[sockets.Figure]:
    """Where the chain begins: documents, and what they give (政策文件、优惠政策)."""
    today = timezone.localdate(now)
    public = PolicyDocument.objects.public()
    in_force = public.in_force(on=today).count()
    benefits = public_benefits().in_force(on=today)  # type: ignore[attr-defined]
    return [
        sockets.Figure(
            label="政策文件",
            value=f"{in_force:,}",
            unit="件",
            note=f"现行有效，优惠政策 {benefits.count():,} 项",
            url=reverse("policies:library"),
            source="政策文件库",
        )
    ]


sockets.portal_links.plug(sockets.FrameLink(label="政策库", url_name="policies:library"), order=20)
sockets.portal_links.plug(
    sockets.FrameLink(label="优惠政策", url_name="policies:benefit_list"), order=25
)
sockets.public_figures.plug(public_figures, order=5)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="政策文件库",
        url_name="policies:library",
        icon="journal-text",
        visible=is_official,
    ),
    order=211,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="政策参数",
        url_name="policies:parameter_list",
        icon="sliders",
        visible=is_official,
    ),
    order=212,
)
