"""The elements of a document put right by a person (更正文件要素)."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.registers.policies.commands.clause_correction import changes
from silian.registers.policies.commands.document_locking import document_in_review
from silian.registers.policies.models.documents import PolicyDocument


@dataclass(frozen=True, kw_only=True)
class DocumentFacts:
    """The elements around the body, as a person corrects them."""

    title: str
    plan_title: str
    document_number: str
    issuers: tuple[str, ...]
    issued_on: datetime.date | None
    effective_from: datetime.date | None
    level: str


@transaction.atomic
def correct_document(*, document_id: int, facts: DocumentFacts, actor: Actor) -> PolicyDocument:
    """Correct title, number, issuers, dates and level (更正文件要素)."""
    document = document_in_review(document_id=document_id, actor=actor)
    before = facts_of(document)
    for name, value in asdict(facts).items():
        setattr(document, name, list(value) if name == "issuers" else value)
    after = facts_of(document)
    if after == before:
        return document
    document.save(update_fields=list(after))
    record(
        actor,
        "policies.document.corrected",
        document,
        detail=changes(before=before, after=after),
    )
    return document


def facts_of(document: PolicyDocument) -> dict[str, Any]:
    """The elements as the audit trail writes them."""
    day, begins = document.issued_on, document.effective_from
    return {
        "title": document.title,
        "plan_title": document.plan_title,
        "document_number": document.document_number,
        "issuers": list(document.issuers),
        "issued_on": day.isoformat() if day else None,
        "effective_from": begins.isoformat() if begins else None,
        "level": document.level,
    }
