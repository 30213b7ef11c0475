"""For which divisions values are kept: those that somebody here is responsible for."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.conf import settings
from django.db.models import Q, QuerySet

from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.registry import Metric
from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.reference.choices import DivisionKind
from silian.foundation.reference.models import Division
from silian.registers.organisations.models import Membership
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.parameters import Parameter


def responsible_divisions() -> set[str]:
    """Divisions with officials, policies or reported metrics, and the site's own."""
    officials = Membership.objects.filter(jurisdiction__isnull=False)
    found = {
        *officials.order_by().values_list("jurisdiction_id", flat=True).distinct(),
        *PolicyDocument.objects.order_by().values_list("division_id", flat=True).distinct(),
        *MetricDefinition.objects.order_by().values_list("division_id", flat=True).distinct(),
        settings.SITE_JURISDICTION,
    }
    return {code for code in found if code}


def measured_divisions() -> QuerySet[Division]:
    """Responsible divisions, everything below them and everything above (统计区划)."""
    roots = responsible_divisions()
    paths = Division.objects.filter(pk__in=roots).values_list("path", flat=True)
    above = {code for path in paths for code in path}
    return (
        Division.objects.exclude(kind=DivisionKind.FILLER)
        .filter(Q(path__overlap=list(roots)) | Q(pk__in=above), valid_to__isnull=True)
        .order_by("code")
    )


def measured_areas(
    metric: Metric, *, on: datetime.date, touched: Collection[str] = ()
) -> dict[str, str]:
    """The code of each measured division by the digits that its whole subtree begins with.

    ``touched`` limits them to those that hold one of these divisions; empty is no limit.
    Divisions whose policy leaves the needed parameter open are left out (未设定).
    """
    rows = measured_divisions().filter(level__in=metric.levels)
    if metric.needs_parameter:
        rows = rows.filter(path__overlap=divisions_with_set(metric.needs_parameter, on=on))
    codes = list(rows.values_list("pk", flat=True))
    areas = {subtree_prefix(code): code for code in codes}
    if not touched:
        return areas
    return {
        prefix: code
        for prefix, code in areas.items()
        if any(other.startswith(prefix) for other in touched)
    }


def divisions_with_set(parameter: str, *, on: datetime.date) -> list[str]:
    """The divisions that give the parameter a value; those below them have it too."""
    rows = Parameter.objects.valid(on=on).filter(code=parameter)
    return sorted({row.division_id for row in rows if row.is_set})
