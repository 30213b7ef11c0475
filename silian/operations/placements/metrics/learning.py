"""Measures of preparing and learning: insured, notes on time, certificates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.registry import (
    Drill,
    Metric,
    Scope,
    Touch,
    register_metric,
    share,
    stock,
    total,
)
from silian.operations.placements.choices.insurance import (
    InsuranceKind,
)
from silian.operations.placements.choices.learning import (
    CertificateState,
)
from silian.operations.placements.events.learning import (
    CertificateIssued,
    CertificateRevoked,
    CreditGranted,
    InternsInsured,
    WeeklyNoteSubmitted,
)
from silian.operations.placements.models import (
    CreditGrant,
    InsurancePolicy,
    InsuredIntern,
    Internship,
    InternshipCertificate,
    WeeklyNote,
)
from silian.operations.placements.permissions.files import (
    certificates_visible_to,
    credits_visible_to,
)
from silian.operations.placements.permissions.internships import internships_visible_to
from silian.operations.placements.permissions.notes import notes_visible_to

CREDIT_DRILL = Drill(
    columns={
        "实习单位": "internship.organisation.name",
        "学分": "credits",
        "完整度": "file_percent",
        "认定日": "granted_on",
    },
    visible_to=credits_visible_to,
    related=("internship__organisation",),
)


def in_force(scope: Scope, *, kind: str) -> QuerySet[InsuredIntern]:
    """Cover of the outer internship on the day, on a policy that had not been cancelled."""
    return InsuredIntern.objects.filter(
        Q(policy__cancelled_on__isnull=True) | Q(policy__cancelled_on__gt=scope.as_of),
        internship=OuterRef("pk"),
        policy__kind=kind,
        starts_on__lte=scope.as_of,
        ends_on__gt=scope.as_of,
    )


def interns_of_the_day(scope: Scope) -> QuerySet[Internship]:
    """Internships in post on the day, each with whether both kinds of insurance hold."""
    return (
        Internship.objects.filter(started_on__lte=scope.as_of, ends_on__gt=scope.as_of)
        .exclude(ended_on__lte=scope.as_of)
        .annotate(
            liability=Exists(in_force(scope, kind=InsuranceKind.LIABILITY)),
            accident=Exists(in_force(scope, kind=InsuranceKind.ACCIDENT)),
        )
    )


def all_notes(scope: Scope) -> QuerySet[WeeklyNote]:
    return WeeklyNote.objects.all()


def all_credits(scope: Scope) -> QuerySet[CreditGrant]:
    return CreditGrant.objects.all()


def valid_certificates(scope: Scope) -> QuerySet[InternshipCertificate]:
    return InternshipCertificate.objects.filter(state=CertificateState.VALID)


def insured_touched(event: Any) -> Iterable[Touch]:
    """Where interns of the school work, from today on."""
    for policy in InsurancePolicy.objects.filter(pk=event.policy_id):
        places = policy.insured.values_list("internship__division_id", flat=True).distinct()
        for division in places.order_by():
            yield Touch(division=division, day=timezone.localdate())


def note_touched(event: Any) -> Iterable[Touch]:
    for row in WeeklyNote.objects.filter(pk=event.note_id).select_related("internship"):
        yield Touch(division=row.internship.division_id, day=timezone.localdate(row.submitted_at))


def credit_touched(event: Any) -> Iterable[Touch]:
    for row in Internship.objects.filter(pk=event.internship_id).only("division_id"):
        yield Touch(division=row.division_id, day=event.granted_on)


def certificate_touched(event: Any) -> Iterable[Touch]:
    rows = InternshipCertificate.objects.filter(pk=event.certificate_id)
    for row in rows.select_related("internship"):
        yield Touch(division=row.internship.division_id, day=row.issued_on)


INTERN_DRILL = Drill(
    columns={
        "班级": "school_class.name",
        "实习单位": "organisation.name",
        "岗位": "post.title",
        "责任保险": lambda row: "有效" if row.liability else "没有",
        "意外保险": lambda row: "有效" if row.accident else "没有",
    },
    visible_to=internships_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("school_class", "organisation", "post"),
)
register_metric(
    stock(
        code="placements.insured_share",
        title="在岗实习学生投保率",
        unit="%",
        formula="截至当日在岗的实习学生中，责任保险和人身意外伤害保险都有效的人数 ÷ 在岗人数",
        source="保单登记和实习台账",
        rows=interns_of_the_day,
        reduce=share(Q(liability=True, accident=True)),
        decimals=1,
        drill=INTERN_DRILL,
        stale_on={InternsInsured: insured_touched},
    )
)
register_metric(
    Metric(
        code="placements.notes_on_time",
        title="实习周记按时率",
        unit="%",
        formula="统计期内提交的周记中，在周日之后 2 个工作日内提交的篇数 ÷ 提交篇数",
        source="实习周记",
        rows=all_notes,
        division="internship__division",
        day="submitted_at",
        reduce=share(Q(is_late=False)),
        decimals=1,
        drill=Drill(
            columns={
                "实习单位": "internship.organisation.name",
                "周一": "week_on",
                "工时": "hours",
                "迟交": lambda row: "是" if row.is_late else "",
                "状态": lambda row: row.get_state_display(),
            },
            visible_to=notes_visible_to,
            related=("internship__organisation",),
        ),
        stale_on={WeeklyNoteSubmitted: note_touched},
    )
)
register_metric(
    Metric(
        code="placements.complete_files",
        title="认定学分时档案齐全率",
        unit="%",
        formula="统计期内认定实习学分的人次中，档案完整度为 100% 的 ÷ 认定人次",
        source="学分认定",
        rows=all_credits,
        division="internship__division",
        day="granted_on",
        reduce=share(Q(file_percent=100)),
        decimals=1,
        drill=CREDIT_DRILL,
        stale_on={CreditGranted: credit_touched},
    )
)
register_metric(
    Metric(
        code="placements.credits",
        title="认定实习学分",
        unit="学分",
        formula="统计期内认定的实习学分合计",
        source="学分认定",
        rows=all_credits,
        division="internship__division",
        day="granted_on",
        reduce=total("credits"),
        public=False,
        decimals=1,
        drill=CREDIT_DRILL,
        stale_on={CreditGranted: credit_touched},
    )
)
register_metric(
    Metric(
        code="placements.certificates",
        title="出具实习证明",
        unit="份",
        formula="统计期内出具且没有撤销的实习证明份数",
        source="实习证明登记",
        rows=valid_certificates,
        division="internship__division",
        day="issued_on",
        drill=Drill(
            columns={
                "编号": "number",
                "实习单位": "internship.organisation.name",
                "出具日": "issued_on",
            },
            visible_to=certificates_visible_to,
            related=("internship__organisation",),
        ),
        stale_on={
            CertificateIssued: certificate_touched,
            CertificateRevoked: certificate_touched,
        },
    )
)
