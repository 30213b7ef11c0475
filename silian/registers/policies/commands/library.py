"""Keep the library's index in step with what is issued."""

from __future__ import annotations

from silian.registers.policies.gateways.library_search import index_documents
from silian.registers.policies.models.documents import PolicyDocument


def index_library(*, document_id: int | None = None) -> int:
    """Index one issued document, or all of them; returns how many (更新政策文件检索)."""
    rows = PolicyDocument.objects.public()
    if document_id is not None:
        rows = rows.filter(pk=document_id)
    return index_documents(document_ids=list(rows.values_list("pk", flat=True)))
