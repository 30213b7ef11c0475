"""The end of an internship: report, credit, certificate."""

from __future__ import annotations

import datetime
import secrets
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel import files
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.choices.learning import (
    AssessmentState,
    CertificateState,
)
from silian.operations.placements.commands.notes import WRITING_STATES
from silian.operations.placements.commands.training import locked_internship
from silian.operations.placements.events.learning import (
    CertificateIssued,
    CertificateRevoked,
    CreditGranted,
)
from silian.operations.placements.models import (
    Assessment,
    CreditGrant,
    Internship,
    InternshipCertificate,
    InternshipReport,
)
from silian.operations.placements.permissions.sides import (
    require_school_of,
    require_student,
    stands_for_school,
)
from silian.operations.placements.queries.files import file_of
from silian.operations.placements.queries.practice_settings import least_file_percent
from silian.operations.placements.rules.files import certificate_number, reason_not_credited
from silian.operations.placements.workflow.files import certificate as certificate_steps

CODE_BYTES = 12  # 96 bits: nobody finds a certificate by trying codes


@transaction.atomic
def submit_report(
    *,
    actor: Actor,
    internship_id: int,
    title: str,
    summary: str,
    now: datetime.datetime,
    upload: UploadedFile[bytes] | None = None,
) -> InternshipReport:
    """Hand in the report of an internship, again after it was sent back (提交实习报告)."""
    internship = locked_internship(internship_id)
    require_student(actor, internship)
    if internship.state not in WRITING_STATES:
        raise DomainError("到岗后、考核定稿前可以提交实习报告。")
    report = InternshipReport.objects.filter(internship=internship).first()
    if report and report.accepted_at:
        raise DomainError("报告已经教师通过，不能再改。")
    report = report or InternshipReport(internship=internship)
    report.title, report.summary = title.strip(), summary.strip()
    report.submitted_at, report.return_reason = now, ""
    report.save()
    if upload is not None:
        files.store_upload(upload=upload, subject=report, actor=actor)
    record(actor, "placements.report.submitted", report)
    return report


@transaction.atomic
def judge_report(
    *, actor: Actor, internship_id: int, reason: str, accepts: bool, now: datetime.datetime
) -> InternshipReport:
    """The guiding teacher accepts a report or sends it back with a reason (评阅实习报告)."""
    internship = locked_internship(internship_id)
    if not stands_for_school(actor, internship):
        raise NotAllowed("实习报告由指导教师或学校经办人评阅。")
    rows = InternshipReport.objects.select_for_update(of=("self",))
    report = rows.get(internship=internship)
    if report.accepted_at:
        raise DomainError("报告已通过。")
    if not accepts and not reason.strip():
        raise DomainError("请写明退回原因，学生据此修改。", field="reason")
    report.return_reason = "" if accepts else reason.strip()
    report.accepted_at = now if accepts else None
    report.accepted_by_id = actor.user_id if accepts else None
    report.save()
    verb = "accepted" if accepts else "returned"
    record(actor, f"placements.report.{verb}", report, reason=reason)
    return report


@transaction.atomic
def grant_credit(
    *,
    actor: Actor,
    internship_id: int,
    now: datetime.datetime,
    exception_reason: str = "",
) -> CreditGrant:
    """Grant the credits of the plan when the file is complete enough (认定学分). Basis: IN-28."""
    internship = locked_internship(internship_id)
    require_school_of(actor, internship)
    if CreditGrant.objects.filter(internship=internship).exists():
        raise DomainError("这次实习已认定学分。")
    assessment = Assessment.objects.filter(internship=internship).first()
    papers = file_of(internship, now=now)
    required = least_file_percent(school_id=internship.school_id, on=now.date())
    sentence = reason_not_credited(
        is_final=assessment is not None and assessment.state == AssessmentState.FINAL,
        percent=papers.percent,
        required=required,
        missing=papers.missing_words,
        exception=exception_reason,
    )
    if sentence or assessment is None or assessment.total is None:
        raise DomainError(sentence or "尚未考核。", field="exception_reason")
    grant = CreditGrant.objects.create(
        internship=internship,
        credits=internship.plan.credits,
        score=assessment.total,
        file_percent=papers.percent,
        required_percent=required,
        missing=[part.code for part in papers.missing],
        exception_reason=exception_reason.strip(),
        granted_by_id=actor.user_id,
        granted_on=now.date(),
    )
    record(actor, "placements.credit.granted", grant, reason=exception_reason)
    publish(CreditGranted(internship_id=internship.pk, granted_on=grant.granted_on))
    return grant


