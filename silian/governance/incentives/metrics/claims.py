"""Measures of claims: how many, for how many people, how much, how fast."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import ExtractDay

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    Drill,
    Metric,
    Scope,
    Touch,
    count,
    distinct,
    median,
    register_metric,
    total,
)
from silian.governance.incentives.choices.claims import ClaimScheme, ClaimState
from silian.governance.incentives.events.claims import ClaimMoved
from silian.governance.incentives.models import Claim, ClaimItem
from silian.governance.incentives.permissions.claims import (
    all_items_visible_to,
    claims_visible_to,
)

SOURCE = "补贴申领登记"
CLAIM_COLUMNS = {"编号": "number", "单位": "organisation__name", "补贴项目": "call__scheme"}


def handed_in(scope: Scope) -> QuerySet[Claim]:
    rows = Claim.objects.filter(submitted_at__isnull=False)
    return rows.exclude(state=ClaimState.WITHDRAWN)


def of_scheme(scheme: ClaimScheme) -> Callable[[Scope], QuerySet[Claim]]:
    return lambda scope: handed_in(scope).filter(call__scheme=scheme)


def people(scope: Scope) -> QuerySet[ClaimItem]:
    """Whoever counts in a claim that was handed in."""
    return ClaimItem.objects.filter(
        counts=True, person__isnull=False, claim__in=handed_in(scope).values("pk")
    )


def decided(scope: Scope) -> QuerySet[Claim]:
    taken = ExpressionWrapper(F("decided_at") - F("submitted_at"), output_field=DurationField())
    return handed_in(scope).filter(decided_at__isnull=False).annotate(days=ExtractDay(taken))


def touched(event: ClaimMoved) -> Iterable[Touch]:
    """The region of the call, from the day of the hand-in."""
    claim = Claim.objects.select_related("call").filter(pk=event.claim_id).first()
    if claim is not None and claim.submitted_at is not None:
        yield Touch(division=claim.call.division_id, day=claim.submitted_at.date())


CLAIM = Drill(columns=CLAIM_COLUMNS, visible_to=claims_visible_to)
register_metric(
    Metric(
        code="incentives.claims",
        title="提交的补贴申领",
        unit="份",
        formula="统计期内提交、没有撤回的申领",
        source=SOURCE,
        rows=handed_in,
        division="call__division",
        day="submitted_at",
        reduce=count(),
        direction=Direction.NEUTRAL,
        drill=CLAIM,
        stale_on={ClaimMoved: touched},
    )
)
register_metric(
    Metric(
        code="incentives.claimed_people",
        title="补贴申领涉及的学生和学徒",
        unit="人",
        formula="统计期内提交的申领中计入的人员，每人计一次",
        source=SOURCE,
        rows=people,
        division="claim__call__division",
        day="claim__submitted_at",
        reduce=distinct("person"),
        direction=Direction.NEUTRAL,
        drill=Drill(
            columns={
                "单位": "claim.organisation.name",
                "编号": "claim.number",
                "起": "starts_on",
                "金额（元）": "amount",
            },
            visible_to=all_items_visible_to,
            url=lambda row: row.claim.get_absolute_url(),
            related=("claim__organisation",),
        ),
        stale_on={ClaimMoved: touched},
    )
)
for scheme in ClaimScheme:
    register_metric(
        Metric(
            code=f"incentives.planned_{scheme.value}",
            title=f"{scheme.label}测算金额",
            unit="元",
            formula="统计期内提交的申领按各自规则测算的金额之和",
            source=SOURCE,
            rows=of_scheme(scheme),
            division="call__division",
            day="submitted_at",
            reduce=total("planned"),
            direction=Direction.NEUTRAL,
            public=False,
            drill=CLAIM,
            stale_on={ClaimMoved: touched},
        )
    )
register_metric(
    Metric(
        code="incentives.claim_days",
        title="申领审定用时",
        unit="日",
        formula="统计期内提交并已审定的申领，从提交到审定的天数的中位数",
        source=SOURCE,
        rows=decided,
        division="call__division",
        day="submitted_at",
        reduce=median("days"),
        direction=Direction.FALLING,
        public=False,
        drill=CLAIM,
        stale_on={ClaimMoved: touched},
    )
)
