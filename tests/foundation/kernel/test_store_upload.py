"""Files kept for a subject, and given to those whom its module lets read."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel import files
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.file_stores import FolderStore, the_store
from silian.foundation.kernel.models import Job, StoredFile
from silian.foundation.kernel.scanners import TEST_SIGNATURE
from tests.foundation.kernel.results import job_of, result_of
from tests.foundation.kernel.uploads import PDF, picture
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def stored(world: World, *, name: str = "协议.pdf", content: bytes = PDF) -> StoredFile:
    upload = SimpleUploadedFile(name, content)
    job = job_of(world.enterprise)
    return files.store_upload(upload=upload, subject=job, actor=world.enterprise.actor)


def test_a_file_is_kept_with_its_facts_and_recorded(world: World) -> None:
    file = stored(world)
    assert files.read_content(file) == PDF
    assert (file.name, file.content_type, file.size) == ("协议.pdf", "application/pdf", len(PDF))
    assert file.uploaded_by_id == world.enterprise.user.pk
    job = Job.objects.get(pk=file.object_id)
    assert list(files.files_of(job)) == [file]
    assert history_of(job).first().action == "kernel.file.stored"


def test_the_same_content_is_kept_once(world: World) -> None:
    first, second = stored(world), stored(world, name="副本.pdf")
    assert first.sha256 == second.sha256
    assert len(list(the_store().entries())) == 1


def test_a_refused_file_leaves_nothing(world: World) -> None:
    with pytest.raises(DomainError):
        stored(world, content=b"MZ" + PDF)
    assert not StoredFile.objects.exists()
    assert not list(the_store().entries())


def test_a_large_upload_is_refused_unread(world: World, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024
    with pytest.raises(DomainError, match="超过上限"):
        stored(world, content=PDF * 100)


def test_a_file_with_a_virus_is_refused(world: World, settings: Any) -> None:
    settings.FILE_SCANNER = "silian.foundation.kernel.scanners.FakeScanner"
    with pytest.raises(DomainError, match="查出病毒"):
        stored(world, name="a.txt", content=b"X5O!" + TEST_SIGNATURE)


def test_an_absent_scanner_refuses_rather_than_lets_through(world: World, settings: Any) -> None:
    settings.FILE_SCANNER = "silian.foundation.kernel.scanners.ClamdScanner"
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    with pytest.raises(DomainError, match="没有应答"):
        stored(world)


def test_a_removed_file_keeps_its_content_for_a_day_and_then_goes(world: World) -> None:
    file = stored(world)
    files.remove_file(file=file, actor=world.enterprise.actor, reason="传错了")
    now = timezone.now()
    assert files.purge_unreferenced(now=now) == 0
    assert files.purge_unreferenced(now=now + datetime.timedelta(days=2)) == 1
    assert not list(the_store().entries())


def test_content_still_referred_to_is_not_purged(world: World) -> None:
    first, second = stored(world), stored(world)
    files.remove_file(file=first, actor=world.enterprise.actor)
    assert files.purge_unreferenced(now=timezone.now() + datetime.timedelta(days=2)) == 0
    assert files.read_content(second) == PDF


def test_a_rolled_back_upload_leaves_no_row(world: World) -> None:
    with transaction.atomic():
        stored(world)
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()


def test_a_failed_write_leaves_no_half_file(tmp_path: Path, monkeypatch: Any) -> None:
    store = FolderStore(tmp_path / "store")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        store.put("a" * 64, b"x")
    assert not [path for path in (tmp_path / "store").rglob("*") if path.is_file()]


def test_a_download_is_safe_to_open(world: World) -> None:
    file = result_of(world.enterprise)
    response = world.enterprise.client.get(reverse("kernel:file_download", args=[file.pk]))
    assert b"".join(response) == b"a,b\n1,2\n"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(file.name)}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == "text/csv"


def test_only_pictures_and_pdf_open_in_place(world: World) -> None:
    job = job_of(world.enterprise)
    shown = files.store_content(
        name="图.jpg", content=picture(), subject=job, actor=world.enterprise.actor
    )
    text = result_of(world.enterprise)
    client = world.enterprise.client
    in_place = client.get(reverse("kernel:file_view", args=[shown.pk]))
    assert in_place["Content-Disposition"].startswith("inline")
    assert b"".join(in_place)
    taken = client.get(reverse("kernel:file_view", args=[text.pk]))
    assert taken["Content-Disposition"].startswith("attachment")
    assert b"".join(taken)


def test_a_file_of_an_unknown_kind_of_subject_is_hidden(world: World) -> None:
    file = result_of(world.enterprise)
    StoredFile.objects.filter(pk=file.pk).update(object_type="nobody.knows")
    response = world.enterprise.client.get(reverse("kernel:file_download", args=[file.pk]))
    assert response.status_code == 404


def test_lost_content_is_a_404_not_an_error(world: World) -> None:
    file = result_of(world.enterprise)
    the_store().delete(file.sha256)
    response = world.enterprise.client.get(reverse("kernel:file_download", args=[file.pk]))
    assert response.status_code == 404
