"""Who may see and do what with accounts."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.accounts.choices import AdministratorRole
from silian.registers.accounts.models import Notification, User

ADMINISTRATORS = tuple(AdministratorRole.values)


def accounts_visible_to(actor: Actor) -> QuerySet[User]:
    """All accounts for the three administrators; one's own for everybody else."""
    if actor.has_role(*ADMINISTRATORS):
        return User.objects.all()
    return User.objects.filter(pk=actor.user_id or 0)


def notifications_visible_to(actor: Actor) -> QuerySet[Notification]:
    """What the actor was told."""
    return Notification.objects.filter(user_id=actor.user_id or 0, in_app=True)


def may_list_accounts(actor: Actor) -> bool:
    """Whether the actor reads the list of accounts (三员)."""
    return actor.has_role(*ADMINISTRATORS)


def may_secure_accounts(actor: Actor) -> bool:
    """Whether the actor locks, unlocks and signs out others (安全管理员)."""
    return actor.has_role(AdministratorRole.SECURITY)


def may_read_settings(actor: Actor) -> bool:
    """Whether the actor reads how the site is set up (系统管理员, 审计管理员 read only)."""
    return actor.has_role(AdministratorRole.SYSTEM, AdministratorRole.AUDIT)


def signed_in_id(actor: Actor) -> int:
    """The account that acts; visitors are asked to sign in."""
    if actor.user_id is None:
        raise NotAllowed("请先登录。")
    return actor.user_id


def require_security(actor: Actor) -> None:
    if not may_secure_accounts(actor):
        raise NotAllowed("只有安全管理员可以办理，请联系本平台的安全管理员。")


def require_list(actor: Actor) -> None:
    if not may_list_accounts(actor):
        raise NotAllowed("账号名册只对系统、安全、审计管理员开放。")


register_action_labels(
    {
        "accounts.user.created": "新建账号",
        "accounts.user.changed": "修改账号资料",
        "accounts.user.locked": "锁定账号",
        "accounts.user.unlocked": "解锁账号",
        "accounts.user.second_factor_required": "要求两步验证",
        "accounts.user.second_factor_reset": "重置两步验证",
        "accounts.user.demo_signed_in": "以演示身份登录",
        "accounts.user.signed_out": "强制账号下线",
        "accounts.session.ended": "结束一处登录",
        "accounts.notification_settings.changed": "修改通知设置",
    }
)
