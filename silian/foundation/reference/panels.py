"""What the catalogues plug into the frame."""

from __future__ import annotations

from silian.foundation.reference.permissions import may_load
from silian.foundation.reference.queries.divisions import site_region_name
from silian.foundation.ui import sockets

sockets.region_names.plug(site_region_name)
sockets.foot_links.plug(sockets.FrameLink(label="分类目录", url_name="reference:index"), order=80)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="系统管理",
        label="目录维护",
        url_name="reference:upload_list",
        icon="diagram-3",
        visible=may_load,
    ),
    order=920,
)
