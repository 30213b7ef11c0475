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
REPORTED = (
    # title, unit, formula, source, department, values of the city by year up to now, public
    ("地方教育附加用于职业教育的比例", "%", "当年地方教育附加支出中用于职业教育的金额 ÷ 支出总额",
     "财政决算报表", "财政", ("26.4", "28.1", "28.9"), True),
    ("高职毕业生本地就业率", "%", "当年毕业生中在本市签约就业的人数 ÷ 毕业生人数",
     "毕业生就业质量年报", "教育", ("51.2", "55.8", "58.3"), True),
    ("企业职工教育培训覆盖率", "%", "当年参加过职工教育培训的人数 ÷ 年末职工人数",
     "规模以上企业用工监测", "人力资源", ("38.0", "44.6", "49.1"), False),
    ("校企合作协议", "份", "有效期内已签订的校企合作协议份数", "校企合作协议台账", "教育",
     ("96", "158", "214"), True),
    ("产教融合型企业", "家", "经认定且在有效期内的产教融合型企业数", "认定文件", "发展和改革",
     ("12", "19", "26"), True),
    ("双师型教师占专业课教师的比例", "%", "经认定的双师型教师 ÷ 专业课教师",
     "教师管理信息统计", "教育", ("46.2", "51.8", "55.4"), True),
    ("实践课时占总课时的比例", "%", "各专业人才培养方案中实践课时 ÷ 总课时，取最低的专业",
     "人才培养方案备案", "教育", ("43.0", "46.5", "48.2"), True),
    ("订单班", "个", "当年在办的订单班数", "院校开班备案", "教育", ("22", "37", "51"), True),
    ("企业新型学徒", "人", "累计备案的企业新型学徒人数", "学徒培养备案", "人力资源",
     ("520", "1130", "1690"), True),
    ("职工教育经费用于一线职工的比例", "%", "用于一线职工的教育经费 ÷ 提取总额",
     "企业职工教育经费抽查", "总工会", ("52.0", "57.5", "61.2"), False),
    ("公共实训基地", "个", "建成并对外开放的公共实训基地数", "基地验收文件", "发展和改革",
     ("1", "1", "1"), True),
    ("校外实训基地", "个", "院校与企业共建并挂牌的校外实训基地数", "基地挂牌名单", "教育",
     ("35", "52", "66"), True),
    ("产教联合体和联盟", "个", "市级以上产教联合体、产教联盟数", "组建批复", "工业和信息化",
     ("2", "3", "3"), True),
    ("实习岗位占技术岗位的比例", "%", "规模以上企业提供的实习岗位 ÷ 技术岗位总数",
     "规模以上企业用工监测", "人力资源", ("5.1", "6.4", "7.3"), False),
)  # fmt: skip
COUNTY_SPREAD = (0.86, 1.1)  # a county's share lies about the city's


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
        """One value a year for the city; shares for each county as well."""
        for place in self.places(shares=entry[1] == "%"):
            for back, number in enumerate(reversed(entry[5])):
                year = self.on.year - back
                day = min(datetime.date(year, 12, 31), self.on)
                enter_value(
                    definition_id=definition.pk,
                    division=place.pk,
                    day=day,
                    value=self.value_for(place, number=number),
                    evidence=evidence_of(f"{place.name}{year}年{entry[0]}"),
                    actor=actor,
                    now=self.now,
                )

    def places(self, *, shares: bool) -> list[Division]:
        rows = Division.objects.below(CITY).filter(valid_to__isnull=True).order_by("code")
        return list(rows) if shares else list(rows.filter(code=CITY))

    def value_for(self, place: Division, *, number: str) -> Decimal:
        if place.pk == CITY:
            return Decimal(number)
        return Decimal(f"{float(number) * self.rng.uniform(*COUNTY_SPREAD):.1f}")

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
        timing=Timing.STOCK,  # each says how it stands at the end of the period
        period_kind=PeriodKind.YEAR,
        direction=Direction.RISING,
        periodicity=Periodicity.YEARLY,
        decimals=1 if entry[1] == "%" else 0,
        public=entry[6],
    )


def evidence_of(subject: str) -> SimpleUploadedFile:
    """A paper that says what it is: made up for the demonstration."""
    text = f"{subject}\n演示材料，不含真实数据。\n"
    return SimpleUploadedFile(f"{subject}（演示）.txt", text.encode())
