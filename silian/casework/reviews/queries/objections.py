"""Objections by their code, and those that wait."""

from __future__ import annotations

import datetime
import hashlib

from django.db.models import QuerySet

from silian.casework.reviews.models import Objection
from silian.foundation.kernel.check_codes import tidy_code

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


def is_late(row: Objection, *, on: datetime.date) -> bool:
    return row.answered_at is None and row.due_on is not None and on > row.due_on
