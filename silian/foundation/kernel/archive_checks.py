"""What is packed inside an archive or an office document: bombs, nests, macros, escapes."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from silian.foundation.kernel.errors import DomainError

MOST_ENTRIES = 3000
MOST_UNPACKED = 300 * 1024 * 1024  # a table of half a million rows unpacks to about 200 MB
HIGHEST_RATIO = 200  # office XML packs 10 to 60 times; bombs a thousand times
RATIO_MATTERS_FROM = 5 * 1024 * 1024
CHUNK = 1024 * 1024
PACKED_STARTS = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
OFFICE_PARTS = ("word/", "xl/", "ppt/")
EMBEDDED_ENDINGS = (".xlsx", ".docx", ".pptx")


def office_kind(archive: zipfile.ZipFile) -> str:
    """``word/``, ``xl/`` or ``ppt/`` when the archive is such a document, else nothing."""
    names = archive.namelist()
    if "[Content_Types].xml" not in names:
        return ""
    return next((part for part in OFFICE_PARTS if any(name.startswith(part) for name in names)), "")


def check_archive(
    archive: zipfile.ZipFile, *, name: str, is_office: bool, budget: int = MOST_UNPACKED
) -> None:
    """Refuse the archive unless everything inside is plain, small enough and reachable."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise DomainError(
            f"“{name}”内有 {len(entries)} 个文件，上限 {MOST_ENTRIES} 个。请拆分后上传。"
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > budget or any(is_bomb(entry) for entry in entries):
        raise DomainError(
            f"“{name}”展开后过大（上限 {budget // 1024 // 1024} MB），可能是压缩炸弹。"
            "请拆分后上传。"
        )
    for entry in entries:
        check_place(entry, name=name)
        check_entry(archive, entry, name=name, is_office=is_office, budget=budget - unpacked)


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    if entry.file_size < RATIO_MATTERS_FROM:
        return False
    return entry.file_size > HIGHEST_RATIO * max(1, entry.compress_size)


def check_place(entry: zipfile.ZipInfo, *, name: str) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in entry.filename.split("/")[0]:
        raise DomainError(f"“{name}”内的文件路径不正常。请重新打包后上传。")


def check_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, name: str, is_office: bool, budget: int
) -> None:
    """Read one entry to its end, so that a false size or checksum comes to light."""
    if entry.is_dir():
        return
    if is_office and entry.filename.lower().endswith("vbaproject.bin"):
        raise DomainError(f"“{name}”含有宏。请另存为不含宏的文件后上传。")
    start = b""
    try:
        with archive.open(entry) as member:
            start = member.read(8)
            while member.read(CHUNK):
                continue
    except zlib.error as damage:
        raise zipfile.BadZipFile(str(damage)) from damage
    if start.startswith(PACKED_STARTS):
        check_nested(archive, entry, name=name, is_office=is_office, budget=budget)


def check_nested(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, name: str, is_office: bool, budget: int
) -> None:
    """A document may embed an office document one level deep (charts do); nothing else nests."""
    embedded = entry.filename.lower().endswith(EMBEDDED_ENDINGS)
    with archive.open(entry) as member:
        content = member.read()
    with_office = zipfile.is_zipfile(io.BytesIO(content)) and embedded
    if not with_office or (is_office and not may_embed(entry.filename)):
        raise DomainError(
            f"“{name}”内还有压缩包（{PurePosixPath(entry.filename).name}）。"
            "请取出其中的文件分别上传。"
        )
    with zipfile.ZipFile(io.BytesIO(content)) as inner:
        if not office_kind(inner):
            raise DomainError(f"“{name}”内的 {PurePosixPath(entry.filename).name} 不是办公文档。")
        check_innermost(inner, name=name, budget=budget)


def may_embed(path: str) -> bool:
    return "/embeddings/" in path


def check_innermost(inner: zipfile.ZipFile, *, name: str, budget: int) -> None:
    entries = inner.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > budget or any(map(is_bomb, entries)):
        raise DomainError(f"“{name}”内嵌的文档展开后过大。请拆分后上传。")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise DomainError(f"“{name}”内嵌的文档含有宏。请另存为不含宏的文件后上传。")
