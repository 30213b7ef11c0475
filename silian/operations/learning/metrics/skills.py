"""Measures of competitions, promotions and awards: by level, entrants, amounts paid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from silian.casework.metrics.registry import (
    Drill,
    Metric,
    Scope,
    Touch,
    Touched,
    count,
    register_metric,
    total,
)
from silian.operations.learning.choices import (
    HIGH_LEVELS,
    AwardState,
    CertificateLevel,
    CompetitionState,
    PromotionState,
)
from silian.operations.learning.events import (
    AwardPaid,
    AwardReturned,
    CompetitionMoved,
    PromotionMoved,
)
from silian.operations.learning.models.awards import Award
from silian.operations.learning.models.competitions import Competition, Entrant
from silian.operations.learning.models.promotions import Promotion
from silian.operations.learning.permissions.skills import (
    all_entrants_visible_to,
    awards_visible_to,
    promotions_visible_to,
)

REGISTER = "技能等级提升登记"


def verified_at(*levels: str) -> Any:
    def rows(scope: Scope) -> QuerySet[Promotion]:
        return Promotion.objects.filter(state=PromotionState.VERIFIED, after__in=levels)

    return rows


def entered(scope: Scope) -> QuerySet[Entrant]:
    """Who took part in competitions that were held."""
    return Entrant.objects.filter(
        withdrawn_at__isnull=True,
        is_absent=False,
        competition__state=CompetitionState.RESULTS,
    )


def paid(scope: Scope) -> QuerySet[Award]:
    return Award.objects.filter(state=AwardState.PAID)


def touched_promotion(event: Any) -> Iterable[Touch]:
    row = Promotion.objects.filter(pk=event.promotion_id).first()
    if row is not None:
        yield Touch(division=row.division_id, day=row.issued_on)


def touched_competition(event: Any) -> Iterable[Touch]:
    row = Competition.objects.filter(pk=event.competition_id).first()
    if row is not None:
        yield Touch(division=row.division_id, day=row.starts_on)


def touched_award(event: Any) -> Iterable[Touch]:
    row = Award.objects.filter(pk=event.award_id).select_related("award_list").first()
    if row is not None and row.paid_on is not None:
        yield Touch(division=row.award_list.division_id, day=row.paid_on)


def touched_return(event: Any) -> Iterable[Touch]:
    yield Touch(division=event.division, day=event.paid_on)


PROMOTION_EVENTS: dict[Any, Touched] = {PromotionMoved: touched_promotion}
COMPETITION_EVENTS: dict[Any, Touched] = {CompetitionMoved: touched_competition}
AWARD_EVENTS: dict[Any, Touched] = {AwardPaid: touched_award, AwardReturned: touched_return}
DRILL = Drill(
    columns={
        "职业": "occupation.name",
        "提升后": lambda row: row.get_after_display(),
        "所在单位": "employer.name",
        "发证日期": "issued_on",
    },
    visible_to=promotions_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("occupation", "employer"),
)

for code, title, levels in (
    ("learning.skill_promotions", "技能等级提升人次", list(CertificateLevel)),
    ("learning.high_skill_promotions", "高技能等级提升人次（三级及以上）", list(HIGH_LEVELS)),
    *(
        (f"learning.skill_promotions_{each.name.lower()}", f"提升到{each.label}人次", [each])
        for each in CertificateLevel
    ),
):
    register_metric(
        Metric(
            code=code,
            title=title,
            unit="人次",
            formula="已由两人核验的技能等级提升登记，按发证日期计入",
            source=REGISTER,
            rows=verified_at(*levels),
            day="issued_on",
            reduce=count(),
            drill=DRILL,
            stale_on=PROMOTION_EVENTS,
        )
    )
register_metric(
    Metric(
        code="learning.competition_entrants",
        title="职工技能竞赛参赛人次",
        unit="人次",
        formula="成绩已公布的竞赛中没有缺赛的参赛人员，按比赛开始日计入",
        source="技能竞赛",
        rows=entered,
        division="competition__division",
        day="competition__starts_on",
        reduce=count(),
        drill=Drill(
            columns={
                "竞赛": "competition.title",
                "所在单位": "employer.name",
                "名次": "rank",
            },
            visible_to=all_entrants_visible_to,
            url=lambda row: row.competition.get_absolute_url(),
            related=("competition", "employer"),
        ),
        stale_on=COMPETITION_EVENTS,
    )
)
register_metric(
    Metric(
        code="learning.skill_awards_paid",
        title="技能提升和竞赛奖补支付金额",
        unit="元",
        formula="银行已支付的奖补金额之和，按支付日计入",
        source="奖补名单",
        rows=paid,
        division="award_list__division",
        day="paid_on",
        reduce=total("amount"),
        decimals=2,
        public=False,
        drill=Drill(
            columns={
                "奖补事项": "reached",
                "金额": "amount",
                "支付日": "paid_on",
                "名单": "award_list.title",
            },
            visible_to=awards_visible_to,
            url=lambda row: row.award_list.get_absolute_url(),
            related=("award_list",),
        ),
        stale_on=AWARD_EVENTS,
    )
)
