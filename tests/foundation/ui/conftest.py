"""The browser of tests/browser.py for the pages of ui."""

from __future__ import annotations

from tests.browser import browser, page

__all__ = ["browser", "page"]
