"""What the findings of a check lead to, and how an organisation stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from silian.operations.alliances.choices.conduct import CheckState, ConductMatter, Finding


def reason_findings_incomplete(
    findings: Mapping[str, str], words: Mapping[str, str]
) -> tuple[str, str] | None:
    """The first matter without finding, or failed without words: its name and the sentence."""
    for matter in ConductMatter:
        found = findings.get(matter.value, "")
        if found not in Finding.values:
            return matter.value, f"“{matter.label}”还没有结果，请逐项选择。"
        if found == Finding.FAILED and not words.get(matter.value, "").strip():
            return matter.value, f"“{matter.label}”不符合，请写明发现的问题。"
    return None


def has_failed(findings: Iterable[str]) -> bool:
    return any(found == Finding.FAILED for found in findings)


def reason_bad_deadline(
    *, failed: bool, due_on: datetime.date | None, checked_on: datetime.date
) -> str | None:
    """Why the deadline for correction does not fit, or None."""
    if failed and due_on is None:
        return "有不符合的事项，请写明整改期限。"
    if due_on is not None and due_on <= checked_on:
        return "整改期限应晚于检查日。"
    return None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a service organisation stands with its checks (规范运作情况)."""

    words: str
    tone: str


def standing_of(
    checks: Iterable[tuple[str, bool, datetime.date | None]], *, on: datetime.date
) -> Standing:
    """``checks`` are state, whether it is an onboarding check, and the day of correction.

    Something overdue comes first, then something open, then whether it was ever let in.
    """
    rows = list(checks)
    open_rows = [row for row in rows if row[0] in (CheckState.CORRECTING, CheckState.HANDED_IN)]
    late = any(
        state == CheckState.CORRECTING and due is not None and due < on
        for state, _, due in open_rows
    )
    if late:
        return Standing(words="整改逾期", tone="late")
    if open_rows:
        return Standing(words="整改中", tone="watch")
    if any(state == CheckState.CLOSED and first for state, first, _ in rows):
        return Standing(words="已通过入驻核查", tone="ok")
    return Standing(words="未核查", tone="unset")
