"""Parameters and preferential policies of the demonstration city, bound to its plan's clauses."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.registers.organisations.demo.city import CITY
from silian.registers.organisations.models import Membership
from silian.registers.organisations.queries.identity import actor_for
from silian.registers.policies.choices import ConditionFact, Force, PublicityChannel
from silian.registers.policies.commands.benefit_lists import (
    Publicity,
    publish_benefit_list,
    record_publicity,
)
from silian.registers.policies.commands.benefits import (
    create_benefit,
    publish_benefit,
    review_benefit,
    submit_benefit,
)
from silian.registers.policies.commands.library import index_library
from silian.registers.policies.demo.benefit_contents import CONTENTS, Content
from silian.registers.policies.demo.parameters import open_award
from silian.registers.policies.models import Clause, Parameter, PolicyDocument
from silian.registers.policies.models.benefits import Benefit
from silian.registers.policies.rules.benefit_lines import (
    BenefitPlan,
    ConditionLine,
    StepLine,
    statements_of,
)

PROVINCE = "990000"
PROVINCE_NUMBER = "澜政办发〔2024〕31号"
LEFT_AS_DRAFT, LEFT_FOR_REVIEW = 1, 2
DAYS_TO_PUBLISH = 30
# heading of the clause, number, name, step, title, unit, force, whether the plan gives a value
AWARD_CLAUSE = "用好职工培训经费"
PARAMETERS = (
    (
        "推行企业新型学徒制",
        "P06",
        "apprentice_subsidy",
        "中级工",
        "学徒培训补贴",
        "元/人·年",
        Force.MANDATORY,
        "元",
    ),
    (
        "推行企业新型学徒制",
        "P06",
        "apprentice_subsidy",
        "高级工",
        "学徒培训补贴",
        "元/人·年",
        Force.MANDATORY,
        "",
    ),
    (
        "奖励产教融合型企业",
        "P06",
        "enterprise_award",
        "",
        "产教融合型企业首次认定奖励",
        "万元",
        Force.MANDATORY,
        "万元",
    ),
    (
        "奖励产教融合型企业",
        "P05",
        "enterprise_standard",
        "",
        "产教融合型企业认定标准",
        "",
        Force.MANDATORY,
        "",
    ),
    (
        "规范岗位实习",
        "P07",
        "internship_pay",
        "",
        "岗位实习报酬合理水平",
        "元/月",
        Force.MANDATORY,
        "",
    ),
    (
        "规范岗位实习",
        "R03",
        "intern_posts",
        "",
        "规模以上企业实习岗位占技术岗位比例",
        "%",
        Force.ENCOURAGED,
        "%",
    ),
    (
        "用好职工培训经费",
        "R01",
        "frontline_share",
        "",
        "职工教育经费用于一线职工的比例",
        "%",
        Force.MANDATORY,
        "%",
    ),
    (
        "增加动手课时",
        "R02",
        "practice_hours",
        "",
        "实践课时占总课时的比例",
        "%",
        Force.MANDATORY,
        "%",
    ),
    ("建立专业预警", "P03", "warning_line", "", "专业预警线", "", Force.MANDATORY, ""),
    (
        "培养双师型教师",
        "R04",
        "teacher_practice",
        "",
        "专业课教师每5年企业实践时长",
        "个月",
        Force.MANDATORY,
        "月",
    ),
    ("请企业师傅进课堂", "P04", "mentor_fee", "", "产业导师课时费", "元/课时", Force.MANDATORY, ""),
    (
        "请企业师傅进课堂",
        "R13",
        "part_time_posts",
        "",
        "可用于聘请兼职教师的编制比例",
        "%",
        Force.PERMITTED,
        "",
    ),
    (
        "落实财税政策",
        "R05",
        "surcharge_share",
        "",
        "地方教育附加用于职业教育的比例",
        "%",
        Force.MANDATORY,
        "%",
    ),
    (
        "强化金融服务",
        "P14",
        "insurance_rate",
        "",
        "学徒和实习专属保险费率",
        "",
        Force.ENCOURAGED,
        "",
    ),
)


@dataclass
class BenefitBuilder:
    """Writes through the same commands as everybody; drafts and waiting ones are left over."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    clauses: dict[str, Clause] = field(default_factory=dict)

    def build(self) -> list[Benefit]:
        """Parameters with open ones, benefits in every state, a published list, its publicity."""
        index_library()
        plan = PolicyDocument.objects.public().filter(division_id=CITY).order_by("pk").first()
        rows = Clause.objects.filter(document=plan).select_related("document")
        self.clauses = {clause.heading: clause for clause in rows.prefetch_related("targets")}
        self.make_parameters()
        coordinator, department = self.actor("demo-coordinator"), self.actor("demo-department")
        made = [self.benefit(content, actor=department) for content in CONTENTS]
        for benefit in made[: -LEFT_AS_DRAFT or None]:
            submit_benefit(benefit_id=benefit.pk, actor=department)
        for benefit in made[: -(LEFT_AS_DRAFT + LEFT_FOR_REVIEW)]:
            review_benefit(benefit_id=benefit.pk, actor=coordinator)
            publish_benefit(benefit_id=benefit.pk, actor=coordinator, now=self.moment())
        Benefit.objects.filter(pk__in=[benefit.pk for benefit in made]).update(is_demo=True)
        publish_benefit_list(actor=coordinator, now=self.moment(days_ago=1))
        self.make_known(coordinator, made)
        return made

    def actor(self, username: str) -> Actor:
        membership = Membership.objects.select_related("user").get(user__username=username)
        return actor_for(user=membership.user, on=self.on)

    def moment(self, *, days_ago: int = DAYS_TO_PUBLISH) -> datetime.datetime:
        day = self.on - datetime.timedelta(days=days_ago)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))

    def make_parameters(self) -> None:
        """The values that the plan states, and those that it demands without stating them."""
        rows = [self.parameter(*facts) for facts in PARAMETERS]
        rows += [self.province_row(), self.zone_row()]
        Parameter.objects.bulk_create(rows, ignore_conflicts=True)
        clause = self.clauses.get(AWARD_CLAUSE)
        open_award(
            division=CITY,
            clause=clause,
            first_day=min(self.first_day(clause), self.on),
            on=self.on,
            actor=self.actor("demo-coordinator"),
        )

    def parameter(
        self,
        heading: str,
        code: str,
        name: str,
        key: str,
        title: str,
        unit: str,
        force: str,
        sign: str,
    ) -> Parameter:
        clause = self.clauses.get(heading)
        return Parameter(
            division_id=CITY,
            code=code,
            name=name,
            key=key,
            title=title,
            unit=unit,
            force=force,
            value=self.stated(heading, sign) if sign else None,
            document=clause.document if clause else None,
            clause=clause,
            source=clause.document.document_number if clause else "青澜市实施方案（演示）",
            place=clause.place if clause else heading,
            valid_from=self.first_day(clause),
        )

    def first_day(self, clause: Clause | None) -> datetime.date:
        return (clause.document.effective_from if clause else None) or self.on

    def province_row(self) -> Parameter:
        """One value of the province, which the city takes over."""
        return Parameter(
            division_id=PROVINCE,
            code="P09",
            name="forecast_cycle",
            title="行业人才需求预测发布周期",
            value=Decimal(12),
            unit="个月",
            force=Force.MANDATORY,
            source=PROVINCE_NUMBER,
            place="三（二）",
            valid_from=datetime.date(2024, 9, 1),
        )

    def zone_row(self) -> Parameter:
        """How many schools the province asks for beside each industrial zone."""
        return Parameter(
            division_id=PROVINCE,
            code="N55",
            name="schools_per_cluster",
            title="每个产业集聚区对口合作的职业院校",
            value=Decimal(1),
            unit="所/产业集聚区",
            comparator=">=",
            force=Force.PROMOTED,
            source=PROVINCE_NUMBER,
            place="二（二）",
            valid_from=datetime.date(2024, 9, 1),
        )

    def stated(self, heading: str, sign: str) -> Decimal | None:
        """The number with this unit that the clause states."""
        clause = self.clauses.get(heading)
        targets = clause.targets.all() if clause else []
        found = (t.low or t.high for t in targets if sign in t.unit)
        return next(found, None)

    def benefit(self, content: Content, *, actor: Actor) -> Benefit:
        clause = self.clauses.get(content.heading)
        parameter = self.amount_parameter(content) if content.amount else None
        amount = f"{parameter.value:,.0f}" if parameter and parameter.value else "未设定"
        plan = BenefitPlan(
            kind=content.kind,
            title=content.title,
            audiences=content.audiences,
            given=content.given.format(amount=amount),
            parameter_id=parameter.pk if parameter else None,
            authority=content.authority,
            clause_id=clause.pk if clause else None,
            basis=content.basis or ("" if clause else "青澜市深化产教融合实施方案（演示）"),
            contact="政务服务中心产教融合窗口（演示）",
            valid_from=self.first_day(clause),
            valid_to=None,
            conditions=conditions_of(content),
            materials=content.papers,
            steps=steps_of(content),
        )
        return create_benefit(plan=plan, actor=actor)

    def amount_parameter(self, content: Content) -> Parameter | None:
        clause = self.clauses.get(content.heading)
        rows = Parameter.objects.filter(clause=clause, value__isnull=False, code="P06")
        return rows.order_by("pk").first()

    def make_known(self, coordinator: Actor, made: list[Benefit]) -> None:
        told = (
            ("优惠政策进园区宣讲", PublicityChannel.LECTURE, 186, None),
            ("学徒补贴一图读懂", PublicityChannel.ACCOUNT, 3_420, made[0].pk),
            ("规模以上企业走访", PublicityChannel.VISIT, 42, made[1].pk),
        )
        for back, (title, channel, reach, benefit_id) in enumerate(told, start=1):
            record_publicity(
                publicity=Publicity(
                    benefit_id=benefit_id,
                    held_on=self.on - datetime.timedelta(days=9 * back),
                    channel=channel,
                    reach=reach,
                    title=title,
                ),
                actor=coordinator,
                today=self.on,
            )


def conditions_of(content: Content) -> list[ConditionLine]:
    """The checkable conditions first, then those that a person confirms."""
    fact = ConditionFact
    found = [ConditionLine(fact=fact.VERIFIED, values=["yes"], text="已通过平台核验")]
    if content.scale:
        found.append(ConditionLine(fact=fact.ABOVE_SCALE, values=["yes"], text="属于规模以上企业"))
    if content.sizes:
        found.append(ConditionLine(fact=fact.SIZE, values=content.sizes, text="规模为小型或微型"))
    if content.chains:
        words = f"属于{'、'.join(content.chains)}产业链"
        found.append(ConditionLine(fact=fact.CHAIN, values=content.chains, text=words))
    return found + statements_of("\n".join(content.said), fact=fact.STATEMENT)


def steps_of(content: Content) -> list[StepLine]:
    return [
        StepLine(actor="申请人", text="对照条件自查，备齐材料"),
        StepLine(actor="申请人", text="向办理单位提出申请"),
        StepLine(actor=content.authority, text="受理并核对材料", working_days=5),
        StepLine(actor=content.authority, text="作出决定并告知结果", working_days=15),
    ]
