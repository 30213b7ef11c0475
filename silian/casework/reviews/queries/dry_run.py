"""What a draft would have made of the dossiers of the last batch (试算)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from silian.casework.reviews.choices.dossiers import JUDGED_STATES
from silian.casework.reviews.choices.schemes import SourceKind
from silian.casework.reviews.models import Campaign, CriterionResult, Dossier, Scheme
from silian.casework.reviews.queries.evaluation import evaluation_of
from silian.casework.reviews.queries.readings import PLATFORM, platform_reading
from silian.casework.reviews.registry import UNKNOWN, Reading
from silian.casework.reviews.rules.answer_readings import answer_reading
from silian.casework.reviews.rules.criteria import Evaluation, evaluate
from silian.casework.reviews.rules.definition import Criterion, Definition, Values
from silian.casework.reviews.rules.readings import thawed

MOST_DOSSIERS = 500  # a page of this many is judged in a second


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One dossier before and after (试算结果)."""

    dossier: Dossier
    before: Evaluation
    after: Evaluation

    @property
    def passed(self) -> bool | None:
        return passes(self.before)

    @property
    def would_pass(self) -> bool | None:
        return passes(self.after)

    @property
    def changes(self) -> bool:
        return self.passed != self.would_pass

    @property
    def more(self) -> Decimal | None:
        """How many points more, when both are known."""
        if self.before.points is None or self.after.points is None:
            return None
        return self.after.points - self.before.points

    @property
    def new_reasons(self) -> list[str]:
        """Why it fails now and did not before."""
        held = {result.code for result in self.before.results if result.blocks}
        return [
            result.sentence
            for result in self.after.results
            if (result.blocks or result.is_vetoed) and result.code not in held
        ]


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """The draft on the last batch (试算): trials, those that change first."""

    campaign: Campaign
    trials: Sequence[Trial]

    @property
    def passing_before(self) -> int:
        return sum(trial.passed is True for trial in self.trials)

    @property
    def passing_after(self) -> int:
        return sum(trial.would_pass is True for trial in self.trials)

    @property
    def changed(self) -> int:
        return sum(trial.changes for trial in self.trials)


def passes(evaluation: Evaluation) -> bool | None:
    """Whether conditions hold and the points reach the line; None when it cannot be said."""
    if evaluation.met is False or evaluation.reaches_pass is False:
        return False
    if evaluation.met is None or (evaluation.scored is not None and evaluation.points is None):
        return None
    return True


def last_batch(scheme: Scheme) -> Campaign | None:
    """The newest batch of a scheme that has dossiers to judge."""
    return (
        Campaign.objects.filter(
            version__scheme=scheme,
            dossiers__state__in=JUDGED_STATES,
            dossiers__results__isnull=False,
        )
        .select_related("version", "division")
        .order_by("-year", "-number", "-pk")
        .first()
    )


def dry_run(*, campaign: Campaign, definition: Definition, on: datetime.date) -> DryRun:
    """Judge the dossiers of a batch by another definition; nothing is kept."""
    rows = list(
        Dossier.objects.filter(campaign=campaign, state__in=JUDGED_STATES)
        .select_related("applicant__industry", "person")
        .prefetch_related("results")
        .order_by("number")[:MOST_DOSSIERS]
    )
    values = Values(definition=definition, overrides=campaign.overrides)
    trials = []
    for dossier in rows:
        dossier.campaign = campaign
        readings = trial_readings(dossier, definition, on=on)
        after = evaluate(definition, values, readings)
        trials.append(Trial(dossier=dossier, before=evaluation_of(dossier), after=after))
    trials.sort(key=lambda trial: (not trial.changes, trial.dossier.number or ""))
    return DryRun(campaign=campaign, trials=trials)


def trial_readings(
    dossier: Dossier, definition: Definition, *, on: datetime.date
) -> dict[str, Reading]:
    kept = {row.criterion: row for row in dossier.results.all()}
    return {
        code: trial_reading(item, dossier, definition, kept=kept, on=on)
        for code, item in definition.criteria_by_code.items()
    }


def trial_reading(
    item: Criterion,
    dossier: Dossier,
    definition: Definition,
    *,
    kept: dict[str, CriterionResult],
    on: datetime.date,
) -> Reading:
    """As it was frozen when the item is the same; else from the answers or the platform today."""
    if item.source is None:
        return UNKNOWN
    old = dossier.campaign.content.criteria_by_code.get(item.code)
    if item.source.kind == SourceKind.ANSWER:
        return answer_reading(item, definition, dossier.answers, is_sent=True)
    if old is not None and old.source == item.source and item.code in kept:
        return thawed(kept[item.code].value)
    return platform_reading(item, dossier, on=on) if item.source.kind in PLATFORM else UNKNOWN
