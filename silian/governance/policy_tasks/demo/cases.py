"""Builds the library of cases: written, reviewed, adopted, rolled out, reported on."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from silian.governance.policy_tasks.commands.case_spreading import (
    adopt_case,
    count_publicity,
    plan_publicity,
    propose_rollout,
    tell_adoption_result,
)
from silian.governance.policy_tasks.commands.cases import (
    CaseText,
    Figure,
    publish_case,
    return_case,
    submit_case,
    write_case,
)
from silian.governance.policy_tasks.demo.case_contents import CASES
from silian.governance.policy_tasks.demo.supervision_cast import DAY, Cast
from silian.governance.policy_tasks.models.cases import (
    Adoption,
    ExperienceCase,
    PublicityItem,
    Rollout,
)
from silian.governance.policy_tasks.permissions.supervision_scope import ACTING_ROLES
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation

AUTHORS = (
    OrganisationKind.SCHOOL,
    OrganisationKind.ENTERPRISE,
    OrganisationKind.SCHOOL,
    OrganisationKind.ALLIANCE,
    OrganisationKind.ASSOCIATION,
    OrganisationKind.SCHOOL,
    OrganisationKind.SCHOOL,
    OrganisationKind.ENTERPRISE,
)
ADOPTIONS = (5, 4, 3, 2, 1, 0)  # of the published cases, in order
RESULTS = ("两个班已轮换一期，企业反馈稳定。", "首月 40 人次参加，耗材按标准领取。", "")


@dataclass
class CaseBuilder:
    """Makes the same cases from the same day and city, through the commands."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write eight cases: six published, one in review, one returned; returns how many."""
        self.cast = Cast(on=self.on)
        units = self.units()
        if not self.cast.ready() or not units:
            return 0
        cases = [self.case(place, units) for place in range(len(CASES))]
        for place, count in enumerate(ADOPTIONS):
            self.adoptions(cases[place], count=count, units=units)
        self.spread(cases)
        for model in (Adoption, Rollout, PublicityItem):
            model.objects.filter(case__in=cases).update(is_demo=True)
        ExperienceCase.objects.filter(pk__in=[case.pk for case in cases]).update(is_demo=True)
        return len(cases)

    def units(self) -> dict[str, list[Organisation]]:
        """The verified units with somebody who acts for them, by kind."""
        rows = Organisation.objects.filter(
            state=OrganisationState.VERIFIED, is_demo=True, memberships__role__in=ACTING_ROLES
        )
        found: dict[str, list[Organisation]] = {}
        for unit in rows.distinct().order_by("pk")[:400]:
            found.setdefault(unit.kind, []).append(unit)
        return found if OrganisationKind.SCHOOL in found else {}

    def case(self, place: int, units: dict[str, list[Organisation]]) -> ExperienceCase:
        theme, title, problem, practice, effect, conditions, figure = CASES[place]
        pool = units.get(AUTHORS[place]) or units[OrganisationKind.SCHOOL]
        author = self.cast.clerk_of(pool[place % len(pool)].pk)
        name, before, after, unit, source = figure
        number = Figure(
            name=name, before=Decimal(before), after=Decimal(after), unit=unit, source=source
        )
        text = CaseText(
            theme=theme,
            title=title,
            problem=problem,
            practice=practice,
            effect=effect,
            conditions=conditions,
            figures=[number],
        )
        case = write_case(text=text, actor=author)
        days = 200 - place * 24
        submit_case(case_id=case.pk, consented=True, actor=author, now=self.cast.moment(days))
        reviewer = self.cast.seat("coordinator")
        reviewed: dict[str, Any] = {
            "case_id": case.pk,
            "actor": reviewer,
            "now": self.cast.moment(days - 6),
        }
        if place < len(ADOPTIONS):
            publish_case(**reviewed)
        elif place == len(ADOPTIONS):
            return_case(reason="请补“真题比例”的统计口径和年份。", **reviewed)
        ExperienceCase.objects.filter(pk=case.pk).update(created_at=self.cast.moment(days + 9))
        return case

    def adoptions(
        self, case: ExperienceCase, *, count: int, units: dict[str, list[Organisation]]
    ) -> None:
        schools = units[OrganisationKind.SCHOOL]
        others = [unit for unit in schools if unit.pk != case.organisation_id]
        for place in range(min(count, len(others))):
            actor = self.cast.clerk_of(others[place].pk)
            days = 90 - place * 15
            adopt_case(
                case_id=case.pk,
                starts_on=self.on - days * DAY,
                changed="按本校班额减为两家企业轮换。" if place % 2 else "",
                actor=actor,
                now=self.cast.moment(days),
            )
            if result := RESULTS[place % len(RESULTS)]:
                tell_adoption_result(
                    case_id=case.pk, result=result, actor=actor, now=self.cast.moment(days // 3)
                )

    def spread(self, cases: list[ExperienceCase]) -> None:
        """One case is proposed for the province, two are reported on."""
        coordinator = self.cast.seat("coordinator")
        propose_rollout(
            case_id=cases[0].pk,
            grounds="五所院校采用，独立上岗周期缩短一半以上，条件清楚，县区可照做。",
            actor=coordinator,
            now=self.cast.moment(12),
        )
        for place, (outlet, reach) in enumerate((("市广播电视台", 18600), ("市报融媒体", 9400))):
            item = plan_publicity(
                case_id=cases[place].pk,
                outlet=outlet,
                title=f"看点：{cases[place].title}"[:120],
                planned_on=self.on - (60 - place * 20) * DAY,
                actor=coordinator,
            )
            count_publicity(
                item_id=item.pk,
                published_on=self.on - (58 - place * 20) * DAY,
                link="",
                reach=reach,
                actor=coordinator,
                now=self.cast.moment(30 - place * 20),
            )
        plan_publicity(
            case_id=cases[0].pk,
            outlet="省职业教育简报",
            title="轮岗实训的组织办法",
            planned_on=self.on + 14 * DAY,
            actor=coordinator,
        )
