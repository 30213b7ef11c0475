"""Recommendations and the services that go with matching, in the menu and on the public site."""

from __future__ import annotations

from silian.foundation.ui import sockets
from silian.operations.exchange.permissions.recommendations import has_recommendations

sockets.navigation.plug(
    sockets.NavigationItem(
        section="用人与合作",
        label="为您匹配",
        url_name="exchange:recommendation_list",
        icon="arrow-left-right",
        visible=has_recommendations,
    ),
    order=15,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="用人与合作",
        label="增值服务",
        url_name="exchange:service_list",
        icon="bag-plus",
        visible=lambda actor: actor.is_authenticated,
    ),
    order=190,
)
