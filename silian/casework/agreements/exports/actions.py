"""The table of steps by state and seat, as a page of the documents."""

from __future__ import annotations

from silian.casework.agreements.choices import AgreementState, Seat
from silian.casework.agreements.workflow.actions import ACTIONS, may_take

HEAD = """# Who may do what with an agreement

For every state and seat the steps that are open. Written by `silian agreement_actions`; a test
holds commands and pages to it. Do not edit.
"""


def actions_document() -> str:
    """``docs/agreements-actions.md`` as the table gives it."""
    heads = " | ".join(Seat(seat).label for seat in Seat)
    lines = [HEAD, f"| 状态 | {heads} |", "|---" * (len(Seat) + 1) + "|"]
    for state in AgreementState:
        cells = " | ".join(steps(seat, state) for seat in Seat)
        lines.append(f"| {state.label} | {cells} |")
    notes = [f"- **{row.label}**（{row.code}）：{row.note}" for row in ACTIONS if row.note]
    return "\n".join([*lines, "", "## 条件", "", *notes, ""])


def steps(seat: Seat, state: AgreementState) -> str:
    open_here = [row.label for row in ACTIONS if may_take(row.code, seat=seat, state=state)]
    return "、".join(open_here) or "—"
