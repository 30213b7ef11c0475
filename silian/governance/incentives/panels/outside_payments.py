"""What the register of payments made elsewhere shows in the menu."""

from __future__ import annotations

from silian.foundation.ui import sockets
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
