"""Weights of contributions, and the yearly result of a group."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.operations.alliances.choices.contributions import Grade
from silian.operations.alliances.choices.groups import GroupState
from silian.operations.alliances.commands.groups import locked_group
from silian.operations.alliances.events.groups import GroupAssessed
from silian.operations.alliances.models.contributions import ActivityWeight, AnnualAssessment
from silian.operations.alliances.permissions.groups import (
    acting_unit,
    assessments_visible_to,
    is_coordinator,
    require_steerer,
)
from silian.operations.alliances.queries.group_scores import figures_of


@transaction.atomic
def set_weight(
    *,
    function: str,
    points: Decimal,
    ceiling: Decimal | None,
    valid_from: datetime.date,
    basis: str,
    actor: Actor,
) -> ActivityWeight:
    """Set what a unit of a function is worth in one's region from a day on (设定权重)."""
    if not is_coordinator(actor):
        raise NotAllowed("贡献计分权重由本地区牵头部门统筹人员设定。")
    if not basis.strip():
        raise DomainError("请写明权重的依据，例如考核办法的名称和文号。", field="basis")
    rows = ActivityWeight.objects.filter(division_id=actor.jurisdiction, function=function)
    last = rows.order_by("-valid_from").first()
    if last is not None and valid_from <= last.valid_from:
        raise DomainError(
            f"生效日须晚于现行权重的 {last.valid_from:%Y-%m-%d}；已生效的不改写。",
            field="valid_from",
        )
    weight = ActivityWeight.objects.create(
        division_id=actor.jurisdiction,
        function=function,
        points=points,
        ceiling=ceiling,
        valid_from=valid_from,
        basis=basis.strip()[:160],
        set_by_id=actor.user_id,
    )
    record(actor, "alliances.weight.set", weight)
    return weight


@transaction.atomic
def assess_group(
    *, group_id: int, year: int, grade: str, reason: str, actor: Actor, today: datetime.date
) -> AnnualAssessment:
    """Give a group its yearly result; the figures stay as they stood (年度考核)."""
    group = locked_group(group_id=group_id, actor=actor)
    require_steerer(actor, group)
    if group.started_on is None or group.state == GroupState.DISSOLVED:
        raise DomainError("只考核已运行且没有解散的集团联盟。")
    if not group.started_on.year <= year <= today.year:
        raise DomainError(
            f"考核年度应在 {group.started_on.year} 年到 {today.year} 年之间。", field="year"
        )
    if not reason.strip():
        raise DomainError("请写明考核意见，成员单位会看到。", field="reason")
    if group.assessments.filter(year=year).exists():
        raise DomainError(
            f"{year} 年度考核已公布，不重复考核；结果有误的，请在原考核页更正。", field="year"
        )
    assessment = AnnualAssessment.objects.create(
        group=group,
        year=year,
        grade=grade,
        reason=reason.strip()[:500],
        figures=figures_of(group, year=year, today=today),
        assessed_by_id=actor.user_id,
        organisation_id=acting_unit(actor),
        assessed_on=today,
    )
    record(actor, "alliances.group.assessed", assessment, reason=assessment.reason)
    publish(GroupAssessed(assessment_id=assessment.pk))
    return assessment


@transaction.atomic
def correct_assessment(
    *,
    assessment_id: int,
    grade: str,
    reason: str,
    correction: str,
    counts_again: bool,
    actor: Actor,
    today: datetime.date,
) -> AnnualAssessment:
    """Publish a corrected result as another version; the former stays readable (更正年度考核).

    ``counts_again``: the figures of the year as they stand now, else those kept with the former.
    """
    rows = assessments_visible_to(actor).select_for_update(of=("self",)).select_related("group")
    former = rows.get(pk=assessment_id)
    require_steerer(actor, former.group)
    refuse_correction(former, grade=grade, reason=reason, correction=correction)
    former.is_current = False
    former.save(update_fields=["is_current"])
    figures = figures_of(former.group, year=former.year, today=today)
    assessment = AnnualAssessment.objects.create(
        group=former.group,
        year=former.year,
        grade=grade,
        reason=reason.strip()[:500],
        figures=figures if counts_again else former.figures,
        assessed_by_id=actor.user_id,
        organisation_id=acting_unit(actor),
        assessed_on=today,
        version=former.version + 1,
        correction=correction.strip()[:300],
    )
    record(actor, "alliances.group.assessment_corrected", assessment, reason=assessment.correction)
    publish(GroupAssessed(assessment_id=assessment.pk))
    return assessment


def refuse_correction(
    former: AnnualAssessment, *, grade: str, reason: str, correction: str
) -> None:
    if not former.is_current:
        raise DomainError("这一版已被更正，请在现行版本上更正。")
    if not correction.strip():
        raise DomainError("请写明更正理由，成员单位会看到。", field="correction")
    if not reason.strip():
        raise DomainError("请写明考核意见，成员单位会看到。", field="reason")
    if grade not in Grade.values:
        raise DomainError("请选择考核结果。", field="grade")
