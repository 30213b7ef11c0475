"""What readers see: the list, one edition, downloads, the feed, verification."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.casework.publications.choices import EditionState
from silian.casework.publications.models import Edition
from silian.foundation.kernel.file_stores import the_store
from tests.casework.publications.editions import CSV, make_edition, snapshot
from tests.htmx import assert_fragment_equals_page
from tests.world import CITY, World

pytestmark = pytest.mark.django_db
LIST, VERIFY = reverse("publications:edition_list"), reverse("publications:edition_verify")


def text(world: World, address: str, who: str = "anonymous") -> str:
    return world.people[who].client.get(address).content.decode()


def test_the_public_sees_what_is_out_and_nothing_else(world: World) -> None:
    make_edition(world, title="还在审批的清单", state=EditionState.APPROVED)
    make_edition(world, title="已经发布的清单", state=EditionState.PUBLISHED)
    page = text(world, LIST)
    assert "已经发布的清单" in page
    assert "还在审批的清单" not in page


def test_a_draft_is_for_its_own_unit_only(world: World) -> None:
    edition = make_edition(world)
    seen = {
        name: world.people[name].client.get(edition.get_absolute_url()).status_code
        for name in ("coordinator", "reviewer", "leader", "supervisor", "enterprise")
    }
    assert seen == {
        "coordinator": 200,
        "reviewer": 200,
        "leader": 404,
        "supervisor": 404,
        "enterprise": 404,
    }


def test_the_page_shows_what_changed_since_the_last_edition(world: World) -> None:
    make_edition(world, state=EditionState.PUBLISHED, snapshot=snapshot(a="甲", b="乙"))
    second = make_edition(world, state=EditionState.PUBLISHED, snapshot=snapshot(a="甲改", c="丙"))
    page = text(world, second.get_absolute_url())
    for words in ("与上期比较", "2026年第1期", "新增", "删去", "甲改"):
        assert words in page


def test_a_corrected_edition_points_to_its_correction(world: World) -> None:
    first = make_edition(world, state=EditionState.PUBLISHED)
    second = make_edition(world, state=EditionState.PUBLISHED, corrects_id=first.pk)
    assert second.get_absolute_url() in text(world, first.get_absolute_url())
    assert first.get_absolute_url() in text(world, second.get_absolute_url())


def test_a_file_is_given_out_as_it_was_published(world: World) -> None:
    edition = make_edition(world, state=EditionState.PUBLISHED)
    file = edition.files.get()
    address = reverse(
        "publications:edition_file", kwargs={"edition_id": edition.pk, "file_id": file.pk}
    )
    response = world.anonymous.client.get(address)
    assert hashlib.sha256(response.content).hexdigest() == file.sha256


def test_a_file_that_was_tampered_with_is_not_given_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = make_edition(world, state=EditionState.PUBLISHED)
    file = edition.files.get()
    other = the_store()
    other.put(hashlib.sha256(b"other").hexdigest(), b"other")
    monkeypatch.setattr(
        "silian.foundation.kernel.files.read_content", lambda stored: b"other content"
    )
    address = reverse(
        "publications:edition_file", kwargs={"edition_id": edition.pk, "file_id": file.pk}
    )
    with pytest.raises(LookupError, match="does not match"):
        world.anonymous.client.get(address)


def test_a_file_or_a_checksum_tells_its_edition(world: World) -> None:
    edition = make_edition(world, state=EditionState.PUBLISHED)
    client = world.anonymous.client
    upload = SimpleUploadedFile("转发.csv", CSV.content)
    assert edition.label in client.post(VERIFY, {"file": upload}).content.decode()
    assert edition.label in client.get(VERIFY, {"hash": edition.sha256}).content.decode()
    changed = SimpleUploadedFile("转发.csv", CSV.content + b" ")
    answer = client.post(VERIFY, {"file": changed}).content.decode()
    assert "没有与它一致的公开发布" in answer
    assert client.get(VERIFY, {"hash": "12"}).status_code == 422
    assert client.post(VERIFY, {}).status_code == 422


def test_a_draft_is_not_found_by_its_checksum(world: World) -> None:
    make_edition(world)
    upload = SimpleUploadedFile("清单.csv", CSV.content)
    answer = world.anonymous.client.post(VERIFY, {"file": upload}).content.decode()
    assert "没有与它一致的公开发布" in answer


def test_the_feed_carries_what_is_out(world: World) -> None:
    edition = make_edition(world, state=EditionState.PUBLISHED)
    make_edition(world, title="草稿标题")
    response = world.anonymous.client.get(reverse("publications:edition_feed"))
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = response.content.decode()
    assert edition.get_absolute_url() in feed
    assert "草稿标题" not in feed


def test_an_edition_is_written_handed_in_and_published_in_the_browser(world: World) -> None:
    table = SimpleUploadedFile("条目.csv", "编号,名称,责任单位\n1,甲,市教育局\n".encode())
    values = {"kind": "list", "division": CITY, "title": "问题清单", "table": table}
    writer, reviewer = world.coordinator.client, world.reviewer.client
    assert writer.post(reverse("publications:edition_new"), values).status_code == 302
    edition = Edition.objects.get()
    assert edition.snapshot["sections"][0]["entries"][0]["title"] == "甲"
    for client, step in ((writer, "submit"), (reviewer, "approve"), (writer, "publish")):
        address = reverse(
            "publications:edition_step", kwargs={"edition_id": edition.pk, "name": step}
        )
        assert client.post(address).status_code == 302
    edition.refresh_from_db()
    assert edition.state == EditionState.PUBLISHED


def test_a_table_without_keys_is_refused_by_row(world: World) -> None:
    table = SimpleUploadedFile("条目.csv", "编号,名称\n1,甲\n,乙\n".encode())
    values = {"kind": "list", "division": CITY, "title": "问题清单", "table": table}
    answer = world.coordinator.client.post(reverse("publications:edition_new"), values)
    assert answer.status_code == 422
    assert "第 3 行没有编号" in answer.content.decode()


def test_the_author_is_refused_on_the_page(world: World) -> None:
    edition = make_edition(world, state=EditionState.SUBMITTED)
    address = reverse(
        "publications:edition_step", kwargs={"edition_id": edition.pk, "name": "approve"}
    )
    answer = world.coordinator.client.post(address)
    assert answer.status_code == 409
    assert "不能审批自己" in answer.content.decode()


@pytest.mark.parametrize("name", ["edition_list", "edition_desk"])
def test_lists_ask_the_same_with_three_rows_and_with_thirty(world: World, name: str) -> None:
    address, counts = reverse(f"publications:{name}"), []
    for more in (3, 27):
        for _ in range(more):
            make_edition(world, state=EditionState.PUBLISHED)
        world.coordinator.client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            world.coordinator.client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_swapped_fragment_is_part_of_the_page(world: World) -> None:
    make_edition(world, state=EditionState.PUBLISHED)
    assert_fragment_equals_page(world.coordinator.client, LIST, selector="#sl-results")
