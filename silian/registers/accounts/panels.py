"""What accounts plug into the frame."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.registers.accounts.permissions import (
    accounts_visible_to,
    may_list_accounts,
    may_read_settings,
)
from silian.registers.accounts.queries.accounts import unread_count


def bell(actor: Actor) -> sockets.Bell | None:
    """The way to the inbox with what is unread."""
    if actor.user_id is None:
        return None
    return sockets.Bell(url=reverse("accounts:inbox"), unread=unread_count(user_id=actor.user_id))


def demo_link(actor: Actor, subject: Any) -> sockets.Panel | None:
    """The way from the login page to the demonstration's identities."""
    if not settings.DEMO_MODE:
        return None
    return sockets.Panel(template="accounts/_demo_link.html", context={})


def demo_entrance() -> sockets.FrameLink | None:
    """The same way, in the portal's head."""
    if not settings.DEMO_MODE:
        return None
    return sockets.FrameLink(label="演示登录", url_name="accounts:demo_login")


def account_figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How many accounts there are and how many are locked, for the administrators (三员)."""
    if not may_list_accounts(actor):
        return []
    rows = accounts_visible_to(actor)
    locked = rows.filter(locked_at__isnull=False).count()
    return [
        sockets.Figure(
            label="账号",
            value=f"{rows.count():,}",
            unit="个",
            note=f"已锁定 {locked:,} 个",
            url=reverse("accounts:account_list"),
            source="账号名册",
        )
    ]


def signed_in(actor: Actor) -> bool:
    return actor.is_authenticated


sockets.bells.plug(bell)
sockets.figures.plug(account_figures, order=70)
sockets.entrance_links.plug(demo_entrance)
sockets.panels["account.login"].plug(demo_link, order=10)
sockets.account_links.plug(
    sockets.FrameLink(label="我的账号", url_name="accounts:me", icon="person"), order=10
)
sockets.account_links.plug(
    sockets.FrameLink(label="通知设置", url_name="accounts:notification_settings", icon="bell"),
    order=30,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="", label="消息", url_name="accounts:inbox", icon="bell", visible=signed_in
    ),
    order=3,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="系统管理",
        label="账号名册",
        url_name="accounts:account_list",
        icon="person-lock",
        visible=may_list_accounts,
    ),
    order=890,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="系统管理",
        label="平台设置",
        url_name="accounts:settings",
        icon="gear",
        visible=may_read_settings,
    ),
    order=930,
)
