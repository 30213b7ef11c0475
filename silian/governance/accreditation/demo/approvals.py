"""Builds six matters with their guides, and sixty cases in all states."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field

from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.kernel.working_days import deadline
from silian.governance.accreditation.choices.guide import CaseState, MatterState, VersionState
from silian.governance.accreditation.commands.approvals import usual_remedy
from silian.governance.accreditation.demo.cast import SHANGHAI, Cast
from silian.governance.accreditation.models.approvals import ApprovalCase, ApprovalStep
from silian.governance.accreditation.models.guide import GuideMatter, MatterStep, MatterVersion
from silian.registers.organisations.models import Organisation

S = CaseState
CASES = 60
LICENCE = "《中华人民共和国民办教育促进法》"
TRAINING = "《中华人民共和国民办教育促进法》、《民办教育促进法实施条例》"
GENERAL = "《中华人民共和国行政许可法》"
MATTERS = (
    # authority, title, applicants, conditions, documents, steps, basis
    ("青澜市教育局", "民办职业学校设立审批", "具有法人资格的社会组织或具有政治权利的公民",
     ("有符合国家设置标准的校舍和设备", "有合格的教师和管理人员", "有稳定的办学资金来源"),
     ("申办报告", "办学场地证明", "资产证明", "学校章程和首届理事会名单"),
     (("材料审查", 5), ("专家评审和现场核查", 8), ("作出决定并送达", 5)), LICENCE),
    ("青澜市人力资源和社会保障局", "职业技能培训学校设立审批", "依法登记的法人",
     ("有与培训项目相适应的场所和设备", "有专职教师和管理人员", "有培训计划和教材"),
     ("申请书", "场地和消防证明", "师资证明", "管理制度"),
     (("材料审查", 3), ("现场核查", 7), ("作出决定并送达", 5)), TRAINING),
    ("青澜市人力资源和社会保障局", "企业职业技能等级认定机构备案", "已建立职业技能等级制度的企业",
     ("有职业技能等级认定工作机构", "有题库或考核方案", "有考评人员"),
     ("备案表", "工作方案", "考评人员名册"),
     (("材料审查", 3), ("专家评估", 5), ("公布备案", 2)), GENERAL),
    ("青澜市教育局", "职业学校专业设置备案", "职业学校",
     ("专业对应本地重点产业链", "有专业人才培养方案", "有实训条件和专业教师"),
     ("备案表", "论证报告", "人才培养方案", "实训条件清单"),
     (("材料审查", 5), ("专家论证", 7), ("公布备案", 3)), GENERAL),
    ("青澜市教育局", "学校法人变更核准", "已取得办学许可证的学校",
     ("举办者或决策机构决议有效", "财务清算完成"),
     ("变更申请书", "决策机构决议", "财务清算报告"),
     (("材料审查", 3), ("作出决定并送达", 4)), LICENCE),
    ("青澜市发展和改革委员会", "产教融合工程项目备案", "项目单位",
     ("建设内容符合产业政策", "选址符合规划"),
     ("项目备案表", "项目情况说明", "用地或场地证明"),
     (("材料审查", 2), ("备案赋码", 1)), "《企业投资项目核准和备案管理条例》"),
)  # fmt: skip
TITLES = (
    "设立实训类职业学校", "开办培训机构", "新增职业技能认定工种", "新增专业备案",
    "变更法定代表人", "实训基地项目备案",
)  # fmt: skip
LAST = {
    50: S.SUPPLEMENT, 51: S.APPLIED, 52: S.ACCEPTED, 53: S.ACCEPTED, 54: S.SUPPLEMENT,
    55: S.APPLIED, 56: S.ACCEPTED, 57: S.APPLIED, 58: S.ACCEPTED, 59: S.ACCEPTED,
}  # fmt: skip
MISSING = "1. 场地消防验收意见\n2. 教师资格证复印件缺 3 份\n3. 章程缺理事会表决条款"
REASON = "现场核查发现实训场地面积低于指南所列条件，且未提供整改计划。"


@dataclass
class ApprovalBuilder:
    """Makes the same matters and cases from the same seed and day, in bulk."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    steps: list[ApprovalStep] = field(default_factory=list)

    def build(self) -> int:
        """Write the guides, then the cases against them; returns how many cases."""
        self.cast = Cast(on=self.on)
        if not self.cast.ready():
            return 0
        self.calendar = site_calendar()
        matters = [self.matter(place, row) for place, row in enumerate(MATTERS)]
        remedy = usual_remedy(matters[0], on=self.on)
        cases = ApprovalCase.objects.bulk_create(
            [self.case(number, matters, remedy=remedy) for number in range(CASES)]
        )
        ApprovalStep.objects.bulk_create([step for case in cases for step in self.steps_of(case)])
        return len(cases)

    def matter(self, place: int, row: tuple) -> GuideMatter:
        authority, title, applicants, conditions, documents, steps, basis = row
        unit = self.cast.organisation(authority)
        matter = GuideMatter.objects.create(
            authority=unit, division_id=unit.division_id, title=title,
            state=MatterState.PUBLISHED, is_demo=True,
        )  # fmt: skip
        publisher = self.cast.user_of(unit)
        numbers = (1, 2) if place < 2 else (1,)
        for number in numbers:
            is_last = number == numbers[-1]
            version = MatterVersion.objects.create(
                matter=matter, number=number, applicants=applicants,
                conditions="\n".join(conditions), documents="\n".join(documents),
                legal_basis=basis, published_by_id=publisher,
                published_at=self.cast.moment(700 if number == 1 else 320),
                state=VersionState.PUBLISHED if is_last else VersionState.REPLACED,
                change="压缩现场核查时限 2 个工作日" if number == 2 else "",
            )  # fmt: skip
            MatterStep.objects.bulk_create(
                [
                    MatterStep(version=version, order=order, title=word, working_days=days)
                    for order, (word, days) in enumerate(steps, start=1)
                ]
            )
        matter.current_version = version  # type: ignore[attr-defined]
        matter.limits = steps  # type: ignore[attr-defined]
        return matter

    def applicant(self, number: int) -> Organisation:
        """The school that visitors try has three cases, the enterprise two."""
        schools, firms = self.cast.schools(), self.cast.enterprises()
        if number in (0, 7, 50):
            return schools[0]
        if number in (5, 47):
            return firms[0]
        found = firms if number % 3 else schools
        return found[(number * 5) % len(found)]

    def case(self, number: int, matters: list[GuideMatter], *, remedy: str) -> ApprovalCase:
        """Most are decided; the last ones are on their way."""
        matter = matters[number % len(matters)]
        limits = matter.limits  # type: ignore[attr-defined]
        applicant = self.applicant(number)
        ago = 620 - number * 10
        state = self.state_of(number)
        if state in (S.APPLIED, S.SUPPLEMENT, S.ACCEPTED):
            ago = {S.APPLIED: 3, S.SUPPLEMENT: 9, S.ACCEPTED: 8}[state] + number % 4
        applied = self.cast.moment(ago, hour=9)
        case = ApprovalCase(
            matter=matter,
            version=matter.current_version,  # type: ignore[attr-defined]
            applicant=applicant,
            title=TITLES[number % len(TITLES)],
            detail=f"{applicant.name}按指南提交申请，材料齐全，场地和人员情况见附件。",
            state=state,
            applied_by_id=self.cast.user_of(applicant),
            applied_at=applied,
            is_demo=True,
        )
        if number % 9 == 4 or state == S.SUPPLEMENT:
            case.supplement, case.supplement_asked_at = MISSING, self.plus(applied, 2)
        if state == S.APPLIED:
            case.accept_due_at = self.until(applied, 5)
        elif state not in (S.SUPPLEMENT, S.WITHDRAWN):
            self.ran(case, limits=limits, number=number, remedy=remedy)
        return case

    def state_of(self, number: int) -> CaseState:
        if number in LAST:
            return LAST[number]
        if number in (13, 31):
            return S.WITHDRAWN
        return S.REFUSED if number % 12 == 7 else S.GRANTED

    def ran(self, case: ApprovalCase, *, limits: tuple, number: int, remedy: str) -> None:
        """Accepted, and for the decided ones the days that were used."""
        total = sum(days for _, days in limits)
        waited = 6 if case.supplement else 1
        case.accepted_at = self.plus(case.applied_at, waited)
        if case.supplement:
            case.supplemented_at = case.accepted_at
        case.limit_days, case.due_at = total, self.until(case.accepted_at, total)
        if case.state == S.ACCEPTED:
            return
        is_late = number % 11 == 3
        used = total + 3 if is_late else max(1, total - 1 - number % 5)
        case.decided_at = self.plus(case.accepted_at, used)
        case.decided_by_id = self.cast.user_of(case.matter.authority)
        case.used_days, case.in_time = used, not is_late
        case.document = f"青审〔{case.decided_at.year}〕{100 + number} 号"
        if case.state == S.REFUSED:
            case.reason, case.remedy = REASON, remedy

    def steps_of(self, case: ApprovalCase) -> list[ApprovalStep]:
        """The steps of an accepted case with the measured days of each."""
        if case.accepted_at is None:
            return []
        limits = case.matter.limits  # type: ignore[attr-defined]
        parts = self.parts(case, limits=[days for _, days in limits])
        found: list[ApprovalStep] = []
        began = case.accepted_at
        for order, ((title, days), used) in enumerate(zip(limits, parts, strict=True), start=1):
            ends = self.plus(began, used) if used is not None else None
            is_reached = not found or found[-1].finished_at is not None
            found.append(
                ApprovalStep(
                    case=case, order=order, title=title, limit_days=days,
                    started_at=began if is_reached else None,
                    due_at=self.until(began, days) if is_reached else None,
                    finished_at=ends, used_days=used,
                    finished_by_id=self.cast.user_of(case.matter.authority) if ends else None,
                )
            )  # fmt: skip
            began = ends or began
        return found

    def parts(self, case: ApprovalCase, *, limits: list[int]) -> list[int | None]:
        """The used days split over the steps; of an open case the first step alone is done."""
        if case.used_days is None:
            first = min(1, limits[0])
            return [first, *[None] * (len(limits) - 1)]
        left, parts = case.used_days, []
        for days in limits[:-1]:
            part = min(left, max(0, round(case.used_days * days / sum(limits))))
            parts.append(part)
            left -= part
        return [*parts, left]

    def plus(self, moment: datetime.datetime, days: int) -> datetime.datetime:
        """The same hour so many working days later."""
        day = self.calendar.add(moment.astimezone(SHANGHAI).date(), days=days)
        return datetime.datetime.combine(day, datetime.time(15, 30), tzinfo=SHANGHAI)

    def until(self, moment: datetime.datetime, days: int) -> datetime.datetime:
        local = moment.astimezone(SHANGHAI)
        return deadline(local, calendar=self.calendar, working_days=days).due_at
