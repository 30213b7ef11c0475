"""What an appeal can still bring, and appeals that wait."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from silian.casework.reviews.choices.deciding import Outcome
from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.models import Appeal, Campaign, Dossier
from silian.casework.reviews.queries.decisions import current_decision, last_appeal_day
from silian.casework.reviews.queries.notices import decided
from silian.casework.reviews.rules.appeals import reason_not_appealable, stages_to_reopen
from silian.casework.reviews.rules.progress import stages_of


@dataclass(frozen=True, kw_only=True)
class Right:
    """The applicant's right of appeal: open or why not, and its last day (申诉权)."""

    last_on: datetime.date | None
    barred: str
    appeal: Appeal | None


def right_of_appeal(dossier: Dossier) -> Right | None:
    """The right against the decision that holds; None when nothing was refused."""
    decision = current_decision(dossier)
    if decision is None or decision.outcome != Outcome.REJECT:
        return None
    appeal = Appeal.objects.filter(decision=decision).first()
    last_on = last_appeal_day(decision)
    reason = reason_not_appealable(
        outcome=decision.outcome,
        last_on=last_on,
        on=timezone.localdate(),
        was_appealed=appeal is not None,
    )
    is_open = dossier.state == DossierState.REJECTED
    return Right(last_on=last_on, barred=reason or ("" if is_open else "closed"), appeal=appeal)


def free_places(campaign: Campaign) -> int | None:
    """How many places of the quota nobody has; None without a quota (余下名额)."""
    if campaign.quota is None:
        return None
    return max(0, campaign.quota - decided(campaign, outcome=Outcome.RECOGNISE).count())


def stages_open_to(dossier: Dossier) -> list[DossierState]:
    """From which stages the dossier can be looked at anew."""
    return stages_to_reopen(
        ended_stage=dossier.ended_stage,
        used=stages_of(dossier.campaign.values),
        has_opinions=dossier.opinions.exists(),
        has_assignments=dossier.assignments.exists(),
        has_visit=dossier.visits.exists(),
    )


def for_list(rows: QuerySet[Appeal]) -> QuerySet[Appeal]:
    return rows.select_related(
        "decision__dossier__applicant", "decision__dossier__campaign", "handler"
    )
