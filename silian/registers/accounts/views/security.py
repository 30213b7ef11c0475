"""The administrators' pages: accounts, one account, settings."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet, words_typed
from silian.foundation.ui.tables import Column, Table
from silian.registers.accounts.commands import accounts
from silian.registers.accounts.models import User
from silian.registers.accounts.permissions import (
    accounts_visible_to,
    may_read_settings,
    may_secure_accounts,
    require_list,
)
from silian.registers.accounts.queries.accounts import (
    accounts_for_list,
    failed_logins,
    matching,
    sessions_of,
    site_settings,
    tries_counted,
)

STATES = [("active", "可登录"), ("locked", "已锁定"), ("official", "须两步验证")]
DONE = {
    "lock": "账号已锁定，已在所有设备退出。",
    "unlock": "账号已解锁，失败次数已清零。",
    "sign-out": "已在所有设备退出。",
    "reset-factor": "两步验证已重置，本人下次登录时重新设置。",
}


@require_safe
def account_list(request: Request) -> HttpResponse:
    """All accounts, for the three administrators (账号名册)."""
    require_list(request.actor)
    rows = matching(accounts_visible_to(request.actor), text=words_typed(request)[:60])
    rows = narrowed(rows, request.GET.getlist("state"))
    table = account_table(request, accounts_for_list(rows))
    if table.export_wanted:
        return table.export_response()  # type: ignore[return-value]
    bar = FilterBar(
        request=request,
        placeholder="姓名、登录名或邮箱",
        facets=[facet(request=request, name="state", label="状态", choices=STATES)],
    )
    template = "accounts/_accounts.html" if request.htmx else "accounts/accounts.html"
    return render(request, template, {"table": table, "bar": bar})


def narrowed(rows, states: list[str]):  # type: ignore[no-untyped-def]
    if "active" in states:
        rows = rows.filter(is_active=True)
    if "locked" in states:
        rows = rows.filter(is_active=False)
    if "official" in states:
        rows = rows.filter(second_factor_required=True)
    return rows


def account_table(request: Request, rows: object) -> Table:
    return Table(
        request=request,
        name="accounts",
        caption="账号名册",
        rows=rows,  # type: ignore[arg-type]
        order="username",
        row_url=lambda row: reverse("accounts:account", args=[row.pk]),
        columns=[
            Column("name", "姓名", sort="name", main=True),
            Column("username", "登录名", sort="username"),
            Column("email", "邮箱", optional=True),
            Column("state", "状态", value=state_word, template="accounts/_cell_state.html"),
            Column("factor", "两步验证", value=factor_word),
            Column("sessions", "在线", value="session_count", numeric=True, unit="处"),
            Column("last_login", "最近登录", template="accounts/_cell_time.html"),
        ],
    )


def state_word(row: User) -> str:
    if row.is_locked:
        return "已锁定"
    return "可登录" if row.is_active else "已停用"


def factor_word(row: User) -> str:
    if getattr(row, "has_second_factor", False):
        return "已启用"
    return "须启用，未设置" if row.second_factor_required else "未启用"


@require_safe
def account(request: Request, user_id: int) -> HttpResponse:
    """One account: state, sign-ins, failed tries, roles (账号详情)."""
    require_list(request.actor)
    user = get_object_or_404(accounts_visible_to(request.actor), pk=user_id)
    user.has_second_factor = is_mfa_enabled(user)  # type: ignore[attr-defined]
    context = {
        "account": user,
        "state": state_word(user),
        "facts": [
            Fact(name="登录名", value=user.username),
            Fact(name="邮箱", value=user.email or "未填写"),
            Fact(name="两步验证", value=factor_word(user)),
            Fact(name="密码设置", value=f"{timezone.localtime(user.password_changed_at):%Y-%m-%d}"),
            Fact(name="注册时间", value=f"{timezone.localtime(user.date_joined):%Y-%m-%d}"),
            Fact(name="计入锁定的失败", value=f"{tries_counted(username=user.username)} 次"),
        ],
        "sessions": sessions_of(user_id=user.pk),
        "failures": failed_logins(username=user.username),
        "may_secure": may_secure_accounts(request.actor) and user.pk != request.actor.user_id,
    }
    return render(request, "accounts/account.html", context)


@require_POST
def account_step(request: Request, user_id: int, name: str) -> HttpResponse:
    """Lock, unlock, sign out or reset the second factor of one account."""
    user = get_object_or_404(accounts_visible_to(request.actor), pk=user_id)
    reason = request.POST.get("reason", "")
    if name == "lock":
        accounts.lock_account(
            user_id=user.pk, reason=reason, actor=request.actor, now=timezone.now()
        )
    elif name == "unlock":
        accounts.unlock_account(user_id=user.pk, reason=reason, actor=request.actor)
    elif name == "sign-out":
        accounts.end_sessions(user_id=user.pk, reason=reason, actor=request.actor)
    else:
        accounts.reset_second_factor(user_id=user.pk, reason=reason, actor=request.actor)
    messages.success(request, f"{user.name}：{DONE[name]}")
    return redirect("accounts:account", user.pk)


@require_safe
def settings_page(request: Request) -> HttpResponse:
    """How the site is set up, read only (平台设置)."""
    if not may_read_settings(request.actor):
        raise NotAllowed("平台设置只对系统管理员和审计管理员开放。")
    return render(request, "accounts/settings.html", {"lines": site_settings()})
