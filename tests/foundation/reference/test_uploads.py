"""An official file through the browser: upload, look, confirm or discard."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from xlsxwriter import Workbook

from silian.foundation.kernel.errors import WrongState
from silian.foundation.reference.commands.uploads import (
    confirm_catalogue_file,
    discard_catalogue_file,
)
from silian.foundation.reference.models import CatalogueUpload, CatalogueVersion, Industry
from tests.foundation.reference.files import bundled_text
from tests.world import TODAY, World

FACTS = {
    "catalogue": "industry",
    "title": "国民经济行业分类",
    "edition": "2026",
    "valid_from": "2026-01-01",
    "source": "试行标准",
}


def send(world: World, content: bytes, *, name: str = "a.csv"):  # type: ignore[no-untyped-def]
    data = {**FACTS, "file": SimpleUploadedFile(name, content)}
    return world.system_admin.client.post(reverse("reference:upload_create"), data)


def changed_text() -> str:
    return bundled_text("industries.csv").replace("稻谷种植", "水稻种植")


def test_a_file_is_shown_before_it_is_loaded(world: World, catalogues: None) -> None:
    response = send(world, changed_text().encode())
    upload = CatalogueUpload.objects.get()
    assert response.url == reverse("reference:upload", args=[upload.pk])
    page = world.system_admin.client.get(response.url).content.decode()
    assert "更名 1 条" in page
    assert Industry.objects.get(pk="0111").name == "稻谷种植"
    confirmed = world.system_admin.client.post(
        reverse("reference:upload_confirm", args=[upload.pk])
    )
    assert confirmed.status_code == 302
    assert Industry.objects.get(pk="0111").name == "水稻种植"
    assert world.system_admin.client.get(response.url).status_code == 200


def test_faults_are_listed_and_what_was_typed_is_kept(world: World, catalogues: None) -> None:
    response = send(world, "代码,名称\n0111,稻谷\n".encode("gb18030"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "第 2 行：上级代码“011”不在文件中" in page
    assert 'value="试行标准"' in page
    assert not CatalogueUpload.objects.exists()


def test_a_workbook_is_read_like_a_table(world: World, catalogues: None) -> None:
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(changed_text().splitlines()):
            sheet.write_row(number, 0, line.split(",")[:2])
    assert send(world, buffer.getvalue(), name="a.xlsx").status_code == 302
    assert CatalogueUpload.objects.get().file_name == "a.xlsx"


@pytest.mark.parametrize(
    ("content", "name"), [(b"\xff\xfe\x00\x81", "a.csv"), (b"not a book", "a.xlsx"), (b"", "a.csv")]
)
def test_an_unreadable_file_is_refused_in_a_sentence(
    world: World, content: bytes, name: str
) -> None:
    response = send(world, content, name=name)
    assert response.status_code == 422
    assert not CatalogueUpload.objects.exists()


def test_a_discarded_file_can_no_longer_be_loaded(world: World, catalogues: None) -> None:
    send(world, changed_text().encode())
    upload = CatalogueUpload.objects.get()
    actor = world.system_admin.actor
    discard_catalogue_file(actor=actor, upload_id=upload.pk)
    with pytest.raises(WrongState):
        confirm_catalogue_file(actor=actor, upload_id=upload.pk, today=TODAY)
    assert not CatalogueVersion.objects.filter(edition="2026").exists()


def test_another_role_sees_no_upload(world: World, catalogues: None) -> None:
    send(world, changed_text().encode())
    address = reverse("reference:upload", args=[CatalogueUpload.objects.get().pk])
    assert world.coordinator.client.get(address).status_code == 404
    assert world.anonymous.client.get(address).status_code == 302
