"""The archive of a batch: everything said, an index, and hashes that can be checked."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable

import pytest

from silian.casework.reviews.commands.archives import (
    order_batch_archive,
    order_dossier_archive,
)
from silian.foundation.kernel.choices import JobState
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import read_content, store_content
from silian.foundation.kernel.models import Job
from tests.casework.reviews import stage_deciding as stage
from tests.casework.reviews.dossiers.filling import PDF
from tests.world import World


def opened(job: Job) -> zipfile.ZipFile:
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert job.result_file is not None
    return zipfile.ZipFile(io.BytesIO(read_content(job.result_file)))


def test_the_archive_of_a_batch_holds_everything_with_its_hash(
    world: World, run_jobs: Callable[[], None]
) -> None:
    campaign = stage.batch(world, ["90", "80"], own=True)
    notice = stage.noticed(world, campaign, passing=1)
    objection, _ = stage.objected(notice)
    dossier = objection.dossier
    store_content(name="证明.pdf", content=PDF, subject=dossier, actor=world.enterprise.actor)
    job = order_batch_archive(campaign=campaign, actor=world.coordinator.actor)
    run_jobs()
    archive = opened(job)
    names = archive.namelist()
    assert {"index.html", "index.xlsx", "manifest.json", "manifest.sha256"} <= set(names)
    manifest = json.loads(archive.read("manifest.json"))
    listed = {row["path"]: row["sha256"] for row in manifest["files"]}
    assert set(listed) == set(names) - {"manifest.json", "manifest.sha256"}
    for path, digest in listed.items():
        assert hashlib.sha256(archive.read(path)).hexdigest() == digest
    told = archive.read("manifest.sha256").decode().split()[0]
    assert told == hashlib.sha256(archive.read("manifest.json")).hexdigest()
    assert "SHA-256" in manifest["verification"]
    folder = f"{dossier.number} {dossier.subject_name}"
    assert f"{folder}/versions/1.json" in names
    assert any(name.startswith(f"{folder}/evidence/") for name in names)
    record = json.loads(archive.read(f"{folder}/record.json"))
    assert [row["ballot"] for row in record["votes"]] == ["赞成"] * 3
    assert record["decisions"][0]["snapshot"]["rank"] == 1
    assert record["objections"][0]["text"] == objection.text
    everything = b"".join(archive.read(name) for name in names).decode(errors="ignore")
    assert "钱多多" not in everything
    assert "13911112222" not in everything


def test_one_dossier_has_an_archive_of_its_own(world: World, run_jobs: Callable[[], None]) -> None:
    campaign = stage.batch(world)
    dossier = campaign.dossiers.order_by("pk")[0]
    job = order_dossier_archive(dossier=dossier, actor=world.coordinator.actor)
    run_jobs()
    manifest = json.loads(opened(job).read("manifest.json"))
    assert manifest["dossiers"] == 1


def test_only_the_organiser_orders_an_archive(world: World) -> None:
    campaign = stage.batch(world)
    for person in (world.reviewer, world.enterprise, world.leader):
        with pytest.raises(NotAllowed):
            order_batch_archive(campaign=campaign, actor=person.actor)
