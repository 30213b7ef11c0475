"""Background work of documents."""

from __future__ import annotations

from contextlib import suppress

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.files import files_of, read_content
from silian.foundation.kernel.jobs import (
    UNEXPECTED_FAILURE,
    JobCancelled,
    Outcome,
    Progress,
    long_job,
)
from silian.registers.policies.commands.document_reading import (
    note_unreadable,
    read_parsed_document,
)
from silian.registers.policies.commands.document_upload import CANCELLED
from silian.registers.policies.gateways.policy_reading import read_policy
from silian.registers.policies.models.documents import PolicyDocument


def starter(progress: Progress) -> Actor:
    """The person who started the job, as the audit trail names them."""
    job = progress.job
    return Actor(
        user_id=job.actor_id,
        name=job.actor_name,
        organisation_id=job.organisation_id,
        organisation_name=job.organisation_name,
    )


@long_job("policies.read_document")
def read_document(progress: Progress, *, document_id: int) -> Outcome:
    """Read a document's original and write its structure down (解析政策文件)."""
    document = PolicyDocument.objects.get(pk=document_id)
    actor = starter(progress)
    original = files_of(document).first()
    try:
        if original is None:
            raise DomainError("原件不在文件库中，请重新上传。")
        reading = read_policy(
            name=original.name,
            content=read_content(original),
            tell=lambda done, total, words: progress.report(done=done, total=total, message=words),
        )
        read_parsed_document(document_id=document_id, reading=reading, actor=actor)
    except JobCancelled:
        note_unreadable(document_id=document_id, sentence=CANCELLED, actor=actor)
        raise
    except DomainError as refusal:
        note_unreadable(document_id=document_id, sentence=refusal.sentence, actor=actor)
        raise
    except Exception:
        with suppress(Exception):
            note_unreadable(document_id=document_id, sentence=UNEXPECTED_FAILURE, actor=actor)
        raise
    clauses = len(reading.parsed["clauses"])
    return Outcome(
        message=f"解析出 {clauses} 条，待核对。",
        url=reverse("policies:document_desk", kwargs={"document_id": document_id}),
    )
