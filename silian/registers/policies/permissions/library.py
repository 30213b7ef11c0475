"""What the public library shows: issued documents only, to everybody alike (政策文件库权限)."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.documents import PolicyDocument


def library_documents_visible_to(actor: Actor) -> QuerySet[PolicyDocument]:
    """Issued documents, also when replaced or repealed; drafts never, not even their owner's."""
    return PolicyDocument.objects.public()


def library_clauses_visible_to(actor: Actor) -> QuerySet[Clause]:
    """The clauses of issued documents."""
    return Clause.objects.filter(document__in=library_documents_visible_to(actor))
