"""What the register of other authorities' lists shows in the menu."""

from __future__ import annotations

from silian.foundation.ui import sockets
from silian.governance.incentives.permissions.comparison_records import reads_comparisons

sockets.navigation.plug(
    sockets.NavigationItem(
        section="奖补申领",
        label="外部比对数据",
        url_name="incentives:comparison_lists",
        icon="search",
        visible=reads_comparisons,
    ),
    order=286,
)
