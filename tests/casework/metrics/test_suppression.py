"""No subtraction brings a small number back."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from silian.casework.metrics.choices import Hidden
from silian.casework.metrics.rules.suppression import Cells, hidden_cells

SMALL, PROTECTING = Hidden.SMALL, Hidden.PROTECTING
MANY = 40


def flat(**parts: int) -> Cells:
    """One region with its parts."""
    return Cells(
        numbers={"all": sum(parts.values()), **parts},
        parents=dict.fromkeys(parts, "all"),
        threshold=5,
    )


def test_numbers_from_the_threshold_on_and_zeros_are_shown() -> None:
    assert hidden_cells(flat(a=5, b=0, c=9)) == {}


def test_the_total_minus_the_others_does_not_tell_a_single_small_number() -> None:
    hidden = hidden_cells(flat(a=3, b=20, c=40))
    assert hidden["a"] == SMALL
    assert hidden["b"] == PROTECTING, "the least of the others goes with it"
    assert set(hidden) == {"a", "b"}


def test_two_small_numbers_whose_sum_would_tell_them_are_protected_too() -> None:
    hidden = hidden_cells(flat(a=1, b=1, c=30))
    assert hidden == {"a": SMALL, "b": SMALL, "c": PROTECTING}


def test_where_nothing_else_can_be_hidden_the_total_is() -> None:
    hidden = hidden_cells(flat(a=3, b=0))
    assert "all" in hidden or hidden["a"] == SMALL
    alone = hidden_cells(flat(a=3, b=9, c=0))
    assert alone["a"] == SMALL
    assert PROTECTING in (alone.get("b"), alone.get("all"))


def test_the_parts_of_a_small_region_are_not_told_apart() -> None:
    cells = Cells(
        numbers={"p": 60, "x": 4, "x1": 4, "x2": 0, "y": 26, "z": 30},
        parents={"x": "p", "y": "p", "z": "p", "x1": "x", "x2": "x"},
        threshold=5,
    )
    hidden = hidden_cells(cells)
    assert hidden["x"] == SMALL
    assert hidden["x1"] == hidden["x2"] == PROTECTING


def test_public_rows_hide_nothing() -> None:
    cells = flat(a=1, b=1)
    assert hidden_cells(Cells(numbers=cells.numbers, parents=cells.parents, threshold=0)) == {}


numbers = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 15, 40])


@settings(max_examples=150, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=4))
def test_every_small_value_remains_possible_for_every_small_number(parts: list[int]) -> None:
    """Try every table that agrees with what is shown: nothing is narrowed down."""
    names = [f"c{place}" for place in range(len(parts))]
    cells = flat(**dict(zip(names, parts, strict=True)))
    hidden = hidden_cells(cells)
    if "all" in hidden:
        return  # without the total the parts are told by nothing
    seen: dict[str, set[int]] = {name: set() for name in names}
    unknown = [name for name in names if name in hidden]
    known = sum(cells.numbers[name] for name in names if name not in hidden)
    choices = [range(1, 5) if hidden[name] == SMALL else range(5, MANY + 60) for name in unknown]
    for guess in product(*choices[:-1]) if unknown else []:
        last = cells.numbers["all"] - known - sum(guess)
        if last in choices[-1]:
            for name, number in zip(unknown, [*guess, last], strict=True):
                seen[name].add(number)
    for name in unknown:
        if hidden[name] == SMALL:
            assert seen[name] == {1, 2, 3, 4}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(numbers, min_size=1, max_size=4), min_size=1, max_size=3))
def test_hiding_ends_and_hides_every_small_number(cities: list[list[int]]) -> None:
    values, parents = {"p": sum(map(sum, cities))}, {}
    for place, counties in enumerate(cities):
        city = f"c{place}"
        values[city], parents[city] = sum(counties), "p"
        for below, number in enumerate(counties):
            values[f"{city}{below}"], parents[f"{city}{below}"] = number, city
    hidden = hidden_cells(Cells(numbers=values, parents=parents, threshold=5))
    assert all(code in hidden for code, number in values.items() if 0 < number < 5)
