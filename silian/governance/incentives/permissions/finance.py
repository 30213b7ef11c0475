"""Who offers, who asks, who recommends, and what each of them sees of financing."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.incentives.choices.finance import (
    AnswerState,
    NeedState,
    ProductState,
    RecommendationState,
)
from silian.governance.incentives.models import (
    FinanceAnswer,
    FinanceProduct,
    FinancingNeed,
    NeedConsent,
    ProjectRecommendation,
)
from silian.registers.organisations.choices import JURISDICTION_ROLES, OrganisationKind, Role

WRITERS = frozenset({Role.MANAGER, Role.AGENT})
INSIDE = WRITERS | {Role.READER}
DECIDERS = frozenset({Role.COORDINATOR, Role.REVIEWER})
OWNERS = frozenset({OrganisationKind.ENTERPRISE, OrganisationKind.SCHOOL})
ON_LIST = (RecommendationState.ISSUED, RecommendationState.REMOVED)


def is_provider(actor: Actor) -> bool:
    """Whether the actor acts for a verified financial institution (金融机构经办)."""
    is_finance = actor.organisation_kind == OrganisationKind.FINANCE
    return is_finance and actor.organisation_verified and actor.has_role(*WRITERS)


def is_applicant(actor: Actor) -> bool:
    """Whether the actor acts for a verified enterprise or school (申请单位经办)."""
    is_owner = actor.organisation_kind in OWNERS
    return is_owner and actor.organisation_verified and actor.has_role(*WRITERS)


def is_official(actor: Actor) -> bool:
    """Whether the actor looks after a region."""
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def is_recommender(actor: Actor) -> bool:
    """Whether the actor proposes projects to the banks: the leading department (推荐)."""
    return is_official(actor) and actor.has_role(Role.COORDINATOR)


def reads_own(actor: Actor) -> bool:
    return actor.organisation_kind in OWNERS and actor.has_role(*INSIDE)


def reads_as_provider(actor: Actor) -> bool:
    """Whether the actor reads for a verified financial institution."""
    is_finance = actor.organisation_kind == OrganisationKind.FINANCE
    return is_finance and actor.organisation_verified and actor.has_role(*INSIDE)


def may_read_finance(actor: Actor) -> bool:
    """Whether the actor has anything to do with needs and answers."""
    return reads_own(actor) or reads_as_provider(actor) or is_official(actor)


def within(actor: Actor, path: str) -> Q:
    """Rows of the official's region."""
    return Q(**{f"{path}__startswith": subtree_prefix(actor.jurisdiction)})


def products_visible_to(actor: Actor) -> QuerySet[FinanceProduct]:
    """Published products for everybody; a provider's own in every state."""
    seen = Q(state=ProductState.PUBLISHED)
    if reads_as_provider(actor):
        seen |= Q(provider_id=actor.organisation_id)
    return FinanceProduct.objects.filter(seen)


def products_kept_by(actor: Actor) -> QuerySet[FinanceProduct]:
    """The products that the actor may change."""
    if not is_provider(actor):
        return FinanceProduct.objects.none()
    return FinanceProduct.objects.filter(provider_id=actor.organisation_id)


def shown_to_provider(provider_id: int, *, on: datetime.date) -> Q:
    """Open needs whose owner consented, and those that the provider itself has financed."""
    consents = NeedConsent.objects.given(on=on)  # type: ignore[attr-defined]
    mine = consents.filter(Q(for_all=True) | Q(providers=provider_id))
    granted = FinanceAnswer.objects.filter(provider_id=provider_id, state=AnswerState.GRANTED)
    consented = Q(state=NeedState.OPEN, pk__in=mine.values("need_id"))
    return consented | Q(pk__in=granted.values("need_id"))


def needs_visible_to(actor: Actor, *, on: datetime.date) -> QuerySet[FinancingNeed]:
    """One's own; for officials those sent out in the region; for providers the consented."""
    seen = Q(pk__in=[])
    if reads_own(actor):
        seen |= Q(owner_id=actor.organisation_id)
    if is_official(actor):
        seen |= within(actor, "division__code") & ~Q(state=NeedState.DRAFT)
    if reads_as_provider(actor):
        seen |= shown_to_provider(actor.organisation_id or 0, on=on)
    return FinancingNeed.objects.filter(seen)


