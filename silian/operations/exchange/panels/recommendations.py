"""Recommendations in the menu, on the first page and on the page of an own listing."""

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
