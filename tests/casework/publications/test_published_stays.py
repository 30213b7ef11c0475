"""A published edition is never changed afterwards: the database refuses it too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from silian.casework.publications.choices import EditionState
from silian.casework.publications.models import Edition, EditionFile
from tests.casework.publications.editions import make_edition
from tests.world import World

pytestmark = pytest.mark.django_db
OUT = (EditionState.PUBLISHED, EditionState.WITHDRAWN)
CHANGES: dict[str, str] = {
    "title": "title = '别的'",
    "snapshot": "snapshot = '{}'",
    "number": "number = 99",
    "period": "period_starts_on = '2020-01-01', period_ends_on = '2020-02-01'",
    "sha256": "sha256 = repeat('0', 64)",
    "published_at": "published_at = now()",
    "approved_at": "approved_at = now()",
    "author": "author_id = NULL",
    "back to draft": "state = 'draft', published_at = NULL, withdrawn_at = NULL",
    "correction": "corrects_id = NULL, needs_approval = false",
}


def refused(work: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            work()
    except DatabaseError:
        return True
    return False


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize("state", OUT)
@pytest.mark.parametrize("change", sorted(set(CHANGES) - {"correction"}))
def test_no_column_of_a_published_edition_changes(
    world: World, state: EditionState, change: str
) -> None:
    edition = make_edition(world, state=state)
    sql = f"UPDATE publications_edition SET {CHANGES[change]} WHERE id = %s"
    assert refused(lambda: run(sql, edition.pk))


def test_a_correction_stays_the_correction_of_its_edition(world: World) -> None:
    first = make_edition(world, state=EditionState.PUBLISHED)
    second = make_edition(world, state=EditionState.PUBLISHED, corrects_id=first.pk)
    sql = f"UPDATE publications_edition SET {CHANGES['correction']} WHERE id = %s"
    assert refused(lambda: run(sql, second.pk))


@pytest.mark.parametrize("state", OUT)
def test_a_published_edition_and_its_files_are_not_deleted(
    world: World, state: EditionState
) -> None:
    edition = make_edition(world, state=state)
    file = edition.files.get()
    assert refused(lambda: run("DELETE FROM publications_edition WHERE id = %s", edition.pk))
    assert refused(lambda: run("DELETE FROM publications_editionfile WHERE id = %s", file.pk))
    assert refused(lambda: EditionFile.objects.filter(pk=file.pk).update(sha256="0" * 64))
    assert refused(lambda: file.stored.delete()) or EditionFile.objects.filter(pk=file.pk).exists()


def test_no_file_is_added_to_what_is_handed_in(world: World) -> None:
    edition = make_edition(world, state=EditionState.SUBMITTED)
    file = make_edition(world).files.get()
    assert refused(lambda: EditionFile.objects.filter(pk=file.pk).update(edition=edition))


@pytest.mark.parametrize("state", [EditionState.SUBMITTED, EditionState.APPROVED])
def test_the_content_is_fixed_once_handed_in(world: World, state: EditionState) -> None:
    edition = make_edition(world, state=state)
    assert refused(lambda: Edition.objects.filter(pk=edition.pk).update(title="别的"))
    assert refused(lambda: Edition.objects.filter(pk=edition.pk).update(snapshot={}))


def test_the_reason_of_a_withdrawal_stays(world: World) -> None:
    edition = make_edition(world, state=EditionState.WITHDRAWN)
    rows = Edition.objects.filter(pk=edition.pk)
    assert refused(lambda: rows.update(withdrawal_reason="别的"))


def test_the_database_refuses_the_author_as_approver(world: World) -> None:
    edition = make_edition(world, state=EditionState.SUBMITTED)
    author = world.coordinator.actor.user_id
    rows = Edition.objects.filter(pk=edition.pk)
    assert refused(lambda: rows.update(approved_by_id=author))
