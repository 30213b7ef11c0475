"""``silian demo``: build the demonstration city."""

from __future__ import annotations

import datetime
import random
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from silian.casework.agreements.demo.cooperation import CooperationBuilder
from silian.casework.ledgers.demo.funds import TreasuryBuilder
from silian.casework.metrics.demo.series import SeriesBuilder
from silian.casework.reviews.demo.deciding import DecidingBuilder
from silian.casework.reviews.demo.dossiers import DossierBuilder
from silian.casework.reviews.demo.judging import JudgingBuilder
from silian.casework.reviews.demo.recognitions import RecognitionBuilder
from silian.casework.reviews.demo.schemes import SchemeBuilder
from silian.composition.reports.demo.bulletins import BulletinBuilder
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.search.terms import refresh_terms
from silian.governance.accreditation.demo.approvals import ApprovalBuilder
from silian.governance.accreditation.demo.projects import ProjectBuilder
from silian.governance.accreditation.demo.schools import SchoolProjectBuilder
from silian.governance.incentives.demo.appropriation import AppropriationBuilder
from silian.governance.incentives.demo.claim_money import ClaimMoneyBuilder
from silian.governance.incentives.demo.claim_review import ClaimReviewBuilder
from silian.governance.incentives.demo.claim_states import ClaimStateBuilder
from silian.governance.incentives.demo.claims import ClaimBuilder
from silian.governance.incentives.demo.comparison_records import ComparisonBuilder
from silian.governance.incentives.demo.facts import FactBuilder
from silian.governance.incentives.demo.finance_recommendations import FinanceListBuilder
from silian.governance.incentives.demo.funds import FundBuilder as IndustryFundBuilder
from silian.governance.incentives.demo.host_assessments import AssessmentBuilder
from silian.governance.incentives.demo.income import IncomeBuilder
from silian.governance.incentives.demo.land import LandBuilder
from silian.governance.incentives.demo.needs import NeedBuilder
from silian.governance.incentives.demo.outside_payments import OutsidePaymentBuilder
from silian.governance.incentives.demo.products import ProductBuilder
from silian.governance.incentives.demo.reward_money import RewardMoneyBuilder
from silian.governance.incentives.demo.rewards import RewardBuilder
from silian.governance.incentives.demo.scenarios import ScenarioBuilder
from silian.governance.policy_tasks.demo.cases import CaseBuilder
from silian.governance.policy_tasks.demo.ledger import LedgerBuilder
from silian.governance.policy_tasks.demo.lists import ListBuilder
from silian.governance.policy_tasks.demo.supervision import SupervisionBuilder
from silian.operations.alliances.demo.committees import CommitteeBuilder
from silian.operations.alliances.demo.conduct import ConductBuilder
from silian.operations.alliances.demo.cooperation import CooperationRegisterBuilder
from silian.operations.alliances.demo.coordination import CoordinationBuilder
from silian.operations.alliances.demo.governance import GovernanceBuilder
from silian.operations.alliances.demo.groups import GroupBuilder
from silian.operations.alliances.demo.ownership import OwnershipBuilder
from silian.operations.alliances.demo.pairings import PairingBuilder
from silian.operations.exchange.demo.data_sets import DataSetBuilder
from silian.operations.exchange.demo.events import EventBuilder
from silian.operations.exchange.demo.listings import ListingBuilder
from silian.operations.exchange.demo.negotiations import NegotiationBuilder
from silian.operations.exchange.demo.recommendations import RecommendationBuilder
from silian.operations.exchange.demo.searches import SearchBuilder
from silian.operations.learning.demo.competitions import CompetitionBuilder
from silian.operations.learning.demo.fund import FundBuilder
from silian.operations.learning.demo.paid import PaidListBuilder
from silian.operations.learning.demo.skills import SkillBuilder
from silian.operations.placements.demo.apprenticeships import ApprenticeBuilder
from silian.operations.placements.demo.complaints import ComplaintBuilder
from silian.operations.placements.demo.hosts import HostBuilder
from silian.operations.placements.demo.internships import InternshipBuilder
from silian.operations.placements.demo.learning import LearningBuilder
from silian.operations.placements.demo.orders import OrderBuilder
from silian.operations.placements.demo.pay import PayBuilder
from silian.operations.placements.demo.rounds import RoundBuilder
from silian.registers.credit.demo import CreditBuilder
from silian.registers.organisations.demo.organisations import CityBuilder
from silian.registers.organisations.models import Organisation
from silian.registers.people.demo.people import PeopleBuilder
from silian.registers.policies.demo.benefits import BenefitBuilder
from silian.registers.policies.demo.documents import DocumentBuilder
from silian.registers.policies.demo.plan_records import PlanRecordBuilder
from silian.registers.programmes.demo.classes import ClassBuilder
from silian.registers.programmes.demo.teaching import TeachingBuilder

