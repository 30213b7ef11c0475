"""Draft a decision on rewards, compute its list, choose, decide by another, publish."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.rewards import (
    RewardMeasure,
    RewardState,
)
from silian.governance.incentives.events.rewards import RewardMoved
from silian.governance.incentives.gateways.reward_rules import frozen, rewards_of
from silian.governance.incentives.models.reward_decisions import RewardCandidate, RewardDecision
from silian.governance.incentives.permissions.rewards import (
    candidates_visible_to,
    decisions_visible_to,
    own_names,
    require_decider,
    require_proposer,
)
from silian.governance.incentives.queries.rewards import (
    frozen_facts,
    results_counted,
    subjects_of,
    veto_of_credit,
    vetoes_of_restrictions,
)
from silian.governance.incentives.rules.rewards import (
    Veto,
    frozen_row,
    placed,
    reason_choice_unexplained,
)
from silian.governance.incentives.workflow.rewards import reward_decision as steps
from silian.registers.credit.commands.records import consult

BATCH = 500
LONGEST_ANSWER = 60  # working days; a longer answer is a slip of the keyboard


@dataclass(frozen=True, kw_only=True)
class RewardDraft:
    """What a decision is about (奖励事项内容)."""

    title: str
    rules: Sequence[str]
    starts_on: datetime.date
    ends_on: datetime.date
    lasts_until: datetime.date
    quota: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a unit is given (激励内容): money, an amount of something, a number, words."""

    amount: Decimal | None = None
    quantity: Decimal | None = None
    unit: str = ""
    number: str = ""
    words: str = ""


@transaction.atomic
def draft_decision(*, draft: RewardDraft, actor: Actor, now: datetime.datetime) -> RewardDecision:
    """Pick the rows and the period, and freeze the rows as they stand (拟定奖励事项)."""
    require_proposer(actor, division=actor.jurisdiction)
    known = rewards_of(actor.jurisdiction, on=now.date())
    rows = [known[code] for code in draft.rules if code in known]
    if not rows or len(rows) != len(draft.rules):
        raise DomainError("请选择现行有效的规定，至少 1 条。", field="rules")
    if len({row.measure for row in rows}) > 1:
        raise DomainError("一个事项只办一种激励，请选择同一激励事项的规定。", field="rules")
    if draft.ends_on <= draft.starts_on:
        raise DomainError("结果日的止期应晚于起期。", field="ends_on")
    if draft.lasts_until <= now.date():
        raise DomainError("激励期止应晚于今天。", field="lasts_until")
    decision = RewardDecision.objects.create(
        title=draft.title.strip(),
        measure=rows[0].measure,
        rules=[frozen(row) for row in rows],
        division_id=actor.jurisdiction,
        office_id=actor.organisation_id or 0,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        lasts_until=draft.lasts_until,
        quota=draft.quota,
        note=draft.note.strip(),
        proposed_by_id=actor.user_id,
        proposed_at=now,
    )
    record(actor, "incentives.reward.drafted", decision)
    return decision


def locked_decision(*, decision_id: int, actor: Actor) -> RewardDecision:
    rows = decisions_visible_to(actor).select_for_update(of=("self",))
    return rows.get(pk=decision_id)


def moved(decision: RewardDecision, *, verb: str, actor: Actor, reason: str = "") -> RewardDecision:
    record(actor, f"incentives.reward.{verb}", decision, reason=reason[:500])
    publish(RewardMoved(decision_id=decision.pk))
    return decision


