"""Place the students of a file; known placements stay as they are (按名单安排)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone

from silian.operations.placements.choices.rounds import (
    RowMode,
)
from silian.operations.placements.commands.arranging import Arranged, arrange_many
from silian.operations.placements.commands.bulk_imports import kept_sheet, settle
from silian.operations.placements.models.bulk import BulkImport, BulkImportProblem
from silian.operations.placements.models.plans import InternshipPlan
from silian.operations.placements.queries.bulk_actors import actor_of_import
from silian.operations.placements.queries.bulk_arrangements import Known
from silian.operations.placements.rules.arranging import Arranging
from silian.operations.placements.rules.bulk_arrangements import (
    ArrangementRow,
    read_arrangement,
)
from silian.operations.placements.rules.bulk_posts import WHOLE_ROW

Tell = Callable[[int], None]
Wish = tuple[ArrangementRow, Arranging]


@transaction.atomic
def bring_in_arrangement(*, import_id: int, tell: Tell) -> BulkImport:
    """Read the file and place its students, the good rows or all (按名单安排)."""
    bulk_import = BulkImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    plan = InternshipPlan.objects.get(pk=bulk_import.plan_id or 0)
    rows = [read_arrangement(place, row) for place, row in kept_sheet(bulk_import).numbered()]
    known = Known(rows, plan=plan)
    problems: list[BulkImportProblem] = []
    wishes: list[Wish] = []
    same = 0
    for done, row in enumerate(rows, start=1):
        fault = known.fault_of(row)
        if fault:
            problems.append(problem(bulk_import, row, column=fault[0], sentence=fault[1]))
        elif known.is_placed(row):
            same += 1
        else:
            wishes.append((row, known.wish(row)))
        tell(done)
    created = place(bulk_import, wishes, problems=problems)
    return settle(
        bulk_import, actor=actor_of_import(bulk_import), problems=problems,
        created=created, changed=0, same=same,
    )  # fmt: skip


def place(
    bulk_import: BulkImport, wishes: Sequence[Wish], *, problems: list[BulkImportProblem]
) -> int:
    """Ask for all places at once; when one refusal refuses all, nothing is kept."""
    whole = bulk_import.mode == RowMode.ALL_ROWS
    if whole and problems:
        return 0
    mark = transaction.savepoint()
    answers = arrange_many(
        actor=actor_of_import(bulk_import),
        wishes=[wish for _, wish in wishes],
        on=timezone.localdate(),
    )
    refused = [
        problem(bulk_import, row, column=WHOLE_ROW, sentence=answer.sentence)
        for (row, _), answer in zip(wishes, answers, strict=True)
        if not isinstance(answer, Arranged)
    ]
    problems += refused
    if whole and refused:
        transaction.savepoint_rollback(mark)
        return 0
    transaction.savepoint_commit(mark)
    return len(wishes) - len(refused)


def problem(
    bulk_import: BulkImport, row: ArrangementRow, *, column: str, sentence: str
) -> BulkImportProblem:
    return BulkImportProblem(
        bulk_import=bulk_import,
        row=row.place,
        column=column,
        text=row.number[:200],
        sentence=sentence[:300],
    )
