from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry, SearchEntry
from silian.operations.exchange.choices import ImportMode, ImportState, ListingState, Side
from silian.operations.exchange.commands import listing_import, listing_import_running
from silian.operations.exchange.commands.listing_writing import edit_listing
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.listing_import import ImportSource, ListingImport
from silian.operations.exchange.queries.search import hall_result, request_for
from tests.operations.exchange.listings.stage import NOW, make_occupation, whole_content
from tests.world import TODAY, World

HEAD = "编号,职位名称,工作地点,薪资,人数"
GOOD = ["A1,装配钳工,高新区,4000-6000元/月,3", "A2,数控车工,高新区,5千-7千/月,2"]


def upload(
    world: World, *rows: str, name: str = "jobs.csv", encoding: str = "utf-8"
) -> ListingImport:
    content = "\n".join([HEAD, *rows]).encode(encoding)
    return listing_import.upload_listings(
        actor=world.enterprise.actor,
        upload=SimpleUploadedFile(name, content, content_type="text/csv"),
        kind="job",
        side=Side.DEMAND,
    )


def take_in(
    world: World,
    run_jobs: Callable[[], None],
    *rows: str,
    mode: ImportMode = ImportMode.GOOD_ROWS,
    takes_suggestions: bool = False,
) -> ListingImport:
    batch = upload(world, *rows)
    actor = world.enterprise.actor
    listing_import.check_import(import_id=batch.pk, actor=actor, mapping=batch.mapping, mode=mode)
    run_jobs()
    listing_import.confirm_import(
        import_id=batch.pk, actor=actor, takes_suggestions=takes_suggestions
    )
    run_jobs()
    batch.refresh_from_db()
    return batch


def test_a_file_is_understood_at_upload(world: World) -> None:
    batch = upload(world, *GOOD, encoding="gb18030")
    assert batch.rows == 2
    assert batch.mapping["职位名称"] == "title"
    assert batch.state == ImportState.UPLOADED


def test_good_rows_are_published_and_found_at_once(
    world: World, run_jobs: Callable[[], None]
) -> None:
    batch = take_in(world, run_jobs, *GOOD)
    assert (batch.state, batch.created_rows) == (ImportState.DONE, 2)
    request = request_for(actor=world.school.actor, today=TODAY, text="数控车工")
    found = hall_result(actor=world.school.actor, request=request).listings
    assert [listing.title for listing in found] == ["数控车工"]
    assert found[0].price_max == 7000


def test_rows_are_safe_before_they_are_findable_and_are_made_findable_once(
    world: World, run_jobs: Callable[[], None]
) -> None:
    batch = upload(world, *GOOD, 'A3,"钳工\\t带班",高新区,4000,1')
    actor = world.enterprise.actor
    listing_import.check_import(
        import_id=batch.pk, actor=actor, mapping=batch.mapping, mode=ImportMode.GOOD_ROWS
    )
    listing_import_running.finish_check(import_id=batch.pk, tell=lambda done: None)
    listing_import.confirm_import(import_id=batch.pk, actor=actor)
    listing_import_running.finish_import(import_id=batch.pk, tell=lambda done: None)
    assert Listing.objects.published().count() == 3
    assert Listing.objects.get(external_id="A3").title == "钳工\\t带班"
    assert not SearchEntry.objects.exists()
    listing_import_running.make_findable(import_id=batch.pk)
    listing_import_running.make_findable(import_id=batch.pk)
    assert SearchEntry.objects.count() == 3


def test_a_bad_row_is_named_by_cell_and_the_others_go_in(
    world: World, run_jobs: Callable[[], None]
) -> None:
    batch = take_in(world, run_jobs, *GOOD, "A3,,高新区,4000,1")
    assert batch.created_rows == 2
    problem = batch.problems.get(refuses=True)
    assert (problem.row, problem.column) == (4, "职位名称")


def test_all_or_nothing_takes_nothing_when_a_row_is_bad(
    world: World, run_jobs: Callable[[], None]
) -> None:
    with pytest.raises(DomainError, match="都不导入"):
        take_in(world, run_jobs, *GOOD, "A3,,高新区,4000,1", mode=ImportMode.ALL_OR_NOTHING)
    assert not Listing.objects.exists()


def test_the_same_file_again_changes_nothing(world: World, run_jobs: Callable[[], None]) -> None:
    take_in(world, run_jobs, *GOOD)
    again = take_in(world, run_jobs, *GOOD)
    assert (again.created_rows, again.changed_rows, again.same_rows) == (0, 0, 2)
    assert Listing.objects.count() == 2


def test_a_changed_row_changes_its_listing(world: World, run_jobs: Callable[[], None]) -> None:
    take_in(world, run_jobs, *GOOD)
    batch = take_in(world, run_jobs, "A1,装配钳工,高新区,4500-6000元/月,3")
    assert batch.changed_rows == 1
    assert Listing.objects.get(external_id="A1").price_min == 4500


def test_a_repeated_row_goes_in_once(world: World, run_jobs: Callable[[], None]) -> None:
    batch = take_in(world, run_jobs, *GOOD, GOOD[0])
    assert (batch.created_rows, batch.duplicate_rows) == (2, 1)