def needs_kept_by(actor: Actor) -> QuerySet[FinancingNeed]:
    """The needs that the actor may change."""
    if not is_applicant(actor):
        return FinancingNeed.objects.none()
    return FinancingNeed.objects.filter(owner_id=actor.organisation_id)


def answers_visible_to(actor: Actor) -> QuerySet[FinanceAnswer]:
    """Both sides of the talks; officials of the region."""
    seen = Q(pk__in=[])
    if reads_own(actor):
        seen |= Q(need__owner_id=actor.organisation_id)
    if reads_as_provider(actor):
        seen |= Q(provider_id=actor.organisation_id)
    if is_official(actor):
        seen |= within(actor, "need__division__code")
    return FinanceAnswer.objects.filter(seen)


def recommendations_visible_to(
    actor: Actor, *, on: datetime.date
) -> QuerySet[ProjectRecommendation]:
    """All of the region for officials; one's own; what is out and consented for providers."""
    seen = Q(pk__in=[])
    if is_official(actor):
        seen |= within(actor, "division__code")
    if reads_own(actor):
        seen |= Q(need__owner_id=actor.organisation_id, state__in=ON_LIST)
    if reads_as_provider(actor):
        needs = FinancingNeed.objects.filter(shown_to_provider(actor.organisation_id or 0, on=on))
        seen |= Q(state=RecommendationState.ISSUED, need__in=needs)
    return ProjectRecommendation.objects.filter(seen)


def may_decide_recommendation(actor: Actor, row: ProjectRecommendation) -> bool:
    """Whether the actor approves or returns; who proposed never does (审定)."""
    allowed = is_official(actor) and actor.has_role(*DECIDERS) and actor.covers(row.division_id)
    return allowed and actor.user_id != row.proposed_by_id


def require_provider(actor: Actor) -> None:
    if not is_provider(actor):
        raise NotAllowed("这一步由已核验金融机构的管理员或经办人办理。")


def require_applicant(actor: Actor) -> None:
    if not is_applicant(actor):
        raise NotAllowed("融资需求由已核验企业、院校的管理员或经办人办理。")


def require_finance_reader(actor: Actor) -> None:
    if not may_read_finance(actor):
        raise NotAllowed("融资需求和对接由申请单位、金融机构和牵头部门查看。")


def require_official(actor: Actor) -> None:
    if not is_official(actor):
        raise NotAllowed("这一页由政府部门使用。")


def require_recommender(actor: Actor) -> None:
    if not is_recommender(actor):
        raise NotAllowed("推荐名单由牵头部门统筹人员办理。")


def require_decider(actor: Actor, row: ProjectRecommendation) -> None:
    if actor.user_id is not None and actor.user_id == row.proposed_by_id:
        raise NotAllowed("这一项由您提出，按回避要求不能自己审定。请由另一位审核或统筹人员审定。")
    if not may_decide_recommendation(actor, row):
        raise NotAllowed("推荐项目由本地区审核或统筹人员审定。")


register_action_labels(
    {
        "incentives.finance_product.written": "填写金融产品",
        "incentives.finance_product.published": "公布金融产品",
        "incentives.finance_product.withdrawn": "下架金融产品",
        "incentives.need.written": "填写融资需求",
        "incentives.need.opened": "发布融资需求",
        "incentives.need.met": "登记融资需求已落实",
        "incentives.need.closed": "关闭融资需求",
        "incentives.need.reopened": "重新征集融资",
        "incentives.need.consented": "授权展示融资需求",
        "incentives.need.consent_withdrawn": "撤回展示授权",
        "incentives.answer.asked": "向金融机构提交需求",
        "incentives.answer.interested": "答复有意向",
        "incentives.answer.diligence": "开始尽职调查",
        "incentives.answer.granted": "登记同意融资",
        "incentives.answer.refused": "答复不同意融资",
        "incentives.answer.ended": "终止融资对接",
        "incentives.answer.money_recorded": "登记资金发放",
        "incentives.answer.money_corrected": "更正资金发放",
        "incentives.recommendation.proposed": "提出推荐项目",
        "incentives.recommendation.approved": "审定推荐项目",
        "incentives.recommendation.returned": "退回推荐项目",
        "incentives.recommendation.issued": "发布推荐项目",
        "incentives.recommendation.removed": "移出推荐名单",
    }
)
