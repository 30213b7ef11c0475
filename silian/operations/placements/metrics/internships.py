"""Measures of internships: how many, how lawful, how well matched, how long."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BooleanField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Substr
from django.utils import timezone

from silian.casework.agreements.choices import IN_FORCE_STATES
from silian.casework.agreements.models import Agreement
from silian.casework.metrics.registry import (
    Drill,
    Scope,
    Touch,
    register_metric,
    share,
    stock,
)
from silian.operations.placements.choices.internships import (
    KINDS_IN_POST,
    ConsentGiver,
    ConsentState,
    InternshipState,
)
from silian.operations.placements.events.internships import (
    InternshipEnded,
    InternshipFinished,
    InternshipStarted,
    PostChanged,
)
from silian.operations.placements.models import (
    AcceptedWarning,
    Internship,
    InternshipConsent,
)
from silian.operations.placements.permissions.internships import internships_visible_to
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE
from silian.operations.placements.queries.term_length import required_days
from silian.registers.programmes.models import ClassMember
from silian.registers.programmes.permissions.classes import members_visible_to

SOURCE = "实习台账"
CLASS_DIGITS = 2  # the 专业大类 of a major's code


def in_post_on(scope: Scope) -> QuerySet[Internship]:
    """Students at work on the day, whatever became of them later."""
    return Internship.objects.filter(
        started_on__lte=scope.as_of, ends_on__gt=scope.as_of, kind__in=sorted(KINDS_IN_POST)
    ).exclude(ended_on__lt=scope.as_of)


def lawful_on(scope: Scope) -> QuerySet[Internship]:
    """The same with whether agreement and consents stand and no warning was set aside."""
    agreements = Agreement.objects.filter(
        source=AGREEMENT_SOURCE,
        source_id=OuterRef("pk"),
        state__in=sorted(IN_FORCE_STATES),
        starts_on__lte=scope.as_of,
        ends_on__gt=scope.as_of,
    )
    return in_post_on(scope).annotate(
        has_agreement=Exists(agreements),
        student_agrees=Exists(consents(ConsentGiver.STUDENT)),
        guardian_agrees=Exists(consents(ConsentGiver.GUARDIAN)),
        has_warning=Exists(AcceptedWarning.objects.filter(internship=OuterRef("pk"))),
    )


def consents(giver: ConsentGiver) -> QuerySet[InternshipConsent]:
    return InternshipConsent.objects.filter(
        internship=OuterRef("pk"), giver=giver, state=ConsentState.GIVEN
    )


def matched_on(scope: Scope) -> QuerySet[Internship]:
    """The same with whether the post suits the student's 专业大类."""
    major = Substr("school_class__cohort__programme__major__code", 1, CLASS_DIGITS)
    return in_post_on(scope).annotate(
        is_matched=Func(
            major,
            F("post__major_classes"),
            template="(%(expressions)s))",
            arg_joiner=" = ANY(",
            output_field=BooleanField(),
        )
    )


def applied_students(scope: Scope) -> QuerySet[ClassMember]:
    """Students of applied undergraduate programmes in their last year, with their days.

    Nobody where the length of an academic year is not set (未设定): there is nothing to compare.
    """
    wanted = required_days(division=scope.division or "000000", on=scope.as_of)
    year = scope.as_of + datetime.timedelta(days=365)
    rows = ClassMember.objects.filter(
        school_class__cohort__programme__is_applied_undergraduate=True,
        school_class__cohort__starts_on__lte=scope.as_of,
        school_class__cohort__ends_on__gt=scope.as_of,
        school_class__cohort__ends_on__lte=year,
        ends_on=None,
    )
    gone = (InternshipState.PLANNED, InternshipState.PREPARING, InternshipState.CANCELLED)
    stays = Internship.objects.filter(person=OuterRef("person")).exclude(state__in=gone)
    length = ExpressionWrapper(F("ends_on") - F("starts_on"), output_field=DurationField())
    days = stays.order_by().values("person").annotate(days=Sum(length)).values("days")
    rows = rows.annotate(
        practised=Coalesce(Subquery(days), Value(datetime.timedelta())),
        wanted=Value(datetime.timedelta(days=wanted or 0)),
    )
    return rows if wanted is not None else rows.none()


def touched(event: Any) -> Iterable[Touch]:
    for row in Internship.objects.filter(pk=event.internship_id).only("division_id"):
        yield Touch(division=row.division_id, day=timezone.localdate())


STALE = dict.fromkeys(
    (InternshipStarted, InternshipEnded, InternshipFinished, PostChanged), touched
)
DRILL = Drill(
    columns={
        "学校": "school.name",
        "班级": "school_class.name",
        "实习单位": "organisation.name",
        "岗位": "post.title",
        "起始日": "starts_on",
        "状态": lambda row: row.get_state_display(),
    },
    visible_to=internships_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("school", "school_class", "organisation", "post"),
)
register_metric(
    stock(
        code="placements.interns_in_post",
        title="在岗实习学生数",
        unit="人",
        formula="截至当日已到岗、未离岗的岗位实习、工学交替和学期制实习学生，按工作地区计",
        source=SOURCE,
        rows=in_post_on,
        drill=DRILL,
        stale_on=STALE,
    )
)
register_metric(
    stock(
        code="placements.lawful_share",
        title="实习手续合规率",
        unit="%",
        formula="截至当日在岗学生中，三方协议有效、学生和家长都同意、没有保留提示的人数 ÷ 在岗人数",
        source="实习台账、协议登记",
        rows=lawful_on,
        reduce=share(
            Q(has_agreement=True, student_agrees=True, guardian_agrees=True, has_warning=False)
        ),
        decimals=1,
        drill=DRILL,
        stale_on=STALE,
    )
)
register_metric(
    stock(
        code="placements.programme_match_share",
        title="实习专业对口率",
        unit="%",
        formula="截至当日在岗学生中，岗位适合的专业大类包含学生专业大类的人数 ÷ 在岗人数",
        source=SOURCE,
        rows=matched_on,
        reduce=share(Q(is_matched=True)),
        decimals=1,
        drill=DRILL,
        stale_on=STALE,
    )
)
register_metric(
    stock(
        code="placements.internship_length_share",
        title="应用型本科学生实习时间达标率",
        unit="%",
        formula="应用型本科毕业年级学生中，在校期间实习时间累计达到规定学年数的人数 ÷ 总人数；"
        "1 学年折合月数未设定的地区不计算",
        source="实习台账、学籍",
        rows=applied_students,
        division="school_class__cohort__programme__division",
        reduce=share(Q(practised__gte=F("wanted"))),
        decimals=1,
        drill=Drill(
            columns={"班级": "school_class.name", "实习天数": lambda row: row.practised.days},
            visible_to=members_visible_to,
            related=("school_class",),
        ),
        stale_on=STALE,
    )
)
