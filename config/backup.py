"""``silian backup DIR``: database, files and manifest in one folder that can be restored.

The database is dumped first: files are only ever added while we copy, so every file that the
dump names is copied too. Content removed meanwhile stays in the store for a day.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from config import postgres_programs
from config.embedded_postgres import PostgresUnavailable
from config.manifest import FORMAT, BackupRefused, Manifest, part_of

PREFIX = "silian-"
UNFINISHED = ".unfinished"
LAST = "last-backup.json"
SECRETS = "secrets.json"
SEAL = "signing.pem"  # certificate and key that seal signed agreements; made on first use


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="silian backup", description="备份数据库和文件。")
    parser.add_argument("folder", type=Path, help="放备份的目录，每次备份建一个子目录")
    parser.add_argument("--keep", type=int, default=0, help="只保留最近几份，默认全部保留")
    parser.add_argument(
        "--with-keys",
        action="store_true",
        help="连同本机生成的密钥（secrets.json、signing.pem）一起备份",
    )
    return parser.parse_args(arguments)


def make_backup(*, folder: Path, with_keys: bool, now: datetime) -> Path:
    """Write a whole backup below ``folder``; an unfinished one never gets the final name."""
    from django.conf import settings

    target = folder / f"{PREFIX}{now:%Y%m%d-%H%M%S}"
    work = target.with_suffix(UNFINISHED)
    if target.exists():
        raise BackupRefused(f"{target} 已存在，请稍后再试。")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, mode=0o700)
    audit_head = dump_database(work / "database.dump", url=os.environ["DATABASE_URL"])
    copy_files(Path(settings.MEDIA_ROOT), work / "files")
    if with_keys:
        copy_keys(Path(settings.DATA_FOLDER), work)
    manifest = Manifest(
        format=FORMAT,
        made_at=now.isoformat(timespec="seconds"),
        site_url=settings.SITE_URL,
        database_version=database_version(),
        audit_head=audit_head,
        holds_keys=(work / SECRETS).exists(),
        parts=[part_of(path, folder=work) for path in sorted(work.rglob("*")) if path.is_file()],
    )
    manifest.write(work)
    work.rename(target)
    note_last(Path(settings.DATA_FOLDER), target=target, now=now)
    return target


def dump_database(path: Path, *, url: str) -> str:
    """Dump in custom format; returns the head of the audit chain as it stood just before."""
    from silian.foundation.kernel.audit import chain_head

    head = chain_head()
    postgres_programs.run(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}", url=url
    )
    return head


def database_version() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    return str(version)


def copy_files(source: Path, target: Path) -> None:
    """Copy the content of every stored file; half-written ones are left out."""
    target.mkdir()
    for path in sorted(source.glob("??/??/*")):
        if path.name.startswith("."):
            continue
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(path, copy)
        except FileNotFoundError:
            copy.unlink(missing_ok=True)


def copy_keys(source: Path, target: Path) -> None:
    """Copy the keys made in the data folder, readable by the owner alone.

    Without the seal's key a restored site would seal with another certificate, and its readers
    would no longer trust the copies sealed before.
    """
    if not (source / SECRETS).exists():
        raise BackupRefused("本站的密钥由环境变量给出，没有 secrets.json。请另行保管密钥。")
    for name in (SECRETS, SEAL):
        if (source / name).exists():
            shutil.copyfile(source / name, target / name)
            (target / name).chmod(0o600)


def note_last(data_folder: Path, *, target: Path, now: datetime) -> None:
    """Remember when the last whole backup was made, for ``silian doctor``."""
    facts = {"made_at": now.isoformat(timespec="seconds"), "folder": str(target)}
    (data_folder / LAST).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def remove_old(folder: Path, *, keep: int) -> int:
    """Remove all but the newest ``keep`` whole backups."""
    whole = sorted(path for path in folder.glob(f"{PREFIX}*") if path.suffix != UNFINISHED)
    old = whole[:-keep] if keep > 0 else []
    for path in old:
        shutil.rmtree(path)
    return len(old)


def main(arguments: list[str]) -> int:
    import django

    options = parse(arguments)
    django.setup()
    try:
        target = make_backup(
            folder=options.folder, with_keys=options.with_keys, now=datetime.now(tz=UTC)
        )
        removed = remove_old(options.folder, keep=options.keep)
    except (BackupRefused, PostgresUnavailable) as reason:
        print(reason, file=sys.stderr)
        return 1
    except OSError as error:
        sentence = "磁盘已满" if error.errno == errno.ENOSPC else f"不能写入：{error.strerror}"
        print(f"备份没有完成，{sentence}。原有的备份不受影响。", file=sys.stderr)
        return 1
    print(f"已备份到 {target}" + (f"，清理旧备份 {removed} 份" if removed else "") + "。")
    if not options.with_keys:
        print("密钥不在备份内，请另行保管：没有 SILIAN_FIELD_KEY 就读不出加密的证件号。")
    return 0
