"""Managers enter funds, open them for pitches, and close them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.governance.incentives.choices.finance import FundState
from silian.governance.incentives.models import IndustryFund
from silian.governance.incentives.permissions.funds import funds_kept_by, require_fund_manager
from silian.governance.incentives.workflow.funds import industry_fund as steps


@dataclass(frozen=True, kw_only=True)
class FundText:
    """What a manager says of a fund (基金内容)."""

    kind: str
    name: str
    division_id: str
    size: Decimal
    focus: str
    stages: Sequence[str]
    government_part: Decimal | None = None
    filing_number: str = ""
    contact: str = ""


@transaction.atomic
def write_fund(*, text: FundText, actor: Actor, fund_id: int | None = None) -> IndustryFund:
    """Enter a fund, or change one that does not take pitches (填写基金)."""
    require_fund_manager(actor)
    fund = locked_fund(fund_id=fund_id, actor=actor) if fund_id else None
    if fund and fund.state == FundState.OPEN:
        raise WrongState("基金正在接受投递，不能修改。请先停止投资，改好后重新公布。")
    if text.size <= 0:
        raise DomainError("基金规模应大于 0。", field="size")
    if text.government_part is not None and not 0 <= text.government_part <= text.size:
        raise DomainError("政府出资应在 0 和基金规模之间。", field="government_part")
    taken = IndustryFund.objects.filter(manager_id=actor.organisation_id, name=text.name)
    if taken.exclude(pk=fund_id or 0).exists():
        raise DomainError("贵机构已登记同名基金。请修改原来的基金。", field="name")
    fund = fund or IndustryFund(manager_id=actor.organisation_id or 0)
    for name, value in asdict(text).items():
        setattr(fund, name, list(value) if name == "stages" else value)
    fund.save()
    record(actor, "incentives.fund.written", fund)
    return fund


def locked_fund(*, fund_id: int, actor: Actor) -> IndustryFund:
    require_fund_manager(actor)
    return funds_kept_by(actor).select_for_update(of=("self",)).get(pk=fund_id)


@transaction.atomic
def open_fund(*, fund_id: int, actor: Actor, now: datetime.datetime) -> IndustryFund:
    """Show a fund in the directory and take pitches (公布基金)."""
    fund = locked_fund(fund_id=fund_id, actor=actor)
    fund.state = steps.target("open", state=FundState(fund.state))
    fund.opened_on, fund.close_reason = timezone.localdate(now), ""
    fund.save(update_fields=["state", "opened_on", "close_reason"])
    record(actor, "incentives.fund.opened", fund)
    return fund


@transaction.atomic
def close_fund(*, fund_id: int, reason: str, actor: Actor) -> IndustryFund:
    """Take no more pitches; what was handed in is still answered (停止投资)."""
    fund = locked_fund(fund_id=fund_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明停止投资的原因。", field="reason")
    fund.state = steps.target("close", state=FundState(fund.state))
    fund.close_reason = reason.strip()[:200]
    fund.save(update_fields=["state", "close_reason"])
    record(actor, "incentives.fund.closed", fund, reason=reason)
    return fund
