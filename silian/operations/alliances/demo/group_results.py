"""Yearly results of the groups of the demonstration city, one of them corrected."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.operations.alliances.choices.contributions import Grade
from silian.operations.alliances.demo import group_contents as contents
from silian.operations.alliances.models.contributions import AnnualAssessment
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.queries.group_scores import figures_of
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

MONTH = datetime.timedelta(days=30)


def assess_all(
    groups: Sequence[AllianceGroup], *, assessor: User, department: Organisation, on: datetime.date
) -> None:
    """Last year's results of the groups that ran then."""
    year = on.year - 1
    for place, group in enumerate(groups):
        if group.started_on is None or group.started_on.year > year:
            continue
        grade = contents.GRADES[place % len(contents.GRADES)]
        AnnualAssessment.objects.create(
            group=group,
            year=year,
            grade=grade,
            reason=contents.OPINIONS_OF_YEAR[grade],
            figures=figures_of(group, year=year, today=on),
            assessed_by=assessor,
            organisation=department,
            assessed_on=datetime.date(on.year, 2, 20),
        )
    correct_one(groups)


def correct_one(groups: Sequence[AllianceGroup]) -> None:
    """One result was corrected a month later; the former version stays."""
    rows = AnnualAssessment.objects.filter(group__in=groups, grade=Grade.FAIR).order_by("pk")
    former = rows.first()
    if former is None:
        return
    former.is_current = False
    former.save(update_fields=["is_current"])
    AnnualAssessment.objects.create(
        group=former.group,
        year=former.year,
        grade=Grade.GOOD,
        reason=contents.OPINIONS_OF_YEAR[Grade.GOOD],
        figures=former.figures,
        assessed_by=former.assessed_by,
        organisation=former.organisation,
        assessed_on=former.assessed_on + MONTH,
        version=2,
        correction="漏计 2 条已确认的师资互派贡献，按台账补计。",
    )
