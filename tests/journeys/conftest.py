"""What the journeys share: a browser, and a page for each person of the cast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.browser import is_complaint
from tests.foundation.kernel.conftest import clean_queue
from tests.world import Person, World, make_world

__all__ = ["clean_queue"]
Seat = Callable[[Person], Any]


@pytest.fixture
def cast(transactional_db: None) -> World:
    """The cast of tests/world.py, committed, so that the server sees it."""
    return make_world()


@pytest.fixture
def seat(browser: Any, live_server: Any) -> Iterator[Seat]:
    """Opens a page signed in as a person; script errors on any of them fail the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def take(person: Person, *, width: int = 1440) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, base_url=live_server.url, locale="zh-CN"
        )
        cookie = person.client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        opened = context.new_page()
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on(
            "console",
            lambda line: complaints.append(line.text) if is_complaint(line) else None,
        )
        contexts.append(context)
        return opened

    yield take
    for context in contexts:
        context.close()
    assert not complaints
