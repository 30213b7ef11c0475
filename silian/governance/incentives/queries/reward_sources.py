"""Evaluation results as the lower modules keep them (评价结果来源)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Prefetch

from silian.casework.reviews.choices.recognitions import RecheckState, RecognitionState
from silian.casework.reviews.models import Recheck, Recognition
from silian.governance.accreditation.choices.projects import ProjectStage
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.incentives.choices.assessments import AssessmentState
from silian.governance.incentives.choices.rewards import ResultLevel, ResultSource
from silian.governance.incentives.models.host_assessments import HostAssessment
from silian.governance.incentives.registry import (
    ResultReader,
    ResultReading,
    registered_readers,
)
from silian.operations.alliances.choices.contributions import Grade
from silian.operations.alliances.models.contributions import AnnualAssessment
from silian.operations.placements.models import Internship
from silian.operations.placements.queries import conduct
from silian.registers.credit.choices import ItemNature, Sharing
from silian.registers.credit.queries.records import in_force
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation

STATE_LEVELS = {
    RecognitionState.INCUBATING: ResultLevel.INCUBATING,
    RecognitionState.CERTIFIED: ResultLevel.CERTIFIED,
    RecognitionState.WARNED: ResultLevel.WARNED,
    RecognitionState.SUSPENDED: ResultLevel.SUSPENDED,
    RecognitionState.REMOVED: ResultLevel.REMOVED,
}
GRADE_LEVELS = {
    Grade.EXCELLENT: ResultLevel.EXCELLENT,
    Grade.GOOD: ResultLevel.QUALIFIED,
    Grade.FAIR: ResultLevel.FAIR,
    Grade.FAILED: ResultLevel.UNQUALIFIED,
}


def readers() -> dict[ResultSource, ResultReader]:
    """Every source that is read today; what is missing is 尚无来源."""
    own = {reader.source: reader for reader in BUILT_IN}
    return {**own, **registered_readers()}


def sources_without_reader() -> list[ResultSource]:
    known = readers()
    return [source for source in ResultSource if source not in known]


def recognitions(prefix: str, on: datetime.date) -> Iterator[ResultReading]:
    """Status and latest yearly re-check (认定等级与年度复核)."""
    checks = Prefetch("rechecks", queryset=Recheck.objects.exclude(state=RecheckState.OPEN))
    rows = Recognition.objects.filter(
        state__in=sorted(STATE_LEVELS), division__code__startswith=prefix, entered_on__lte=on
    )
    for row in rows.select_related("scheme", "holder").prefetch_related(checks):
        level, day = level_of(row)
        yield ResultReading(
            source=ResultSource.RECOGNITION,
            reference=f"reviews.recognition:{row.pk}",
            kind=row.scheme.code,
            organisation_id=row.holder_id,
            subject_kind=row.holder.kind,
            subject_name=row.subject_name,
            division_id=row.division_id,
            level=level,
            words=f"{row.scheme.title}（{row.number}）：{level.label}",
            decided_on=day,
            valid_until=row.valid_until,
            url=row.get_absolute_url(),
        )


def level_of(row: Recognition) -> tuple[ResultLevel, datetime.date]:
    """The level, and the day from which it stands."""
    level = STATE_LEVELS[RecognitionState(row.state)]
    day = row.ended_on or row.certified_on or row.entered_on
    check = next(iter(row.rechecks.all()), None)
    if check is None or check.confirmed_at is None:
        return level, day
    if check.state == RecheckState.FAILED:
        return ResultLevel.RECHECK_FAILED, check.confirmed_at.date()
    if level == ResultLevel.CERTIFIED:
        return ResultLevel.RECHECK_PASSED, check.confirmed_at.date()
    return level, day


def alliance_years(prefix: str, on: datetime.date) -> Iterator[ResultReading]:
    """The yearly results of groups and alliances, told of their leading unit (年度考核)."""
    rows = AnnualAssessment.objects.filter(
        is_current=True, group__division__code__startswith=prefix, assessed_on__lte=on
    )
    for row in rows.select_related("group"):
        if row.group.lead_id is None:
            continue
        level = GRADE_LEVELS[Grade(row.grade)]
        yield ResultReading(
            source=ResultSource.ALLIANCE,
            reference=f"alliances.assessment:{row.group_id}:{row.year}",
            organisation_id=row.group.lead_id,
            subject_kind=OrganisationKind.ALLIANCE,
            subject_name=row.group.name,
            division_id=row.group.division_id,
            level=level,
            words=f"{row.year} 年度考核：{level.label}",
            decided_on=row.assessed_on,
            url=row.group.get_absolute_url(),
        )


def internship_hosts(prefix: str, on: datetime.date) -> Iterator[ResultReading]:
    """Yearly assessments of hosts, and last year's figures where there is none (实习单位履责)."""
    decided = HostAssessment.objects.filter(
        state__in=[AssessmentState.PASSED, AssessmentState.FAILED],
        division__code__startswith=prefix,
        decided_on__lte=on,
    ).select_related("organisation")
    judged = set()
    for row in decided:
        judged.add((row.organisation_id, row.year))
        passed = row.state == AssessmentState.PASSED
        level = ResultLevel.QUALIFIED if passed else ResultLevel.UNQUALIFIED
        yield ResultReading(
            source=ResultSource.INTERNSHIP,
            reference=f"incentives.hostassessment:{row.pk}",
            organisation_id=row.organisation_id,
            subject_kind=row.organisation.kind,
            subject_name=row.organisation.name,
            division_id=row.division_id,
            level=level,
            words=f"{row.year} 年学生实习工作考核：{level.label}",
            decided_on=row.decided_on or on,
            url=row.get_absolute_url(),
        )
    yield from host_figures(prefix, year=on.year - 1, judged=judged)


