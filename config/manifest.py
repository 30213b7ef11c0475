"""The manifest of a backup: what lies in it, with a checksum for each part."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024


class BackupRefused(Exception):
    """A sentence for the person at the terminal: why the backup cannot be made or used."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One file of the backup."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup holds and how things stood (备份清单)."""

    format: int
    made_at: str
    site_url: str
    database_version: str
    audit_head: str
    holds_keys: bool
    parts: list[Part]

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / NAME).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup folder; a refusal when there is none that we understand."""
    try:
        values = json.loads((folder / NAME).read_text(encoding="utf-8"))
        parts = [Part(**part) for part in values.pop("parts")]
        manifest = Manifest(**values, parts=parts)
    except FileNotFoundError:
        raise BackupRefused(f"{folder} 里没有 {NAME}，不是完整的备份。") from None
    except (ValueError, KeyError, TypeError):
        raise BackupRefused(f"{folder}/{NAME} 已损坏，不能使用这份备份。") from None
    if manifest.format != FORMAT:
        raise BackupRefused("这份备份由更新的版本制作，请先升级程序再恢复。")
    return manifest


def part_of(path: Path, *, folder: Path) -> Part:
    return Part(
        path=path.relative_to(folder).as_posix(),
        sha256=digest_of(path),
        size=path.stat().st_size,
    )


def digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def verify_parts(manifest: Manifest, *, folder: Path) -> None:
    """Refuse a backup of which a part is missing, changed, or lies outside its folder."""
    for part in manifest.parts:
        path = (folder / part.path).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise BackupRefused(f"备份清单中的路径不正常：{part.path}。")
        if not path.is_file():
            raise BackupRefused(f"备份缺少 {part.path}，没有恢复任何内容。")
        if digest_of(path) != part.sha256:
            raise BackupRefused(f"备份中的 {part.path} 与清单的校验值不符，没有恢复任何内容。")
