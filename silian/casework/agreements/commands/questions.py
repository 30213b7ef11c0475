"""Ask before signing, and answer (签署前的疑问)."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.casework.agreements.choices import SignatureState
from silian.casework.agreements.commands.links import confirm_identity
from silian.casework.agreements.models import Signature, SigningQuestion
from silian.casework.agreements.permissions.signing import require_sender
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.rules.signing import reason_too_short
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.site_calendar import site_deadline
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify

ANSWER_WORKING_DAYS = 2  # operational: shown on the signing page; no law sets it
MOST_OPEN = 3  # questions of one signatory at a time; more is noise for who answers


@transaction.atomic
def ask(*, signature_id: int, actor: Actor, text: str, now: datetime.datetime) -> SigningQuestion:
    """Put a question to the organiser; the signature goes on waiting (提问)."""
    row = (
        Signature.objects.select_for_update(of=("self",))
        .select_related("version__agreement", "party")
        .get(pk=signature_id)
    )
    if problem := reason_too_short(text):
        raise DomainError(problem.replace("理由", "疑问"), field="text")
    if row.state != SignatureState.WAITING:
        raise WrongState("已经办理过签署，请直接联系发起单位。")
    if row.questions.filter(answered_at__isnull=True).count() >= MOST_OPEN:
        raise DomainError(f"已有 {MOST_OPEN} 个疑问等待答复，请等答复后再提。", field="text")
    question = SigningQuestion.objects.create(
        signature=row,
        asked_by_id=actor.user_id,
        asked_by_name=actor.name[:60],
        text=text.strip()[:500],
        asked_at=now,
        due_at=site_deadline(now, working_days=ANSWER_WORKING_DAYS).due_at,
    )
    record(actor, "agreements.question.asked", row, detail={"question": question.pk})
    return question


def ask_by_link(
    *,
    token: str,
    name: str,
    last_four: str,
    text: str,
    now: datetime.datetime,
    address: str = "",
) -> SigningQuestion:
    """Ask with a link; the link stays good for signing later (链接提问)."""
    link = confirm_identity(token=token, name=name, last_four=last_four, now=now)
    actor = Actor(name=link.sent_to, address=address)
    return ask(signature_id=link.signature_id, actor=actor, text=text, now=now)


@transaction.atomic
def answer(*, question_id: int, actor: Actor, text: str, now: datetime.datetime) -> SigningQuestion:
    """Answer a question; who asked reads it on the signing page (答复)."""
    question = (
        SigningQuestion.objects.select_for_update(of=("self",))
        .select_related("signature__version__agreement", "signature__party")
        .get(pk=question_id)
    )
    agreement = question.signature.version.agreement
    require_sender(actor, agreement, roles=kind_of(agreement).drafters)
    if question.answered_at:
        raise WrongState("这个疑问已经答复。")
    if problem := reason_too_short(text):
        raise DomainError(problem.replace("理由", "答复"), field="text")
    question.answer = text.strip()[:1000]
    question.answered_by_id, question.answered_at = actor.user_id, now
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    record(actor, "agreements.question.answered", question.signature)
    if question.asked_by_id:
        notify(
            user_ids=[question.asked_by_id],
            kind=NotificationKind.TASK,
            title=f"您对“{agreement.title}”的疑问已答复",
            detail=question.answer[:200],
            key=f"agreements-question-{question.pk}-answered",
        )
    return question
