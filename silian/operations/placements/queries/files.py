"""The files of internships: what is there, what is missing, who owes it."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from silian.casework.agreements.choices import AgreementState
from silian.casework.agreements.models import Agreement
from silian.operations.placements.choices.hosts import (
    PlanState,
)
from silian.operations.placements.choices.internships import (
    KINDS_IN_POST,
    InternshipState,
)
from silian.operations.placements.choices.learning import (
    AssessmentState,
)
from silian.operations.placements.models import (
    Assessment,
    CreditGrant,
    HostInspection,
    Internship,
    InternshipCertificate,
    InternshipReport,
    Visit,
)
from silian.operations.placements.queries.notes import NoteCount, note_counts
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE
from silian.operations.placements.rules.files import Part, PracticeFile

SIGNED = (
    AgreementState.ACTIVE,
    AgreementState.SUSPENDED,
    AgreementState.TERMINATED,
    AgreementState.ENDED,
)
ENDED_STATES = (
    InternshipState.FINISHED,
    InternshipState.ENDED_EARLY,
    InternshipState.ASSESSED,
)


def with_papers(rows: QuerySet[Internship]) -> QuerySet[Internship]:
    """Internships, each with which papers of its file exist."""
    return rows.select_related("plan", "host").annotate(
        has_agreement=Exists(
            Agreement.objects.filter(
                source=AGREEMENT_SOURCE, source_id=OuterRef("pk"), state__in=SIGNED
            )
        ),
        has_inspection=Exists(
            HostInspection.objects.filter(host=OuterRef("host"), approved_at__isnull=False)
        ),
        has_visit=Exists(Visit.objects.filter(internships=OuterRef("pk"))),
        has_report=Exists(
            InternshipReport.objects.filter(internship=OuterRef("pk"), accepted_at__isnull=False)
        ),
        has_result=Exists(
            Assessment.objects.filter(internship=OuterRef("pk"), state=AssessmentState.FINAL)
        ),
    )


def files_of(*, internship_ids: Collection[int], now: datetime.datetime) -> dict[int, PracticeFile]:
    """The file of each internship, in a constant number of queries (实习档案)."""
    rows = list(with_papers(Internship.objects.filter(pk__in=internship_ids)))
    counts = note_counts(rows, now=now)
    return {row.pk: PracticeFile(parts=parts_of(row, counts[row.pk])) for row in rows}


def parts_of(row: Internship, notes: NoteCount) -> tuple[Part, ...]:
    """The papers that rule and kind of internship ask for, with what is there."""
    papers = [
        paper("plan", "实习方案", row.plan.state == PlanState.APPROVED, "学校与实习单位"),
        paper("inspection", "实地考察记录", row.has_inspection, "学校"),  # type: ignore[attr-defined]
        Part(
            code="notes",
            label="实习周记",
            done=min(notes.written, notes.needed) if notes.needed else 1,
            total=notes.needed or 1,
            owed_by="学生",
        ),
        paper("visit", "巡访记录", row.has_visit, "指导教师"),  # type: ignore[attr-defined]
        paper("report", "实习报告与总结", row.has_report, "学生"),  # type: ignore[attr-defined]
        paper("result", "考核结果", row.has_result, "学校与实习单位"),  # type: ignore[attr-defined]
    ]
    if row.kind in KINDS_IN_POST:
        signed: bool = row.has_agreement  # type: ignore[attr-defined]
        papers.insert(0, paper("agreement", "三方协议", signed, "学校、实习单位、学生"))
    return tuple(papers)


def paper(code: str, label: str, is_there: bool, owed_by: str) -> Part:
    return Part(code=code, label=label, done=int(is_there), total=1, owed_by=owed_by)


def file_of(internship: Internship, *, now: datetime.datetime) -> PracticeFile:
    return files_of(internship_ids=[internship.pk], now=now)[internship.pk]


def for_files(rows: QuerySet[Internship]) -> QuerySet[Internship]:
    """Ended internships with what the list of files shows."""
    return rows.filter(state__in=ENDED_STATES).select_related(
        "person",
        "school_class",
        "organisation",
        "plan",
        "host",
        "assessment",
        "credit_grant",
        "report",
    )


def certificate_by_code(code: str) -> InternshipCertificate | None:
    """The certificate with this code, valid or revoked (公开核验)."""
    return InternshipCertificate.objects.filter(code=code).first()


def certificates_of(internship: Internship) -> QuerySet[InternshipCertificate]:
    return internship.certificates.order_by("-pk")


def credits_granted(*, internship_ids: Collection[int]) -> dict[int, CreditGrant]:
    rows = CreditGrant.objects.filter(internship_id__in=internship_ids)
    return {row.internship_id: row for row in rows}