@transaction.atomic
def compute_candidates(*, decision_id: int, actor: Actor, now: datetime.datetime) -> RewardDecision:
    """Compute the list from the results of the period; choices made before start anew (计算名单).

    Whose credit records are read learns of it from the log of readings.
    """
    decision = locked_decision(decision_id=decision_id, actor=actor)
    require_proposer(actor, division=decision.division_id)
    decision.state = steps.target("compute", state=RewardState(decision.state))
    rows = [frozen_row(row) for row in decision.rules]
    results = {row.pk: row for row in results_counted(decision, rows, on=now.date())}
    units = sorted({row.organisation_id for row in results.values()})
    vetoes, hints = credit_findings(units, purpose=decision.title, actor=actor)
    vetoes |= vetoes_of_restrictions(units, on=now.date())
    subjects = subjects_of(list(results.values()), vetoes=vetoes)
    decision.listed.all().delete()
    RewardCandidate.objects.bulk_create(
        [
            RewardCandidate(
                decision=decision,
                organisation_id=each.subject.organisation_id,
                subject_name=each.subject.name,
                order=each.order,
                standing=each.standing,
                reason=each.reason,
                basis=each.basis,
                facts=frozen_facts(
                    each.subject, results, hints.get(each.subject.organisation_id, ())
                ),
                within_quota=each.within_quota,
                chosen=each.within_quota,
            )
            for each in placed(subjects, rows=rows, quota=decision.quota)
        ],
        batch_size=BATCH,
    )
    decision.computed_at = now
    decision.save(update_fields=["state", "computed_at"])
    record(actor, "incentives.reward.computed", decision, detail={"units": len(units)})
    return decision


def credit_findings(
    units: Sequence[int], *, purpose: str, actor: Actor
) -> tuple[dict[int, Veto], dict[int, tuple[str, ...]]]:
    """What stands against units by law, and what only warns (信用核对)."""
    vetoes: dict[int, Veto] = {}
    hints: dict[int, tuple[str, ...]] = {}
    for unit in units:
        records = consult(organisation_id=unit, purpose=f"奖励事项：{purpose}"[:120], actor=actor)
        veto = veto_of_credit(records)
        if veto is not None:
            vetoes[unit] = veto
        elif records:
            words = [f"信用提示：{row.title}，有异议或没有法定依据，不作排除" for row in records]
            hints[unit] = tuple(words)
    return vetoes, hints


@transaction.atomic
def choose_candidate(
    *, candidate_id: int, chosen: bool, deviation: str, given: Given, actor: Actor
) -> RewardCandidate:
    """List a unit or leave it out, and say what it is given (选择激励对象)."""
    found = candidates_visible_to(actor).select_for_update(of=("self",)).get(pk=candidate_id)
    decision = locked_decision(decision_id=found.decision_id, actor=actor)
    require_proposer(actor, division=decision.division_id)
    refuse_unless_draft(decision)
    reason = reason_choice_unexplained(
        within_quota=found.within_quota,
        chosen=chosen,
        standing=found.standing,
        deviation=deviation,
    )
    if reason:
        raise DomainError(reason, field="deviation")
    found.chosen = chosen
    found.deviation = deviation.strip() if found.deviates else ""
    put_given(found, given if chosen else Given(), basis=basis_of_amounts(decision, given))
    found.save()
    record(actor, "incentives.reward.chosen", decision, reason=found.deviation)
    return found


def basis_of_amounts(decision: RewardDecision, given: Given) -> str:
    """The document and clause of an amount; without them and a budget line there is none."""
    if given.amount and decision.line_id is None:
        raise DomainError(
            "写金额以前，请先写明资金来源和金额依据的文件、条款。没有依据的金额不能列入。",
            field="amount",
        )
    return decision.amount_basis


def put_given(candidate: RewardCandidate, given: Given, *, basis: str = "") -> None:
    for name in ("quantity", "unit", "number", "words"):
        setattr(candidate, name, getattr(given, name))
    candidate.amount = given.amount or None
    candidate.amount_basis = basis if candidate.amount else ""


def refuse_unless_draft(decision: RewardDecision) -> None:
    if decision.state != RewardState.DRAFT:
        raise DomainError(f"当前为“{decision.get_state_display()}”，名单已定，不能再改。")


@transaction.atomic
def fill_given(*, decision_id: int, given: Given, actor: Actor) -> int:
    """Give every chosen unit the same; a number becomes a series (统一填写激励内容)."""
    decision = locked_decision(decision_id=decision_id, actor=actor)
    require_proposer(actor, division=decision.division_id)
    refuse_unless_draft(decision)
    rows = list(decision.listed.filter(chosen=True).order_by("order"))
    if not rows:
        raise DomainError("还没有选择单位，请先计算名单并选择。")
    basis = basis_of_amounts(decision, given)
    for place, row in enumerate(rows, 1):
        put_given(row, given, basis=basis)
        row.number = f"{given.number}{place:03}" if given.number else ""
    names = ["amount", "amount_basis", "quantity", "unit", "number", "words"]
    RewardCandidate.objects.bulk_update(rows, names, batch_size=BATCH)
    record(actor, "incentives.reward.chosen", decision, detail={"filled": len(rows)})
    return len(rows)


