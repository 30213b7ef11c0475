"""Which step comes after which, by the procedure of the scheme (评审环节)."""

from __future__ import annotations

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.choices.schemes import VisitRule
from silian.casework.reviews.rules.definition import Values

STEP_TO = {
    DossierState.OPINIONS: "to_opinions",
    DossierState.EXPERTS: "to_experts",
    DossierState.VISIT: "to_visit",
    DossierState.RANKED: "rank",
}
ORDER = (
    DossierState.SUBMITTED,
    DossierState.OPINIONS,
    DossierState.EXPERTS,
    DossierState.VISIT,
    DossierState.RANKED,
)


def stages_of(values: Values) -> tuple[DossierState, ...]:
    """The states that a dossier of this scheme passes, in order (本项目的评审环节)."""
    procedure = values.definition.procedure
    used = {
        DossierState.SUBMITTED: True,
        DossierState.OPINIONS: bool(procedure.levels),
        DossierState.EXPERTS: bool(values.number(procedure.experts)),
        DossierState.VISIT: procedure.visit != VisitRule.NONE,
        DossierState.RANKED: True,
    }
    return tuple(stage for stage in ORDER if used[stage])


def stage_after(state: DossierState, *, values: Values) -> DossierState:
    """The next state; moderation counts as the experts' stage."""
    here = DossierState.EXPERTS if state == DossierState.MODERATION else state
    stages = stages_of(values)
    return stages[stages.index(here) + 1]
