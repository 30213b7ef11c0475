"""Report a value with evidence, and correct one with a reason."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.casework.metrics import workflow
from silian.casework.metrics.choices import DefinitionState, Origin, PeriodKind
from silian.casework.metrics.commands.definitions import locked_definition
from silian.casework.metrics.events import MetricValueChanged
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.permissions.values import require_reporter
from silian.casework.metrics.queries.catalogue import as_metric
from silian.casework.metrics.rules.periods import ONE_DAY, last_day, period_holding
from silian.casework.metrics.rules.reporting import reason_too_short, reason_value_unfit
from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.foundation.kernel.periods import Period


@transaction.atomic
def enter_value(
    *,
    definition_id: int,
    division: str,
    day: datetime.date,
    value: Decimal,
    evidence: UploadedFile[bytes],
    actor: Actor,
    now: datetime.datetime,
    reason: str = "",
) -> MetricValue:
    """Report the value of the period that holds the day (人工填报).

    A second value of the same period is a correction: it needs a reason and keeps the first.
    """
    definition = locked_definition(definition_id)
    require_reporter(actor, definition=definition)
    definition.state = workflow.definition.target("report", state=DefinitionState(definition.state))
    period = period_holding(day, kind=PeriodKind(definition.period_kind))
    today = timezone.localdate(now)
    refuse_unfit(definition, division=division, value=value, period=period, today=today)
    old = current_value(definition, division=division, period=period)
    refuse_idle_correction(old, value=value, reason=reason)
    if old is not None:
        MetricValue.objects.filter(pk=old.pk).update(superseded_at=now)
    new = new_value(definition, division, period, value=value, actor=actor, now=now)
    new.reason, new.supersedes = reason.strip()[:500], old
    new.save()
    store_upload(upload=evidence, subject=new, actor=actor)
    verb = "metrics.value.corrected" if old else "metrics.value.reported"
    record(actor, verb, new, reason=reason)
    announce(new, previous=old.value if old else None)
    return new


def refuse_unfit(
    definition: MetricDefinition,
    *,
    division: str,
    value: Decimal,
    period: Period,
    today: datetime.date,
) -> None:
    """Refuse other regions and senseless numbers."""
    if not division.startswith(subtree_prefix(definition.division_id)):
        raise DomainError(
            f"这项指标只适用于{definition.division.name}及其下辖地区。", field="division"
        )
    sentence = reason_value_unfit(
        value=value,
        is_percentage=as_metric(definition).is_percentage,
        decimals=definition.decimals,
        starts=period.starts,
        today=today,
    )
    if sentence:
        raise DomainError(sentence, field="day" if period.starts > today else "value")


def current_value(
    definition: MetricDefinition, *, division: str, period: Period
) -> MetricValue | None:
    """The value of the period that holds today, locked."""
    rows = MetricValue.objects.select_for_update().current()
    return rows.filter(
        metric_code=definition.code,
        division_id=division,
        period_kind=definition.period_kind,
        period_start=period.starts,
    ).first()


def refuse_idle_correction(old: MetricValue | None, *, value: Decimal, reason: str) -> None:
    if old is None:
        return
    if old.value == value:
        raise DomainError("与已填报的数值相同，不需要再报。", field="value")
    if sentence := reason_too_short(reason=reason):
        raise DomainError(f"这一期已有数值，更正{sentence.removeprefix('请')}", field="reason")


def new_value(
    definition: MetricDefinition,
    division: str,
    period: Period,
    *,
    value: Decimal,
    actor: Actor,
    now: datetime.datetime,
) -> MetricValue:
    return MetricValue(
        metric_code=definition.code,
        division_id=division,
        period_kind=definition.period_kind,
        period_start=period.starts,
        period_end=last_day(period) + ONE_DAY,
        as_of=min(last_day(period), timezone.localdate(now)),
        value=value,
        origin=Origin.MANUAL,
        computed_at=now,
        checked_at=now,
        author_id=actor.user_id,
        author_name=actor.name[:60],
        organisation_id=actor.organisation_id,
    )


def announce(value: MetricValue, *, previous: Decimal | None) -> None:
    publish(
        MetricValueChanged(
            code=value.metric_code,
            division=value.division_id,
            period_kind=str(value.period_kind),
            period_start=value.period_start,
            value_id=value.pk,
            previous=previous,
        )
    )
