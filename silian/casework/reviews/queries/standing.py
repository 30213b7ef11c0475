"""Which status an organisation holds on a day, and what it opens: read by every other module."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from silian.casework.reviews.choices.recognitions import (
    HOLDING_STATES,
    ActKind,
    RecognitionState,
)
from silian.casework.reviews.models import Recognition, RecognitionAct, Scheme
from silian.casework.reviews.queries.bans import of_scheme
from silian.casework.reviews.rules.definition import Benefit
from silian.casework.reviews.rules.recognitions import Step, state_on

CREDIT = "tax"  # the code under which schemes open the credit on investments
STRENGTH = (
    RecognitionState.CERTIFIED,
    RecognitionState.WARNED,
    RecognitionState.INCUBATING,
    RecognitionState.SUSPENDED,
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A status as it stands on a day, with what it opens (认定效力)."""

    recognition: Recognition
    state: RecognitionState
    benefits: tuple[Benefit, ...]

    @property
    def holds(self) -> bool:
        return self.state in HOLDING_STATES


@dataclass(frozen=True, kw_only=True)
class HeldBenefit:
    """A benefit that is open today, and the status that opens it (可享政策)."""

    benefit: Benefit
    standing: Standing


def with_acts(rows: QuerySet[Recognition]) -> QuerySet[Recognition]:
    """Recognitions with what a standing needs, in a constant number of queries."""
    acts = Prefetch("acts", queryset=RecognitionAct.objects.order_by("pk"))
    return rows.select_related(
        "scheme", "holder", "dossier__campaign__version", "division"
    ).prefetch_related(acts)


def standing_on(recognition: Recognition, *, on: datetime.date) -> Standing | None:
    """How one recognition stands on a day; None before it was given."""
    steps = [Step(kind=ActKind(act.kind), on=act.effective_on) for act in recognition.acts.all()]
    state = state_on(steps, valid_until=recognition.valid_until, on=on)
    if state is None:
        return None
    given = recognition.dossier.campaign.content.consequence.benefits
    open_ones = tuple(row for row in given if state in row.in_states)
    return Standing(recognition=recognition, state=state, benefits=open_ones)


def standings_of(*, organisation_id: int, on: datetime.date) -> list[Standing]:
    """Every status of an organisation that stands on a day, the strongest first (现有认定)."""
    rows = Recognition.objects.filter(holder_id=organisation_id, entered_on__lte=on).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    )
    found = [standing_on(row, on=on) for row in with_acts(rows).order_by("scheme__title", "pk")]
    living = [row for row in found if row is not None and row.state in STRENGTH]
    return sorted(living, key=lambda row: STRENGTH.index(row.state))


def standing_of(
    *, organisation_id: int, scheme: Scheme | str, on: datetime.date
) -> Standing | None:
    """The strongest status of an organisation under a scheme on a day (认定状态)."""
    wanted = Recognition.objects.filter(of_scheme(scheme), holder_id=organisation_id)
    keys = set(wanted.values_list("pk", flat=True))
    rows = standings_of(organisation_id=organisation_id, on=on) if keys else []
    return next((row for row in rows if row.recognition.pk in keys), None)


def holds(*, organisation_id: int, scheme: Scheme | str, on: datetime.date) -> bool:
    """Whether an organisation holds the status on a day, incubation included (是否具备)."""
    standing = standing_of(organisation_id=organisation_id, scheme=scheme, on=on)
    return standing is not None and standing.holds


def benefits_of(*, organisation_id: int, on: datetime.date) -> list[HeldBenefit]:
    """What its statuses open to an organisation on a day (挂钩政策)."""
    return [
        HeldBenefit(benefit=benefit, standing=standing)
        for standing in standings_of(organisation_id=organisation_id, on=on)
        for benefit in standing.benefits
    ]


def may_use_credit(*, organisation_id: int, on: datetime.date) -> bool:
    """Whether the investment credit is open, from incubation on (抵免资格).

    Basis: 财税〔2019〕46号: 试点建设培育的产教融合型企业.
    """
    found = benefits_of(organisation_id=organisation_id, on=on)
    return any(row.benefit.code == CREDIT for row in found)
