"""Stored files as evidence: with their doors, checksum and who added them."""

from __future__ import annotations

from django.urls import reverse

from silian.foundation.kernel.models import StoredFile
from silian.foundation.ui.components import EvidenceFile


def as_evidence(file: StoredFile | EvidenceFile) -> EvidenceFile:
    """A stored file as the evidence viewer draws it (证据)."""
    if isinstance(file, EvidenceFile):
        return file
    return EvidenceFile(
        name=file.name,
        url=reverse("kernel:file_download", args=[file.pk]),
        preview_url=reverse("kernel:file_view", args=[file.pk]),
        content_type=file.content_type,
        size=file.size,
        added_at=file.uploaded_at,
        added_by=file.uploaded_by_name,
        checksum=file.sha256,
    )
