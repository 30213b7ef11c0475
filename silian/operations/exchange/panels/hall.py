"""The hall in the frame: its link, its search box."""

from __future__ import annotations

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets


def hall_box(actor: Actor) -> sockets.SearchBox:
    return sockets.SearchBox(url=reverse("exchange:hall"), placeholder="岗位、课程、设备、难题")


sockets.search_boxes.plug(hall_box)
sockets.portal_links.plug(sockets.FrameLink(label="供需大厅", url_name="exchange:hall"), order=10)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="供需对接",
        label="供需大厅",
        url_name="exchange:hall",
        icon="shop",
        visible=lambda actor: actor.is_authenticated,
    ),
    order=100,
)
