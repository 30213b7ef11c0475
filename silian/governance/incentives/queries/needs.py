"""Reading needs: a project's money, who may be asked, what waits."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.governance.accreditation.choices.projects import ENDED_STAGES, FundSource
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.queries.project_money import source_lines
from silian.governance.incentives.choices.finance import AnswerState, NeedState
from silian.governance.incentives.models import FinanceAnswer, FinancingNeed, NeedConsent
from silian.governance.incentives.permissions.finance import needs_kept_by
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation

MARKET = (FundSource.LOAN.value, FundSource.SOCIAL.value)
NOTHING = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class ProjectFigures:
    """A project's money on a day (项目资金)."""

    total: Decimal
    planned: Decimal
    gap: Decimal
    market: Decimal

    @property
    def wanted(self) -> Decimal:
        """The gap, and what the plan expects of banks and social capital and has not yet."""
        return self.gap + self.market


def figures_of(project: IntegrationProject) -> ProjectFigures:
    """The gap of the fund plan, and planned market money still to come (资金缺口)."""
    lines = source_lines(project)
    planned = sum((line.planned for line in lines), NOTHING)
    market = sum((max(line.to_come, NOTHING) for line in lines if line.source in MARKET), NOTHING)
    gap = max(project.total - planned, NOTHING)
    return ProjectFigures(total=project.total, planned=planned, gap=gap, market=market)


def own_projects(*, owner_id: int) -> QuerySet[IntegrationProject]:
    """The owner's projects that are under way."""
    rows = IntegrationProject.objects.filter(owner_id=owner_id)
    return rows.exclude(stage__in=sorted(ENDED_STAGES)).order_by("name")


def own_project(*, project_id: int, owner_id: int) -> IntegrationProject | None:
    return own_projects(owner_id=owner_id).filter(pk=project_id).first()


def providers() -> QuerySet[Organisation]:
    """Verified financial institutions (金融机构)."""
    return Organisation.objects.filter(
        kind=OrganisationKind.FINANCE, state=OrganisationState.VERIFIED
    ).order_by("name")


def consent_of(need: FinancingNeed, *, on: datetime.date) -> NeedConsent | None:
    """The consent that holds on a day, or None."""
    rows = NeedConsent.objects.given(on=on).filter(need=need)  # type: ignore[attr-defined]
    found: NeedConsent | None = rows.prefetch_related("providers").first()
    return found


def with_consent(rows: QuerySet[FinancingNeed], *, on: datetime.date) -> QuerySet[Any]:
    """Needs with whether a consent holds, for lists."""
    given = NeedConsent.objects.given(on=on).filter(need=OuterRef("pk"))  # type: ignore[attr-defined]
    return rows.annotate(is_shown=Exists(given)).select_related("owner", "project", "division")


def is_shown_to(need: FinancingNeed, *, provider_id: int, on: datetime.date) -> bool:
    """Whether the owner's consent covers a provider on a day."""
    rows = NeedConsent.objects.given(on=on).filter(need=need)  # type: ignore[attr-defined]
    covered = Q(for_all=True) | Q(providers=provider_id)
    return bool(rows.filter(covered).exists())


def products_in_talks(need: FinancingNeed) -> set[int]:
    """Products about which the need is in talks already, or by which it is financed."""
    over = [AnswerState.REFUSED, AnswerState.ENDED]
    rows = FinanceAnswer.objects.filter(need=need).exclude(state__in=over)
    return set(rows.values_list("product_id", flat=True))


def needs_to_consent(actor: Actor, *, on: datetime.date) -> QuerySet[FinancingNeed]:
    """One's own open needs that nobody may see yet (待授权)."""
    rows = with_consent(needs_kept_by(actor), on=on)
    return rows.filter(state=NeedState.OPEN, is_shown=False).order_by("pk")
