"""Subtrees and the longest prefix: properties that hold for every code."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from silian.foundation.reference.jurisdictions import lies_in, resolve_longest, widening

pairs = st.integers(min_value=1, max_value=99).map(lambda number: f"{number:02}")
counties = st.tuples(pairs, pairs, pairs).map("".join)
divisions = st.one_of(
    counties, counties.map(lambda code: f"{code[:4]}00"), counties.map(lambda c: f"{c[:2]}0000")
)


@given(divisions)
def test_every_division_lies_in_all_that_it_widens_to(code: str) -> None:
    assert all(lies_in(code, jurisdiction=wider) for wider in widening(code))


@given(divisions)
def test_widening_starts_at_home_and_ends_at_the_nation(code: str) -> None:
    places = list(widening(code))
    assert places[0] == code
    assert places[-1] == ""
    assert len(places) == len(set(places)) <= 4


@given(divisions, divisions)
def test_lying_in_means_being_widened_to(code: str, other: str) -> None:
    assert lies_in(code, jurisdiction=other) == (other in list(widening(code)))


@given(divisions, st.sets(divisions, max_size=6))
def test_the_narrowest_known_place_decides(code: str, known: set[str]) -> None:
    mapping = {place: place for place in known} | {"": "nation"}
    found = resolve_longest(code, mapping)
    wider = [place for place in known if lies_in(code, jurisdiction=place)]
    expected = max(wider, key=lambda place: len(place.rstrip("0")), default="nation")
    assert found is not None
    assert lies_in(code, jurisdiction="" if found == "nation" else found)
    assert len(list(widening(found))) == len(list(widening(expected)))


def test_a_county_takes_its_own_value_before_the_citys() -> None:
    mapping = {"": 1, "530000": 2, "530300": 3, "530302": 4}
    assert resolve_longest("530302", mapping) == 4
    assert resolve_longest("530381", mapping) == 3
    assert resolve_longest("530100", mapping) == 2
    assert resolve_longest("110101", mapping) == 1
    assert resolve_longest("110101", {"530000": 2}) is None
