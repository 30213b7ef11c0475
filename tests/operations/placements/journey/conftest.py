"""What the journeys of placements share: a clock that moves, a browser in which people take turns.

A journey lasts months. ``Scene.at`` moves the clock of the site and of the data base to a day;
``Scene.seat`` signs somebody in at that time, as they would, and ``Scene.phone`` signs nobody in.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.browser import is_complaint, settle
from tests.operations.placements.conftest import set_clock
from tests.operations.placements.stage import NOW, local_now
from tests.world import Person, World, make_world

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Scene:
    """One story: its cast, its day, and the pages that were opened."""

    def __init__(self, *, world: World, browser: Any, url: str) -> None:
        self.world = world
        self.now = NOW
        self.browser = browser
        self.url = url
        self.contexts: list[Any] = []
        self.complaints: list[str] = []

    def at(self, day: datetime.date) -> None:
        """Go on at ten in the morning of a later day."""
        self.now = local_now(day)
        set_clock(f"date '{day:%Y-%m-%d}'")

    def page(self, *, size: dict[str, int]) -> Any:
        context = self.browser.new_context(viewport=size, base_url=self.url, locale="zh-CN")
        opened = context.new_page()
        opened.set_default_timeout(15_000)
        opened.on("pageerror", lambda error: self.complaints.append(str(error)))
        opened.on(
            "console",
            lambda line: self.complaints.append(line.text) if is_complaint(line) else None,
        )
        self.contexts.append(context)
        return opened

    def seat(self, person: Person, address: str, *, size: dict[str, int] = DESK) -> Any:
        """A page of somebody who signs in now, at an address."""
        person.client.force_login(person.user, backend=BACKEND)
        cookie = person.client.cookies[settings.SESSION_COOKIE_NAME].value
        opened = self.page(size=size)
        opened.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.url}]
        )
        settle(opened, address)
        return opened

    def phone(self, address: str) -> Any:
        """A phone-sized page of a stranger."""
        opened = self.page(size=PHONE)
        settle(opened, address)
        return opened

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def scene(browser: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """The cast in the morning of the world's day; script errors on any page fail the test."""
    made = Scene(world=make_world(), browser=browser, url=live_server.url)
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.now)
    yield made
    made.close()
    assert not made.complaints