SEED = 20260318
BUILDERS = (
    ("单位", CityBuilder),
    ("人员", PeopleBuilder),
    ("供需", ListingBuilder),
    ("洽谈", NegotiationBuilder),
    ("对接活动", EventBuilder),
    ("共享数据", DataSetBuilder),
    ("政策文件", DocumentBuilder),
    ("优惠政策", BenefitBuilder),
    ("规划登记", PlanRecordBuilder),
    ("会议与决定", CoordinationBuilder),
    ("专业与班级", ClassBuilder),
    ("培养方案", TeachingBuilder),
    ("合作协议", CooperationBuilder),
    ("实习岗位", HostBuilder),
    ("学生实习", InternshipBuilder),
    ("志愿分配", RoundBuilder),
    ("实习报酬", PayBuilder),
    ("投诉与巡访", ComplaintBuilder),
    ("保险、培训与周记", LearningBuilder),
    ("订单班", OrderBuilder),
    ("学徒培养", ApprenticeBuilder),
    ("集团联盟", GroupBuilder),
    ("指导委员会", CommitteeBuilder),
    ("工程项目", ProjectBuilder),
    ("学校项目", SchoolProjectBuilder),
    ("审批办件", ApprovalBuilder),
    ("认定项目", SchemeBuilder),
    ("认定申报", DossierBuilder),
    ("专家评审", JudgingBuilder),
    ("审定与公示", DecidingBuilder),
    ("认定与义务", RecognitionBuilder),
    ("集聚区与结对", PairingBuilder),
    ("对外交流合作", CooperationRegisterBuilder),
    ("企业办学案例", OwnershipBuilder),
    ("学校治理", GovernanceBuilder),
    ("服务组织检查", ConductBuilder),
    ("指标", SeriesBuilder),
    ("任务台账", LedgerBuilder),
    ("督办单", SupervisionBuilder),
    ("清单事项", ListBuilder),
    ("经验案例", CaseBuilder),
    ("工作简报", BulletinBuilder),  # tells of all that stands above
    ("推荐与增值服务", RecommendationBuilder),  # it learns from all that came before
    ("检索统计", SearchBuilder),
    ("信用记录", CreditBuilder),
    ("培训经费报告", FundBuilder),  # its orders stand in the catalogue of credit
    ("实习年度考核", AssessmentBuilder),
    ("单位事实", FactBuilder),
    ("政策模拟", ScenarioBuilder),
    ("金融产品", ProductBuilder),
    ("融资需求", NeedBuilder),
    ("融资推荐", FinanceListBuilder),
    ("产业化基金", IndustryFundBuilder),
    ("激励与约束", RewardBuilder),
    ("用地事项", LandBuilder),
    ("拨款与附加", AppropriationBuilder),
    ("收入与奖励", IncomeBuilder),
    ("资金台账", TreasuryBuilder),
    ("技能竞赛", CompetitionBuilder),
    ("技能等级提升", SkillBuilder),
    ("技能奖补支付", PaidListBuilder),  # it pays through the ledgers
    ("补贴申领", ClaimBuilder),  # it is paid from the lines of the ledgers
    ("补贴拨付与追回", ClaimMoneyBuilder),
    ("补贴公示", ClaimReviewBuilder),
    ("申领各环节", ClaimStateBuilder),
    ("奖励资金与异议", RewardMoneyBuilder),  # it is paid from the lines of the ledgers
    ("外部比对数据", ComparisonBuilder),  # it speaks of people in claims under review
    ("其他渠道补贴", OutsidePaymentBuilder),  # so does this
)
"""Who builds what, in the order in which one needs the other; each has a seed by its place."""


class Command(BaseCommand):
    """Organisations, people, listings, negotiations and deals of two years, from one seed."""

    help = "生成演示城市（青澜市）。同一种子、日期和规模总是生成同样的数据。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED, help="随机种子")
        parser.add_argument("--scale", type=float, default=1.0, help="规模倍数，1 为 600 家企业")
        parser.add_argument("--on", type=datetime.date.fromisoformat, help="数据截至日，默认今天")
        parser.add_argument("--if-empty", action="store_true", help="已有数据时什么也不做")

    def handle(self, *args: Any, **options: Any) -> None:
        if Organisation.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("数据库里已有单位，演示城市只能建在空库里。请换一个空库再运行。")
        if not 0.01 <= options["scale"] <= 1000:
            raise CommandError("规模倍数应在 0.01 到 1000 之间。")
        with transaction.atomic():
            for line in self.build(**options):
                self.stdout.write(line)
            record(system_actor(), "portal.demo.built", detail={"seed": options["seed"]})

    def build(
        self, *, seed: int, scale: float, on: datetime.date | None, **_: Any
    ) -> Iterator[str]:
        day = on or timezone.localdate()
        for place, (label, builder) in enumerate(BUILDERS):
            started = time.monotonic()
            made = builder(rng=random.Random(seed + place), on=day, scale=scale).build()
            count = made if isinstance(made, int) else len(made)
            yield f"{label} {count:,}（{time.monotonic() - started:.1f} 秒）"
        yield f"检索词 {refresh_terms():,}"
