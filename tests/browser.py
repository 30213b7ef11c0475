"""For tests: a real browser, and what every page in it must keep (WCAG AA, no foreign host)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.standing_cast import StandingCast

SYSTEM_BROWSER = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WCAG_AA = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    }
}


@pytest.fixture(scope="module")
def browser(standing_cast: StandingCast, django_db_blocker: Any) -> Iterator[Any]:
    """The system's Chromium, or Playwright's own.

    Closed after each file: while it is open an event loop runs, and asynchronous code cannot. The
    loop has a connection of its own to the database, so no cast may stand when one begins or ends.
    """
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop running
    executable = str(SYSTEM_BROWSER) if SYSTEM_BROWSER.exists() else None
    with django_db_blocker.unblock():
        standing_cast.leave()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield opened
        opened.close()
        with django_db_blocker.unblock():
            standing_cast.leave()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Any, live_server: Any) -> Iterator[Any]:
    """A fresh page; script errors, refused resources and foreign hosts fail the test."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, base_url=live_server.url, locale="zh-CN"
    )
    opened = context.new_page()
    complaints: list[str] = []
    hosts: set[str] = set()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda line: complaints.append(line.text) if is_complaint(line) else None,
    )
    opened.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    yield opened
    context.close()
    assert not complaints
    assert {host for host in hosts if host} <= {live_server.url.split("/")[2]}


def is_complaint(line: Any) -> bool:
    """Errors and warnings, but not the status of a form that was rightly refused."""
    return line.type in {"error", "warning"} and "status of 422" not in line.text


def settle(page: Any, address: str) -> None:
    """Open an address and wait until its scripts have run."""
    page.goto(address)
    page.wait_for_selector("html.sl-live")
    if page.query_selector("[data-sl-chart]"):
        page.wait_for_selector("[data-sl-chart-draw] svg")


def violations(page: Any) -> list[str]:
    """What axe finds against WCAG 2.2 AA, a line each; empty when all is well."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=WCAG_AA).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"][:3]]
