"""What the portal adds to the frame."""

from __future__ import annotations

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets


def signed_in(actor: Actor) -> bool:
    return actor.is_authenticated


sockets.navigation.plug(
    sockets.NavigationItem(
        section="", label="今日", url_name="portal:today", icon="house", visible=signed_in
    ),
    order=1,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="", label="待办", url_name="portal:todo_list", icon="inbox", visible=signed_in
    ),
    order=2,
)


def search_box(actor: Actor) -> sockets.SearchBox:
    """The one search box of every page."""
    return sockets.SearchBox(
        url=reverse("portal:search"),
        placeholder="岗位、课程、设备、单位、专业",
        suggest_url=reverse("portal:search_suggestions"),
    )


sockets.search_boxes.plug(search_box, order=1)
sockets.portal_links.plug(sockets.FrameLink(label="首页", url_name="portal:home"), order=1)
sockets.portal_links.plug(sockets.FrameLink(label="帮助", url_name="portal:help"), order=900)
sockets.foot_links.plug(sockets.FrameLink(label="帮助", url_name="portal:help"), order=900)
sockets.foot_links.plug(sockets.FrameLink(label="接口说明", url_name="api:openapi-view"), order=800)
sockets.foot_links.plug(
    sockets.FrameLink(label="服务组织名录", url_name="portal:service_directory"), order=50
)