def host_figures(
    prefix: str, *, year: int, judged: set[tuple[int, int]]
) -> Iterator[ResultReading]:
    """A closed year's figures of hosts that nobody assessed: facts without a grade."""
    starts, ends = datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    stays = Internship.objects.filter(starts_on__lt=ends, ends_on__gt=starts)
    hosts = Organisation.objects.filter(
        pk__in=stays.values("organisation_id"),
        division__code__startswith=prefix,
        kind=OrganisationKind.ENTERPRISE,
    )
    units = {unit.pk: unit for unit in hosts if (unit.pk, year) not in judged}
    found = conduct.of_many(organisation_ids=list(units), year=year) if units else {}
    for key, row in found.items():
        if not row.students:
            continue
        share = row.on_time_share
        paid = "报酬无应付月份" if share is None else f"报酬按时 {share.quantize(Decimal(1))}%"
        yield ResultReading(
            source=ResultSource.INTERNSHIP,
            reference=f"placements.conduct:{key}:{year}",
            organisation_id=key,
            subject_kind=units[key].kind,
            subject_name=units[key].name,
            division_id=units[key].division_id,
            level=ResultLevel.RECORDED,
            score=share.quantize(Decimal("0.01")) if share is not None else None,
            words=(
                f"{year} 年接收实习学生 {row.students} 人，{paid}，"
                f"严重事件 {row.grave_incidents} 起"
            ),
            decided_on=datetime.date(year, 12, 31),
        )


def accepted_projects(prefix: str, on: datetime.date) -> Iterator[ResultReading]:
    """Projects that passed their acceptance and are in use (工程项目验收)."""
    rows = IntegrationProject.objects.filter(
        stage=ProjectStage.IN_USE, division__code__startswith=prefix, built_on__lte=on
    )
    for row in rows.select_related("owner"):
        level = ResultLevel.FIRST_CLASS if row.first_class else ResultLevel.ACCEPTED
        yield ResultReading(
            source=ResultSource.PROJECT,
            reference=f"accreditation.project:{row.pk}",
            kind=row.kind,
            organisation_id=row.owner_id,
            subject_kind=row.owner.kind,
            subject_name=row.owner.name,
            division_id=row.division_id,
            level=level,
            words=f"{row.name}：{level.label}",
            decided_on=row.built_on or on,
            url=row.get_absolute_url(),
        )


def credit_records(prefix: str, on: datetime.date) -> Iterator[ResultReading]:
    """Lawful records that are public or shared among departments (信用记录)."""
    rows = in_force(on=on).filter(organisation__division__code__startswith=prefix)
    for row in rows.exclude(item__sharing=Sharing.CONSENT).select_related("organisation", "item"):
        is_bad = row.item.nature == ItemNature.BAD
        yield ResultReading(
            source=ResultSource.CREDIT,
            reference=f"credit.record:{row.pk}",
            organisation_id=row.organisation_id,
            subject_kind=row.organisation.kind,
            subject_name=row.organisation.name,
            division_id=row.organisation.division_id,
            level=ResultLevel.BAD if is_bad else ResultLevel.PRAISED,
            words=f"{row.title}（{row.basis_document} {row.decision_number}）"[:300],
            decided_on=row.decided_on,
            valid_until=row.ends_on,
            url=row.get_absolute_url(),
        )


BUILT_IN = (
    ResultReader(source=ResultSource.RECOGNITION, read=recognitions),
    ResultReader(source=ResultSource.ALLIANCE, read=alliance_years),
    ResultReader(source=ResultSource.INTERNSHIP, read=internship_hosts),
    ResultReader(source=ResultSource.PROJECT, read=accepted_projects),
    ResultReader(source=ResultSource.CREDIT, read=credit_records),
)
