"""Providers, needs, talks, recommendations and funds for the tests, by the commands themselves."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from silian.governance.accreditation.choices.projects import (
    FundSource,
    LibraryLevel,
    ProjectKind,
    ProjectStage,
)
from silian.governance.accreditation.models.project_money import FundPlan
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.incentives.choices.finance import (
    FinanceKind,
    FundKind,
    FundStage,
    Investor,
    PitchKind,
)
from silian.governance.incentives.commands import (
    finance_deals,
    finance_recommendations,
    funds,
    investments,
    needs,
    products,
)
from silian.governance.incentives.models import (
    FinanceAnswer,
    FinanceProduct,
    FinancingNeed,
    FundPitch,
    IndustryFund,
    ProjectRecommendation,
)
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Membership
from tests.governance.incentives.stage import NOW
from tests.world import CITY, COUNTY, Person, World, make_member, make_organisation

TODAY = NOW.date()
DAY = datetime.timedelta(days=1)
MILLION = Decimal(1_000_000)


def bank(world: World, name: str = "青澜农村商业银行（演示）") -> Person:
    """A verified financial institution and its agent, the same one each time."""
    found = Membership.objects.filter(organisation__name=name).select_related("user").first()
    if found is not None:
        return Person(user=found.user, organisation=found.organisation)
    unit = make_organisation(name=name, kind=OrganisationKind.FINANCE, division_id=CITY)
    return make_member(username=f"bank-{unit.pk}", organisation=unit, role=Role.AGENT)


def product_text(**values: Any) -> products.ProductText:
    facts: dict[str, Any] = {
        "kind": FinanceKind.PRIORITY_LOAN,
        "name": "产教融合项目贷",
        "purpose": "产教融合工程项目的建设和设备购置",
        "amount_from": Decimal(500_000),
        "amount_to": 20 * MILLION,
        "months_from": 12,
        "months_to": 120,
        "rate_from": Decimal("3.45"),
        "rate_to": Decimal("4.2"),
        "needs_project": True,
        "documents": "项目批复\n近两年财务报表",
        "valid_from": TODAY - 30 * DAY,
    }
    return products.ProductText(**{**facts, **values})


def draft_product(world: World, **values: Any) -> FinanceProduct:
    return products.write_product(text=product_text(**values), actor=bank(world).actor)


def product(world: World, **values: Any) -> FinanceProduct:
    draft = draft_product(world, **values)
    return products.publish_product(product_id=draft.pk, actor=bank(world).actor, now=NOW)


def project(world: World, **values: Any) -> IntegrationProject:
    """A project of the enterprise in the library, with a plan that leaves a gap of 2 million."""
    facts: dict[str, Any] = {
        "owner": world.enterprise.organisation,
        "name": "精密加工学徒培养车间",
        "kind": ProjectKind.TRAINING_BASE,
        "division_id": COUNTY,
        "site": "高新区",
        "content": "实训车间 2,000 平方米",
        "total": 12 * MILLION,
        "stage": ProjectStage.LIBRARY,
        "stage_since": TODAY,
        "library_level": LibraryLevel.PROVINCIAL,
        "library_number": "2026-001",
        "library_on": TODAY,
        "registered_on": TODAY - 200 * DAY,
    }
    made = IntegrationProject.objects.create(**{**facts, **values})
    FundPlan.objects.create(project=made, source=FundSource.ENTERPRISE, amount=7 * MILLION)
    FundPlan.objects.create(project=made, source=FundSource.LOAN, amount=3 * MILLION)
    return made


def need_text(**values: Any) -> needs.NeedText:
    facts: dict[str, Any] = {
        "title": "学徒车间设备融资",
        "amount": 5 * MILLION,
        "months": 36,
        "use": "购置五轴加工中心两台。",
    }
    return needs.NeedText(**{**facts, **values})


def draft_need(world: World, **values: Any) -> FinancingNeed:
    return needs.write_need(text=need_text(**values), actor=world.enterprise.actor, now=NOW)


def need(world: World, **values: Any) -> FinancingNeed:
    """An open need with a project that nobody may see yet."""
    if "project_id" not in values:
        values["project_id"] = project(world).pk
    draft = draft_need(world, **values)
    return needs.open_need(need_id=draft.pk, actor=world.enterprise.actor, now=NOW)


def consent(world: World, row: FinancingNeed, *providers: int) -> None:
    needs.give_consent(
        need_id=row.pk, provider_ids=list(providers), until=TODAY + 90 * DAY,
        actor=world.enterprise.actor, now=NOW,
    )  # fmt: skip


def shown_need(world: World, **values: Any) -> FinancingNeed:
    row = need(world, **values)
    consent(world, row)
    return row


def asked(world: World) -> FinanceAnswer:
    row, offered = shown_need(world), product(world)
    return finance_deals.ask_provider(
        need_id=row.pk, product_id=offered.pk, message="请审核",
        actor=world.enterprise.actor, now=NOW,
    )  # fmt: skip


def granted(world: World, answer: FinanceAnswer | None = None) -> FinanceAnswer:
    row = answer or asked(world)
    given: dict[str, Any] = {"answer_id": row.pk, "actor": bank(world).actor, "now": NOW}
    finance_deals.move_answer(step="diligence", reason="", **given)
    grant = finance_deals.Grant(
        amount=4 * MILLION, on=TODAY, rate=Decimal("3.85"), months=36, reason="同意"
    )
    return finance_deals.grant_answer(grant=grant, **given)


def movement(amount: Decimal = MILLION, reference: str = "借据 001") -> finance_deals.Movement:
    return finance_deals.Movement(amount=amount, on=TODAY, reference=reference)


def recommendation(world: World, row: FinancingNeed | None = None) -> ProjectRecommendation:
    return finance_recommendations.propose_recommendation(
        need_id=(row or shown_need(world)).pk, reason="设备已比选，企业投入到位。",
        actor=world.coordinator.actor, now=NOW,
    )  # fmt: skip


def approved(world: World, row: FinancingNeed | None = None) -> ProjectRecommendation:
    return finance_recommendations.approve_recommendation(
        recommendation_id=recommendation(world, row).pk, opinion="同意",
        actor=world.reviewer.actor, now=NOW,
    )  # fmt: skip


def fund_text(**values: Any) -> funds.FundText:
    facts: dict[str, Any] = {
        "kind": FundKind.GREEN,
        "name": "青澜绿色生态产业发展基金",
        "division_id": CITY,
        "size": 200 * MILLION,
        "government_part": 60 * MILLION,
        "focus": "绿色制造和节能装备",
        "stages": [FundStage.EARLY, FundStage.GROWTH],
    }
    return funds.FundText(**{**facts, **values})


def draft_fund(world: World, **values: Any) -> IndustryFund:
    return funds.write_fund(text=fund_text(**values), actor=bank(world).actor)


def fund(world: World, **values: Any) -> IndustryFund:
    draft = draft_fund(world, **values)
    return funds.open_fund(fund_id=draft.pk, actor=bank(world).actor, now=NOW)


def pitch_text(**values: Any) -> investments.PitchText:
    facts: dict[str, Any] = {
        "kind": PitchKind.RESULT,
        "title": "刀具寿命在线监测",
        "stage": FundStage.EARLY,
        "summary": "与学院联合研发，已在两条产线试用。",
        "wanted": 3 * MILLION,
    }
    return investments.PitchText(**{**facts, **values})


def pitch(world: World, **values: Any) -> FundPitch:
    return investments.submit_pitch(
        fund_id=fund(world).pk, text=pitch_text(**values),
        actor=world.enterprise.actor, now=NOW,
    )  # fmt: skip


def accepted(world: World) -> FundPitch:
    return investments.answer_pitch(
        pitch_id=pitch(world).pk, accepts=True, reason="技术成熟",
        actor=bank(world).actor, now=NOW,
    )  # fmt: skip


def payment(
    investor: str = Investor.FUND, amount: Decimal = MILLION, **values: Any
) -> investments.Payment:
    facts: dict[str, Any] = {
        "investor": investor,
        "amount": amount,
        "on": TODAY,
        "round": "天使轮",
        "reference": "协议 001",
        "investor_name": "澜江创业投资（演示）" if investor == Investor.SOCIAL else "",
    }
    return investments.Payment(**{**facts, **values})


def invest(world: World, row: FundPitch, **values: Any) -> Any:
    return investments.record_investment(
        pitch_id=row.pk, payment=payment(**values), actor=bank(world).actor, now=NOW
    )
