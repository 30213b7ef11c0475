"""What payments made elsewhere and scarce occupations show in the menu."""

from __future__ import annotations

from silian.foundation.ui import sockets
from silian.governance.incentives.permissions.offices import looks_after_region
from silian.governance.incentives.permissions.outside_payments import reads_payments

sockets.navigation.plug(
    sockets.NavigationItem(
        section="奖补申领",
        label="其他渠道补贴",
        url_name="incentives:outside_payments",
        icon="person-exclamation",
        visible=reads_payments,
    ),
    order=285,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="奖补申领",
        label="紧缺职业目录",
        url_name="incentives:scarce_lists",
        icon="list-stars",
        visible=looks_after_region,
    ),
    order=286,
)
