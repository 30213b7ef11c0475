"""Tell a unit of a restriction, hear it, decide by another, settle its appeal by a third."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.governance.incentives.choices.rewards import (
    ADVERSE_LEVELS,
    OPEN_RESTRICTIONS,
    RestrictionState,
    UseOutcome,
)
from silian.governance.incentives.events.rewards import RestrictionMoved
from silian.governance.incentives.gateways.reward_rules import restrictions_of
from silian.governance.incentives.models.restrictions import Restriction
from silian.governance.incentives.models.reward_results import ResultUse
from silian.governance.incentives.permissions.rewards import (
    own_units,
    require_answerer,
    require_decider,
    require_proposer,
    restrictions_visible_to,
    results_visible_to,
)
from silian.governance.incentives.workflow.restriction import restriction as steps


@dataclass(frozen=True, kw_only=True)
class RestrictionNotice:
    """What a unit is told: the measure, the result, the binding basis, the facts (告知内容)."""

    result_id: int
    measure: str
    rule: str = ""
    document: str = ""
    clause: str = ""
    binding: bool = False
    facts: str
    reply_by: datetime.date


@transaction.atomic
def notice_restriction(
    *, notice: RestrictionNotice, actor: Actor, now: datetime.datetime
) -> Restriction:
    """Tell a unit which restriction is meant, on which basis; it may speak until a day (告知)."""
    result = results_visible_to(actor).select_related("organisation").get(pk=notice.result_id)
    require_proposer(actor, division=result.division_id)
    if result.level not in ADVERSE_LEVELS:
        raise DomainError("这项结果不是不利结果，不能作为约束的依据。", field="result")
    document, clause = basis_of(notice, actor=actor, on=now.date())
    if not notice.facts.strip():
        raise DomainError("请写明事实与理由，对方会看到。", field="facts")
    if notice.reply_by <= now.date():
        raise DomainError("陈述期限应晚于今天。", field="reply_by")
    same = Restriction.objects.filter(organisation=result.organisation, measure=notice.measure)
    if same.filter(state__in=OPEN_RESTRICTIONS).exists():
        raise DomainError("对这家单位的同一约束事项正在办理，请在原事项中办理。", field="measure")
    row = Restriction.objects.create(
        organisation=result.organisation,
        division_id=result.division_id,
        office_id=actor.organisation_id or 0,
        measure=notice.measure,
        result=result,
        rule=notice.rule,
        document=document,
        clause=clause,
        facts=notice.facts.strip(),
        proposed_by_id=actor.user_id,
        noticed_at=now,
        reply_by=notice.reply_by,
    )
    return moved(row, verb="noticed", actor=actor, reason=row.facts)


def basis_of(notice: RestrictionNotice, *, actor: Actor, on: datetime.date) -> tuple[str, str]:
    """Document and clause: those of the chosen row, or named by the official as binding."""
    if notice.rule:
        row = restrictions_of(actor.jurisdiction, on=on).get(notice.rule)
        if row is None or row.measure != notice.measure:
            raise DomainError("所选规定与约束事项不一致，请重新选择。", field="rule")
        return row.document, row.clause
    if not (notice.document.strip() and notice.clause.strip()):
        raise DomainError("请写明依据文件和条款。没有依据的不能约束。", field="document")
    if not notice.binding:
        raise DomainError(
            "约束须有强制性依据；鼓励性、指导性规定只形成差距，不能约束。", field="binding"
        )
    return notice.document.strip(), notice.clause.strip()


def locked_restriction(*, restriction_id: int, actor: Actor) -> Restriction:
    rows = restrictions_visible_to(actor).select_related("organisation")
    return rows.select_for_update(of=("self",)).get(pk=restriction_id)


def moved(row: Restriction, *, verb: str, actor: Actor, reason: str = "") -> Restriction:
    record(actor, f"incentives.restriction.{verb}", row, reason=reason[:500])
    publish(RestrictionMoved(restriction_id=row.pk))
    return row


@transaction.atomic
def reply_to_restriction(
    *,
    restriction_id: int,
    text: str,
    evidence: UploadedFile[bytes] | None,
    actor: Actor,
    now: datetime.datetime,
) -> Restriction:
    """Speak for the unit before the decision (陈述)."""
    row = locked_restriction(restriction_id=restriction_id, actor=actor)
    require_answerer(actor, row)
    if not text.strip():
        raise DomainError("请写明贵单位的意见。", field="text")
    row.state = steps.target(
        "reply", state=RestrictionState(row.state), reply_by=row.reply_by, on=now.date()
    )
    row.reply, row.replied_at = text.strip(), now
    row.save(update_fields=["state", "reply", "replied_at"])
    if evidence is not None:
        store_upload(upload=evidence, subject=row, actor=actor)
    return moved(row, verb="replied", actor=actor)


@transaction.atomic
def impose_restriction(
    *,
    restriction_id: int,
    decision: str,
    starts_on: datetime.date,
    ends_on: datetime.date,
    appeal_by: datetime.date,
    actor: Actor,
    now: datetime.datetime,
) -> Restriction:
    """Decide the restriction with its end, as another person than who proposed it (决定约束)."""
    row = locked_restriction(restriction_id=restriction_id, actor=actor)
    require_decider(actor, division=row.division_id)
    row.state = steps.target(
        "impose",
        state=RestrictionState(row.state),
        is_proposer=row.proposed_by_id == actor.user_id,
        has_replied=bool(row.reply),
        reply_by=row.reply_by,
        on=now.date(),
        own=row.organisation_id in own_units(actor),
    )
    refuse_unfit_term(starts_on, ends_on, appeal_by, today=now.date())
    closing(row, decision=decision, actor=actor, now=now)
    row.starts_on, row.ends_on, row.appeal_by = starts_on, ends_on, appeal_by
    row.save()
    ResultUse.objects.get_or_create(
        result_id=row.result_id,
        restriction=row,
        defaults={"outcome": UseOutcome.RESTRICTED, "used_on": now.date()},
    )
    return moved(row, verb="imposed", actor=actor, reason=row.decision)


def refuse_unfit_term(
    starts_on: datetime.date,
    ends_on: datetime.date,
    appeal_by: datetime.date,
    *,
    today: datetime.date,
) -> None:
    if starts_on < today:
        raise DomainError("约束起不能早于今天。", field="starts_on")
    if ends_on <= starts_on:
        raise DomainError("请写明约束止，应晚于约束起。", field="ends_on")
    if appeal_by <= today:
        raise DomainError("申诉期限应晚于今天。", field="appeal_by")


def closing(row: Restriction, *, decision: str, actor: Actor, now: datetime.datetime) -> None:
    if not decision.strip():
        raise DomainError("请写明决定的理由，回应对方的陈述。", field="decision")
    row.decision = decision.strip()
    row.decided_by_id, row.decided_at = actor.user_id, now


@transaction.atomic
def drop_restriction(
    *, restriction_id: int, decision: str, actor: Actor, now: datetime.datetime
) -> Restriction:
    """Decide that there is no restriction (不予约束)."""
    row = locked_restriction(restriction_id=restriction_id, actor=actor)
    require_decider(actor, division=row.division_id)
    if row.proposed_by_id == actor.user_id or row.organisation_id in own_units(actor):
        raise DomainError("提出人和对方单位的人员不能作决定。请由其他人员决定。")
    row.state = steps.target("drop", state=RestrictionState(row.state))
    closing(row, decision=decision, actor=actor, now=now)
    row.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    return moved(row, verb="dropped", actor=actor, reason=row.decision)


@transaction.atomic
def appeal_restriction(
    *, restriction_id: int, text: str, actor: Actor, now: datetime.datetime
) -> Restriction:
    """Appeal for the unit; the restriction holds until it is settled (申诉)."""
    row = locked_restriction(restriction_id=restriction_id, actor=actor)
    require_answerer(actor, row)
    if not text.strip():
        raise DomainError("请写明申诉的理由。", field="text")
    row.state = steps.target(
        "appeal", state=RestrictionState(row.state), appeal_by=row.appeal_by, on=now.date()
    )
    row.appeal, row.appealed_at = text.strip(), now
    row.save(update_fields=["state", "appeal", "appealed_at"])
    return moved(row, verb="appealed", actor=actor)


@transaction.atomic
def settle_appeal(
    *, restriction_id: int, upheld: bool, answer: str, actor: Actor, now: datetime.datetime
) -> Restriction:
    """Uphold or lift, by somebody who took no part before (处理申诉)."""
    row = locked_restriction(restriction_id=restriction_id, actor=actor)
    require_decider(actor, division=row.division_id)
    if not answer.strip():
        raise DomainError("请写明处理意见，对方会看到。", field="answer")
    row.state = steps.target(
        "uphold" if upheld else "lift",
        state=RestrictionState(row.state),
        took_part=actor.user_id in (row.proposed_by_id, row.decided_by_id),
        own=row.organisation_id in own_units(actor),
    )
    row.answer, row.answered_by_id, row.answered_at = answer.strip(), actor.user_id, now
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    return moved(row, verb="upheld" if upheld else "lifted", actor=actor, reason=row.answer)
