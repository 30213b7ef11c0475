"""For tests: swapping a fragment gives the same page as loading it."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from lxml import html

CHANGING = {"csrfmiddlewaretoken"}


def assert_fragment_equals_page(
    client: Client, url: str, *, selector: str = "#sl-results", **parameters: Any
) -> None:
    """The answer to htmx equals what stands inside ``selector`` when the page is loaded.

    ``selector`` is an id such as ``#sl-results``; ``parameters`` go into the query.
    """
    page = client.get(url, parameters)
    fragment = client.get(url, parameters, headers={"HX-Request": "true"})
    assert page.status_code == fragment.status_code == 200, (page.status_code, fragment.status_code)
    assert b"<html" in page.content, "without htmx the address must answer a whole page"
    assert b"<html" not in fragment.content, "with htmx the address must answer a fragment"
    found = html.fromstring(page.content.decode()).xpath(f"//*[@id='{selector.lstrip('#')}']")
    assert len(found) == 1, f"{selector} stands {len(found)} times in the page"
    swapped = html.fragment_fromstring(fragment.content.decode(), create_parent="div")
    assert outline(found[0]) == outline(swapped)


def outline(element: Any) -> list[str]:
    """What stands inside an element: tags, attributes and words, without spaces and tokens."""
    lines = words(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.get("name") not in CHANGING:
            attributes = " ".join(f"{name}={value}" for name, value in sorted(child.items()))
            lines += [f"<{child.tag} {attributes}>", *outline(child), f"</{child.tag}>"]
        lines += words(child.tail)
    return lines


def words(text: str | None) -> list[str]:
    shown = re.sub(r"\s+", " ", text or "").strip()
    return [shown] if shown else []
