"""The board shows each side its own, adds up, and costs the same for three and thirty."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.models import AuditEntry
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.commands.reminding import remind
from silian.operations.placements.models import PlacementReminder
from silian.operations.placements.permissions.boards import board_rows
from silian.operations.placements.queries.boards import board_of
from silian.operations.placements.rules.board import Cell, Problem
from tests.operations.placements.stage import (
    NOW,
    in_post,
    make_internship,
    make_student,
    with_papers,
)
from tests.world import TODAY, World

BOARD, STUDENTS = reverse("placements:board"), reverse("placements:board_students")


def mixed(world: World) -> None:
    """One ready, one uninsured and unsigned, one waiting."""
    in_post(world, student=make_student(world, name="演示学生甲"))
    lacking = make_internship(
        world, student=make_student(world, name="演示学生乙"), state=InternshipState.PREPARING
    )
    with_papers(world, lacking, without=("agreement", "accident"))
    waiting = make_internship(
        world, student=make_student(world, name="演示学生丙"), state=InternshipState.PREPARING
    )
    with_papers(world, waiting)


def test_every_intern_stands_in_one_cell(world: World) -> None:
    mixed(world)
    board = board_of(board_rows(world.school.actor), by="class", on=TODAY)
    assert board.tally.total == 3
    assert board.tally.cells[Cell.READY] == 1
    assert board.tally.cells[Cell.UNINSURED] == 1
    assert board.tally.cells[Cell.WAITING] == 1
    assert board.tally.shown(Cell.UNSIGNED) == 1
    assert board.tally.overlap(Cell.UNSIGNED) == 1


def test_the_page_names_what_is_missing(world: World) -> None:
    mixed(world)
    page = world.school.client.get(BOARD).content.decode()
    assert "演示学生乙" in page
    assert "核对：" in page
    assert "= 3" in page


def test_an_authority_sees_numbers_and_no_names(world: World) -> None:
    mixed(world)
    page = world.coordinator.client.get(BOARD).content.decode()
    assert world.school.organisation is not None
    assert world.school.organisation.name in page
    assert "演示学生" not in page


def test_a_host_sees_its_own_interns_only(world: World) -> None:
    mixed(world)
    assert "演示学生乙" in world.enterprise.client.get(BOARD).content.decode()
    assert "演示学生乙" not in world.rival.client.get(BOARD).content.decode()


def test_the_list_is_filtered_and_exported(world: World) -> None:
    mixed(world)
    page = world.school.client.get(STUDENTS, {"show": "uninsured"}).content.decode()
    assert "演示学生乙" in page
    assert "演示学生甲" not in page
    export = world.school.client.get(STUDENTS, {"show": "uninsured", "export": "csv"})
    assert "演示学生乙" in b"".join(export.streaming_content).decode()  # type: ignore[attr-defined]


def test_thirty_cost_the_same_queries_as_three(world: World) -> None:
    mixed(world)
    world.school.client.get(BOARD)
    with CaptureQueriesContext(
        connection,
    ) as few:
        world.school.client.get(BOARD)
    for number in range(27):
        in_post(world, student=make_student(world, name=f"演示学生{number}"))
    with CaptureQueriesContext(connection) as many:
        world.school.client.get(BOARD)
    assert len(many) == len(few)


def test_the_same_thing_is_reminded_once_a_day(world: World) -> None:
    mixed(world)
    actor = world.school.actor
    ids = list(board_rows(actor).values_list("pk", flat=True))
    first = remind(internship_ids=ids, actor=actor, now=NOW)
    again = remind(internship_ids=ids, actor=actor, now=NOW)
    assert (first.interns, first.today) == (2, 0)
    assert (again.interns, again.today) == (0, 2)
    tomorrow = NOW + datetime.timedelta(days=1)
    assert (
        remind(internship_ids=ids, actor=actor, now=tomorrow, only=Problem.UNINSURED).interns == 1
    )
    assert PlacementReminder.objects.count() == 3


@pytest.mark.parametrize("by", ["school", "host", "programme"])
def test_a_register_leaves_a_trace_and_no_identity_number(world: World, by: str) -> None:
    mixed(world)
    answer = world.coordinator.client.post(
        reverse("placements:register_export"),
        {"by": by, "content": "all", "reason": "报送实习备案", "kind": "csv", "masked_id": "on"},
    )
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "演*" in text
    assert "演示学生乙" not in text
    entry = AuditEntry.objects.get(action="placements.register.exported")
    assert entry.reason == "报送实习备案"
