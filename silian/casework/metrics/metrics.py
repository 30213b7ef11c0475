"""Measures of the registers, which lie below this floor: organisations, people, policies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import Direction, Periodicity
from silian.casework.metrics.queries.registers import standing_organisations
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Scope,
    Touch,
    distinct,
    register_metric,
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
