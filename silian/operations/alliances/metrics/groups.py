"""Measures of groups: how many, of which rank, with whom, and what they have not reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Scope,
    Touch,
    Touched,
    distinct,
    register_metric,
    share,
    stock,
)
from silian.foundation.kernel.actors import Actor
from silian.operations.alliances.choices.groups import (
    DesignationKind,
    GroupKind,
    GroupLevel,
    MemberKind,
)
from silian.operations.alliances.events.groups import (
    GroupChanged,
    GroupMembersChanged,
    JointTargetChanged,
)
from silian.operations.alliances.models.contributions import JointTarget
from silian.operations.alliances.models.groups import (
    AllianceGroup,
    GroupDesignation,
    GroupMember,
)
from silian.operations.alliances.permissions.groups import (
    groups_visible_to,
    members_visible_to,
    public_groups,
    targets_visible_to,
)
from silian.operations.alliances.rules.groups import SMALL_SIZES

SOURCE = "集团联盟登记"
EDUCATION_KINDS = (GroupKind.EDUCATION_GROUP, GroupKind.ALLIANCE)
JOINED_KINDS = (GroupKind.ALLIANCE, GroupKind.INDUSTRY_COMMUNITY, GroupKind.CITY_CONSORTIUM)
HIGH_LEVELS = (GroupLevel.PROVINCE, GroupLevel.NATION)


def running(scope: Scope) -> QuerySet[AllianceGroup]:
    """Groups that had begun and were not dissolved at the end of the day, paused ones included."""
    living = Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=scope.as_of)
    return AllianceGroup.objects.filter(living, started_on__lte=scope.as_of)


def distinguished(scope: Scope, **where: Any) -> Any:
    """Whether a distinction of the group was in force on the day."""
    rows = GroupDesignation.objects.in_force(on=scope.as_of)  # type: ignore[attr-defined]
    return Exists(rows.filter(group=OuterRef("pk"), **where))


def consortia_and_alliances(scope: Scope) -> QuerySet[AllianceGroup]:
    return running(scope).filter(kind__in=JOINED_KINDS)


def demonstration(scope: Scope) -> QuerySet[AllianceGroup]:
    return running(scope).filter(distinguished(scope, kind=DesignationKind.DEMONSTRATION))


def demonstration_education(scope: Scope) -> QuerySet[AllianceGroup]:
    return demonstration(scope).filter(kind__in=EDUCATION_KINDS)


def known(scope: Scope) -> QuerySet[AllianceGroup]:
    """Alliances with a distinction of the province or the nation as demonstration."""
    marks = distinguished(scope, kind=DesignationKind.DEMONSTRATION, level__in=HIGH_LEVELS)
    return running(scope).filter(marks, kind__in=JOINED_KINDS)


def key(scope: Scope) -> QuerySet[AllianceGroup]:
    return running(scope).filter(distinguished(scope, kind=DesignationKind.KEY))


def working_as_entity(scope: Scope) -> QuerySet[AllianceGroup]:
    return running(scope).filter(is_entity=True, entity_since__lte=scope.as_of)


def members(scope: Scope) -> QuerySet[GroupMember]:
    """Confirmed memberships of living groups on the day; the lead unit has none."""
    rows = GroupMember.objects.on(scope.as_of)  # type: ignore[attr-defined]
    return rows.filter(group__in=running(scope))  # type: ignore[no-any-return]


def member_enterprises(scope: Scope) -> QuerySet[GroupMember]:
    return members(scope).filter(kind=MemberKind.ENTERPRISE)


def overdue(scope: Scope) -> QuerySet[JointTarget]:
    """Joint targets past their day on the day, neither reached nor dropped by then."""
    open_then = Q(reached_on__isnull=True) | Q(reached_on__gt=scope.as_of)
    kept = Q(dropped_on__isnull=True) | Q(dropped_on__gt=scope.as_of)
    rows = JointTarget.objects.filter(open_then, kept, due_on__lt=scope.as_of)
    return rows.filter(group__in=running(scope))


def groups_shown_to(actor: Actor) -> QuerySet[AllianceGroup]:
    """What a reader of a number may open: public groups, and those within reach."""
    return public_groups() | groups_visible_to(actor)


def touched(event: Any) -> Iterable[Touch]:
    for row in AllianceGroup.objects.filter(pk=event.group_id).only("division_id"):
        yield Touch(division=row.division_id, day=min(event.since, timezone.localdate()))


def touched_target(event: Any) -> Iterable[Touch]:
    rows = JointTarget.objects.filter(pk=event.target_id).select_related("group")
    for row in rows:
        yield Touch(division=row.division_id, day=min(event.since, timezone.localdate()))


EVENTS: dict[Any, Touched] = {GroupChanged: touched}
MEMBER_EVENTS: dict[Any, Touched] = {GroupChanged: touched, GroupMembersChanged: touched}
DRILL = Drill(
    columns={
        "名称": "name",
        "类别": lambda row: row.get_kind_display(),
        "层级": lambda row: row.get_level_display(),
        "牵头单位": "lead.name",
        "地区": "division.name",
        "运行起": "started_on",
    },
    visible_to=groups_shown_to,
    url=lambda row: row.public_url,
    related=("lead", "division"),
)
MEMBER_DRILL = Drill(
    columns={
        "集团联盟": "group.name",
        "成员": "organisation.name",
        "类别": lambda row: row.get_kind_display(),
        "规模": lambda row: row.organisation.get_size_display(),
        "加入日": "joined_on",
    },
    visible_to=members_visible_to,
    url=lambda row: row.group.public_url,
    related=("group", "organisation"),
)


def group_metric(code: str, *, title: str, formula: str, rows: Any) -> None:
    """One more count of groups."""
    register_metric(
        stock(
            code=f"alliances.{code}",
            title=title,
            unit="个",
            formula=f"统计日{formula}，每个计一个；暂停的计入，解散的不计",
            source=SOURCE,
            rows=rows,
            small_number=PUBLIC_ROWS,
            drill=DRILL,
            stale_on=EVENTS,
        )
    )


group_metric("groups", title="集团联盟", formula="已开始运行的各类集团联盟", rows=running)
group_metric(
    "consortia_and_alliances",
    title="产教联合体和联盟",
    formula="已开始运行的产教融合联盟、行业产教融合共同体和市域产教联合体",
    rows=consortia_and_alliances,
)
group_metric(
    "demonstration_groups",
    title="示范集团联盟",
    formula="有在效示范认定的集团联盟",
    rows=demonstration,
)
group_metric(
    "education_groups",
    title="示范性职业教育集团（联盟）",
    formula="有在效示范认定的职业教育集团和产教融合联盟",
    rows=demonstration_education,
)
group_metric(
    "known_alliances",
    title="省级以上示范产教融合联盟",
    formula="有在效省级或国家级示范认定的联盟、共同体和联合体；“全国知名”没有另外的标准",
    rows=known,
)
group_metric("key_alliances", title="骨干集团联盟", formula="有在效骨干认定的集团联盟", rows=key)
group_metric(
    "entity_groups",
    title="实体化运作的集团联盟",
    formula="已凭依据登记实体化运作的集团联盟",
    rows=working_as_entity,
)
for kind in GroupKind:
    group_metric(
        f"kind_{kind.value}",
        title=kind.label,
        formula=f"已开始运行的{kind.label}",
        rows=lambda scope, kind=kind: running(scope).filter(kind=kind),
    )

register_metric(
    stock(
        code="alliances.member_units",
        title="集团联盟成员单位",
        unit="家",
        formula="统计日已确认的成员单位，按单位去重，按集团联盟所在地区统计；不含牵头单位",
        source=SOURCE,
        rows=members,
        division="group__division",
        reduce=distinct("organisation_id"),
        small_number=PUBLIC_ROWS,
        drill=MEMBER_DRILL,
        stale_on=MEMBER_EVENTS,
    )
)
register_metric(
    stock(
        code="alliances.small_member_share",
        title="成员企业中的中小微企业占比",
        unit="%",
        formula="统计日成员企业中，登记为中型、小型、微型的占比；没有登记规模的计入分母",
        source=SOURCE,
        rows=member_enterprises,
        division="group__division",
        reduce=share(Q(organisation__size__in=sorted(SMALL_SIZES))),
        decimals=1,
        small_number=PUBLIC_ROWS,
        drill=MEMBER_DRILL,
        stale_on=MEMBER_EVENTS,
    )
)
register_metric(
    stock(
        code="alliances.targets_overdue",
        title="逾期的联合目标",
        unit="个",
        formula="统计日已过期限、没有达成也没有取消的联合目标",
        source="联合目标和进展填报",
        rows=overdue,
        division="group__division",
        direction=Direction.FALLING,
        public=False,
        drill=Drill(
            columns={
                "目标": "title",
                "集团联盟": "group.name",
                "负责成员": "owner.name",
                "期限": "due_on",
                "最新进度": "reached",
            },
            visible_to=targets_visible_to,
            url=lambda row: row.group.get_absolute_url(),
            related=("group", "owner"),
        ),
        stale_on={GroupChanged: touched, JointTargetChanged: touched_target},
    )
)
