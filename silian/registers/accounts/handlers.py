"""Tells people what happened to their account."""

from __future__ import annotations

from django.urls import reverse

from silian.foundation.kernel.events import subscribe
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.accounts.events import AccountUnlocked
from silian.registers.accounts.models import User


@subscribe(AccountUnlocked)
def tell_unlocked(event: AccountUnlocked) -> None:
    user = User.objects.get(pk=event.user_id)
    notify(
        user_ids=[user.pk],
        kind=NotificationKind.SECURITY,
        title="您的账号已解锁",
        detail="如果不是您本人申请，请尽快修改密码并联系安全管理员。",
        url=reverse("accounts:me"),
    )
