"""The pages of the main journey meet WCAG 2.2 AA and fit a desk and a phone."""

from __future__ import annotations

from typing import Any

import pytest

from silian.foundation.kernel.testing import run_queued_jobs
from tests.browser import settle, violations
from tests.operations.exchange.imports.test_listing_import import GOOD, take_in
from tests.operations.exchange.negotiations import stage
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_queue"),
]
BAD_ROW = "A3,,高新区,4000,1"


def addresses(cast: World) -> list[str]:
    """What an enterprise opens between its first look and a deal."""
    negotiation = stage.proposed(cast).negotiation
    batch = take_in(cast, run_queued_jobs, *GOOD, BAD_ROW)
    return [
        "/",
        "/today/",
        "/exchange/",
        "/exchange/?q=数控车工",
        f"/exchange/listings/{negotiation.listing_id}/",
        f"/exchange/negotiations/{negotiation.pk}/",
        "/exchange/imports/",
        "/exchange/imports/new/",
        f"/exchange/imports/{batch.pk}/columns/",
        f"/exchange/imports/{batch.pk}/",
    ]


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_of_the_main_journey_are_for_everybody(
    cast: World, seat: Any, width: int
) -> None:
    page = seat(cast.enterprise, width=width)
    found = {}
    for address in addresses(cast):
        settle(page, address)
        found[address] = violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[address].append("wider than the screen")
    assert not {address: wrong for address, wrong in found.items() if wrong}