def test_an_import_is_taken_back(world: World, run_jobs: Callable[[], None]) -> None:
    take_in(world, run_jobs, *GOOD)
    changing = take_in(
        world, run_jobs, "A1,装配钳工,高新区,4500-6000元/月,3", "A9,焊工,高新区,面议,1"
    )
    actor = world.enterprise.actor
    gone, kept = listing_import_running.undo_import(import_id=changing.pk, actor=actor)
    assert (gone, kept) == (1, 0)
    assert Listing.objects.get(external_id="A1").price_min == 4000
    with pytest.raises(WrongState):
        listing_import_running.undo_import(import_id=changing.pk, actor=actor)


def test_what_a_title_means_is_offered_and_not_written(
    world: World, run_jobs: Callable[[], None]
) -> None:
    make_occupation()
    batch = take_in(world, run_jobs, "A1,车工,高新区,4000,1", "A2,车工组长,高新区,4000,1")
    assert batch.suggested_rows >= 1
    assert batch.suggestions[-1]["code"] == "6-18-01-01"
    listing = Listing.objects.get(external_id="A1")
    assert listing.occupation_id is None
    assert "suggested_fields" not in listing.details


def test_a_suggestion_that_was_taken_is_marked_until_the_publisher_saves(
    world: World, run_jobs: Callable[[], None]
) -> None:
    make_occupation()
    row = "A1,车工（数控编程）,高新区,4000,1"
    take_in(world, run_jobs, row, takes_suggestions=True)
    listing = Listing.objects.get()
    assert listing.occupation_id == "6-18-01-01"
    assert listing.details["skill_names"] == "数控编程"
    assert listing.details["suggested_fields"] == ["skill_names", "occupation"]
    facts = {fact.name: fact.value for fact in [*listing.place_facts, *listing.detail_facts]}
    assert facts["对应职业"] == "车工（识别所得，待确认）"
    assert facts["技能标签"] == "数控编程（识别所得，待确认）"
    assert take_in(world, run_jobs, row, takes_suggestions=True).same_rows == 1
    edit_listing(
        listing_id=listing.pk,
        actor=world.enterprise.actor,
        content=whole_content(kind="job", title="车工，1 人"),
        now=NOW,
    )
    listing.refresh_from_db()
    assert {fact.name: fact.value for fact in listing.place_facts}["对应职业"] == "车工"


def test_the_mapping_is_remembered_for_the_source(world: World) -> None:
    batch = upload(world, *GOOD)
    mapping = {**batch.mapping}
    mapping.pop("人数")
    listing_import.check_import(
        import_id=batch.pk,
        actor=world.enterprise.actor,
        mapping=mapping,
        mode=ImportMode.GOOD_ROWS,
    )
    assert ImportSource.objects.count() == 1
    assert "人数" not in upload(world, *GOOD).mapping


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.csv", b"", "空的"),
        ("a.csv", b"\xff\xfe\x00\x81\x00", "编码"),
        ("a.xlsx", b"not a workbook", "打不开"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(
    world: World, name: str, content: bytes, word: str
) -> None:
    with pytest.raises(DomainError, match=word):
        listing_import.upload_listings(
            actor=world.enterprise.actor,
            upload=SimpleUploadedFile(name, content),
            kind="job",
            side=Side.DEMAND,
        )
    assert not ListingImport.objects.exists()


def test_a_student_cannot_import(world: World) -> None:
    with pytest.raises(NotAllowed):
        listing_import.upload_listings(
            actor=world.student.actor,
            upload=SimpleUploadedFile("a.csv", HEAD.encode()),
            kind="job",
            side=Side.DEMAND,
        )


def test_another_organisations_import_is_not_found(world: World) -> None:
    batch = upload(world, *GOOD)
    assert world.rival.client.get(f"/exchange/imports/{batch.pk}/").status_code == 404


def test_the_trail_tells_of_the_file(world: World, run_jobs: Callable[[], None]) -> None:
    take_in(world, run_jobs, *GOOD)
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"exchange.import.uploaded", "exchange.import.finished"} <= actions


@pytest.mark.slow
def test_real_postings_go_in_with_few_refusals_and_most_regions(
    world: World, run_jobs: Callable[[], None], shared: Path, catalogues: None
) -> None:
    content = (shared / "data" / "jobs" / "postings_a.csv").read_bytes()
    batch = listing_import.upload_listings(
        actor=world.enterprise.actor,
        upload=SimpleUploadedFile("postings_a.csv", content),
        kind="job",
        side=Side.DEMAND,
    )
    actor = world.enterprise.actor
    listing_import.check_import(
        import_id=batch.pk, actor=actor, mapping=batch.mapping, mode=ImportMode.GOOD_ROWS
    )
    run_jobs()
    batch.refresh_from_db()
    assert batch.rows == 6853
    assert batch.refused_rows <= 68
    assert batch.placed_rows >= 6168
    listing_import.confirm_import(import_id=batch.pk, actor=actor)
    run_jobs()
    request = request_for(actor=actor, today=TODAY, text="Python 开发", divisions=("440100",))
    assert hall_result(actor=actor, request=request).total > 50
    assert Listing.objects.filter(state=ListingState.PUBLISHED).count() > 6000
