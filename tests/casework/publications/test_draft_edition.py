"""Drafting an edition, changing and discarding the draft."""

from __future__ import annotations

import pytest

from silian.casework.publications.choices import EditionState
from silian.casework.publications.commands.drafting import (
    Content,
    NewFile,
    discard_edition,
    edit_edition,
)
from silian.casework.publications.models import Edition
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import StoredFile
from tests.casework.publications.editions import make_edition, snapshot
from tests.world import COUNTY, OTHER_CITY, World

pytestmark = pytest.mark.django_db


def test_editions_of_a_series_are_numbered_in_their_year(world: World) -> None:
    labels = [make_edition(world).label for _ in range(2)]
    assert labels == ["2026年第1期", "2026年第2期"]
    assert make_edition(world, division=COUNTY).label == "2026年第1期"


def test_only_the_coordinator_drafts_and_only_within_the_region(world: World) -> None:
    for name in ("reviewer", "leader", "supervisor", "enterprise"):
        with pytest.raises(NotAllowed):
            make_edition(world, actor=world.people[name].actor)
    with pytest.raises(NotAllowed, match="管辖范围"):
        make_edition(world, division=OTHER_CITY)


def test_an_entry_twice_is_refused_at_its_field(world: World) -> None:
    twice = snapshot(a="甲")
    twice["sections"][0]["entries"] *= 2
    with pytest.raises(DomainError, match="出现了两次") as refused:
        make_edition(world, snapshot=twice)
    assert refused.value.field == "table"


def test_a_draft_changes_with_its_files(world: World) -> None:
    edition = make_edition(world)
    old = edition.files.get()
    edit_edition(
        edition_id=edition.pk,
        content=Content(title="新标题", snapshot=snapshot(b="乙")),
        files=[NewFile(name="新.csv", content=b"1,2\n")],
        dropped_file_ids=[old.pk],
        actor=world.coordinator.actor,
    )
    edition.refresh_from_db()
    assert edition.title == "新标题"
    assert [file.name for file in edition.files.all()] == ["新.csv"]
    assert not StoredFile.objects.filter(pk=old.stored_id).exists()


def test_what_is_handed_in_cannot_be_edited(world: World) -> None:
    edition = make_edition(world, state=EditionState.SUBMITTED)
    with pytest.raises(WrongState, match="待审批"):
        edit_edition(
            edition_id=edition.pk, content=Content(title="改"), actor=world.coordinator.actor
        )


def test_a_discarded_draft_leaves_no_file(world: World) -> None:
    edition = make_edition(world)
    discard_edition(edition_id=edition.pk, actor=world.coordinator.actor)
    assert not Edition.objects.exists()
    assert not StoredFile.objects.filter(object_type="publications.edition").exists()


def test_a_correction_names_the_published_edition(world: World) -> None:
    first = make_edition(world, state=EditionState.PUBLISHED)
    correction = make_edition(world, corrects_id=first.pk, title="更正")
    assert correction.corrects_id == first.pk
    with pytest.raises(WrongState, match="已发布"):
        make_edition(world, corrects_id=correction.pk)
