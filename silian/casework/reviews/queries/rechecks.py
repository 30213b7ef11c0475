"""Today's facts of a recognised subject against those with which it was recognised (年度复核)."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from silian.casework.reviews.choices.recognitions import RecheckState
from silian.casework.reviews.models import Recheck, Recognition
from silian.casework.reviews.permissions.recognitions import recognitions_kept_by
from silian.casework.reviews.queries.evaluation import evaluation_of
from silian.casework.reviews.queries.readings import PLATFORM, platform_reading
from silian.casework.reviews.registry import Reading
from silian.casework.reviews.rules.criteria import Result, evaluate
from silian.casework.reviews.workflow.recognition import LIVING
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.typed_values import plain

UNKNOWN_WORD = "未取得"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One item then and now (复核对照)."""

    code: str
    label: str
    origin: str
    before: str
    now: str
    met_before: bool | None
    met_now: bool | None
    points_before: str
    points_now: str

    @property
    def is_worse(self) -> bool:
        return bool(self.met_before) and self.met_now is False

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"is_worse": self.is_worse}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Both evaluations side by side."""

    points_before: Decimal | None
    points_now: Decimal | None
    is_met: bool | None
    lines: list[Line]


def comparison_of(recognition: Recognition, *, on: datetime.date) -> Comparison:
    """Judge again: what the platform measures is read today, the rest stays as it was."""
    dossier = recognition.dossier
    campaign = dossier.campaign
    before = evaluation_of(dossier)
    readings: dict[str, Reading] = {}
    for result in before.results:
        source = result.criterion.source
        is_measured = source is not None and source.kind in PLATFORM
        fresh = platform_reading(result.criterion, dossier, on=on) if is_measured else None
        readings[result.code] = fresh if fresh is not None and fresh.is_known else result.reading
    now = evaluate(campaign.content, campaign.values, readings)
    pairs = [(old, now.by_code[old.code]) for old in before.results]
    return Comparison(
        points_before=before.points,
        points_now=now.points,
        is_met=now.met,
        lines=[line_of(old, new) for old, new in pairs if differs(old, new)],
    )


def differs(old: Result, new: Result) -> bool:
    return (old.value, old.met, old.points) != (new.value, new.met, new.points)


def line_of(old: Result, new: Result) -> Line:
    return Line(
        code=old.code,
        label=old.label,
        origin=new.reading.origin,
        before=shown(old),
        now=shown(new),
        met_before=old.met,
        met_now=new.met,
        points_before=number(old.points),
        points_now=number(new.points),
    )


def shown(result: Result) -> str:
    if result.value is None:
        return UNKNOWN_WORD
    unit = f" {result.reading.unit}" if result.reading.unit else ""
    return f"{plain(result.value)}{unit}"


def number(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def rechecks_to_confirm(actor: Actor) -> QuerySet[Recheck]:
    """Computed re-checks that wait for an official of the actor's department (待确认复核)."""
    rows = Recheck.objects.filter(
        recognition__in=recognitions_kept_by(actor),
        recognition__state__in=sorted(LIVING),
        state=RecheckState.OPEN,
    )
    return rows.select_related("recognition__scheme", "recognition__holder", "duty").order_by("pk")
