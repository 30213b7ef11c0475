"""Builds two years of series, some reported metrics and one open objection."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from silian.casework.metrics.choices import Direction, Periodicity, PeriodKind, Timing
from silian.casework.metrics.commands.definitions import DefinitionFacts, make_definition
from silian.casework.metrics.commands.disputes import dispute_value
from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.commands.reporting import enter_value
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.registry import declared_metrics
from silian.casework.metrics.rules.periods import history_start
from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.models import Division
from silian.registers.organisations.choices import (
    OrganisationKind,
    OrganisationState,
    Role,
)
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.queries import actor_for

CITY = "990100"
YEARS_REPORTED = 2
REPORTED = (
    # title, unit, formula, source, department, lowest, highest, public
    ("地方教育附加用于职业教育的比例", "%", "当年地方教育附加支出中用于职业教育的金额 ÷ 支出总额",
     "财政决算报表", "财政", 22, 36, True),
    ("高职毕业生本地就业率", "%", "当年毕业生中在本市签约就业的人数 ÷ 毕业生人数",
     "毕业生就业质量年报", "教育", 48, 66, True),
    ("企业职工教育培训覆盖率", "%", "当年参加过职工教育培训的人数 ÷ 年末职工人数",
     "规模以上企业用工监测", "人力资源", 35, 58, False),
)  # fmt: skip


@dataclass
class SeriesBuilder:
    """Makes the same series from the same rows, seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Report, count everything, object; the number of values."""
        self.report()
        since = history_start(self.on)
        for metric in declared_metrics().values():
            recount(metric=metric, since=since, now=self.now, announce=False)
        self.objection()
        return MetricValue.objects.count()

    @property
    def now(self) -> datetime.datetime:
        """The evening of the day; now when that is still to come."""
        evening = datetime.datetime.combine(self.on, datetime.time(18))
        return min(timezone.make_aware(evening), timezone.now())

    def seat(self, role: Role) -> Actor | None:
        """The first official of the city in a role."""
        found = (
            Membership.objects.in_force(on=self.on)
            .filter(role=role, jurisdiction_id=CITY)
            .select_related("user")
            .order_by("pk")
            .first()
        )
        if found is None:
            return None
        return actor_for(user=found.user, on=self.on, organisation_id=found.organisation_id)

    def report(self) -> None:
        """The metrics that no module measures, with the values of the last years."""
        coordinator = self.seat(Role.COORDINATOR)
        if coordinator is None:
            return
        for entry in REPORTED:
            definition = make_definition(
                facts=facts_of(entry, owner_id=owner_of(entry[4], actor=coordinator)),
                actor=coordinator,
            )
            MetricDefinition.objects.filter(pk=definition.pk).update(is_demo=True)
            self.values(definition, entry=entry, actor=coordinator)

    def values(self, definition: MetricDefinition, *, entry: tuple[Any, ...], actor: Actor) -> None:
        """One value a year for the city and each county."""
        low, high = entry[5], entry[6]
        places = Division.objects.below(CITY).filter(valid_to__isnull=True).order_by("code")
        for place in places:
            for back in range(YEARS_REPORTED, 0, -1):
                year = self.on.year - back
                number = self.rng.uniform(low, high) + (YEARS_REPORTED - back)
                enter_value(
                    definition_id=definition.pk,
                    division=place.pk,
                    day=datetime.date(year, 12, 31),
                    value=Decimal(f"{number:.1f}"),
                    evidence=evidence_of(f"{place.name}{year}年{entry[0]}"),
                    actor=actor,
                    now=self.now,
                )

    def objection(self) -> None:
        """The supervisor's objection to a value, waiting for an answer."""
        supervisor = self.seat(Role.SUPERVISOR)
        value = MetricValue.objects.current().filter(
            metric_code="exchange.match_events",
            division_id=CITY,
            period_kind=PeriodKind.YEAR,
            period_start__year=self.on.year,
        )
        disputed = value.first()
        if supervisor is None or disputed is None or disputed.value is None:
            return
        dispute_value(
            value_id=disputed.pk,
            own_value=disputed.value + 1,
            reason="现场督查时澜西区的一场活动已经举办并有签到表，平台上还没有登记举办。（演示）",
            evidence=evidence_of("活动签到表"),
            actor=supervisor,
            now=self.now,
        )


def owner_of(word: str, *, actor: Actor) -> int:
    """The department of the city that has the word in its name, else the coordinator's."""
    rows = Organisation.objects.filter(
        kind=OrganisationKind.GOVERNMENT,
        state=OrganisationState.VERIFIED,
        division_id=CITY,
        name__contains=word,
    )
    found = rows.order_by("pk").first()
    return found.pk if found else actor.organisation_id or 0


def facts_of(entry: tuple[Any, ...], *, owner_id: int) -> DefinitionFacts:
    return DefinitionFacts(
        title=entry[0],
        unit=entry[1],
        formula=entry[2],
        source=entry[3],
        division_id=CITY,
        owner_id=owner_id,
        timing=Timing.FLOW,
        period_kind=PeriodKind.YEAR,
        direction=Direction.RISING,
        periodicity=Periodicity.YEARLY,
        decimals=1,
        public=entry[7],
    )


def evidence_of(subject: str) -> SimpleUploadedFile:
    """A paper that says what it is: made up for the demonstration."""
    text = f"{subject}\n演示材料，不含真实数据。\n"
    return SimpleUploadedFile(f"{subject}（演示）.txt", text.encode())
