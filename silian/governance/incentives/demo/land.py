"""Builds land offices and land cases in every state."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal

from silian.governance.accreditation.demo.cast import CITY, Cast
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.incentives.choices.land import (
    LandClass,
    LandInvestor,
    LandState,
    SupplyMode,
)
from silian.governance.incentives.choices.offices import Function
from silian.governance.incentives.models.land import LandCase, LandStep
from silian.governance.incentives.models.offices import FunctionOffice
from silian.governance.incentives.queries.land import eligibility_of, frozen_eligibility
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

S, C, V, M = LandState, LandClass, LandInvestor, SupplyMode
WAY = (S.REGISTERED, S.COMPLETE, S.PLANNED, S.APPROVED, S.SUPPLIED, S.HANDED_OVER)
SERVICE = "办理单位服务承诺（演示）"
PAPERS = {
    S.PLANNED: "供地方案（演示）",
    S.APPROVED: "建设用地批复（演示）",
    S.REFUSED: "不予批准通知（演示）",
    S.SUPPLIED: "供地决定或合同（演示）",
    S.HANDED_OVER: "交地确认书（演示）",
}
# title, applicant, state, class, investor, school, catalogue, mode, area, days since registered
CASES = (
    ("产业学院一期用地", "青澜职业技术学院", S.HANDED_OVER, C.EDUCATION, V.WITH_GOVERNMENT,
     True, True, M.ALLOCATION, 38600, 420),
    ("精密制造实训园用地", "启衡精密制造有限公司", S.SUPPLIED, C.SCIENCE_EDUCATION, V.ENTERPRISE,
     True, True, M.ALLOCATION, 21500, 300),
    ("技工教育新校区用地", "青澜高级技工学校", S.APPROVED, C.EDUCATION, V.WITH_GOVERNMENT,
     True, True, M.ALLOCATION, 66200, 210),
    ("中试基地扩建用地", "启衡精密制造有限公司", S.REFUSED, C.INDUSTRIAL, V.ENTERPRISE,
     False, False, M.TRANSFER, 12800, 180),
    ("冷链物流实训中心用地", "青澜交通物流学校", S.PLANNED, C.LOGISTICS, V.ENTERPRISE,
     True, False, M.LEASE, 9400, 95),
    ("护理实训楼用地", "青澜卫生健康职业学院", S.COMPLETE, C.EDUCATION, V.WITH_GOVERNMENT,
     True, True, M.ALLOCATION, 15300, 50),
    ("共享实训基地二期用地", "启衡精密制造有限公司", S.REGISTERED, C.SCIENCE_EDUCATION,
     V.ENTERPRISE, True, None, M.ALLOCATION, 18700, 12),
)  # fmt: skip


@dataclass
class LandBuilder:
    """Makes the same cases from the same seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float

    def build(self) -> int:
        self.cast = Cast(on=self.on)
        if not self.cast.ready():
            return 0
        self.bureau = self.cast.organisation("青澜市自然资源和规划局")
        self.clerks = [self.cast.user_of(self.bureau), self.planner().pk]
        self.offices()
        made = [self.case(*row) for row in CASES if row[1] in self.cast.by_name]
        return len(made)

    def planner(self) -> User:
        """A second clerk, so that who plans is not who writes down the approval."""
        return User.objects.get(username="demo-department")

    def offices(self) -> None:
        since = self.cast.day(900)
        units = (
            (self.bureau, CITY, Function.LAND),
            (self.cast.organisation("青澜市工业和信息化局"), "990104", Function.ZONE),
        )
        FunctionOffice.objects.bulk_create(
            [
                FunctionOffice(
                    organisation=unit,
                    division_id=division,
                    function=function,
                    starts_on=since,
                    basis="青澜市用地办理分工（演示）",
                    is_demo=True,
                )
                for unit, division, function in units
            ]
        )

    def case(
        self,
        title: str,
        applicant: str,
        state: LandState,
        land_class: LandClass,
        investor: LandInvestor,
        is_school: bool,
        in_catalogue: bool | None,
        mode: SupplyMode,
        area: int,
        days: int,
    ) -> LandCase:
        unit = self.cast.organisation(applicant)
        case = LandCase(
            applicant=unit,
            division_id=unit.division_id,
            title=title,
            project=IntegrationProject.objects.filter(owner=unit).order_by("pk").first(),
            site=f"{unit.division.name}职教园区",
            area=Decimal(area),
            land_class=land_class,
            investor=investor,
            is_school=is_school,
            in_catalogue=in_catalogue,
            catalogue_item="非营利性教育设施用地" if in_catalogue else "",
            wanted=mode,
            state=state,
            state_since=self.on,
            registered_by_id=self.cast.user_of(unit),
            registered_on=self.cast.day(days),
            is_demo=True,
        )
        return self.walked(case, unit=unit, days=days)

    def walked(self, case: LandCase, *, unit: Organisation, days: int) -> LandCase:
        """The case with every step up to its state, and the rule's word kept with the plan."""
        state = LandState(case.state)
        way = [*WAY[:3], S.REFUSED] if state == S.REFUSED else list(WAY[: WAY.index(state) + 1])
        if S.PLANNED in way:
            case.mode, case.planned_by_id = case.wanted, self.clerks[1]
            case.checked = frozen_eligibility(eligibility_of(case, on=self.cast.day(days)))
        steps = self.steps(case, way, unit=unit, days=days)
        case.state_since = steps[-1].on
        if state not in (S.REFUSED, S.HANDED_OVER):
            case.due_on, case.due_basis = self.due_on(case), SERVICE
        case.save()
        LandStep.objects.bulk_create(steps)
        return case

    def due_on(self, case: LandCase) -> datetime.date:
        """Thirty days for a step; only the approved case is past them."""
        day = case.state_since + datetime.timedelta(days=30)
        coming = self.on + datetime.timedelta(days=8 + case.registered_on.day % 20)
        return day if case.state == S.APPROVED else max(day, coming)

    def steps(
        self, case: LandCase, way: list[LandState], *, unit: Organisation, days: int
    ) -> list[LandStep]:
        """The steps at even distances, each with its paper."""
        gap = max(6, min(40, days // (len(way) + 1)))
        made = []
        for place, state in enumerate(way):
            first = place == 0
            made.append(
                LandStep(
                    case=case,
                    state=state,
                    on=self.cast.day(days - gap * place),
                    days=0 if first else gap,
                    was_late=gap > 30 and not first,
                    document=PAPERS.get(state, ""),
                    note="不在准入清单内，不符合供地条件" if state == S.REFUSED else "",
                    office=unit if first else self.bureau,
                    done_by_id=self.cast.user_of(unit)
                    if first
                    else self.clerks[state == S.PLANNED],
                )
            )
        return made
