"""Tables of incentives."""

from silian.governance.incentives.models.appropriation import (
    AppropriationLine,
    AppropriationSetting,
    AppropriationSheet,
    AppropriationYear,
)
from silian.governance.incentives.models.call_messages import CallMessage
from silian.governance.incentives.models.claim_calls import CallStep, ClaimCall, LeftOutStep
from silian.governance.incentives.models.claim_papers import ClaimPaper
from silian.governance.incentives.models.claim_payments import ClaimPayment, PaymentGate
from silian.governance.incentives.models.claim_recovery import (
    ClaimAppeal,
    Recalculation,
    RecoveryCase,
)
from silian.governance.incentives.models.claim_review import (
    ClaimNotice,
    ClaimStep,
    NoticeLine,
    NoticeObjection,
)
from silian.governance.incentives.models.claim_risks import ClaimRisk
from silian.governance.incentives.models.claims import Claim, ClaimItem
from silian.governance.incentives.models.comparison_records import (
    ComparisonList,
    ComparisonRecord,
)
from silian.governance.incentives.models.distribution import DistributionPlan, PlanObjection
from silian.governance.incentives.models.facts import StatedFact
from silian.governance.incentives.models.finance_deals import FinanceAnswer, FinanceRecord
from silian.governance.incentives.models.finance_recommendations import ProjectRecommendation
from silian.governance.incentives.models.funds import FundPitch, IndustryFund
from silian.governance.incentives.models.host_assessments import HostAssessment
from silian.governance.incentives.models.income import IncomeProject, IncomeShare
from silian.governance.incentives.models.investments import InvestmentRecord
from silian.governance.incentives.models.land import LandCase, LandStep
from silian.governance.incentives.models.needs import FinancingNeed, NeedConsent
from silian.governance.incentives.models.offices import FunctionOffice
from silian.governance.incentives.models.outside_payments import OutsideImport, OutsidePayment
from silian.governance.incentives.models.pay_totals import PayTotal
from silian.governance.incentives.models.picture_marks import PictureMark
from silian.governance.incentives.models.products import FinanceProduct, ProductEdition
from silian.governance.incentives.models.restrictions import Restriction
from silian.governance.incentives.models.reward_decisions import (
    RewardCandidate,
    RewardDecision,
    RewardEntry,
)
from silian.governance.incentives.models.reward_money import RewardAccount, RewardRecovery
from silian.governance.incentives.models.reward_objections import RewardObjection
from silian.governance.incentives.models.reward_results import EvaluationResult, ResultUse
from silian.governance.incentives.models.scarce_lists import ScarceList
from silian.governance.incentives.models.scenarios import DraftProvision, Scenario
from silian.governance.incentives.models.surcharge import SurchargeEntry

__all__ = [
    "AppropriationLine",
    "AppropriationSetting",
    "AppropriationSheet",
    "AppropriationYear",
    "CallMessage",
    "CallStep",
    "Claim",
    "ClaimAppeal",
    "ClaimCall",
    "ClaimItem",
    "ClaimNotice",
    "ClaimPaper",
    "ClaimPayment",
    "ClaimRisk",
    "ClaimStep",
    "ComparisonList",
    "ComparisonRecord",
    "DistributionPlan",
    "DraftProvision",
    "EvaluationResult",
    "FinanceAnswer",
    "FinanceProduct",
    "FinanceRecord",
    "FinancingNeed",
    "FunctionOffice",
    "FundPitch",
    "HostAssessment",
    "IncomeProject",
    "IncomeShare",
    "IndustryFund",
    "InvestmentRecord",
    "LandCase",
    "LandStep",
    "LeftOutStep",
    "NeedConsent",
    "NoticeLine",
    "NoticeObjection",
    "OutsideImport",
    "OutsidePayment",
    "PayTotal",
    "PaymentGate",
    "PictureMark",
    "PlanObjection",
    "ProductEdition",
    "ProjectRecommendation",
    "Recalculation",
    "RecoveryCase",
    "Restriction",
    "ResultUse",
    "RewardAccount",
    "RewardCandidate",
    "RewardDecision",
    "RewardEntry",
    "RewardObjection",
    "RewardRecovery",
    "ScarceList",
    "Scenario",
    "StatedFact",
    "SurchargeEntry",
]
