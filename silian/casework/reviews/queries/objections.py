"""Objections by their code, and those that wait."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db.models import QuerySet

from silian.casework.reviews.models import Objection
from silian.foundation.kernel.check_codes import tidy_code
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.models import StoredFile

KEPT = 20  # hexadecimal digits of the digest: 80 bits, more than the code has


def digest_of_code(code: str) -> str:
    """What is kept of a code: a copy of the database gives nobody's answer away."""
    return hashlib.sha256(tidy_code(code).encode()).hexdigest()[:KEPT]


def objection_by_code(code: str) -> Objection | None:
    """The objection whose receipt has this code (凭查询码)."""
    if not tidy_code(code):
        return None
    rows = Objection.objects.select_related("notice__campaign")
    return rows.filter(code=digest_of_code(code)).first()


def for_list(rows: QuerySet[Objection]) -> QuerySet[Objection]:
    return rows.select_related("dossier__applicant", "dossier__campaign", "investigator")


@dataclass(frozen=True, kw_only=True)
class Papers:
    """The files of an objection, by who brought them (异议人提供、核查取得)."""

    brought: list[StoredFile]
    found: list[StoredFile]


def papers_of(objection: Objection) -> Papers:
    """What the objector sent, kept without an account, and what the investigator found."""
    rows = list(files_of(objection))
    return Papers(
        brought=[row for row in rows if row.uploaded_by_id is None],
        found=[row for row in rows if row.uploaded_by_id is not None],
    )
