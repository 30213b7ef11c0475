"""A document comes in: kept as it is, then read by a worker (上传政策文件)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.file_checks import DOCX, JPEG, MARKDOWN, PDF, PNG, TXT
from silian.foundation.kernel.files import store_upload
from silian.foundation.kernel.jobs import cancel_job, start_job
from silian.foundation.kernel.models import Job, StoredFile
from silian.registers.policies.choices import DocumentState, Medium
from silian.registers.policies.commands.document_locking import locked_document
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.permissions.documents import require_uploader
from silian.registers.policies.rules.reading import level_of
from silian.registers.policies.workflow.documents import policy_document as steps

READABLE = (TXT, MARKDOWN, DOCX, PDF, PNG, JPEG)
UPLOAD_LIMIT = 40 * 1024 * 1024  # a scanned plan of 100 pages at 180 dpi has about 20 MB
OBJECT_TYPE = "policies.policydocument"
CANCELLED = "已取消解析。"
MEDIA = {
    ".txt": Medium.TEXT,
    ".md": Medium.MARKDOWN,
    ".markdown": Medium.MARKDOWN,
    ".docx": Medium.WORD,
    ".pdf": Medium.PDF,
}


@dataclass(frozen=True, kw_only=True)
class UploadFacts:
    """What is said of a document when it comes in."""

    division: str
    title: str = ""
    replaces: int | None = None
    accepts_duplicate: bool = False


@transaction.atomic
def upload_document(
    *, upload: UploadedFile[bytes], facts: UploadFacts, actor: Actor
) -> PolicyDocument:
    """Keep a policy document and have it read (上传政策文件)."""
    document = keep_document(upload=upload, facts=facts, actor=actor)
    start_reading(document, actor=actor)
    return document


@transaction.atomic
def keep_document(
    *, upload: UploadedFile[bytes], facts: UploadFacts, actor: Actor
) -> PolicyDocument:
    """Keep a policy document as it came; somebody else sees to its reading (保存原件)."""
    require_uploader(actor)
    if not actor.covers(facts.division):
        raise NotAllowed("适用地区不在您的管辖范围内，请选择本地区或下级地区。")
    refuse_duplicate(upload=upload, facts=facts, actor=actor)
    name = (upload.name or "")[-120:]
    document = PolicyDocument.objects.create(
        division_id=facts.division,
        owner_id=actor.organisation_id or 0,
        title=facts.title.strip()[:200] or PurePosixPath(name).stem[:200],
        level=level_of(None, division=facts.division),
        medium=MEDIA.get(PurePosixPath(name).suffix.lower(), Medium.SCAN),
        file_name=name,
        supersedes=replaced_document(facts=facts, actor=actor),
    )
    store_upload(upload=upload, subject=document, actor=actor, kinds=READABLE, limit=UPLOAD_LIMIT)
    record(actor, "policies.document.uploaded", document, detail={"file": name})
    return document


def refuse_duplicate(*, upload: UploadedFile[bytes], facts: UploadFacts, actor: Actor) -> None:
    """The same content is taken twice only when the uploader insists."""
    if facts.accepts_duplicate or (upload.size or 0) > UPLOAD_LIMIT:
        return
    sha256 = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    same = StoredFile.objects.filter(
        object_type=OBJECT_TYPE, sha256=sha256, organisation_id=actor.organisation_id
    ).first()
    if same is None:
        return
    raise DomainError(
        f"贵单位已于 {same.uploaded_at:%Y-%m-%d} 上传过内容相同的文件“{same.name}”。"
        "确需再次录入时，请勾选“仍然录入”。",
        field="file",
    )


def replaced_document(*, facts: UploadFacts, actor: Actor) -> PolicyDocument | None:
    """The issued document whose place this one takes; nobody else has taken it yet."""
    if facts.replaces is None:
        return None
    earlier = PolicyDocument.objects.filter(
        pk=facts.replaces, owner_id=actor.organisation_id, state=DocumentState.ISSUED
    ).first()
    if earlier is None:
        raise DomainError("只能替代贵单位已发布的文件，请重新选择。", field="replaces")
    refuse_second_successor(earlier, field="replaces")
    return earlier


def refuse_second_successor(earlier: PolicyDocument, *, field: str | None = None) -> None:
    """A document has one successor at a time."""
    successor = PolicyDocument.objects.filter(supersedes=earlier).first()
    if successor is not None:
        raise DomainError(
            f"“{earlier}”已有替代文件“{successor}”（{successor.get_state_display()}），"
            "请先处理那一份。",
            field=field,
        )


def start_reading(document: PolicyDocument, *, actor: Actor) -> None:
    job = start_job(
        kind="policies.read_document",
        title=f"解析 {document.file_name}",
        actor=actor,
        document_id=document.pk,
    )
    document.job_id = job.pk
    document.save(update_fields=["job_id"])


@transaction.atomic
def read_again(*, document_id: int, actor: Actor) -> PolicyDocument:
    """Read the original anew; what was corrected by hand is dropped (重新解析)."""
    document = locked_document(document_id=document_id, actor=actor)
    if document.version > 1:
        raise DomainError("修订形成的版次沿用上一版的条款，不能重新解析。")
    document.state = steps.target("read_again", state=DocumentState(document.state))
    document.failure = ""
    document.save(update_fields=["state", "failure"])
    start_reading(document, actor=actor)
    record(actor, "policies.document.read_again", document)
    return document


@transaction.atomic
def cancel_reading(*, document_id: int, actor: Actor) -> PolicyDocument:
    """Stop reading; the original stays and can be read again (取消解析)."""
    document = locked_document(document_id=document_id, actor=actor)
    document.state = steps.target("fail", state=DocumentState(document.state))
    document.failure = CANCELLED
    document.save(update_fields=["state", "failure"])
    job = Job.objects.filter(pk=document.job_id or 0).first()
    if job is not None and not job.has_ended:
        cancel_job(job_id=job.pk, actor=actor)
    record(actor, "policies.document.unreadable", document, reason=CANCELLED)
    return document
