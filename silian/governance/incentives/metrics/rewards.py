"""Measures of the use of evaluation results, counted from decisions and the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Rows,
    Scope,
    Touch,
    Touched,
    distinct,
    ratio,
    register_metric,
    stock,
)
from silian.governance.incentives.choices.rewards import (
    STANDING_RESTRICTIONS,
    EntryState,
    RewardMeasure,
)
from silian.governance.incentives.events.rewards import (
    RestrictionMoved,
    ResultsCollected,
    RewardMoved,
)
from silian.governance.incentives.models.restrictions import Restriction
from silian.governance.incentives.models.reward_decisions import RewardDecision, RewardEntry
from silian.governance.incentives.models.reward_results import EvaluationResult, ResultUse
from silian.governance.incentives.permissions.rewards import (
    entries_visible_to,
    restrictions_visible_to,
    results_visible_to,
)

SOURCE = "评价结果运用台账"


def known_results(scope: Scope) -> QuerySet[EvaluationResult]:
    return EvaluationResult.objects.filter(is_current=True, decided_on__lte=scope.as_of)


def used_results(scope: Scope) -> QuerySet[EvaluationResult]:
    used = ResultUse.objects.filter(result=OuterRef("pk"), used_on__lte=scope.as_of)
    return known_results(scope).filter(Exists(used))


def given(scope: Scope) -> QuerySet[RewardEntry]:
    return RewardEntry.objects.filter(state=EntryState.VALID)


def given_as(measure: str) -> Callable[[Scope], QuerySet[RewardEntry]]:
    """The valid entries of one kind of reward."""
    return lambda scope: given(scope).filter(decision__measure=measure)


def restricted(scope: Scope) -> QuerySet[Restriction]:
    lasting = Q(starts_on__lte=scope.as_of, ends_on__gt=scope.as_of)
    return Restriction.objects.filter(lasting, state__in=STANDING_RESTRICTIONS)


def touched_results(event: Any) -> Iterable[Touch]:
    row = EvaluationResult.objects.filter(division_id=event.division).first()
    if row is not None:
        yield Touch(division=row.division_id, day=row.decided_on)


def touched_reward(event: Any) -> Iterable[Touch]:
    row = RewardDecision.objects.filter(pk=event.decision_id).first()
    if row is not None and row.published_on is not None:
        yield Touch(division=row.division_id, day=row.published_on)


def touched_restriction(event: Any) -> Iterable[Touch]:
    row = Restriction.objects.filter(pk=event.restriction_id).first()
    if row is not None and row.starts_on is not None:
        yield Touch(division=row.division_id, day=row.starts_on)


RESULT_EVENTS: dict[Any, Touched] = {
    ResultsCollected: touched_results,
    RewardMoved: touched_reward,
}
RESULT_DRILL = Drill(
    columns={"评价对象": "subject_name", "结果": "words", "结果日": "decided_on"},
    visible_to=results_visible_to,
    url=lambda row: row.get_absolute_url(),
)
ENTRY_DRILL = Drill(
    columns={"单位": "organisation.name", "内容": "words", "给予日": "given_on"},
    visible_to=entries_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("organisation",),
)

register_metric(
    stock(
        code="incentives.evaluation_results",
        title="现行评价结果",
        unit="条",
        formula="统计日现行的认定、考核、验收、信用和第三方评价结果",
        source=SOURCE,
        rows=known_results,
        drill=RESULT_DRILL,
        stale_on=RESULT_EVENTS,
    )
)
register_metric(
    stock(
        code="incentives.evaluation_results_used_share",
        title="评价结果运用率",
        unit="%",
        formula="统计日被激励或约束决定用过的现行评价结果 ÷ 全部现行评价结果",
        source=SOURCE,
        rows=used_results,
        reduce=ratio(over=Rows(rows=known_results, division="division"), percent=True),
        drill=RESULT_DRILL,
        stale_on=RESULT_EVENTS,
    )
)
register_metric(
    stock(
        code="incentives.restrictions_in_force",
        title="执行中的约束事项",
        unit="项",
        formula="统计日已决定、未到期、未撤销的约束事项",
        source=SOURCE,
        rows=restricted,
        direction=Direction.FALLING,
        drill=Drill(
            columns={"单位": "organisation.name", "依据": "document", "止": "ends_on"},
            visible_to=restrictions_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("organisation",),
        ),
        stale_on={RestrictionMoved: touched_restriction},
    )
)
for measure, label in RewardMeasure.choices:
    register_metric(
        Metric(
            code=f"incentives.rewarded_{measure}",
            title=f"获{label}的单位",
            unit="家",
            formula=f"统计期内因评价结果获得{label}、记录有效的单位，每家计一次",
            source=SOURCE,
            rows=given_as(measure),
            division="decision__division",
            day="given_on",
            reduce=distinct("organisation"),
            small_number=PUBLIC_ROWS,
            drill=ENTRY_DRILL,
            stale_on={RewardMoved: touched_reward},
        )
    )
