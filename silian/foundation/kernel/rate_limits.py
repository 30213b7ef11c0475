"""How often a door may be used: counted in PostgreSQL, so every process counts together.

@rate_limited("exchange.search", times=60, seconds=60)
def search(request): ...
"""

from __future__ import annotations

import datetime
import hashlib
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from silian.foundation.kernel.models import RateWindow

View = Callable[..., HttpResponse]
KeyOf = Callable[[HttpRequest], str]

COUNT = """
INSERT INTO kernel_ratewindow AS w (key, "window", count, expires_at) VALUES (%s, %s, 1, %s)
ON CONFLICT (key, "window") DO UPDATE SET count = w.count + 1
RETURNING count
"""


def caller_of(request: HttpRequest) -> str:
    """Who is counted: the account when signed in, else the address."""
    actor = getattr(request, "actor", None)
    if actor is not None and actor.user_id is not None:
        return f"user:{actor.user_id}"
    return f"address:{request.META.get('REMOTE_ADDR', '')}"


def count_use(*, scope: str, caller: str, seconds: int, now: float) -> int:
    """Count one use and say how many there were in the present window."""
    window = int(now // seconds)
    key = hashlib.sha256(f"{scope}|{seconds}|{caller}".encode()).hexdigest()
    expires = datetime.datetime.fromtimestamp((window + 2) * seconds, tz=datetime.UTC)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, window, expires])
        (count,) = cursor.fetchone()
    return int(count)


def rate_limited(
    scope: str, *, times: int, seconds: int, key: KeyOf = caller_of, methods: str = ""
) -> Callable[[View], View]:
    """Allow ``times`` uses in each window of ``seconds``; then 429 with the time to wait.

    ``methods`` limits the counting, for example to ``"POST"``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if methods and request.method not in methods.split():
                return view(request, *args, **kwargs)
            now = time.time()
            count = count_use(scope=scope, caller=key(request), seconds=seconds, now=now)
            if count > times:
                return too_many(request, wait=seconds - int(now % seconds))
            return view(request, *args, **kwargs)

        return limited

    return decorate


def too_many(request: HttpRequest, *, wait: int) -> HttpResponse:
    """The refusal: how long to wait, in the page and in ``Retry-After``."""
    response = render(request, "429.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response


def forget_expired(*, now: datetime.datetime | None = None) -> int:
    count, _ = RateWindow.objects.filter(expires_at__lt=now or timezone.now()).delete()
    return count
