"""Addresses of accounts; sign-in, password and second factor are django-allauth's."""

from __future__ import annotations

from django.urls import path, register_converter

from silian.registers.accounts.views import demonstration, mine, security

app_name = "accounts"


class AccountStep:
    """A step named in the address; others are no address at all."""

    regex = "lock|unlock|sign-out|reset-factor"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(AccountStep, "account_step")

urlpatterns = [
    path("demo/", demonstration.demo_login, name="demo_login"),
    path("me/", mine.me, name="me"),
    path("me/edit/", mine.edit, name="edit"),
    path("me/notifications/", mine.notification_settings, name="notification_settings"),
    path("me/sessions/<int:session_id>/end/", mine.session_end, name="session_end"),
    path("inbox/", mine.inbox, name="inbox"),
    path("inbox/read/", mine.notifications_read, name="notifications_read"),
    path("inbox/<int:notification_id>/open/", mine.notification_open, name="notification_open"),
    path("security/", security.account_list, name="account_list"),
    path("security/<int:user_id>/", security.account, name="account"),
    path("security/<int:user_id>/<account_step:name>/", security.account_step, name="account_step"),
    path("settings/", security.settings_page, name="settings"),
]
