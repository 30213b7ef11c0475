"""Who gets what from the addresses of accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from silian.registers.accounts.models import Notification, User
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, signed_in
from tests.world import ROLES, World

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
DONE = 302


def student(world: World) -> dict[str, Any]:
    return {"user_id": world.student.user.pk}


def newcomer(world: World) -> dict[str, Any]:
    user = User.objects.create(username=f"newcomer{User.objects.count()}", name="新人")
    return {"user_id": user.pk, "name": "lock"}


def notification(world: World) -> dict[str, Any]:
    row = Notification.objects.create(user=world.enterprise.user, kind="task", title="待办")
    return {"notification_id": row.pk}


locking = {
    **dict.fromkeys(ROLES, HIDDEN),
    "anonymous": LOGIN,
    "security_admin": DONE,
    "system_admin": REFUSED,
    "audit_admin": REFUSED,
}
ACCESS = {
    "accounts:demo_login": Row(statuses=dict.fromkeys(ROLES, OK if settings.DEMO_MODE else HIDDEN)),
    "accounts:me": signed_in(),
    "accounts:edit": signed_in(),
    "accounts:notification_settings": signed_in(),
    "accounts:session_end": signed_in(
        status=DONE, method="post", kwargs=lambda world: {"session_id": 1}
    ),
    "accounts:inbox": signed_in(),
    "accounts:notifications_read": signed_in(status=DONE, method="post"),
    "accounts:notification_open": only(
        "enterprise", status=DONE, otherwise=HIDDEN, method="post", kwargs=notification
    ),
    "accounts:account_list": only(*ADMINISTRATORS),
    "accounts:account": only(*ADMINISTRATORS, kwargs=student),
    "accounts:account_step": Row(
        statuses=locking, method="post", kwargs=newcomer, data=lambda world: {"reason": "异常登录"}
    ),
    "accounts:settings": only("system_admin", "audit_admin"),
}
