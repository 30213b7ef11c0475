"""Posts come in from a file: good rows in, forbidden ones out, a second time nothing changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.choices.hosts import (
    PostState,
)
from silian.operations.placements.choices.rounds import (
    BulkImportState,
    RowMode,
)
from silian.operations.placements.commands.bulk_imports import upload_posts
from silian.operations.placements.commands.bulk_posts import bring_in_posts
from silian.operations.placements.models import BulkImport, InternshipPost
from tests.operations.placements.bulk.stage import HEADINGS, post_line, sheet
from tests.operations.placements.stage import make_host
from tests.world import World


def bring(world: World, *lines: list[str], mode: str = RowMode.GOOD_ROWS) -> BulkImport:
    made = upload_posts(actor=world.enterprise.actor, upload=sheet(HEADINGS, lines), mode=mode)
    return bring_in_posts(import_id=made.pk, tell=lambda done: None)


def test_posts_of_a_host_come_in_open(world: World) -> None:
    make_host(world)
    found = bring(world, post_line(1), post_line(2))
    assert (found.state, found.created_rows, found.refused_rows) == (BulkImportState.DONE, 2, 0)
    assert InternshipPost.objects.filter(state=PostState.OPEN).count() == 2


def test_the_same_file_again_changes_nothing(world: World) -> None:
    make_host(world)
    bring(world, post_line(1), post_line(2))
    again = bring(world, post_line(1), post_line(2))
    assert (again.created_rows, again.changed_rows, again.same_rows) == (0, 0, 2)
    assert InternshipPost.objects.count() == 2


def test_a_known_number_is_changed_in_place(world: World) -> None:
    make_host(world)
    bring(world, post_line(1))
    again = bring(world, post_line(1, 岗位名称="数控车工"))
    assert again.changed_rows == 1
    assert InternshipPost.objects.get().title == "数控车工"


def test_a_forbidden_post_is_refused_with_its_rule(world: World) -> None:
    make_host(world)
    found = bring(world, post_line(1), post_line(2, 每日工时="12"))
    assert (found.created_rows, found.refused_rows) == (1, 1)
    assert {problem.row for problem in found.problems.all()} == {3}
    assert found.problems.filter(column="每日工时").exists()


def test_bad_cells_are_told_by_row_and_column(world: World) -> None:
    found = bring(world, post_line(1, 接收人数="多"), post_line(2))
    assert [(item.row, item.column) for item in found.problems.all()] == [(2, "接收人数")]
    assert found.created_rows == 1


def test_all_or_nothing_keeps_nothing_when_one_row_is_bad(world: World) -> None:
    found = bring(world, post_line(1), post_line(2, 接收人数="多"), mode=RowMode.ALL_ROWS)
    assert found.state == BulkImportState.REFUSED
    assert not InternshipPost.objects.exists()


def test_a_number_twice_in_a_file_is_taken_once(world: World) -> None:
    found = bring(world, post_line(1), post_line(1))
    assert (found.created_rows, found.refused_rows) == (1, 1)


def test_a_school_writes_drafts_for_its_hosts_and_for_nobody_else(world: World) -> None:
    host = make_host(world)
    made = upload_posts(
        actor=world.school.actor,
        upload=sheet(HEADINGS, [post_line(1)]),
        mode=RowMode.GOOD_ROWS,
        host=host,
    )
    bring_in_posts(import_id=made.pk, tell=lambda done: None)
    assert InternshipPost.objects.get().state == PostState.DRAFT
    with pytest.raises(DomainError, match="请选择"):
        upload_posts(
            actor=world.school.actor,
            upload=sheet(HEADINGS, [post_line(1)]),
            mode=RowMode.GOOD_ROWS,
        )


def test_a_student_does_not_import(world: World) -> None:
    with pytest.raises(NotAllowed):
        upload_posts(actor=world.student.actor, upload=sheet(HEADINGS, [post_line(1)]), mode="good")


def test_a_file_without_the_columns_is_refused_at_once(world: World) -> None:
    with pytest.raises(DomainError, match="缺少列名"):
        upload_posts(actor=world.enterprise.actor, upload=sheet(["岗位"], []), mode="good")


def test_eight_hundred_rows_come_in_as_a_job(world: World, run_jobs: Callable[[], None]) -> None:
    make_host(world)
    made = upload_posts(
        actor=world.enterprise.actor,
        upload=sheet(HEADINGS, [post_line(number) for number in range(800)]),
        mode=RowMode.GOOD_ROWS,
    )
    run_jobs()
    made.refresh_from_db()
    assert (made.state, made.created_rows) == (BulkImportState.DONE, 800)
