"""Subscriptions in the frame."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets


def signed_in(actor: Actor) -> bool:
    return actor.is_authenticated


sockets.navigation.plug(
    sockets.NavigationItem(
        section="用人与合作",
        label="我的订阅",
        url_name="exchange:subscription_list",
        icon="bell",
        visible=signed_in,
    ),
    order=160,
)
