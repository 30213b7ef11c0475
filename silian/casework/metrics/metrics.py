"""Measures of the registers, which lie below: organisations, people, programmes, policies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import Direction, Periodicity
from silian.casework.metrics.queries.programmes import (
    constructions_standing,
    teaching_programmes,
)
from silian.casework.metrics.queries.registers import standing_organisations
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Scope,
    Touch,
    distinct,
    register_metric,
    share,
    stock,
)
from silian.registers.organisations.choices import (
    OrganisationKind,
    OrganisationSize,
)
from silian.registers.organisations.events import (
    OrganisationClosed,
    OrganisationResumed,
    OrganisationsMerged,
    OrganisationSuspended,
    OrganisationVerified,
)
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.permissions import organisations_visible_to
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Affiliation
from silian.registers.policies.choices import PUBLIC_STATES
from silian.registers.policies.events import PolicyIssued, PolicySuperseded
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.permissions.documents import documents_visible_to
from silian.registers.programmes.events import (
    ProgrammeOpened,
    ProgrammeStageChanged,
    TrainingPlanApproved,
)
from silian.registers.programmes.models import Construction, Programme
from silian.registers.programmes.permissions.programmes import programmes_visible_to


def touched_by_organisation(event: Any) -> Iterable[Touch]:
    """The division of the organisation that the event names, from its verification on."""
    rows = Organisation.objects.filter(pk=event.organisation_id, verified_at__isnull=False)
    for row in rows.only("division_id"):
        yield Touch(division=row.division_id, day=timezone.localdate())


ORGANISATION_EVENTS = {
    event: touched_by_organisation
    for event in (
        OrganisationVerified,
        OrganisationSuspended,
        OrganisationResumed,
        OrganisationClosed,
        OrganisationsMerged,
    )
}
ORGANISATION_DRILL = Drill(
    columns={
        "单位": "name",
        "所在区划": "division.name",
        "行业": lambda row: row.industry.name if row.industry else "",
        "规模": lambda row: row.get_size_display(),
        "核验日期": "verified_at",
    },
    visible_to=organisations_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("division", "industry"),
)


def organisation_metric(code: str, *, title: str, formula: str, where: Q, unit: str = "家") -> None:
    """One more count of verified organisations."""
    register_metric(
        stock(
            code=code,
            title=title,
            unit=unit,
            formula=f"截至当日已核验且未暂停、注销、并入的{formula}，每个单位计一{unit}",
            source="单位名录（统一社会信用代码核验）",
            rows=lambda scope: standing_organisations(scope).filter(where),
            small_number=PUBLIC_ROWS,
            drill=ORGANISATION_DRILL,
            stale_on=ORGANISATION_EVENTS,
        )
    )


organisation_metric(
    "organisations.enterprises",
    title="入驻企业数",
    formula="企业",
    where=Q(kind=OrganisationKind.ENTERPRISE),
)
organisation_metric(
    "organisations.large_enterprises",
    title="规模以上入驻企业数",
    formula="登记为规模以上的企业",
    where=Q(kind=OrganisationKind.ENTERPRISE, above_scale=True),
)
organisation_metric(
    "organisations.small_enterprises",
    title="中小微入驻企业数",
    formula="登记为中型、小型、微型的企业",
    where=Q(
        kind=OrganisationKind.ENTERPRISE,
        size__in=[OrganisationSize.MEDIUM, OrganisationSize.SMALL, OrganisationSize.MICRO],
    ),
)
organisation_metric(
    "organisations.schools",
    title="入驻院校数",
    formula="院校",
    where=Q(kind=OrganisationKind.SCHOOL),
    unit="所",
)
organisation_metric(
    "organisations.institutes",
    title="入驻科研院所数",
    formula="科研院所",
    where=Q(kind=OrganisationKind.INSTITUTE),
)
organisation_metric(
    "organisations.service_organisations",
    title="产教融合服务组织数",
    formula="产教融合服务组织",
    where=Q(kind=OrganisationKind.SERVICE),
)
organisation_metric(
    "organisations.alliances",
    title="职业教育集团（联盟）数",
    formula="集团联盟",
    where=Q(kind=OrganisationKind.ALLIANCE),
    unit="个",
)


def people_metric(code: str, *, title: str, kind: AffiliationKind, place: str) -> None:
    """One more count of people, without anything that tells who they are."""
    register_metric(
        stock(
            code=code,
            title=title,
            unit="人",
            formula=f"截至当日{kind.label}身份在效的人员，同一人在本区划内只计一次；"
            f"按所在{place}的区划归属",
            source="人员名录（学校、企业登记的人员身份）",
            rows=lambda scope: Affiliation.objects.in_force(on=scope.as_of).filter(
                kind=kind, person__erased_at__isnull=True
            ),
            division="organisation__division",
            reduce=distinct("person"),
            periodicity=Periodicity.DAILY,
            direction=Direction.NEUTRAL,
        )
    )


people_metric("people.students", title="在校学生数", kind=AffiliationKind.STUDENT, place="学校")
people_metric("people.teachers", title="教师数", kind=AffiliationKind.TEACHER, place="学校")
people_metric("people.mentors", title="企业导师数", kind=AffiliationKind.MENTOR, place="企业")


def issued_documents(scope: Scope) -> QuerySet[PolicyDocument]:
    """Documents that had been issued and were in force at the end of the day."""
    return PolicyDocument.objects.filter(
        Q(effective_to__isnull=True) | Q(effective_to__gt=scope.as_of),
        issued_at__lt=scope.ends_at,
        state__in=sorted(PUBLIC_STATES),
    )


def open_parameters(scope: Scope) -> QuerySet[Parameter]:
    """Parameters that a policy demands and nobody has set by the end of the day."""
    unset = Q(value__isnull=True, low__isnull=True, high__isnull=True)
    valid = Parameter.objects.valid(on=scope.as_of)
    same = {name: OuterRef(name) for name in ("division", "code", "name", "key")}
    answered = valid.exclude(unset).filter(**same)
    return valid.filter(unset, correction__isnull=True).exclude(Exists(answered))


def touched_by_document(event: Any) -> Iterable[Touch]:
    for row in PolicyDocument.objects.filter(pk=event.document_id).only("division_id"):
        yield Touch(division=row.division_id, day=timezone.localdate())


register_metric(
    stock(
        code="policies.documents",
        title="现行政策文件数",
        unit="件",
        formula="截至当日已在本平台发布且未失效的政策文件",
        source="政策文件库",
        rows=issued_documents,
        small_number=PUBLIC_ROWS,
        direction=Direction.NEUTRAL,
        drill=Drill(
            columns={
                "标题": str,
                "文号": "document_number",
                "适用地区": "division.name",
                "成文日期": "issued_on",
            },
            visible_to=documents_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("division",),
        ),
        stale_on={PolicyIssued: touched_by_document, PolicySuperseded: touched_by_document},
    )
)
register_metric(
    stock(
        code="policies.open_parameters",
        title="未设定参数数",
        unit="项",
        formula="截至当日政策要求设定而尚无数值的参数",
        source="政策参数库",
        rows=open_parameters,
        direction=Direction.FALLING,
        periodicity=Periodicity.DAILY,
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={
                "编号": "code",
                "参数": "title",
                "适用地区": "division.name",
                "文号": "source",
                "条款": "place",
            },
            visible_to=lambda actor: Parameter.objects.all(),
            related=("division",),
        ),
    )
)


PROGRAMME_DRILL = Drill(
    columns={
        "专业": "name",
        "学校": "school.name",
        "专业代码": "major.code",
        "产业链": "industry_chain",
        "阶段": lambda row: row.get_stage_display(),
    },
    visible_to=programmes_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("school", "major"),
)


def touched_by_programme(event: Any) -> Iterable[Touch]:
    for row in Programme.objects.filter(pk=event.programme_id).only("division_id"):
        yield Touch(division=row.division_id, day=timezone.localdate())


PROGRAMME_EVENTS = {
    event: touched_by_programme
    for event in (ProgrammeOpened, ProgrammeStageChanged, TrainingPlanApproved)
}


def programme_share(code: str, *, title: str, formula: str, where: Q) -> None:
    """One more share of the programmes that teach, with plan or partner as the condition."""
    register_metric(
        stock(
            code=code,
            title=title,
            unit="%",
            formula=formula,
            source="专业点、人才培养方案与企业参与登记",
            rows=teaching_programmes,
            reduce=share(where),
            decimals=1,
            small_number=PUBLIC_ROWS,
            drill=PROGRAMME_DRILL,
            stale_on=PROGRAMME_EVENTS,
        )
    )


register_metric(
    stock(
        code="programmes.teaching",
        title="在办专业点数",
        unit="个",
        formula="截至当日已开办且未撤销的专业点",
        source="专业点名录",
        rows=teaching_programmes,
        small_number=PUBLIC_ROWS,
        direction=Direction.NEUTRAL,
        drill=PROGRAMME_DRILL,
        stale_on=PROGRAMME_EVENTS,
    )
)
programme_share(
    "programmes.practice_hours_share",
    title="实践课时达到一半的专业占比",
    formula="截至当日在办专业点中，最新现行方案实践学时不少于总学时一半的占比；没有现行方案的不计达到",
    where=Q(practice_is_half=True),
)
programme_share(
    "programmes.with_enterprise",
    title="有企业参与教学的专业占比",
    formula="截至当日在办专业点中，已有企业参与任一教学环节记录的占比",
    where=Q(has_enterprise=True),
)
programme_share(
    "programmes.with_current_standard",
    title="引用现行标准的专业占比",
    formula="截至当日在办专业点中，现行方案引用当日现行标准的占比",
    where=Q(cites_current=True),
)


def construction_metric(code: str, *, title: str, categories: Sequence[str]) -> None:
    """One more count of the construction projects that are approved and not ended."""
    register_metric(
        stock(
            code=code,
            title=title,
            unit="个",
            formula="截至当日已立项且未终止的该类专业建设项目",
            source="专业建设名录",
            rows=lambda scope: constructions_standing(scope).filter(category__in=categories),
            division="programme__division",
            small_number=PUBLIC_ROWS,
            drill=CONSTRUCTION_DRILL,
        )
    )


CONSTRUCTION_DRILL = Drill(
    columns={
        "专业": "programme.name",
        "学校": "programme.school.name",
        "级别": lambda row: row.get_level_display(),
        "阶段": lambda row: row.get_stage_display(),
        "立项日": "approved_on",
    },
    visible_to=lambda actor: Construction.objects.filter(
        programme__in=programmes_visible_to(actor)
    ),
    url=lambda row: row.programme.get_absolute_url(),
    related=("programme__school",),
)
CONSTRUCTION_METRICS = {
    "programmes.key_groups": ("重点建设专业集群数", ("backbone_group", "key_group")),
    "programmes.scarce_featured": ("急需紧缺骨干特色专业（点）数", ("scarce_featured",)),
    "programmes.apprenticeship": ("现代学徒制专业（点）数", ("apprenticeship",)),
    "programmes.integrated": ("产教融合学科专业点数", ("integrated",)),
    "programmes.featured": ("市级特色示范专业数", ("city_featured",)),
    "programmes.key": ("市级骨干专业数", ("city_backbone",)),
}
for metric_code, (metric_title, chosen) in CONSTRUCTION_METRICS.items():
    construction_metric(metric_code, title=metric_title, categories=chosen)
