"""One's own account: profile, sign-ins, what one is told and how."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.tables import Column, Table
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.accounts import change_account, end_own_session
from silian.registers.accounts.commands.notifications import (
    change_notification_settings,
    read_all_notifications,
    read_notification,
    settings_of,
)
from silian.registers.accounts.forms import AccountForm, NotificationForm, notification_initial
from silian.registers.accounts.models import User
from silian.registers.accounts.permissions import (
    accounts_visible_to,
    notifications_visible_to,
    signed_in_id,
)
from silian.registers.accounts.queries.accounts import sessions_of, unread_count


def own_account(request: Request) -> User:
    return get_object_or_404(accounts_visible_to(request.actor), pk=signed_in_id(request.actor))


@require_safe
def me(request: Request) -> HttpResponse:
    """One's account on one page (我的账号)."""
    user = own_account(request)
    context = {
        "account": user,
        "facts": [
            Fact(name="姓名", value=user.name),
            Fact(name="登录名", value=user.username),
            Fact(name="邮箱", value=user.email or "未填写"),
            Fact(name="手机号", value=user.phone or "未填写"),
            Fact(name="注册时间", value=f"{timezone.localtime(user.date_joined):%Y-%m-%d}"),
        ],
        "has_second_factor": is_mfa_enabled(user),
        "sessions": sessions_of(user_id=user.pk),
        "session_key": request.session.session_key,
    }
    return render(request, "accounts/me.html", context)


def edit(request: Request) -> HttpResponse:
    """Change one's name and ways of contact (修改个人资料)."""
    user = own_account(request)
    initial = {"name": user.name, "email": user.email, "phone": user.phone}
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_account(actor=request.actor, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, "个人资料已保存。")
            return redirect("accounts:me")
    status = 422 if form.errors else 200
    return render(request, "accounts/edit.html", {"form": form}, status=status)


@require_POST
def session_end(request: Request, session_id: int) -> HttpResponse:
    """Sign out on another device (退出其他设备)."""
    known = {session.pk for session in sessions_of(user_id=signed_in_id(request.actor))}
    if session_id in known:
        end_own_session(session_id=session_id, actor=request.actor)
        messages.success(request, "已在那台设备上退出。")
    else:
        messages.info(request, "那台设备已经退出。")
    return redirect("accounts:me")


def notification_settings(request: Request) -> HttpResponse:
    """How one wants to be told (通知设置)."""
    user = own_account(request)
    initial = notification_initial(
        settings=settings_of(users=[user])[user.pk], chosen=list(user.preferences.all())
    )
    form = NotificationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        change_notification_settings(
            ways=form.ways(),
            quiet_from=data["quiet_from"],
            quiet_to=data["quiet_to"],
            digest_hour=data["digest_hour"],
            actor=request.actor,
        )
        messages.success(request, "通知设置已保存。")
        return redirect("accounts:notification_settings")
    context = {"form": form, "has_email": bool(user.email)}
    status = 422 if form.errors else 200
    return render(request, "accounts/notification_settings.html", context, status=status)


@require_safe
def inbox(request: Request) -> HttpResponse:
    """What one was told, newest first (消息)."""
    rows = notifications_visible_to(request.actor)
    kinds = [kind for kind in request.GET.getlist("kind") if kind in NotificationKind.values]
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if request.GET.get("read") == "unread":
        rows = rows.filter(read_at__isnull=True)
    table = inbox_table(request, rows)
    bar = FilterBar(
        request=request,
        search=False,
        facets=[
            facet(request=request, name="read", label="阅读", choices=[("unread", "只看未读")]),
            facet(request=request, name="kind", label="类别", choices=NotificationKind.choices),
        ],
    )
    unread = unread_count(user_id=signed_in_id(request.actor))
    template = "accounts/_inbox.html" if request.htmx else "accounts/inbox.html"
    return render(request, template, {"table": table, "bar": bar, "unread": unread})


def inbox_table(request: Request, rows: object) -> Table:
    return Table(
        request=request,
        name="inbox",
        caption="消息",
        rows=rows,  # type: ignore[arg-type]
        order="-id",
        export=False,
        views=False,
        columns=[
            Column("title", "消息", template="accounts/_cell_notification.html", main=True),
            Column("kind", "类别", value=lambda row: row.get_kind_display()),
            Column("created_at", "时间", template="accounts/_cell_time.html"),
        ],
        empty={
            "missing": "没有消息",
            "why": "核验结果、洽谈、期限提醒会出现在这里",
            "action": "通知设置",
            "url": reverse("accounts:notification_settings"),
        },
    )


@require_POST
def notification_open(request: Request, notification_id: int) -> HttpResponse:
    """Mark one as read and go where it leads."""
    row = get_object_or_404(notifications_visible_to(request.actor), pk=notification_id)
    read = read_notification(notification_id=row.pk, actor=request.actor, now=timezone.now())
    safe = url_has_allowed_host_and_scheme(read.url, allowed_hosts={request.get_host()})
    return redirect(read.url if read.url and safe else "accounts:inbox")


@require_POST
def notifications_read(request: Request) -> HttpResponse:
    """Mark everything as read (全部标为已读)."""
    count = read_all_notifications(actor=request.actor, now=timezone.now())
    messages.success(request, f"{count} 条消息已标为已读。")
    return redirect("accounts:inbox")
