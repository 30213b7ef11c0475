"""How the states of preparing and learning look: the tone of each badge (灯号)."""

from __future__ import annotations

from silian.operations.placements.choices.insurance import (
    ClaimState,
    PolicyState,
    ProductState,
)
from silian.operations.placements.choices.learning import (
    AssessmentState,
    CertificateState,
    CourseState,
    NoteState,
)

TONES: dict[str, str] = {
    ProductState.DRAFT: "open",
    ProductState.PUBLISHED: "ok",
    ProductState.WITHDRAWN: "unset",
    PolicyState.IN_FORCE: "ok",
    PolicyState.CANCELLED: "unset",
    ClaimState.REPORTED: "info",
    ClaimState.ACCEPTED: "info",
    ClaimState.REJECTED: "late",
    ClaimState.PAID: "info",
    ClaimState.SETTLED: "ok",
    NoteState.SUBMITTED: "info",
    NoteState.TICKED: "ok",
    NoteState.RETURNED: "watch",
    AssessmentState.OPEN: "open",
    AssessmentState.SHOWN: "info",
    AssessmentState.DISAGREED: "watch",
    AssessmentState.FINAL: "ok",
    CertificateState.VALID: "ok",
    CertificateState.REVOKED: "late",
    CourseState.PUBLISHED: "ok",
}


def tone_of(state: str) -> str:
    return TONES.get(state, "unset")
