"""Inspect a host on site in eight fields, approved by another person (实地考察)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.file_checks import IMAGES
from silian.foundation.kernel.files import store_upload
from silian.operations.placements.choices.hosts import (
    HostState,
)
from silian.operations.placements.models.hosts import Host, HostInspection
from silian.operations.placements.permissions.hosts import (
    hosts_visible_to,
    inspections_visible_to,
    may_approve_inspection,
    require_inspector,
)
from silian.operations.placements.rules.host_choice import fault_of_visit, reason_without_words
from silian.operations.placements.workflow.host import host as steps

MOST_PHOTOS = 12
ENDED = (HostState.REFUSED, HostState.REMOVED)


@dataclass(frozen=True, kw_only=True)
class InspectionReport:
    """What was seen, in the eight fields of Art. 7 (考察报告)."""

    visited_on: datetime.date
    inspectors: list[str]
    qualification: str
    integrity: str
    management: str
    work_content: str
    working_hours: str
    work_environment: str
    living_environment: str
    safety_and_health: str
    is_suitable: bool


@transaction.atomic
def record_inspection(
    *,
    host_id: int,
    report: InspectionReport,
    photos: Sequence[UploadedFile[bytes]],
    actor: Actor,
    today: datetime.date,
) -> HostInspection:
    """Write the report of a visit with its photographs (登记实地考察)."""
    require_inspector(actor)
    host = own_host(host_id=host_id, actor=actor)
    if fault := fault_of_visit(
        visited_on=report.visited_on, today=today, inspectors=report.inspectors
    ):
        raise DomainError(fault, field="visited_on" if "日期" in fault else "inspectors")
    if len(photos) > MOST_PHOTOS:
        raise DomainError(f"最多上传 {MOST_PHOTOS} 张照片，请减少后再提交。", field="photos")
    inspection = HostInspection.objects.create(
        host=host, recorded_by_id=actor.user_id, **asdict(report)
    )
    for photo in photos:
        store_upload(upload=photo, subject=inspection, actor=actor, kinds=IMAGES)
    record(actor, "placements.inspection.recorded", inspection)
    return inspection


def own_host(*, host_id: int, actor: Actor) -> Host:
    rows = hosts_visible_to(actor).filter(school_id=actor.organisation_id)
    host = rows.select_for_update(of=("self",)).get(pk=host_id)
    if host.state in ENDED:
        raise WrongState(f"单位当前为“{host.get_state_display()}”，不能登记考察。")
    return host


def waiting_inspection(*, inspection_id: int, actor: Actor) -> HostInspection:
    """A report that nobody has judged yet, locked, and its host locked before it."""
    row = inspections_visible_to(actor).select_related("host").get(pk=inspection_id)
    Host.objects.select_for_update().get(pk=row.host_id)
    inspection = HostInspection.objects.select_for_update().get(pk=inspection_id)
    if not may_approve_inspection(actor, inspection):
        raise NotAllowed("考察报告由学校的另一名管理员或经办人审核，填写人不能审核自己的报告。")
    if inspection.approved_at or inspection.return_reason:
        raise WrongState("这份报告已审核或已退回。")
    return inspection


@transaction.atomic
def approve_inspection(
    *, inspection_id: int, actor: Actor, now: datetime.datetime
) -> HostInspection:
    """Agree with a report; a suitable host goes on to the decision (审核通过)."""
    inspection = waiting_inspection(inspection_id=inspection_id, actor=actor)
    inspection.approved_by_id, inspection.approved_at = actor.user_id, now
    inspection.save(update_fields=["approved_by", "approved_at"])
    record(actor, "placements.inspection.approved", inspection)
    host = inspection.host
    if host.state == HostState.PROPOSED and inspection.is_suitable:
        host.state = steps.target(
            "inspect", state=HostState.PROPOSED, has_suitable_inspection=inspection.is_suitable
        )
        host.save(update_fields=["state"])
        record(actor, "placements.host.inspected", host)
    return inspection


@transaction.atomic
def return_inspection(*, inspection_id: int, reason: str, actor: Actor) -> HostInspection:
    """Send a report back with what it lacks (退回); a new one is written."""
    inspection = waiting_inspection(inspection_id=inspection_id, actor=actor)
    if refusal := reason_without_words(reason=reason):
        raise DomainError(refusal, field="reason")
    inspection.return_reason = reason.strip()[:300]
    inspection.save(update_fields=["return_reason"])
    record(actor, "placements.inspection.returned", inspection, reason=inspection.return_reason)
    return inspection


def report_values(inspection: HostInspection) -> dict[str, Any]:
    """The eight fields of a report, to begin the next one from."""
    names = [name for name in InspectionReport.__annotations__ if name != "visited_on"]
    return {name: getattr(inspection, name) for name in names}
