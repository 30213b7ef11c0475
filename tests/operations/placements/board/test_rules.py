"""Every intern stands in one cell, and the numbers of a board add up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from silian.operations.placements.rules.board import (
    Cell,
    Problem,
    Standing,
    check_line,
    standing_of,
    tally_of,
)


def test_the_most_pressing_problem_colours_the_cell() -> None:
    both = standing_of(
        missing=["agreement", "accident_insurance"], is_in_post=False, is_unpaid=True
    )
    assert both.cell is Cell.UNINSURED
    assert both.problems == {Problem.UNINSURED, Problem.UNSIGNED, Problem.UNPAID}


def test_nothing_missing_is_ready_in_post_and_waiting_before() -> None:
    assert standing_of(missing=[], is_in_post=True, is_unpaid=False).cell is Cell.READY
    assert standing_of(missing=[], is_in_post=False, is_unpaid=False).cell is Cell.WAITING


def test_other_papers_have_a_cell_of_their_own() -> None:
    assert standing_of(missing=["training"], is_in_post=False, is_unpaid=False).cell is Cell.PAPERS


def test_the_check_line_takes_out_who_stands_elsewhere() -> None:
    uninsured = standing_of(
        missing=["agreement", "accident_insurance"], is_in_post=False, is_unpaid=False
    )
    unsigned = standing_of(missing=["agreement"], is_in_post=False, is_unpaid=False)
    ready = standing_of(missing=[], is_in_post=True, is_unpaid=False)
    tally = tally_of([uninsured, unsigned, ready])
    assert tally.shown(Cell.UNSIGNED) == 2
    assert check_line(tally) == "1 + 1 +（2 − 1）+ 0 + 0 = 3"


standings = st.builds(
    Standing, problems=st.frozensets(st.sampled_from(list(Problem))), is_in_post=st.booleans()
)


@given(st.lists(standings, max_size=40))
def test_the_cells_always_add_up_to_everybody(found: list[Standing]) -> None:
    tally = tally_of(found)
    assert sum(tally.cells.values()) == tally.total
    assert sum(tally.shown(cell) - tally.overlap(cell) for cell in Cell) == tally.total
