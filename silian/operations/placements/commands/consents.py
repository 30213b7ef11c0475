"""Ask students and guardians for their informed consent, and take their answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from silian.casework.agreements.choices import SigningMethod
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish, publish_each
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
    ConsentGiver,
    ConsentState,
    SelfChoiceState,
)
from silian.operations.placements.events.internships import ConsentAnswered, ConsentAsked
from silian.operations.placements.models import Internship, InternshipConsent, SelfChoice
from silian.operations.placements.permissions.internships import consents_visible_to
from silian.operations.placements.queries.agreement_terms import lodging_of
from silian.operations.placements.rules.consents import (
    Notice,
    digest,
    notice_text,
    reason_not_answerable,
    reason_text_changed,
)

CONSENT_WORKING_DAYS = 5  # a working week to read, ask at home and answer


def ask_consents(
    *, internships: Iterable[Internship], actor: Actor, now: datetime.datetime
) -> list[InternshipConsent]:
    """Put the notice before student and guardian of each internship, once (送达知情同意书).

    What was answered stays. The rows must come with person, post, organisation and school.
    """
    due_at = site_deadline(now, working_days=CONSENT_WORKING_DAYS).due_at
    wanted = [
        consent_row(row, giver=giver, now=now, due_at=due_at)
        for row in internships
        for giver in ConsentGiver
    ]
    made = InternshipConsent.objects.bulk_create(wanted)
    publish_each(ConsentAsked(consent_id=row.pk) for row in made)
    return made


def consent_row(
    internship: Internship,
    *,
    giver: ConsentGiver,
    now: datetime.datetime,
    due_at: datetime.datetime,
) -> InternshipConsent:
    text = notice_text(notice_of(internship))
    person = internship.person if giver == ConsentGiver.STUDENT else internship.person.guardian
    return InternshipConsent(
        internship=internship,
        giver=giver,
        person=person,
        giver_name=person.name if person else "",
        text=text,
        sha256=digest(text),
        asked_at=now,
        due_at=due_at,
    )


def notice_of(internship: Internship) -> Notice:
    """What the notice says of an internship."""
    post = internship.post
    return Notice(
        student=internship.person.name,
        school=internship.school.name,
        host=internship.organisation.name,
        post=post.title,
        place=post.address,
        starts_on=internship.starts_on,
        ends_on=internship.ends_on,
        daily_hours=post.daily_hours,
        weekly_days=post.weekly_days,
        pay=internship.pay,
        pay_day=post.pay_day,
        lodging=internship.lodging or lodging_of(post),
    )


def ask_for_choice(
    *, choice: SelfChoice, student: Actor, now: datetime.datetime
) -> Sequence[InternshipConsent]:
    """A self-chosen host: the student agrees by applying, the guardian is asked (自主选择征询)."""
    text = notice_text(notice_of_choice(choice), self_chosen=True)
    shared = {"self_choice": choice, "text": text, "sha256": digest(text), "asked_at": now}
    guardian = choice.person.guardian
    return InternshipConsent.objects.bulk_create(
        [
            InternshipConsent(
                **shared,
                giver=ConsentGiver.STUDENT,
                person=choice.person,
                giver_name=choice.person.name,
                state=ConsentState.GIVEN,
                method=SigningMethod.ACCOUNT,
                signer_id=student.user_id,
                acted_at=now,
            ),
            InternshipConsent(
                **shared,
                giver=ConsentGiver.GUARDIAN,
                person=guardian,
                giver_name=guardian.name if guardian else "",
                due_at=site_deadline(now, working_days=CONSENT_WORKING_DAYS).due_at,
            ),
        ]
    )


def notice_of_choice(choice: SelfChoice) -> Notice:
    return Notice(
        student=choice.person.name,
        school=choice.school.name,
        host=choice.organisation.name,
        post=choice.title,
        place=choice.address,
        starts_on=choice.starts_on,
        ends_on=choice.ends_on,
        daily_hours=choice.daily_hours,
        weekly_days=choice.weekly_days,
        pay=choice.pay,
        pay_day=choice.pay_day,
        lodging=choice.lodging or "由学生自理",
    )


@transaction.atomic
def answer_consent(
    *,
    consent_id: int,
    actor: Actor,
    agrees: bool,
    agreed_sha256: str,
    now: datetime.datetime,
    reason: str = "",
) -> InternshipConsent:
    """Agree or refuse in one's own account (答复知情同意书)."""
    row = locked_consent(consent_id)
    require_giver(actor, row)
    return put_answer(
        row,
        actor=actor,
        agrees=agrees,
        agreed_sha256=agreed_sha256,
        method=SigningMethod.ACCOUNT,
        reason=reason,
        now=now,
    )


def require_giver(actor: Actor, row: InternshipConsent) -> None:
    """Only the person asked answers: a student never for the guardian, nor a clerk for either."""
    asked = row.person.user_id if row.person else None
    seen = consents_visible_to(actor).filter(pk=row.pk).exists()
    if not seen or asked is None or asked != actor.user_id:
        raise NotAllowed(f"这份同意书由{row.get_giver_display()}本人答复，其他人不能代答。")


def locked_consent(consent_id: int) -> InternshipConsent:
    return (
        InternshipConsent.objects.select_for_update(of=("self",))
        .select_related("person", "internship__person", "self_choice__person")
        .get(pk=consent_id)
    )


def put_answer(
    row: InternshipConsent,
    *,
    actor: Actor,
    agrees: bool,
    agreed_sha256: str,
    method: SigningMethod,
    reason: str,
    now: datetime.datetime,
    proof: Mapping[str, Any] | None = None,
) -> InternshipConsent:
    """Keep the answer with what was shown, and tell."""
    problem = reason_not_answerable(
        is_waiting=row.state == ConsentState.WAITING, is_open=is_open(row)
    ) or (reason_text_changed(agreed_sha256=agreed_sha256, sha256=row.sha256) if agrees else None)
    if problem:
        raise DomainError(problem)
    row.state = ConsentState.GIVEN if agrees else ConsentState.REFUSED
    row.method, row.reason, row.acted_at = method, reason.strip()[:300], now
    row.signer_id = actor.user_id
    row.giver_name = row.giver_name or actor.name[:60]
    row.proof = {
        "sha256": row.sha256, "address": actor.address, "method": method, **(proof or {})
    }  # fmt: skip
    row.save()
    verb = "given" if agrees else "refused"
    record(actor, f"placements.consent.{verb}", row, reason=row.reason)
    publish(ConsentAnswered(consent_id=row.pk))
    return row


def is_open(row: InternshipConsent) -> bool:
    """Whether there is still something to agree to."""
    if row.internship is not None:
        return row.internship.state in LIVE_STATES
    return row.self_choice is not None and row.self_choice.state == SelfChoiceState.WITH_GUARDIAN
