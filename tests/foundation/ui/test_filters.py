"""What a filter bar reads from the address."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from silian.foundation.ui.filters import FilterBar


@pytest.mark.parametrize(
    ("typed", "read"), [("\x00", ""), ("数控\x00车床", "数控车床"), (" \x00 磨床 ", "磨床")]
)
def test_search_words_lose_the_character_that_the_database_cannot_compare(
    typed: str, read: str, rf: RequestFactory
) -> None:
    bar = FilterBar(request=rf.get("/", {"q": typed}))
    assert bar.text == read
    assert [chip.label for chip in bar.chips] == ([f"“{read}”"] if read else [])
