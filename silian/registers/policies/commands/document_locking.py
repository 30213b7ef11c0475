"""Rows of a document under review, locked and checked before they change (锁定)."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import WrongState
from silian.registers.policies.choices import DocumentState
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.permissions.documents import require_reviewer


def locked_document(*, document_id: int, actor: Actor) -> PolicyDocument:
    """The document, locked, when the actor may change it."""
    document = PolicyDocument.objects.select_for_update(of=("self",)).get(pk=document_id)
    require_reviewer(actor, document)
    return document


def document_in_review(*, document_id: int, actor: Actor) -> PolicyDocument:
    """The document, locked, when it is still under review: an issued one is never changed."""
    document = locked_document(document_id=document_id, actor=actor)
    if document.state != DocumentState.REVIEWING:
        raise WrongState(
            f"文件当前为“{document.get_state_display()}”，不能更正。"
            "已发布的文件请通过“修订”形成新的版次。"
        )
    return document


def clause_in_review(*, clause_id: int, actor: Actor) -> Clause:
    """A clause of a document under review; the document is locked."""
    document_id = Clause.objects.values_list("document_id", flat=True).get(pk=clause_id)
    document = document_in_review(document_id=document_id, actor=actor)
    clause = Clause.objects.get(pk=clause_id)
    clause.document = document
    return clause
