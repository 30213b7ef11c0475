"""Enter a scheme, and fix the scores of a period (督查评分)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.models.supervision_scores import (
    ScoreRow,
    ScoreScheme,
    ScoreSheet,
)
from silian.governance.policy_tasks.permissions.supervision_scope import (
    require_coordinator,
    require_supervisor,
)
from silian.governance.policy_tasks.queries.supervision_scores import (
    Period,
    scheme_in_force,
    standings,
)
from silian.governance.policy_tasks.rules.supervision import scheme_fault
from silian.registers.accounts.permissions import signed_in_id


@transaction.atomic
def enter_scheme(
    *,
    division: str,
    basis: str,
    valid_from: datetime.date,
    points: Mapping[str, Decimal],
    actor: Actor,
    now: datetime.datetime,
) -> ScoreScheme:
    """Enter the next version of the scheme; earlier ones stay (录入评分办法).

    Basis: 000·二(四)3, 004·七(二) ask for assessment and leave its scheme open (P13).
    """
    require_coordinator(actor, division=division)
    if not basis.strip():
        raise DomainError("请写明依据：文件名称和文号，或会议决定。", field="basis")
    if any(value < 0 for value in points.values()):
        raise DomainError("权重和扣分不能为负数。", field="on_time")
    fault = scheme_fault(weights=[points["on_time"], points["evidence"], points["conduct"]])
    if fault:
        raise DomainError(fault, field="on_time")
    Division.objects.select_for_update(of=("self",)).get(pk=division)
    newest = ScoreScheme.objects.filter(division_id=division).order_by("-version").first()
    if newest is not None and valid_from < newest.valid_from:
        raise DomainError(f"启用日不能早于上一版的启用日 {newest.valid_from}。", field="valid_from")
    scheme = ScoreScheme.objects.create(
        division_id=division,
        version=newest.version + 1 if newest else 1,
        basis=basis.strip(),
        valid_from=valid_from,
        entered_by_id=signed_in_id(actor),
        entered_at=now,
        **points,
    )
    record(actor, "policy_tasks.score_scheme.entered", scheme)
    return scheme


@transaction.atomic
def fix_scores(
    *, division: str, period: Period, actor: Actor, now: datetime.datetime
) -> ScoreSheet:
    """Keep the scores of a finished period for the performance review (固定评分)."""
    require_supervisor(actor, division=division)
    today = timezone.localdate(now)
    if period.ends_on < period.starts_on:
        raise DomainError("期末应不早于期初。", field="ends_on")
    if period.ends_on > today:
        raise DomainError("评分期还没有结束，期满后再固定评分。", field="ends_on")
    scheme = scheme_in_force(division=division, on=period.ends_on)
    if scheme is None:
        raise DomainError("评分办法未设定。请统筹人员先录入评分办法，再固定评分。")
    sheet = ScoreSheet.objects.create(
        division_id=division,
        scheme=scheme,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        fixed_by_id=signed_in_id(actor),
        fixed_at=now,
    )
    ScoreRow.objects.bulk_create(
        [
            ScoreRow(
                sheet=sheet,
                kind=row.kind,
                key=row.key,
                name=row.name,
                total=row.score.total if row.score else None,
                lines=[line.as_data() for line in row.score.lines] if row.score else [],
            )
            for row in standings(division=division, period=period, scheme=scheme, on=today)
        ]
    )
    record(actor, "policy_tasks.score_sheet.fixed", sheet)
    return sheet
