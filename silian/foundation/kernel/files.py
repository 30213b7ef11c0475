"""Files of the platform: taken in after checks, kept under their sha256, given to those who may.

A file belongs to a subject. The subject's module says in its ``permissions.py`` who may read::

    register_file_readers("exchange.listing", may_read_listing_file)
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Model, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.file_checks import DOCUMENTS, CheckedFile, FileKind, checked
from silian.foundation.kernel.file_stores import the_store
from silian.foundation.kernel.models import StoredFile
from silian.foundation.kernel.scanners import the_scanner

MayRead = Callable[[Actor, StoredFile], bool]
CONTENT_KEPT = datetime.timedelta(days=1)  # so that a backup under way still finds it
_readers: dict[str, MayRead] = {}


def register_file_readers(object_type: str, may_read: MayRead) -> None:
    """Say who may read the files of ``object_type`` (``app.model``, lower case)."""
    _readers[object_type] = may_read


def file_readable_by(actor: Actor, *, file_id: int) -> StoredFile | None:
    """The file when the actor may read it; None alike for a missing file and a hidden one."""
    file = StoredFile.objects.filter(pk=file_id).first()
    may_read = _readers.get(file.object_type) if file else None
    if file is None or may_read is None or not may_read(actor, file):
        return None
    return file


def files_of(subject: Model) -> QuerySet[StoredFile]:
    """The files of one subject, oldest first."""
    return StoredFile.objects.filter(
        object_type=subject._meta.label_lower, object_id=str(subject.pk)
    ).order_by("pk")


def store_upload(
    *,
    upload: UploadedFile[bytes],
    subject: Model,
    actor: Actor,
    kinds: tuple[FileKind, ...] = DOCUMENTS,
    limit: int | None = None,
) -> StoredFile:
    """Check an uploaded file and keep it for the subject (上传文件)."""
    limit = limit or settings.UPLOAD_LIMIT_BYTES
    content = upload.read(limit + 1) if (upload.size or 0) <= limit else b"\0" * (limit + 1)
    return store_content(
        name=upload.name or "",
        content=content,
        subject=subject,
        actor=actor,
        kinds=kinds,
        limit=limit,
    )


def store_content(
    *,
    name: str,
    content: bytes,
    subject: Model,
    actor: Actor,
    kinds: tuple[FileKind, ...] = DOCUMENTS,
    limit: int | None = None,
) -> StoredFile:
    """Check content and keep it for the subject; for uploads and for what jobs write."""
    file = checked(
        name=name, content=content, kinds=kinds, limit=limit or settings.UPLOAD_LIMIT_BYTES
    )
    finding = the_scanner().finding(file.content)
    if finding:
        raise DomainError(f"“{file.name}”查出病毒（{finding[:60]}），没有接收。请杀毒后重新上传。")
    return _keep(file, subject=subject, actor=actor)


def store_result(*, name: str, content_type: str, content: bytes, job: Model) -> StoredFile:
    """Keep what a long job made: our own output, so without the checks for uploads."""
    file = CheckedFile(name=name, content_type=content_type, content=content)
    actor = Actor(user_id=job.actor_id, name=job.actor_name)  # type: ignore[attr-defined]
    return _keep(file, subject=job, actor=actor)


@transaction.atomic
def _keep(file: CheckedFile, *, subject: Model, actor: Actor) -> StoredFile:
    lock_content(file.sha256)
    the_store().put(file.sha256, file.content)
    stored = StoredFile.objects.create(
        object_type=subject._meta.label_lower,
        object_id=str(subject.pk),
        name=file.name,
        content_type=file.content_type,
        size=len(file.content),
        sha256=file.sha256,
        uploaded_by_id=actor.user_id,
        uploaded_by_name=actor.name[:60],
        organisation_id=actor.organisation_id,
    )
    record(
        actor,
        "kernel.file.stored",
        subject,
        detail={"file": stored.pk, "name": file.name, "sha256": file.sha256},
    )
    return stored


@transaction.atomic
def remove_file(*, file: StoredFile, actor: Actor, reason: str = "") -> None:
    """Take a file away from its subject (删除文件); its content goes within a day.

    The owning module decides before whether the actor may.
    """
    record(
        actor,
        "kernel.file.removed",
        file,
        reason=reason,
        detail={
            "sha256": file.sha256,
            "object_type": file.object_type,
            "object_id": file.object_id,
        },
    )
    file.delete()


def open_content(file: StoredFile) -> IO[bytes]:
    """The content; raises ``FileNotFoundError`` when the store has lost it."""
    return the_store().open(file.sha256)


def read_content(file: StoredFile) -> bytes:
    with open_content(file) as content:
        return content.read()


def lock_content(sha256: str) -> None:
    """Keep others from adding or purging the same content until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(5411002, ('x' || left(%s, 8))::bit(32)::int)", [sha256]
        )


def purge_unreferenced(*, now: datetime.datetime) -> int:
    """Delete content that no file refers to and that is older than a day."""
    store = the_store()
    purged = 0
    for sha256, put_at in store.entries():
        if now - put_at < CONTENT_KEPT:
            continue
        with transaction.atomic():
            lock_content(sha256)
            if not StoredFile.objects.filter(sha256=sha256).exists():
                store.delete(sha256)
                purged += 1
    return purged
