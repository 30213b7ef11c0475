"""A reviewed document comes into force, and ends (发布、废止、撤下、修订)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.registers.policies.choices import DocumentState
from silian.registers.policies.commands.document_locking import locked_document
from silian.registers.policies.commands.document_upload import refuse_second_successor
from silian.registers.policies.commands.version_copy import copy_structure
from silian.registers.policies.events import PolicyIssued, PolicySuperseded
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.queries.review import issue_facts
from silian.registers.policies.workflow.documents import policy_document as steps

COPIED = (
    "division_id", "owner_id", "title", "plan_title", "document_number", "number_printed",
    "kind", "issuers", "addressees", "copied_to", "issued_on", "level", "medium", "text",
    "parsed", "file_name", "page_starts", "is_demo",
)  # fmt: skip


@transaction.atomic
def issue_document(
    *,
    document_id: int,
    actor: Actor,
    effective_from: datetime.date | None = None,
    now: datetime.datetime | None = None,
) -> PolicyDocument:
    """Issue a reviewed document; the one it replaces is superseded (发布政策文件)."""
    document = locked_document(document_id=document_id, actor=actor)
    document.state = steps.target(
        "issue", state=DocumentState(document.state), **issue_facts(document)
    )
    refuse_number_taken(document)
    document.issued_at = now or timezone.now()
    document.effective_from = effective_from or document.effective_from or document.issued_on
    if document.supersedes is not None:
        supersede(document.supersedes, successor=document, actor=actor)
    document.save(update_fields=["state", "issued_at", "effective_from"])
    record(actor, "policies.document.issued", document, detail={"version": document.version})
    publish(PolicyIssued(document_id=document.pk, division=document.division_id))
    return document


def refuse_number_taken(document: PolicyDocument) -> None:
    """A number is issued once a version in a division."""
    if not document.document_number:
        return
    same = (
        PolicyDocument.objects.public()
        .filter(
            division=document.division_id,
            document_number=document.document_number,
            version=document.version,
        )
        .exclude(pk=document.pk)
        .first()
    )
    if same is not None:
        raise DomainError(
            f"文号 {document.document_number} 已由“{same}”使用。"
            "请核对文号；如果是同一文件的修订，请在那份文件上选择“修订”。"
        )


def supersede(earlier: PolicyDocument, *, successor: PolicyDocument, actor: Actor) -> None:
    earlier = PolicyDocument.objects.select_for_update(of=("self",)).get(pk=earlier.pk)
    earlier.state = steps.target("supersede", state=DocumentState(earlier.state))
    day = successor.effective_from
    if day is not None:
        earlier.effective_to = max(day, earlier.effective_from or day)
    earlier.save(update_fields=["state", "effective_to"])
    record(
        actor,
        "policies.document.superseded",
        earlier,
        detail={"successor": successor.pk, "version": successor.version},
    )
    publish(PolicySuperseded(document_id=earlier.pk, successor_id=successor.pk))


@transaction.atomic
def repeal_document(
    *, document_id: int, reason: str, on: datetime.date, actor: Actor
) -> PolicyDocument:
    """End a document's force; it stays readable as repealed (废止政策文件)."""
    document = locked_document(document_id=document_id, actor=actor)
    document.state = steps.target("repeal", state=DocumentState(document.state), reason=reason)
    if document.effective_from and on < document.effective_from:
        raise DomainError("废止日早于施行日，请检查。", field="on")
    document.effective_to, document.ending_reason = on, reason.strip()[:300]
    document.save(update_fields=["state", "effective_to", "ending_reason"])
    record(actor, "policies.document.repealed", document, reason=reason)
    return document


@transaction.atomic
def withdraw_document(*, document_id: int, reason: str, actor: Actor) -> PolicyDocument:
    """Take a document off, issued or not; the public sees it no more (撤下政策文件)."""
    document = locked_document(document_id=document_id, actor=actor)
    document.state = steps.target("withdraw", state=DocumentState(document.state), reason=reason)
    document.ending_reason = reason.strip()[:300]
    document.supersedes = None
    document.save(update_fields=["state", "ending_reason", "supersedes"])
    record(actor, "policies.document.withdrawn", document, reason=reason)
    return document


@transaction.atomic
def amend_document(*, document_id: int, amending_number: str, actor: Actor) -> PolicyDocument:
    """Begin the next version of an issued document with all its clauses (修订政策文件).

    The clauses come confirmed; those that the amendment changes are corrected and confirmed
    again, then the version is issued and takes the place of the earlier one.
    """
    earlier = locked_document(document_id=document_id, actor=actor)
    if earlier.state != DocumentState.ISSUED:
        raise DomainError("只有已发布、仍有效的文件可以修订。")
    refuse_second_successor(earlier)
    if not amending_number.strip():
        raise DomainError("请填写修订所依据的文号或会议决定。", field="amending_number")
    document = PolicyDocument.objects.create(
        **{name: getattr(earlier, name) for name in COPIED},
        state=DocumentState.REVIEWING,
        version=earlier.version + 1,
        supersedes=earlier,
        amending_number=amending_number.strip()[:80],
    )
    copy_structure(earlier, document)
    record(
        actor,
        "policies.document.amended",
        document,
        reason=amending_number,
        detail={"earlier": earlier.pk},
    )
    return document