@transaction.atomic
def issue_certificate(
    *, actor: Actor, internship_id: int, now: datetime.datetime
) -> InternshipCertificate:
    """Issue the certificate of an assessed internship, its content kept as it is (出具实习证明)."""
    internship = locked_internship(internship_id)
    require_school_of(actor, internship)
    if internship.state != InternshipState.ASSESSED:
        raise DomainError("考核定稿后才能出具实习证明。")
    if internship.certificates.filter(state=CertificateState.VALID).exists():
        raise DomainError("已有有效的实习证明，不能重复出具；内容有误的先撤销。")
    certificate = InternshipCertificate.objects.create(
        internship=internship,
        number=next_number(internship, on=now.date()),
        code=secrets.token_urlsafe(CODE_BYTES),
        snapshot=snapshot_of(internship),
        issued_by_id=actor.user_id,
        issued_on=now.date(),
        is_demo=internship.is_demo,
    )
    record(actor, "placements.certificate.issued", certificate)
    publish(CertificateIssued(certificate_id=certificate.pk, internship_id=internship.pk))
    return certificate


def next_number(internship: Internship, *, on: datetime.date) -> str:
    """The school's next number of the year; the lock on the school keeps it from doubling."""
    school = type(internship.school).objects.select_for_update().get(pk=internship.school_id)
    begun = certificate_number(issued_on=on, school_id=school.pk, place=0)[:-5]
    issued = InternshipCertificate.objects.filter(number__startswith=begun)
    last = issued.order_by("-number").values_list("number", flat=True).first()
    place = int(last[-5:]) + 1 if last else 1
    return certificate_number(issued_on=on, school_id=school.pk, place=place)


def snapshot_of(internship: Internship) -> dict[str, Any]:
    """What the certificate says, from the rows of the day (证明内容)."""
    assessment = internship.assessment
    grant = CreditGrant.objects.filter(internship=internship).first()
    ended = internship.ended_on or internship.ends_on
    return {
        "name": internship.person.name,
        "school": internship.school.name,
        "school_class": internship.school_class.name,
        "major": internship.plan.cohort.programme.name,
        "host": internship.organisation.name,
        "post": internship.post.title,
        "kind": internship.get_kind_display(),
        "starts_on": (internship.started_on or internship.starts_on).isoformat(),
        "ended_on": ended.isoformat(),
        "tasks": internship.plan.tasks,
        "total": str(assessment.total),
        "credits": str(grant.credits) if grant else "",
    }


@transaction.atomic
def revoke_certificate(
    *, actor: Actor, certificate_id: int, reason: str, now: datetime.datetime
) -> InternshipCertificate:
    """Revoke a certificate; the public check says so from now on (撤销实习证明)."""
    rows = InternshipCertificate.objects.select_for_update(of=("self",))
    certificate = rows.select_related("internship").get(pk=certificate_id)
    require_school_of(actor, certificate.internship)
    certificate.state = certificate_steps.target(
        "revoke", state=CertificateState(certificate.state)
    )
    if not reason.strip():
        raise DomainError("请写明撤销原因，公开核验页会显示。", field="reason")
    certificate.revoked_at, certificate.revoke_reason = now, reason.strip()
    certificate.save(update_fields=["state", "revoked_at", "revoke_reason"])
    record(actor, "placements.certificate.revoked", certificate, reason=reason)
    publish(
        CertificateRevoked(certificate_id=certificate.pk, internship_id=certificate.internship_id)
    )
    return certificate
