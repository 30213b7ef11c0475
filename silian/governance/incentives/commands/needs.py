"""Owners write what they want financed, send it out, and say who may see it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.finance import AnswerState, NeedState
from silian.governance.incentives.events.finance import NeedConsented
from silian.governance.incentives.models import FinanceAnswer, FinancingNeed, NeedConsent
from silian.governance.incentives.permissions.finance import needs_kept_by, require_applicant
from silian.governance.incentives.queries.needs import figures_of, own_project, providers
from silian.governance.incentives.workflow.needs import financing_need as steps
from silian.registers.organisations.models import Organisation

LONGEST_CONSENT = datetime.timedelta(days=366)  # a year: figures older than that mislead a bank


@dataclass(frozen=True, kw_only=True)
class NeedText:
    """What an owner says of a need (融资需求内容)."""

    title: str
    amount: Decimal
    use: str
    months: int | None = None
    kinds: Sequence[str] = field(default_factory=tuple)
    project_id: int | None = None


@transaction.atomic
def write_need(
    *, text: NeedText, actor: Actor, now: datetime.datetime, need_id: int | None = None
) -> FinancingNeed:
    """Write a need down, or change a draft or open one (填写融资需求)."""
    require_applicant(actor)
    need = locked_need(need_id=need_id, actor=actor) if need_id else None
    if need and need.state not in (NeedState.DRAFT, NeedState.OPEN):
        raise WrongState(f"当前为“{need.get_state_display()}”，不能修改。请先重新征集。")
    if text.amount <= 0:
        raise DomainError("融资金额应大于 0。", field="amount")
    if need and text.amount != need.amount and in_talks(need):
        raise DomainError("已有机构在对接，融资金额不能修改。请先终止对接。", field="amount")
    owner = Organisation.objects.get(pk=actor.organisation_id or 0)
    need = need or FinancingNeed(owner=owner, division_id=owner.division_id)
    need.title, need.use = text.title.strip(), text.use.strip()
    need.amount, need.months, need.kinds = text.amount, text.months, list(text.kinds)
    take_figures(need, text.project_id, actor=actor, on=timezone.localdate(now))
    need.written_at = now
    need.save()
    record(actor, "incentives.need.written", need)
    return need


def take_figures(
    need: FinancingNeed, project_id: int | None, *, actor: Actor, on: datetime.date
) -> None:
    """The project's total and gap as they stand today (带出项目数据)."""
    if project_id is None:
        need.project, need.total, need.gap, need.figures_on = None, None, None, None
        return
    project = own_project(project_id=project_id, owner_id=actor.organisation_id or 0)
    if project is None:
        raise DomainError("没有这个项目，或不是贵单位的在推进项目。", field="project")
    figures = figures_of(project)
    need.project, need.division_id = project, project.division_id
    need.total, need.gap, need.figures_on = project.total, figures.gap, on


def in_talks(need: FinancingNeed) -> bool:
    """Whether a provider works on the need, or has financed it."""
    over = [AnswerState.REFUSED, AnswerState.ENDED]
    return FinanceAnswer.objects.filter(need=need).exclude(state__in=over).exists()


def locked_need(*, need_id: int, actor: Actor) -> FinancingNeed:
    require_applicant(actor)
    return needs_kept_by(actor).select_for_update(of=("self",)).get(pk=need_id)


@transaction.atomic
def open_need(*, need_id: int, actor: Actor, now: datetime.datetime) -> FinancingNeed:
    """Send a need out; who sees it is for the consent to say (发布融资需求)."""
    need = locked_need(need_id=need_id, actor=actor)
    need.state = steps.target("open", state=NeedState(need.state))
    need.opened_on = timezone.localdate(now)
    need.save(update_fields=["state", "opened_on"])
    record(actor, "incentives.need.opened", need)
    return need


@transaction.atomic
def settle_need(*, need_id: int, actor: Actor) -> FinancingNeed:
    """Say that the money is found (登记已落实)."""
    need = locked_need(need_id=need_id, actor=actor)
    need.state = steps.target("met", state=NeedState(need.state))
    need.save(update_fields=["state"])
    record(actor, "incentives.need.met", need)
    return need


@transaction.atomic
def close_need(*, need_id: int, reason: str, actor: Actor) -> FinancingNeed:
    """Stop looking for money (关闭融资需求)."""
    need = locked_need(need_id=need_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明关闭原因。", field="reason")
    need.state = steps.target("close", state=NeedState(need.state))
    need.close_reason = reason.strip()[:200]
    need.save(update_fields=["state", "close_reason"])
    record(actor, "incentives.need.closed", need, reason=reason)
    return need


@transaction.atomic
def reopen_need(*, need_id: int, actor: Actor, now: datetime.datetime) -> FinancingNeed:
    """Look for money again (重新征集)."""
    need = locked_need(need_id=need_id, actor=actor)
    need.state = steps.target("reopen", state=NeedState(need.state))
    need.opened_on, need.close_reason = timezone.localdate(now), ""
    need.save(update_fields=["state", "opened_on", "close_reason"])
    record(actor, "incentives.need.reopened", need)
    return need


@transaction.atomic
def give_consent(
    *,
    need_id: int,
    provider_ids: Sequence[int],
    until: datetime.date,
    actor: Actor,
    now: datetime.datetime,
) -> NeedConsent:
    """Let providers see a need until a day; no provider named means all (授权展示).

    A new consent takes the place of the one in force.
    """
    need = locked_need(need_id=need_id, actor=actor)
    today = timezone.localdate(now)
    if need.state != NeedState.OPEN:
        raise WrongState("需求还没有发布。请先发布，再授权金融机构查看。")
    if not today <= until <= today + LONGEST_CONSENT:
        last = today + LONGEST_CONSENT
        raise DomainError(f"授权最后一天应在 {today} 到 {last} 之间。", field="until")
    chosen = list(providers().filter(pk__in=provider_ids))
    if len(chosen) != len(set(provider_ids)):
        raise DomainError("只能授权给已核验的金融机构。", field="providers")
    end_consent(need, actor=actor, now=now)
    consent = NeedConsent.objects.create(
        need=need,
        for_all=not chosen,
        until=until,
        given_by_id=actor.user_id,
        given_at=now,
    )
    consent.providers.set(chosen)
    record(actor, "incentives.need.consented", need, detail={"providers": len(chosen) or "all"})
    publish(NeedConsented(need_id=need.pk))
    return consent


def end_consent(need: FinancingNeed, *, actor: Actor, now: datetime.datetime) -> int:
    rows = NeedConsent.objects.filter(need=need, withdrawn_at__isnull=True)
    return rows.update(withdrawn_at=now, withdrawn_by_id=actor.user_id)


@transaction.atomic
def withdraw_consent(*, need_id: int, actor: Actor, now: datetime.datetime) -> FinancingNeed:
    """Hide a need from providers at once (撤回授权)."""
    need = locked_need(need_id=need_id, actor=actor)
    if not end_consent(need, actor=actor, now=now):
        raise WrongState("现在没有有效的展示授权，不需要撤回。")
    record(actor, "incentives.need.consent_withdrawn", need)
    return need
