"""Who gets what from the board, from files, batches and registers."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from silian.operations.placements.choices.rounds import (
    BulkImportKind,
    BulkImportState,
)
from silian.operations.placements.models import AgreementBatch, BulkImport
from silian.registers.programmes.models import Cohort, Programme
from tests.access import HIDDEN, Row, only
from tests.operations.placements.stage import make_class
from tests.world import World

OFFICIALS = ("reviewer", "coordinator", "supervisor", "leader")
SIDES = ("school", "teacher", "enterprise", "rival")
IMPORTERS = ("school", "enterprise", "rival")
DONE = 302


def a_file(world: World) -> dict[str, Any]:
    found, _ = BulkImport.objects.get_or_create(
        organisation=world.school.organisation,
        kind=BulkImportKind.POSTS,
        defaults={"file_name": "岗位.xlsx", "state": BulkImportState.DONE},
    )
    return {"import_id": found.pk}


def a_batch(world: World) -> dict[str, Any]:
    found, _ = AgreementBatch.objects.get_or_create(
        school=world.school.organisation, defaults={"title": "一批协议"}
    )
    return {"batch_id": found.pk}


def posts(world: World) -> dict[str, Any]:
    return {"kind": "posts"}


def a_rule(world: World) -> dict[str, Any]:
    return {"code": "IN-14"}


def a_cohort(world: World) -> dict[str, Any]:
    cohort = make_class(world).cohort
    Programme.objects.filter(pk=cohort.programme_id).update(is_applied_undergraduate=True)
    today = timezone.localdate()
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=today.replace(year=today.year + 1))
    return {"cohort_id": cohort.pk}


def own_file() -> Row:
    """The school's file; other importers do not find it."""
    statuses = only("school", kwargs=a_file).statuses
    hidden = {"enterprise": HIDDEN, "rival": HIDDEN}
    return Row(statuses={**statuses, **hidden}, kwargs=a_file)


BOARD_ROWS: dict[str, Row] = {
    "placements:board": only(*SIDES, *OFFICIALS),
    "placements:board_students": only(*SIDES),
    "placements:lawful_share": only(*SIDES, *OFFICIALS),
    "placements:lawful_students": only(*SIDES, *OFFICIALS, kwargs=a_rule),
    "placements:practice_length": only("school", *OFFICIALS),
    "placements:practice_length_students": only("school", kwargs=a_cohort),
    "placements:board_remind": only("school", status=DONE, method="post"),
    "placements:register_export": only(*SIDES, *OFFICIALS),
    "placements:bulk_imports": only(*IMPORTERS),
    "placements:bulk_import_posts": only(*IMPORTERS),
    "placements:bulk_import_arrangement": only("school"),
    "placements:bulk_import_template": only(*IMPORTERS, kwargs=posts),
    "placements:bulk_import": own_file(),
    "placements:bulk_import_problems": own_file(),
    "placements:agreement_batches": only("school"),
    "placements:agreement_batch_new": only("school"),
    "placements:agreement_batch_start": only("school", status=DONE, method="post"),
    "placements:agreement_batch": only("school", kwargs=a_batch),
    "placements:agreement_batch_retry": only("school", status=DONE, method="post", kwargs=a_batch),
}
