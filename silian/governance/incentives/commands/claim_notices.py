"""Make claims public before they are paid, hear objections, approve."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.encryption import encrypted
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_calendar
from silian.governance.incentives.choices.claims import (
    ClaimState,
    NoticeState,
    ObjectionState,
    StepKind,
    StepState,
)
from silian.governance.incentives.commands.claim_payments import prepare_payments
from silian.governance.incentives.commands.claim_steps import open_next
from silian.governance.incentives.events.claims import ClaimMoved
from silian.governance.incentives.models import (
    Claim,
    ClaimCall,
    ClaimNotice,
    ClaimStep,
    NoticeLine,
    NoticeObjection,
)
from silian.governance.incentives.permissions.claims import calls_visible_to, require_lead
from silian.governance.incentives.workflow.claims import claim as life


@dataclass(frozen=True, kw_only=True)
class Objector:
    """Who objects, and how to reach them (异议人)."""

    name: str
    contact: str


@transaction.atomic
def publish_notice(
    *,
    call_id: int,
    claim_ids: Collection[int],
    title: str,
    contact: str,
    actor: Actor,
    now: datetime.datetime,
) -> ClaimNotice:
    """Make the claims that were agreed to public, for the days of the call (发布公示)."""
    call = calls_visible_to(actor).select_related("owner").get(pk=call_id)
    require_lead(actor, call)
    rows = Claim.objects.select_for_update(of=("self",)).filter(call=call, pk__in=claim_ids)
    claims = list(rows.select_related("organisation").order_by("pk"))
    starts = timezone.localdate(now)
    notice = ClaimNotice.objects.create(
        call=call,
        title=title.strip()[:80],
        contact=contact.strip()[:120],
        starts_on=starts,
        ends_on=site_calendar().add(starts, days=call.notice_days),
        published_by_id=actor.user_id,
        published_at=now,
        is_demo=call.is_demo,
    )
    states = [claim.state for claim in claims]
    for claim in claims:
        claim.state = life.target(
            "publish", state=ClaimState(claim.state), states=states, days=call.notice_days
        )
        claim.save(update_fields=["state"])
        publish(ClaimMoved(claim_id=claim.pk, step="publish"))
    if not claims:
        raise DomainError("请选择要公示的申领。", field="claims")
    NoticeLine.objects.bulk_create([line_of(notice, claim) for claim in claims])
    record(actor, "incentives.notice.published", notice, detail={"claims": len(claims)})
    return notice


def line_of(notice: ClaimNotice, claim: Claim) -> NoticeLine:
    """The claim as it is made public: unit, heads, amount; no person is named."""
    people = claim.items.filter(counts=True, person__isnull=False)
    return NoticeLine(
        notice=notice,
        claim=claim,
        organisation_name=claim.organisation.name,
        heads=people.values("person").distinct().count(),
        amount=claim.entitled,
    )


@transaction.atomic
def raise_objection(
    *, line_id: int, text: str, objector: Objector, actor: Actor, now: datetime.datetime
) -> NoticeObjection:
    """Say what speaks against a claim on a notice, while it runs (提出异议)."""
    line = NoticeLine.objects.select_related("notice", "claim").get(pk=line_id)
    notice = ClaimNotice.objects.select_for_update(of=("self",)).get(pk=line.notice_id)
    today = timezone.localdate(now)
    if notice.state != NoticeState.RUNNING or today > notice.ends_on:
        raise DomainError(f"公示到 {notice.ends_on} 为止，已不再受理异议。可以向牵头部门反映。")
    if not text.strip():
        raise DomainError("请写明异议内容和依据。", field="text")
    made = NoticeObjection.objects.create(
        line=line,
        text=text.strip(),
        name_cipher=encrypted(objector.name.strip()),
        contact_cipher=encrypted(objector.contact.strip()),
        raised_by_id=actor.user_id,
        raised_at=now,
    )
    record(actor, "incentives.objection.raised", notice, detail={"claim": line.claim.number})
    return made


@transaction.atomic
def answer_objection(
    *, objection_id: int, upheld: bool, answer: str, actor: Actor, now: datetime.datetime
) -> NoticeObjection:
    """Answer an objection; one that is right sends the claim back to be decided anew (答复异议)."""
    row = (
        NoticeObjection.objects.select_for_update(of=("self",))
        .select_related("line__notice__call__owner", "line__claim")
        .get(pk=objection_id)
    )
    call = row.line.notice.call
    require_lead(actor, call)
    if row.raised_by_id is not None and row.raised_by_id == actor.user_id:
        raise NotAllowed("异议由您本人提出，请由其他人员答复。")
    if row.state != ObjectionState.OPEN:
        raise DomainError("这条异议已经答复。")
    if not answer.strip():
        raise DomainError("请写明核实情况和答复。", field="answer")
    row.state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    row.answer, row.answered_by_id, row.answered_at = answer.strip()[:500], actor.user_id, now
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(actor, "incentives.objection.answered", row.line.notice, reason=row.answer)
    if upheld:
        review_again(row.line.claim_id, name="review_again", on=timezone.localdate(now))
    return row


def review_again(claim_id: int, *, name: str, on: datetime.date) -> Claim:
    """Let the deciding office decide once more, in a round of its own (重新审核)."""
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim_id)
    claim.state = life.target(name, state=ClaimState(claim.state))
    claim.decided_by, claim.decided_at = None, None
    claim.save(update_fields=["state", "decided_by", "decided_at"])
    last = claim.steps.aggregate(Max("round"))["round__max"]
    step = claim.steps.get(round=last, kind=StepKind.DECIDE)
    ClaimStep.objects.create(
        claim=claim, round=last + 1, order=step.order, kind=step.kind, title=step.title,
        office_id=step.office_id, working_days=step.working_days, on_silence=step.on_silence,
        state=StepState.WAITING,
    )  # fmt: skip
    open_next(claim, on=on)
    publish(ClaimMoved(claim_id=claim.pk, step=name))
    return claim


@transaction.atomic
def end_notice(*, notice_id: int, actor: Actor, now: datetime.datetime) -> ClaimNotice:
    """End a notice whose days are over and approve its claims for payment (结束公示并批准)."""
    notice = ClaimNotice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    call = ClaimCall.objects.select_related("owner").get(pk=notice.call_id)
    require_lead(actor, call)
    today = timezone.localdate(now)
    refuse_early_end(notice, today=today)
    notice.state, notice.ended_at = NoticeState.ENDED, now
    notice.save(update_fields=["state", "ended_at"])
    ids = notice.lines.filter(claim__state=ClaimState.NOTICE).values("claim")
    claims = Claim.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    for claim in claims.select_related("call__line__fund", "organisation").order_by("pk"):
        approve(claim, actor=actor, today=today)
    record(actor, "incentives.notice.ended", notice)
    return notice


def refuse_early_end(notice: ClaimNotice, *, today: datetime.date) -> None:
    if notice.state == NoticeState.ENDED:
        raise DomainError("这次公示已经结束。")
    if today <= notice.ends_on:
        raise DomainError(f"公示到 {notice.ends_on} 为止，期满后才能批准。")
    waiting = NoticeObjection.objects.filter(line__notice=notice, state=ObjectionState.OPEN)
    if waiting.exists():
        raise DomainError(f"还有 {waiting.count()} 条异议没有答复，请先答复。")


def approve(claim: Claim, *, actor: Actor, today: datetime.date) -> None:
    """Approve a claim that nobody objected to, and prepare what is paid on it (批准)."""
    claim.state = life.target("approve", state=ClaimState(claim.state))
    claim.save(update_fields=["state"])
    record(actor, "incentives.claim.approved", claim, detail={"amount": str(claim.entitled)})
    prepare_payments(claim=claim, on=today, actor=actor)
    publish(ClaimMoved(claim_id=claim.pk, step="approve"))
