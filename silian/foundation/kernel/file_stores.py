"""Where the content of files lies: in a folder, or in an S3-compatible store.

Content is addressed by its own sha256, so a file cannot change unnoticed and the same content is
kept once.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class FileStore(Protocol):
    """Keeps content under its sha256."""

    def put(self, sha256: str, content: bytes) -> None: ...

    def open(self, sha256: str) -> IO[bytes]:
        """The content; raises ``FileNotFoundError`` when it is missing."""
        ...

    def delete(self, sha256: str) -> None: ...

    def entries(self) -> Iterator[tuple[str, datetime]]:
        """Every sha256 in the store and when it was put there."""
        ...


@dataclass(frozen=True)
class FolderStore:
    """Content in a folder of this machine, two levels deep."""

    folder: Path

    def path_of(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def put(self, sha256: str, content: bytes) -> None:
        """Write whole or not at all, on disk before this returns."""
        path = self.path_of(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            os.utime(path)
            return
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".put-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, 0o640)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def open(self, sha256: str) -> IO[bytes]:
        return self.path_of(sha256).open("rb")

    def delete(self, sha256: str) -> None:
        self.path_of(sha256).unlink(missing_ok=True)

    def entries(self) -> Iterator[tuple[str, datetime]]:
        for path in self.folder.glob("??/??/*"):
            if not path.name.startswith("."):
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)


class S3Store:
    """Content in a bucket of an S3-compatible store; needs the optional package boto3."""

    def __init__(self, *, bucket: str, endpoint: str = "", client: Any = None) -> None:
        self.bucket = bucket
        self.client = client or s3_client(endpoint)

    def put(self, sha256: str, content: bytes) -> None:
        self.client.put_object(Bucket=self.bucket, Key=sha256, Body=content)

    def open(self, sha256: str) -> IO[bytes]:
        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=sha256)
        except self.client.exceptions.NoSuchKey as missing:
            raise FileNotFoundError(sha256) from missing
        return io.BytesIO(answer["Body"].read())

    def delete(self, sha256: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=sha256)

    def entries(self) -> Iterator[tuple[str, datetime]]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        for page in pages:
            for item in page.get("Contents", []):
                yield item["Key"], item["LastModified"]


def s3_client(endpoint: str) -> Any:
    try:
        import boto3
    except ImportError:
        raise ImproperlyConfigured(
            "设置了 SILIAN_S3_BUCKET，但没有安装 boto3。请运行 .venv/bin/pip install boto3，"
            "或去掉该设置改用本机目录。"
        ) from None
    return boto3.client("s3", endpoint_url=endpoint or None)


def the_store() -> FileStore:
    """The store of this site: the bucket when one is set, else the folder ``MEDIA_ROOT``."""
    if settings.S3_BUCKET:
        return S3Store(bucket=settings.S3_BUCKET, endpoint=settings.S3_ENDPOINT)
    return FolderStore(Path(settings.MEDIA_ROOT))
