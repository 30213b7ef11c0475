"""Assess enterprises that take interns: propose, hear, decide."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_calendar
from silian.governance.incentives.choices.assessments import AssessmentState
from silian.governance.incentives.events.claims import HostAssessed
from silian.governance.incentives.models import HostAssessment
from silian.governance.incentives.permissions.host_assessments import (
    assessments_visible_to,
    require_assessing,
    require_replying,
)
from silian.governance.incentives.queries.host_assessments import figures_of
from silian.governance.incentives.workflow.host_assessments import host_assessment as life
from silian.registers.organisations.models import Organisation

REPLY_DAYS = 5  # working days; no rule gives them, the platform promises a hearing


@transaction.atomic
def propose_assessment(
    *,
    organisation_id: int,
    year: int,
    passes: bool,
    reason: str,
    basis: str,
    actor: Actor,
    now: datetime.datetime,
) -> HostAssessment:
    """Propose that an enterprise passes or fails; one that is to fail is told (拟定考核结论)."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    require_assessing(actor, organisation.division_id)
    today = timezone.localdate(now)
    if year > today.year:
        raise DomainError(f"{year} 年度还没有开始，不能考核。", field="year")
    row = HostAssessment.objects.filter(organisation=organisation, year=year).first()
    row = row or HostAssessment(organisation=organisation, year=year)
    row.division_id = organisation.division_id
    row.state = life.target(
        "propose" if passes else "notice",
        state=AssessmentState(row.state),
        passes=passes,
        reason=reason,
        own=actor.organisation_id == organisation.pk,
    )
    row.proposed_pass, row.reason, row.basis = passes, reason.strip()[:300], basis.strip()[:200]
    row.figures = figures_of([organisation.pk], year=year, on=today)[organisation.pk]
    row.proposed_by_id, row.proposed_at = actor.user_id, now
    row.reply, row.reply_until = "", None
    if not passes:
        row.reply_until = site_calendar().add(today, days=REPLY_DAYS)
    row.save()
    record(
        actor, f"incentives.assessment.{'proposed' if passes else 'noticed'}", row, reason=reason
    )
    publish(HostAssessed(assessment_id=row.pk, step="propose" if passes else "notice"))
    return row


@transaction.atomic
def propose_passes(
    *,
    organisation_ids: Collection[int],
    year: int,
    basis: str,
    actor: Actor,
    now: datetime.datetime,
) -> int:
    """Propose that several enterprises pass, each with its own figures (批量拟定通过)."""
    for key in sorted(set(organisation_ids)):
        propose_assessment(
            organisation_id=key, year=year, passes=True, reason="", basis=basis,
            actor=actor, now=now,
        )  # fmt: skip
    return len(set(organisation_ids))


def locked(assessment_id: int, *, actor: Actor) -> HostAssessment:
    rows = assessments_visible_to(actor).select_for_update(of=("self",))
    return rows.select_related("organisation").get(pk=assessment_id)


@transaction.atomic
def reply_to_assessment(
    *, assessment_id: int, text: str, actor: Actor, now: datetime.datetime
) -> HostAssessment:
    """Say what the enterprise has to say before it is decided (陈述)."""
    row = locked(assessment_id, actor=actor)
    require_replying(actor, row)
    row.state = life.target(
        "reply",
        state=AssessmentState(row.state),
        reply_until=row.reply_until,
        today=timezone.localdate(now),
    )
    if not text.strip():
        raise DomainError("请写明陈述内容。", field="text")
    row.reply = text.strip()[:500]
    row.save(update_fields=["state", "reply"])
    record(actor, "incentives.assessment.replied", row)
    return row


@transaction.atomic
def decide_assessment(
    *, assessment_id: int, passes: bool, reason: str, actor: Actor, now: datetime.datetime
) -> HostAssessment:
    """Decide whether an enterprise passed; another person than the proposer (认定考核结论)."""
    row = locked(assessment_id, actor=actor)
    require_assessing(actor, row.division_id)
    if row.organisation_id == actor.organisation_id:
        raise NotAllowed("不能认定本单位的考核结论。")
    today = timezone.localdate(now)
    row.state = life.target(
        "pass" if passes else "fail",
        state=AssessmentState(row.state),
        proposed_by=row.proposed_by_id,
        actor_id=actor.user_id,
        passes=passes,
        noticed=row.state == AssessmentState.NOTICED,
        replied=bool(row.reply),
        reply_until=row.reply_until,
        today=today,
    )
    if reason.strip():
        row.reason = reason.strip()[:300]
    row.decided_by_id, row.decided_on = actor.user_id, today
    row.save(update_fields=["state", "reason", "decided_by", "decided_on"])
    record(actor, "incentives.assessment.decided", row, reason=row.reason)
    publish(HostAssessed(assessment_id=row.pk, step="pass" if passes else "fail"))
    return row


@transaction.atomic
def decide_passes(*, assessment_ids: Collection[int], actor: Actor, now: datetime.datetime) -> int:
    """Confirm several proposals to pass at once (批量认定通过)."""
    for key in sorted(set(assessment_ids)):
        decide_assessment(assessment_id=key, passes=True, reason="", actor=actor, now=now)
    return len(set(assessment_ids))


@transaction.atomic
def reopen_assessment(
    *, assessment_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> HostAssessment:
    """Assess anew when a fact was wrong; what was decided stays in the trail (重新考核)."""
    row = locked(assessment_id, actor=actor)
    require_assessing(actor, row.division_id)
    if not reason.strip():
        raise DomainError("请写明重新考核的原因。", field="reason")
    row.state = life.target("reopen", state=AssessmentState(row.state))
    row.proposed_by_id, row.proposed_at = actor.user_id, now
    row.proposed_pass, row.reply, row.reply_until = True, "", None
    row.decided_by, row.decided_on = None, None
    row.save()
    record(actor, "incentives.assessment.reopened", row, reason=reason)
    publish(HostAssessed(assessment_id=row.pk, step="reopen"))
    return row
