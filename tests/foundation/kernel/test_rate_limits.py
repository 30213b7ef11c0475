"""Doors that may be used so often and no more; the table cache of the site; repeated requests."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connections
from django.http import HttpResponse
from django.test import RequestFactory

from silian.foundation.kernel import rate_limits
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.models import RateWindow
from silian.foundation.kernel.rate_limits import count_use, forget_expired, rate_limited


@rate_limited("tests.door", times=2, seconds=60)
def door(request: Any) -> HttpResponse:
    return HttpResponse("ok")


@rate_limited("tests.posts", times=1, seconds=60, methods="POST")
def posts(request: Any) -> HttpResponse:
    return HttpResponse("ok")


def knock(view: Any = door, *, address: str = "203.0.113.5", user: int | None = None) -> Any:
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    request.actor = Actor(user_id=user, address=address)  # type: ignore[attr-defined]
    return view(request)


def set_clock(monkeypatch: Any, now: float) -> None:
    monkeypatch.setattr(rate_limits, "time", SimpleNamespace(time=lambda: now))


@pytest.fixture(autouse=True)
def _clock(monkeypatch: Any) -> None:
    set_clock(monkeypatch, 1_000_005.0)


@pytest.mark.django_db
def test_the_third_use_is_refused_with_the_time_to_wait() -> None:
    assert [knock().status_code for _ in range(3)] == [200, 200, 429]
    refused = knock()
    assert refused["Retry-After"] == "15"
    assert "15" in refused.content.decode()


@pytest.mark.django_db
def test_others_are_not_counted_with_me(monkeypatch: Any) -> None:
    for _ in range(3):
        knock()
    assert knock(address="203.0.113.6").status_code == 200
    assert knock(user=5).status_code == 200
    set_clock(monkeypatch, 1_000_080.0)
    assert knock().status_code == 200


@pytest.mark.django_db
def test_only_the_named_methods_are_counted() -> None:
    request = RequestFactory().get("/")
    for _ in range(5):
        assert posts(request).status_code == 200
    assert [knock(posts).status_code for _ in range(2)] == [200, 429]


@pytest.mark.django_db
def test_past_windows_are_forgotten_and_addresses_are_not_kept() -> None:
    knock()
    assert "203.0.113.5" not in RateWindow.objects.get().key
    assert forget_expired() == 1


@pytest.mark.django_db(transaction=True)
def test_processes_count_together() -> None:
    def use() -> None:
        for _ in range(25):
            count_use(scope="tests", caller="me", seconds=60, now=1_000_000.0)
        connections.close_all()

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert RateWindow.objects.get().count == 100


@pytest.mark.django_db
def test_the_cache_table_is_there_without_createcachetable(settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "kernel_cache",
        }
    }
    cache = caches.create_connection("default")
    cache.set("word", "值", 60)
    assert cache.get("word") == "值"
    cache.delete("word")
    assert cache.get("word") is None