@transaction.atomic
def submit_decision(*, decision_id: int, actor: Actor, now: datetime.datetime) -> RewardDecision:
    """Send the list to the decision; from now on its figures stay (提交审定)."""
    decision = locked_decision(decision_id=decision_id, actor=actor)
    require_proposer(actor, division=decision.division_id)
    chosen = list(decision.listed.filter(chosen=True))
    unexplained = decision.listed.exclude(chosen=F("within_quota")).filter(deviation="")
    decision.state = steps.target(
        "submit",
        state=RewardState(decision.state),
        chosen=len(chosen),
        unexplained=unexplained.count(),
        computed=decision.computed_at is not None,
    )
    refuse_unfilled(decision, chosen)
    decision.submitted_at = now
    decision.proposed_by_id = actor.user_id
    decision.save(update_fields=["state", "submitted_at", "proposed_by"])
    return moved(decision, verb="submitted", actor=actor)


def refuse_unfilled(decision: RewardDecision, chosen: Sequence[RewardCandidate]) -> None:
    """Money needs its amount, a plaque its number."""
    if decision.measure == RewardMeasure.AWARD_MONEY and any(not row.amount for row in chosen):
        raise DomainError("奖励补助须写明每家的金额，请先填写。政策没有给数的，按本地文件填写。")
    if decision.measure == RewardMeasure.PLAQUE and any(not row.number for row in chosen):
        raise DomainError("统一授牌须写明牌匾编号，请先填写。")


@transaction.atomic
def return_decision(*, decision_id: int, reason: str, actor: Actor) -> RewardDecision:
    """Send the proposal back with the reason (退回)."""
    decision = locked_decision(decision_id=decision_id, actor=actor)
    require_decider(actor, division=decision.division_id)
    if not reason.strip():
        raise DomainError("请写明退回理由。", field="reason")
    decision.state = steps.target("return", state=RewardState(decision.state))
    decision.opinion = reason.strip()
    decision.save(update_fields=["state", "opinion"])
    return moved(decision, verb="returned", actor=actor, reason=decision.opinion)


@transaction.atomic
def approve_decision(
    *,
    decision_id: int,
    opinion: str,
    notice_until: datetime.date,
    contact: str,
    objection_days: int,
    actor: Actor,
    now: datetime.datetime,
) -> RewardDecision:
    """Agree as another person than the proposer, and put the list on notice (同意并公示)."""
    decision = locked_decision(decision_id=decision_id, actor=actor)
    require_decider(actor, division=decision.division_id)
    decision.state = steps.target(
        "approve",
        state=RewardState(decision.state),
        is_proposer=decision.proposed_by_id == actor.user_id,
        own=own_names(actor, decision),
    )
    if notice_until <= now.date():
        raise DomainError("公示截止日应晚于今天。", field="notice_until")
    if not 1 <= objection_days <= LONGEST_ANSWER:
        raise DomainError(
            f"异议答复应在 1 到 {LONGEST_ANSWER} 个工作日内。", field="objection_days"
        )
    decision.opinion, decision.contact = opinion.strip(), contact.strip()
    decision.notice_until, decision.objection_days = notice_until, objection_days
    decision.decided_by_id, decision.decided_at = actor.user_id, now
    decision.save()
    return moved(decision, verb="approved", actor=actor, reason=decision.opinion)


@transaction.atomic
def cancel_decision(*, decision_id: int, reason: str, actor: Actor) -> RewardDecision:
    """Give the matter up with a reason, before it is published (取消)."""
    decision = locked_decision(decision_id=decision_id, actor=actor)
    require_proposer(actor, division=decision.division_id)
    if not reason.strip():
        raise DomainError("请写明取消理由。", field="reason")
    decision.state = steps.target("cancel", state=RewardState(decision.state))
    decision.cancel_reason = reason.strip()
    decision.save(update_fields=["state", "cancel_reason"])
    return moved(decision, verb="cancelled", actor=actor, reason=decision.cancel_reason)
