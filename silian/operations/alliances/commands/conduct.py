"""Plan a check on a service organisation, record what was found, correct, review, publish."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.operations.alliances.choices.conduct import CheckState, ConductMatter, Finding
from silian.operations.alliances.events.conduct import ConductCheckMoved
from silian.operations.alliances.models.conduct import ConductCheck, ConductPoint
from silian.operations.alliances.permissions.conduct import (
    checks_visible_to,
    require_answerer,
    require_checker,
)
from silian.operations.alliances.permissions.keeping import require_keeper
from silian.operations.alliances.rules.conduct import (
    has_failed,
    reason_bad_deadline,
    reason_findings_incomplete,
)
from silian.operations.alliances.workflow.conduct import conduct as steps
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation


@transaction.atomic
def plan_check(
    *, organisation_id: int, kind: str, due_on: datetime.date, actor: Actor
) -> ConductCheck:
    """Plan a check; the organisation is told (安排检查)."""
    unit = Organisation.objects.get(pk=organisation_id)
    require_keeper(actor, division=unit.division_id)
    if unit.kind != OrganisationKind.SERVICE:
        raise DomainError("只对产教融合服务组织安排检查，请重新选择。", field="organisation")
    open_rows = ConductCheck.objects.filter(organisation=unit, kind=kind)
    if open_rows.exclude(state=CheckState.CLOSED).exists():
        raise DomainError("这一类检查还有一次没有办结，请先办结。", field="kind")
    check = ConductCheck.objects.create(
        organisation=unit, division_id=unit.division_id, kind=kind, due_on=due_on
    )
    return kept(check, verb="planned", actor=actor)


def locked_check(*, check_id: int, actor: Actor) -> ConductCheck:
    rows = checks_visible_to(actor).select_related("organisation")
    return rows.select_for_update(of=("self",)).get(pk=check_id)


def kept(check: ConductCheck, *, verb: str, actor: Actor, reason: str = "") -> ConductCheck:
    record(actor, f"alliances.conduct.{verb}", check, reason=reason[:500])
    publish(ConductCheckMoved(check_id=check.pk))
    return check


@transaction.atomic
def record_findings(
    *,
    check_id: int,
    findings: Mapping[str, str],
    words: Mapping[str, str],
    checked_on: datetime.date,
    correct_by: datetime.date | None,
    opinion: str,
    actor: Actor,
    today: datetime.date,
) -> ConductCheck:
    """Record every matter; what failed is to be corrected by a day (登记检查结果)."""
    check = locked_check(check_id=check_id, actor=actor)
    require_checker(actor, check)
    failed = has_failed(findings.values())
    refuse_unfit(findings, words, failed=failed, checked_on=checked_on, correct_by=correct_by)
    if checked_on > today:
        raise DomainError("检查日不能晚于今天。", field="checked_on")
    check.state = steps.target("find" if failed else "pass", state=CheckState(check.state))
    check.checked_on, check.checked_by_id = checked_on, actor.user_id
    check.correct_by = correct_by if failed else None
    check.opinion, check.closed_on = opinion.strip(), None if failed else today
    check.save()
    ConductPoint.objects.bulk_create(
        ConductPoint(
            check_row=check,
            matter=matter,
            finding=findings[matter],
            words=words.get(matter, "").strip(),
        )
        for matter in ConductMatter.values
    )
    return kept(check, verb="found", actor=actor)


def refuse_unfit(
    findings: Mapping[str, str],
    words: Mapping[str, str],
    *,
    failed: bool,
    checked_on: datetime.date,
    correct_by: datetime.date | None,
) -> None:
    fault = reason_findings_incomplete(findings, words)
    if fault is not None:
        raise DomainError(fault[1], field=fault[0])
    reason = reason_bad_deadline(failed=failed, due_on=correct_by, checked_on=checked_on)
    if reason:
        raise DomainError(reason, field="correct_by")


@transaction.atomic
def correct_point(
    *,
    check_id: int,
    point_id: int,
    correction: str,
    proof: UploadedFile[bytes] | None,
    actor: Actor,
    today: datetime.date,
) -> ConductPoint:
    """Say how a failed matter was corrected, with proof (登记整改)."""
    check = locked_check(check_id=check_id, actor=actor)
    require_answerer(actor, check)
    if check.state != CheckState.CORRECTING:
        raise DomainError(f"当前为“{check.get_state_display()}”，不能登记整改。")
    point = check.points.get(pk=point_id)
    if not point.is_failed:
        raise DomainError("这一项不需要整改。")
    point.correction, point.corrected_on = correction.strip(), today
    point.save(update_fields=["correction", "corrected_on"])
    if proof is not None:
        store_upload(upload=proof, subject=point, actor=actor)
    record(actor, "alliances.conduct.corrected", check, detail={"matter": point.matter})
    return point


@transaction.atomic
def hand_in_correction(*, check_id: int, actor: Actor) -> ConductCheck:
    """Hand the corrections in, all of them (提交整改)."""
    check = locked_check(check_id=check_id, actor=actor)
    require_answerer(actor, check)
    open_points = check.points.filter(finding=Finding.FAILED, corrected_on__isnull=True)
    if open_points.exists():
        names = "、".join(str(point) for point in open_points)
        raise DomainError(f"还没有登记整改：{names}。请逐项登记后提交。")
    check.state = steps.target("hand_in", state=CheckState(check.state))
    check.save(update_fields=["state"])
    return kept(check, verb="handed_in", actor=actor)


@transaction.atomic
def accept_correction(*, check_id: int, actor: Actor, today: datetime.date) -> ConductCheck:
    """Close the check; its result is public from today (复查通过)."""
    check = locked_check(check_id=check_id, actor=actor)
    require_checker(actor, check)
    check.state = steps.target("accept", state=CheckState(check.state))
    check.closed_on = today
    check.save(update_fields=["state", "closed_on"])
    return kept(check, verb="accepted", actor=actor)


@transaction.atomic
def reject_correction(
    *,
    check_id: int,
    reason: str,
    correct_by: datetime.date,
    actor: Actor,
    today: datetime.date,
) -> ConductCheck:
    """Send the corrections back with a new deadline (退回再整改)."""
    check = locked_check(check_id=check_id, actor=actor)
    require_checker(actor, check)
    if correct_by <= today:
        raise DomainError("新的整改期限应晚于今天。", field="correct_by")
    check.state = steps.target("reject", state=CheckState(check.state))
    check.opinion, check.correct_by = reason.strip()[:500], correct_by
    check.save(update_fields=["state", "opinion", "correct_by"])
    check.points.filter(finding=Finding.FAILED).update(corrected_on=None)
    return kept(check, verb="rejected", actor=actor, reason=check.opinion)
