"""What the automatic checks found in a listing, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from silian.operations.exchange.kinds.declaration import ListingKind

LONGEST_CAUSE = 300


@dataclass(frozen=True, kw_only=True)
class CheckFinding:
    """Words that a rule of publication objects to (检查发现).

    One that ``blocks`` must be changed or judged by a person; the others send the listing to a
    person without asking the publisher.
    """

    code: str
    words: str
    sentence: str
    field: str = ""
    basis: str = ""
    blocks: bool = True

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def findings_from(data: Iterable[dict[str, Any]]) -> list[CheckFinding]:
    """Findings as a review stored them."""
    return [CheckFinding(**item) for item in data]


def needs_review(*, kind: ListingKind, findings: Sequence[CheckFinding]) -> bool:
    """Whether a person must look before this listing is published (须人工审核)."""
    return kind.always_reviewed or bool(findings)


def review_cause(*, kind: ListingKind, findings: Sequence[CheckFinding], note: str) -> str:
    """Why a person is asked, in one line (送审原因)."""
    parts = [f"“{kind.label}”均须人工审核"] if kind.always_reviewed else []
    parts += [f"“{finding.words}”{finding.sentence}" for finding in findings]
    if note.strip():
        parts.append(f"发布单位说明：{note.strip()}")
    return "；".join(parts)[:LONGEST_CAUSE]
