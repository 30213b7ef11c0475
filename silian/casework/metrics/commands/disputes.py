"""Object to a value, answer, withdraw."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.casework.metrics import workflow
from silian.casework.metrics.choices import DisputeState, PeriodKind
from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.commands.reporting import enter_value
from silian.casework.metrics.events import DisputeSettled, ValueDisputed
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.models.disputes import ValueDispute
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.permissions.disputes import (
    require_answerer,
    require_disputer,
    require_withdrawer,
)
from silian.casework.metrics.registry import declared_metric
from silian.casework.metrics.rules.periods import last_day, period_holding
from silian.casework.metrics.rules.reporting import reason_too_short
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.foundation.kernel.site_calendar import site_deadline

DAYS_TO_ANSWER = 5  # working days: time to look at the rows, short enough for a monthly bulletin


@transaction.atomic
def dispute_value(
    *,
    value_id: int,
    own_value: Decimal,
    reason: str,
    evidence: UploadedFile[bytes],
    actor: Actor,
    now: datetime.datetime,
) -> ValueDispute:
    """Object to a value with another number, a reason and evidence (提出数据异议)."""
    value = MetricValue.objects.select_for_update().get(pk=value_id)
    require_disputer(actor, value)
    refuse_unfit(value, own_value=own_value, reason=reason, actor=actor)
    assert actor.organisation_id is not None  # whoever holds a role holds it in one
    dispute = ValueDispute.objects.create(
        value=value,
        official_value=value.value,
        own_value=own_value,
        reason=reason.strip()[:1000],
        raised_by_id=actor.user_id,
        raised_by_name=actor.name[:60],
        organisation_id=actor.organisation_id,
        raised_at=now,
        due_at=site_deadline(now, working_days=DAYS_TO_ANSWER).due_at,
    )
    store_upload(upload=evidence, subject=dispute, actor=actor)
    record(actor, "metrics.dispute.raised", dispute, reason=reason)
    publish(ValueDisputed(dispute_id=dispute.pk))
    return dispute


def refuse_unfit(value: MetricValue, *, own_value: Decimal, reason: str, actor: Actor) -> None:
    """Refuse objections to nothing, to one's own number, and second ones."""
    if value.superseded_at is not None:
        raise DomainError("这个数值已被更正，请对现行数值提出异议。")
    if value.organisation_id is not None and value.organisation_id == actor.organisation_id:
        raise DomainError("这个数值由本单位填报，请直接更正，不需要提出异议。")
    if value.value == own_value:
        raise DomainError("异议数与公布数相同，请核对。", field="own_value")
    if sentence := reason_too_short(reason=reason):
        raise DomainError(sentence, field="reason")
    same = ValueDispute.objects.filter(value=value, organisation_id=actor.organisation_id or 0)
    if same.filter(state=DisputeState.RAISED).exists():
        raise DomainError("本单位对这个数值的异议正在处理，请等待答复或先撤回。")


@transaction.atomic
def uphold_value(
    *, dispute_id: int, answer: str, actor: Actor, now: datetime.datetime
) -> ValueDispute:
    """Answer that the official number holds (维持原数)."""
    dispute = locked_dispute(dispute_id)
    require_answerer(actor, dispute)
    target = workflow.dispute.target("uphold", state=DisputeState(dispute.state), answer=answer)
    settle(dispute, target, answer=answer, actor=actor, now=now)
    record(actor, "metrics.dispute.upheld", dispute, reason=answer)
    return dispute


@transaction.atomic
def correct_value(
    *,
    dispute_id: int,
    answer: str,
    actor: Actor,
    now: datetime.datetime,
    value: Decimal | None = None,
    evidence: UploadedFile[bytes] | None = None,
) -> ValueDispute:
    """Answer with a corrected number (更正).

    A computed number is counted again from its rows, which must have been put right before; a
    reported one is reported anew with evidence.
    """
    dispute = locked_dispute(dispute_id)
    require_answerer(actor, dispute)
    after = corrected(dispute, value=value, evidence=evidence, reason=answer, actor=actor, now=now)
    target = workflow.dispute.target(
        "correct",
        state=DisputeState(dispute.state),
        answer=answer,
        before=dispute.official_value,
        after=after.value,
    )
    dispute.corrected_value = after
    settle(dispute, target, answer=answer, actor=actor, now=now)
    record(actor, "metrics.dispute.corrected", dispute, reason=answer)
    return dispute


def corrected(
    dispute: ValueDispute,
    *,
    value: Decimal | None,
    evidence: UploadedFile[bytes] | None,
    reason: str,
    actor: Actor,
    now: datetime.datetime,
) -> MetricValue:
    """The value that holds after counting or reporting again."""
    disputed = dispute.value
    metric = declared_metric(disputed.metric_code)
    if metric is not None:
        period = period_holding(disputed.period_start, kind=PeriodKind(disputed.period_kind))
        recount(
            metric=metric,
            since=period.starts,
            until=last_day(period),
            touched=[disputed.division_id],
            now=now,
        )
        return same_period(disputed)
    if value is None or evidence is None:
        raise DomainError("更正填报的数值，须给出更正数并上传证明材料。", field="value")
    return enter_value(
        definition_id=MetricDefinition.objects.get(code=disputed.metric_code).pk,
        division=disputed.division_id,
        day=disputed.period_start,
        value=value,
        evidence=evidence,
        reason=reason,
        actor=actor,
        now=now,
    )


def same_period(value: MetricValue) -> MetricValue:
    """The value of the same division and period that holds today."""
    rows = MetricValue.objects.current().of(
        code=value.metric_code, division=value.division_id, kind=value.period_kind
    )
    return rows.get(period_start=value.period_start)


@transaction.atomic
def withdraw_dispute(*, dispute_id: int, actor: Actor, now: datetime.datetime) -> ValueDispute:
    """Object no longer (撤回异议)."""
    dispute = locked_dispute(dispute_id)
    require_withdrawer(actor, dispute)
    target = workflow.dispute.target("withdraw", state=DisputeState(dispute.state))
    settle(dispute, target, answer="", actor=actor, now=now)
    record(actor, "metrics.dispute.withdrawn", dispute)
    return dispute


def locked_dispute(dispute_id: int) -> ValueDispute:
    return (
        ValueDispute.objects.select_for_update(of=("self",))
        .select_related("value")
        .get(pk=dispute_id)
    )


def settle(
    dispute: ValueDispute,
    state: DisputeState,
    *,
    answer: str,
    actor: Actor,
    now: datetime.datetime,
) -> None:
    """Note who ended the objection and how, and tell others."""
    dispute.state, dispute.answer = state, answer.strip()[:1000]
    dispute.answered_by_id, dispute.answered_by_name = actor.user_id, actor.name[:60]
    dispute.answered_at = now
    dispute.save(
        update_fields=[
            "state",
            "answer",
            "answered_by",
            "answered_by_name",
            "answered_at",
            "corrected_value",
        ]
    )
    publish(DisputeSettled(dispute_id=dispute.pk))
