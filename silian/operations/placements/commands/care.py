"""Writes of visits and incidents."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.operations.placements.choices.pay import (
    IncidentSeverity,
    IncidentState,
    VisitWay,
)
from silian.operations.placements.events.pay import (
    IncidentClosed,
    IncidentRecorded,
    IncidentReported,
    VisitRecorded,
)
from silian.operations.placements.models import Internship
from silian.operations.placements.models.care import Incident, Visit, VisitSetting
from silian.operations.placements.permissions.care import (
    require_incident_recorder,
    require_incident_settler,
    require_visitor,
    visitable_internships,
    visits_visible_to,
)
from silian.operations.placements.permissions.internships import require_school_clerk
from silian.operations.placements.queries.authorities import education_authority
from silian.operations.placements.rules.care import report_due
from silian.operations.placements.workflow.incidents import incident as steps
from silian.registers.people.models import Person


@transaction.atomic
def set_visit_frequency(*, actor: Actor, every_days: int, now: datetime.datetime) -> VisitSetting:
    """Say how often every intern is to be visited (设定巡访频次)."""
    require_school_clerk(actor)
    if every_days < 1:
        raise DomainError("频次至少为 1 天。", field="every_days")
    setting, _ = VisitSetting.objects.update_or_create(
        school_id=actor.organisation_id,
        defaults={"every_days": every_days, "set_by_id": actor.user_id, "set_at": now},
    )
    record(actor, "placements.visit_setting.set", setting)
    return setting


@transaction.atomic
def record_visit(
    *,
    actor: Actor,
    internship_ids: Collection[int],
    visited_on: datetime.date,
    way: VisitWay,
    findings: str,
    now: datetime.datetime,
    follow_up: str = "",
    follow_up_due_on: datetime.date | None = None,
    photos: Sequence[Any] = (),
) -> Visit:
    """Record that a teacher looked after interns of one host (登记巡访)."""
    require_visitor(actor)
    seen = list(visitable_internships(actor).filter(pk__in=internship_ids).select_related("host"))
    refuse_visit(seen, wanted=set(internship_ids), visited_on=visited_on, today=now.date())
    if follow_up.strip() and follow_up_due_on is None:
        raise DomainError("有须跟进事项的，请填写跟进期限。", field="follow_up_due_on")
    teacher = Person.objects.filter(user_id=actor.user_id or 0).first()
    if teacher is None:
        raise NotAllowed("您的账号还没有登记为本校人员，请学校管理员先登记。")
    visit = Visit.objects.create(
        host=seen[0].host,
        teacher=teacher,
        visited_on=visited_on,
        way=way,
        findings=findings.strip(),
        follow_up=follow_up.strip(),
        follow_up_due_on=follow_up_due_on if follow_up.strip() else None,
        recorded_by_id=actor.user_id,
        recorded_at=now,
    )
    visit.internships.set(seen)
    for photo in photos:
        store_upload(upload=photo, subject=visit, actor=actor)
    record(actor, "placements.visit.recorded", visit)
    publish(VisitRecorded(visit_id=visit.pk))
    return visit


def refuse_visit(
    seen: list[Internship], *, wanted: set[int], visited_on: datetime.date, today: datetime.date
) -> None:
    if not seen or {row.pk for row in seen} != wanted:
        raise DomainError("请选择本校在该单位实习的学生。", field="internships")
    if len({row.host_id for row in seen}) > 1:
        raise DomainError("一次巡访只登记一家单位的学生，请分开登记。", field="internships")
    if visited_on > today:
        raise DomainError("巡访日期不能晚于今天。", field="visited_on")
    if visited_on < min(row.starts_on for row in seen):
        raise DomainError("巡访日期早于实习起始日，请核对。", field="visited_on")


@transaction.atomic
def follow_up_visit(*, actor: Actor, visit_id: int, result: str, on: datetime.date) -> Visit:
    """Say what became of what the visit found (登记跟进)."""
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit_id)
    if not visits_visible_to(actor).filter(pk=visit.pk).exists():
        raise NotAllowed("跟进由本校教师或实习管理人员登记。")
    require_visitor(actor)
    if not visit.follow_up or visit.followed_up_on:
        raise DomainError("这次巡访没有待跟进的事项。")
    if not result.strip():
        raise DomainError("请写明跟进结果。", field="result")
    visit.follow_up_result, visit.followed_up_on = result.strip(), on
    visit.save(update_fields=["follow_up_result", "followed_up_on"])
    record(actor, "placements.visit.followed_up", visit)
    return visit


@dataclass(frozen=True, kw_only=True)
class IncidentReport:
    """An incident as typed (事件登记)."""

    kind: str
    severity: IncidentSeverity
    happened_at: datetime.datetime
    place: str
    description: str
    measures: str = ""
    claim_number: str = ""
    photos: Sequence[Any] = field(default_factory=tuple)


@transaction.atomic
def record_incident(
    *, actor: Actor, internship_id: int, report: IncidentReport, now: datetime.datetime
) -> Incident:
    """Record what happened to an intern; grave ones start the clock to the authority (登记事件)."""
    internship = Internship.objects.select_related("teacher", "mentor", "school").get(
        pk=internship_id
    )
    require_incident_recorder(actor, internship)
    if report.happened_at > now:
        raise DomainError("发生时间不能晚于现在。", field="happened_at")
    incident = Incident.objects.create(
        internship=internship,
        kind=report.kind,
        severity=report.severity,
        happened_at=report.happened_at,
        place=report.place.strip(),
        description=report.description.strip(),
        measures=report.measures.strip(),
        claim_number=report.claim_number.strip(),
        report_due_at=report_due(severity=report.severity, happened_at=report.happened_at),
        authority_id=education_authority(division=internship.school.division_id),
        recorded_by_id=actor.user_id,
        recorded_at=now,
    )
    for photo in report.photos:
        store_upload(upload=photo, subject=incident, actor=actor)
    record(actor, "placements.incident.recorded", incident)
    publish(IncidentRecorded(incident_id=incident.pk))
    return incident


def locked_incident(incident_id: int) -> Incident:
    rows = Incident.objects.select_for_update(of=("self",))
    return rows.select_related("internship").get(pk=incident_id)


@transaction.atomic
def report_incident(*, actor: Actor, incident_id: int, now: datetime.datetime) -> Incident:
    """Say that the authority was told (报告主管部门)."""
    incident = locked_incident(incident_id)
    require_incident_settler(actor, incident)
    incident.state = steps.target("report", state=IncidentState(incident.state))
    incident.reported_at = now
    incident.save(update_fields=["state", "reported_at"])
    record(actor, "placements.incident.reported", incident)
    publish(IncidentReported(incident_id=incident.pk))
    return incident


@transaction.atomic
def close_incident(
    *,
    actor: Actor,
    incident_id: int,
    conclusion: str,
    now: datetime.datetime,
    claim_number: str = "",
) -> Incident:
    """Say how an incident ended (办结事件)."""
    incident = locked_incident(incident_id)
    require_incident_settler(actor, incident)
    incident.state = steps.target(
        "close",
        state=IncidentState(incident.state),
        conclusion=conclusion,
        severity=incident.severity,
        is_reported=incident.reported_at is not None,
    )
    incident.conclusion, incident.closed_at = conclusion.strip(), now
    incident.claim_number = claim_number.strip() or incident.claim_number
    incident.save(update_fields=["state", "conclusion", "closed_at", "claim_number"])
    record(actor, "placements.incident.closed", incident)
    publish(IncidentClosed(incident_id=incident.pk))
    return incident
