"""Whether an applicant may still appeal, and from where a dossier is looked at again (申诉)."""

from __future__ import annotations

import datetime

from silian.casework.reviews.choices.deciding import Outcome
from silian.casework.reviews.choices.dossiers import DossierState

STEP_TO = {
    DossierState.SUBMITTED: "reopen_intake",
    DossierState.EXPERTS: "reopen_experts",
    DossierState.VISIT: "reopen_visit",
    DossierState.RANKED: "reopen_ranked",
}


def reason_not_appealable(
    *, outcome: str, last_on: datetime.date | None, on: datetime.date, was_appealed: bool
) -> str | None:
    """A refusal can be appealed once, until its last day; 未设定 sets no last day."""
    if outcome != Outcome.REJECT:
        return "只有不通过的决定可以申诉。"
    if was_appealed:
        return "对这项决定已经申诉过。对复核结论仍有异议的，可以依法申请行政复议或提起行政诉讼。"
    if last_on is not None and on > last_on:
        return f"申诉期限到 {last_on:%Y年%m月%d日} 为止，已经过期。可以依法寻求其他救济。"
    return None


def stages_to_reopen(
    *,
    ended_stage: str,
    used: tuple[DossierState, ...],
    has_opinions: bool,
    has_assignments: bool,
    has_visit: bool,
) -> list[DossierState]:
    """From which stages a dossier can be handled anew without undoing what was said (重新办理)."""
    open_again = {
        DossierState.SUBMITTED: ended_stage in (DossierState.SUBMITTED, DossierState.FIXING)
        and not has_opinions
        and not has_assignments,
        DossierState.EXPERTS: not has_assignments and ended_stage != DossierState.SUBMITTED,
        DossierState.VISIT: not has_visit and ended_stage != DossierState.SUBMITTED,
        DossierState.RANKED: ended_stage not in (DossierState.SUBMITTED, DossierState.FIXING),
    }
    return [stage for stage in used if open_again.get(stage, False)]
