"""A backup is made, checked, refused when damaged, and restored with the chain whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.backup import copy_keys
from config.manifest import BackupRefused, Manifest, Part, digest_of, read_manifest, verify_parts
from config.restore import reason_few_locks
from tests.config.site import Site, scratch_site

FILL = """
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.files import store_result
from silian.foundation.kernel.models import Job
actor = Actor(user_id=1, name="甲")
job = Job.objects.create(kind="tests.sample", title="演练", actor_name="甲", actor_id=1)
store_result(name="结果.csv", content_type="text/csv", content="一,二".encode(), job=job)
"""
READ = """
from silian.foundation.kernel.files import read_content
from silian.foundation.kernel.models import AuditEntry, StoredFile
file = StoredFile.objects.get()
print(file.name, read_content(file).decode(), AuditEntry.objects.count())
"""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Path]]:
    """A filled installation and the folder of its one backup."""
    folder = tmp_path_factory.mktemp("site")
    with scratch_site(folder / "data", migrated=True) as site:
        site.python(FILL)
        done = site.silian("backup", str(folder / "backups"))
        assert done.returncode == 0, done.stderr
        assert "密钥不在备份内" in done.stdout
        (backup,) = (folder / "backups").iterdir()
        yield site, backup


@pytest.mark.slow
def test_a_backup_restores_rows_files_and_the_chain(
    places: tuple[Site, Path], tmp_path: Path
) -> None:
    site, backup = places
    with scratch_site(tmp_path / "other") as other:
        done = other.silian("restore", str(backup))
        assert done.returncode == 0, done.stderr
        assert "审计链" in done.stdout
        assert other.python(READ) == site.python(READ) == "结果.csv 一,二 1"
        assert other.silian("audit", "verify").returncode == 0
        again = other.silian("restore", str(backup))
        assert again.returncode == 1
        assert "没有动它" in again.stderr
        replaced = other.silian("restore", str(backup), "--replace")
        assert replaced.returncode == 0, replaced.stderr
        assert other.python(READ) == "结果.csv 一,二 1"


def test_a_server_with_few_locks_is_told_how_many_it_needs() -> None:
    assert not reason_few_locks(entries=4700, locks=94, connections=100)
    reason = reason_few_locks(entries=4700, locks=64, connections=100)
    assert "94" in reason
    assert "没有动数据库" in reason


@pytest.mark.slow
def test_a_restore_waits_for_nobody_to_be_connected(places: tuple[Site, Path]) -> None:
    import psycopg

    site, backup = places
    with psycopg.connect(site.url):
        done = site.silian("restore", str(backup), "--replace")
    assert done.returncode == 1
    assert "先停止网页和后台进程" in done.stderr
    assert site.python(READ) == "结果.csv 一,二 1"


@pytest.mark.slow
def test_old_backups_make_room_and_the_doctor_knows_the_last(
    places: tuple[Site, Path], tmp_path: Path
) -> None:
    site, _ = places
    for year in (2020, 2021):
        (tmp_path / f"silian-{year}0101-000000").mkdir(parents=True)
    assert site.silian("backup", str(tmp_path), "--keep", "2").returncode == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[0] == "silian-20210101-000000"
    assert len(names) == 2
    examined = site.silian("doctor").stdout
    assert "通过    备份：最近一份在 0 小时前" in examined


def whole(folder: Path) -> Manifest:
    (folder / "database.dump").write_bytes(b"dump")
    digest = digest_of(folder / "database.dump")
    manifest = Manifest(
        format=1,
        made_at="2026-03-18T00:00:00+00:00",
        site_url="https://silian.example",
        database_version="18.4",
        audit_head="0:0",
        holds_keys=False,
        parts=[Part(path="database.dump", sha256=digest, size=4)],
    )
    manifest.write(folder)
    return manifest


def test_a_manifest_reads_back_as_written(tmp_path: Path) -> None:
    manifest = whole(tmp_path)
    assert read_manifest(tmp_path) == manifest
    verify_parts(manifest, folder=tmp_path)


def test_a_changed_or_missing_part_is_refused(tmp_path: Path) -> None:
    manifest = whole(tmp_path)
    (tmp_path / "database.dump").write_bytes(b"dumb")
    with pytest.raises(BackupRefused, match="校验值不符"):
        verify_parts(manifest, folder=tmp_path)
    (tmp_path / "database.dump").unlink()
    with pytest.raises(BackupRefused, match="缺少"):
        verify_parts(manifest, folder=tmp_path)


def test_a_part_outside_the_folder_is_refused(tmp_path: Path) -> None:
    whole(tmp_path)
    facts = json.loads((tmp_path / "manifest.json").read_text())
    facts["parts"][0]["path"] = "../../etc/passwd"
    (tmp_path / "manifest.json").write_text(json.dumps(facts))
    with pytest.raises(BackupRefused, match="路径不正常"):
        verify_parts(read_manifest(tmp_path), folder=tmp_path)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": 9'])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BackupRefused, match="不是完整的备份"):
        read_manifest(tmp_path)
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(BackupRefused, match="损坏"):
        read_manifest(tmp_path)


def test_the_keys_of_secrets_and_of_the_seal_are_copied_for_the_owner_alone(
    tmp_path: Path,
) -> None:
    source, target = tmp_path / "data", tmp_path / "backup"
    source.mkdir()
    target.mkdir()
    (source / "signing.pem").write_text("seal")
    with pytest.raises(BackupRefused, match="另行保管"):
        copy_keys(source, target)
    (source / "secrets.json").write_text("{}")
    copy_keys(source, target)
    assert (target / "signing.pem").read_text() == "seal"
    assert {path.stat().st_mode & 0o777 for path in target.iterdir()} == {0o600}
