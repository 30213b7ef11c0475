"""Measures of recognition: a number for each built-in scheme, of states, removals and duties."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    Touch,
    Touched,
    count,
    distinct,
    register_metric,
    stock,
)
from silian.casework.reviews.choices.recognitions import ActKind, DutyKind, RecognitionState
from silian.casework.reviews.events.duties import DutyChecked, DutySubmitted
from silian.casework.reviews.events.recognitions import DutyMissed, RecognitionChanged
from silian.casework.reviews.models import Duty, Recognition, RecognitionAct
from silian.casework.reviews.permissions.recognitions import (
    duties_visible_to,
    recognitions_visible_to,
)

SOURCE = "认定台账"
HOLDING_ACTS = (
    ActKind.ENTER,
    ActKind.CERTIFY,
    ActKind.WARN,
    ActKind.REINSTATE,
    ActKind.EXTEND,
)
WORDS = "统计日在建设培育库或认定有效（含警示整改，不含暂停、取消和到期）"


def holding(scope: Scope) -> QuerySet[Recognition]:
    """Statuses that stood at the end of the day, as their acts up to then say."""
    last = (
        RecognitionAct.objects.filter(recognition=OuterRef("pk"), effective_on__lte=scope.as_of)
        .order_by("-pk")
        .values("kind")[:1]
    )
    open_term = Q(valid_until__isnull=True) | Q(valid_until__gt=scope.as_of)
    rows = Recognition.objects.annotate(last_act=Subquery(last))
    return rows.filter(open_term, last_act__in=HOLDING_ACTS)


def certified(scope: Scope) -> QuerySet[Recognition]:
    return holding(scope).filter(certified_on__lte=scope.as_of)


def incubating(scope: Scope) -> QuerySet[Recognition]:
    not_yet = Q(certified_on__isnull=True) | Q(certified_on__gt=scope.as_of)
    return holding(scope).filter(not_yet)


def ever_certified(scope: Scope) -> QuerySet[Recognition]:
    return Recognition.objects.filter(certified_on__isnull=False)


def removed(scope: Scope) -> QuerySet[Recognition]:
    return Recognition.objects.filter(state=RecognitionState.REMOVED)


def of_scheme(code: str) -> Callable[[Scope], QuerySet[Recognition]]:
    """The standing statuses of the schemes of one code."""

    def rows(scope: Scope) -> QuerySet[Recognition]:
        return holding(scope).filter(scheme__code=code)

    return rows


def overdue(scope: Scope) -> QuerySet[Duty]:
    """Duties whose term was over and that nobody had sent in by the end of the day."""
    unsent = Q(submitted_at__isnull=True) | Q(submitted_at__gte=scope.ends_at)
    living = Q(recognition__ended_on__isnull=True) | Q(recognition__ended_on__gt=scope.as_of)
    rows = Duty.objects.filter(unsent, living, due_on__lt=scope.as_of)
    return rows.exclude(kind=DutyKind.RECHECK)


def touched(event: Any) -> Iterable[Touch]:
    """The subject's division, from the day of the newest act on."""
    row = Recognition.objects.filter(pk=event.recognition_id).first()
    act = row.acts.order_by("-pk").first() if row else None
    if row is not None:
        day = min(act.effective_on if act else row.entered_on, timezone.localdate())
        yield Touch(division=row.division_id, day=day)


def touched_by_duty(event: Any) -> Iterable[Touch]:
    """From the day after the term, for until then nothing was late."""
    row = Duty.objects.filter(pk=event.duty_id).select_related("recognition").first()
    if row is not None:
        late = row.due_on + datetime.timedelta(days=1)
        day = min(late, timezone.localdate())
        yield Touch(division=row.recognition.division_id, day=day)


CHANGES: dict[Any, Touched] = {RecognitionChanged: touched}
DRILL = Drill(
    columns={
        "证书编号": "number",
        "认定对象": "subject_name",
        "认定项目": "scheme.title",
        "地区": "division.name",
        "入库日": "entered_on",
        "认定日": "certified_on",
        "状态": lambda row: row.get_state_display(),
    },
    visible_to=recognitions_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("scheme", "division"),
)
USUAL: dict[str, Any] = {
    "source": SOURCE,
    "small_number": PUBLIC_ROWS,
    "drill": DRILL,
    "stale_on": CHANGES,
}
BY_SCHEME = (
    ("integrated_enterprise", "integrated_enterprises", "产教融合型企业", "家"),
    ("integrated_city", "integrated_cities", "产教融合型城市", "个"),
    ("integrated_industry", "integrated_industries", "产教融合型行业", "个"),
    ("integrated_alliance", "demonstration_alliances", "示范性产教融合联盟", "个"),
    ("demonstration_base", "demonstration_bases", "产教融合示范基地", "个"),
    ("engineering_project", "engineering_projects", "产教融合工程项目", "个"),
    ("training_base", "training_bases", "授牌的产教融合实训基地", "个"),
    ("city_consortium", "city_consortia", "市域产教联合体", "个"),
    ("cooperation_project", "cooperation_projects", "校企合作示范项目", "个"),
)
for scheme, name, title, unit in BY_SCHEME:
    by_holder = unit == "家"
    register_metric(
        stock(
            code=f"reviews.{name}",
            title=title,
            unit=unit,
            formula=f"{WORDS}的{title}{'，按单位去重' if by_holder else '个数'}",
            rows=of_scheme(scheme),
            reduce=distinct("holder_id") if by_holder else count(),
            **USUAL,
        )
    )
register_metric(
    stock(
        code="reviews.certified",
        title="有效认定",
        unit="个",
        formula="统计日已认定且有效（含警示整改，不含暂停、取消和到期）的全部认定个数",
        rows=certified,
        **USUAL,
    )
)
register_metric(
    stock(
        code="reviews.incubating",
        title="建设培育中的对象",
        unit="个",
        formula="统计日在建设培育库、尚未认定的对象个数",
        rows=incubating,
        **USUAL,
    )
)
register_metric(
    Metric(
        code="reviews.newly_certified",
        title="新认定",
        unit="个",
        formula="统计期内作出认定（含培育期满转为认定）的个数，不论后来是否取消",
        rows=ever_certified,
        day="certified_on",
        **USUAL,
    )
)
register_metric(
    Metric(
        code="reviews.removed",
        title="取消认定",
        unit="个",
        formula="统计期内决定取消认定资格的个数，不含到期和主动退出",
        rows=removed,
        day="ended_on",
        direction=Direction.FALLING,
        **USUAL,
    )
)
register_metric(
    stock(
        code="reviews.duties_overdue",
        title="逾期义务事项",
        unit="项",
        formula="统计日期限已过、认定单位仍未提交的规划、报告和自评项数，不含主管部门办理的复核",
        source="义务事项登记",
        rows=overdue,
        division="recognition__division",
        direction=Direction.FALLING,
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={
                "义务事项": "title",
                "认定对象": "recognition.subject_name",
                "认定项目": "recognition.scheme.title",
                "期限": "due_on",
                "状态": lambda row: row.get_state_display(),
            },
            visible_to=duties_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("recognition__scheme",),
        ),
        stale_on={
            DutySubmitted: touched_by_duty,
            DutyChecked: touched_by_duty,
            DutyMissed: touched_by_duty,
            RecognitionChanged: touched,
        },
    )
)
