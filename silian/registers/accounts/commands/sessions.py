"""How long a sign-in lasts: idle at most half an hour, a working day at all (会话时限)."""

from __future__ import annotations

import datetime

from django.contrib.auth import logout
from django.http import HttpRequest

from silian.registers.accounts import rules

STARTED, SEEN = "signed_in_at", "seen_at"
NOTED_EVERY = datetime.timedelta(minutes=1)  # one write a minute, not one a page


def end_stale_session(request: HttpRequest, *, now: datetime.datetime) -> bool:
    """Sign out a session that is over; says whether it did.

    Basis: GB/T 22239-2019 8.1.4.1: 登录连接超时自动退出.
    """
    if not request.user.is_authenticated:
        return False
    started, seen = moment(request, STARTED, now), moment(request, SEEN, now)
    if rules.session_has_ended(started=started, seen=seen, now=now):
        logout(request)
        return True
    if SEEN not in request.session or now - seen >= NOTED_EVERY:
        request.session[STARTED] = started.isoformat()
        request.session[SEEN] = now.isoformat()
    return False


def moment(request: HttpRequest, key: str, otherwise: datetime.datetime) -> datetime.datetime:
    kept = request.session.get(key)
    return datetime.datetime.fromisoformat(kept) if kept else otherwise
