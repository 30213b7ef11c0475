"""Who sees which metrics and values, and who reports, corrects and counts them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.registry import Metric, declared_metrics
from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.registers.organisations.choices import (
    JURISDICTION_ROLES,
    OrganisationKind,
    Role,
)

REPORTING_ROLES = frozenset({Role.MANAGER, Role.AGENT, Role.REVIEWER, Role.COORDINATOR})


def is_official(actor: Actor) -> bool:
    """Whether the actor reads the whole of a jurisdiction (在辖区内任职)."""
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def reads_fully(actor: Actor, *, division: str) -> bool:
    """Whether small numbers of the division are shown to the actor as they are."""
    return actor.is_system or (is_official(actor) and actor.covers(division))


def own_definitions(actor: Actor) -> QuerySet[MetricDefinition]:
    """The metrics that the actor's department reports (本部门填报的指标)."""
    if actor.organisation_id is None or not actor.has_role(*REPORTING_ROLES, Role.READER):
        return MetricDefinition.objects.none()
    return MetricDefinition.objects.filter(owner_id=actor.organisation_id)


def definitions_visible_to(actor: Actor) -> QuerySet[MetricDefinition]:
    """Public ones for everybody; those of the jurisdiction and above; those one reports."""
    seen = Q(public=True) | Q(pk__in=own_definitions(actor))
    if is_official(actor):
        prefix = subtree_prefix(actor.jurisdiction)
        seen |= Q(division__code__startswith=prefix)
        seen |= Q(division__in=divisions_above(actor.jurisdiction))
    return MetricDefinition.objects.filter(seen)


def divisions_above(code: str) -> list[str]:
    """The city and the province of a division, by their digits. Basis: GB/T 2260."""
    return [code[:2] + "0000", code[:4] + "00"]


def may_see_metric(actor: Actor, metric: Metric) -> bool:
    """Whether the actor finds the metric in the library."""
    if metric.public:
        return True
    if metric.is_manual:
        return definitions_visible_to(actor).filter(code=metric.code).exists()
    return is_official(actor)


def values_visible_to(actor: Actor) -> QuerySet[MetricValue]:
    """For everybody the values of public metrics; for officials all of their jurisdiction.

    Of metrics with small numbers the public sees one kind of period, so that no part can be had
    by subtracting periods, and of all only what holds today.
    """
    if actor.is_system:
        return MetricValue.objects.all()
    seen = public_values() | Q(metric_code__in=own_definitions(actor).values("code"))
    if is_official(actor):
        seen |= Q(division__code__startswith=subtree_prefix(actor.jurisdiction))
    return MetricValue.objects.filter(seen)


def public_values() -> Q:
    """Values of public metrics that hold today, as far as periods cannot be subtracted."""
    reported = MetricDefinition.objects.filter(public=True).values("code")
    seen = Q(metric_code__in=reported)
    by_kinds: dict[tuple[PeriodKind, ...], list[str]] = {}
    for metric in declared_metrics().values():
        if metric.public:
            by_kinds.setdefault(public_kinds(metric), []).append(metric.code)
    for kinds, codes in by_kinds.items():
        seen |= Q(metric_code__in=codes, period_kind__in=kinds)
    return seen & Q(superseded_at__isnull=True)


def public_kinds(metric: Metric) -> tuple[PeriodKind, ...]:
    """The kinds of period that everybody sees."""
    return metric.period_kinds if metric.small_number <= 1 else (metric.main_period,)


def kinds_shown_to(actor: Actor, *, metric: Metric, division: str) -> tuple[PeriodKind, ...]:
    """The kinds of period that the actor may choose for a division."""
    if reads_fully(actor, division=division):
        return metric.period_kinds
    return public_kinds(metric)


def may_define(actor: Actor, *, division: str = "") -> bool:
    """Whether the actor sets up metrics that people report (牵头部门统筹)."""
    return actor.has_role(Role.COORDINATOR) and actor.covers(division or actor.jurisdiction)


def require_definer(actor: Actor, *, division: str) -> None:
    if not may_define(actor, division=division):
        raise NotAllowed("填报指标由所在辖区的牵头部门统筹人员设立，请联系统筹人员。")


def may_report(actor: Actor, *, definition: MetricDefinition) -> bool:
    """Whether the actor reports values: the owning department, or the coordinator."""
    owns = actor.organisation_id == definition.owner_id and actor.has_role(*REPORTING_ROLES)
    return owns or may_define(actor, division=definition.division_id)


def require_reporter(actor: Actor, *, definition: MetricDefinition) -> None:
    if not may_report(actor, definition=definition):
        raise NotAllowed(
            f"“{definition.title}”由“{definition.owner.name}”填报，请联系该部门或牵头部门统筹人员。"
        )


def may_recount(actor: Actor) -> bool:
    """Whether the actor has metrics of the jurisdiction counted again (牵头部门统筹)."""
    return actor.has_role(Role.COORDINATOR) and bool(actor.jurisdiction)


def require_recounter(actor: Actor) -> None:
    if not may_recount(actor):
        raise NotAllowed("指标每晚自动重算；需要立即重算时，请联系辖区的牵头部门统筹人员。")


def works_in_government(actor: Actor) -> bool:
    return actor.organisation_kind == OrganisationKind.GOVERNMENT and actor.has_role(
        *REPORTING_ROLES, *JURISDICTION_ROLES, Role.READER
    )


def may_read_value_file(actor: Actor, file: StoredFile) -> bool:
    """Whether the actor reads the evidence of a reported value: officials and the department."""
    if not works_in_government(actor):
        return False
    return values_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("metrics.metricvalue", may_read_value_file)
