"""Draft the agreements of internships, and take over what their parties have signed."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.casework.agreements.choices import AgreementState, VersionKind, VersionState
from silian.casework.agreements.commands import drafting, life, sending
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.casework.agreements.queries.reading import GONE_STATES, agreement_of, agreements_of
from silian.casework.agreements.queries.terms import effective_terms, latest_terms
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import WrongState
from silian.operations.placements.choices.internships import (
    KINDS_IN_POST,
    LIVE_STATES,
    Arrangement,
    ConsentState,
    InternshipState,
)
from silian.operations.placements.commands.preparing import (
    locked_internship,
    locked_internships,
    prepare_internships,
)
from silian.operations.placements.models import Internship
from silian.operations.placements.permissions.internships import require_school_clerk
from silian.operations.placements.queries.agreement_terms import (
    day,
    kind_of_agreement,
    terms_of,
)
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE

CALLS = "指导教师每周联系学生一次，每月到实习单位查看一次，结果记入实习台账。"
LOOK_BACK = datetime.timedelta(days=7)
ENDED = "实习已结束，协议随之解除"


@transaction.atomic
def make_agreement(
    *, internship_id: int, actor: Actor, now: datetime.datetime, send: bool = False
) -> Agreement:
    """Draft the agreement of one internship, and send it when asked to (拟定三方协议)."""
    [made] = make_agreements(internship_ids=[internship_id], actor=actor, now=now, send=send)
    return made


@transaction.atomic
def make_agreements(
    *,
    internship_ids: Collection[int],
    actor: Actor,
    now: datetime.datetime,
    send: bool = False,
) -> list[Agreement]:
    """Draft the agreements of internships; those that have one keep it (批量拟定协议).

    The first that cannot have one refuses the whole call: give the job one id at a time to go on.
    """
    if not actor.is_system:
        require_school_clerk(actor)
    rows = locked_internships(internship_ids, actor=actor)
    if len(rows) < len(set(internship_ids)):
        raise Internship.DoesNotExist
    planned = [row.pk for row in rows if row.state == InternshipState.PLANNED]
    if planned:
        prepare_internships(internship_ids=planned, actor=actor, now=now)
    held = agreements_of(AGREEMENT_SOURCE, [row.pk for row in rows])
    made = []
    for row in locked_internships(internship_ids, actor=actor):
        agreement = held.get(row.pk)
        if agreement is None or agreement.state in GONE_STATES:
            agreement = draft_for(row, actor=actor)
        if send and agreement.state == AgreementState.DRAFT:
            sending.send_for_signature(agreement_id=agreement.pk, actor=actor, now=now)
        made.append(agreement)
    return made


def draft_for(internship: Internship, *, actor: Actor) -> Agreement:
    """The draft for an internship whose papers are under way."""
    problem = reason_no_agreement(internship)
    if problem:
        raise WrongState(problem)
    terms = terms_of(internship)
    if internship.arrangement == Arrangement.SELF:
        choice = getattr(internship, "self_choice", None)
        terms["own_choice_reason"] = choice.reason if choice else "学生自己选择"
        terms["tracking"] = CALLS
    agreement = drafting.draft_agreement(
        actor=actor,
        kind=kind_of_agreement(internship),
        title=f"{internship.school.name}岗位实习三方协议",
        division_id=internship.division_id,
        parties=parties_of(internship),
        terms=terms,
        starts_on=internship.starts_on,
        ends_on=internship.ends_on,
        source=AGREEMENT_SOURCE,
        source_id=internship.pk,
        organiser_id=internship.school_id,
        is_demo=internship.is_demo,
    )
    record(actor, "placements.internship.agreement_made", internship)
    return agreement


def reason_no_agreement(internship: Internship) -> str | None:
    """Why no agreement may be drafted for the internship now, or None."""
    if internship.kind not in KINDS_IN_POST:
        return "认识实习不签三方协议，办好保险和安全培训即可。"
    if internship.state != InternshipState.PREPARING:
        return f"实习当前为“{internship.get_state_display()}”，只有办理手续时拟定协议。"
    if internship.consents.filter(state=ConsentState.REFUSED).exists():
        return "学生或家长不同意这次安排，不能拟定协议。可以改换单位，或由学生申请自主选择。"
    return None


def parties_of(internship: Internship) -> list[drafting.PartyDraft]:
    """School, host, student, and the guardian on record, who signs to know of it."""
    person = internship.person
    parties = [
        drafting.PartyDraft(role="school", organisation_id=internship.school_id),
        drafting.PartyDraft(role="host", organisation_id=internship.organisation_id),
        drafting.PartyDraft(role="student", person_id=person.pk),
    ]
    if person.guardian_id is not None:
        parties.append(drafting.PartyDraft(role="guardian", person_id=person.guardian_id))
    return parties


@transaction.atomic
def take_terms(*, internship_id: int, now: datetime.datetime) -> Internship:
    """Set the internship to what its signed agreement says today; safe to repeat (随协议更新).

    The last day follows every signed change at once, so that no second internship takes its days;
    pay and lodging follow on the day from which they hold.
    """
    internship = locked_internship(internship_id, actor=system_actor())
    agreement = agreement_of(AGREEMENT_SOURCE, internship.pk)
    if agreement is None or internship.state not in LIVE_STATES:
        return internship
    on = max(timezone.localdate(now), agreement.starts_on)
    present = effective_terms(agreement=agreement, on=on)
    changed = changed_fields(internship, present, latest_terms(agreement=agreement))
    if changed:
        for name, value in changed.items():
            setattr(internship, name, value)
        internship.save(update_fields=list(changed))
        record(system_actor(), "placements.internship.terms_taken", internship)
    return internship


def changed_fields(
    internship: Internship, present: dict[str, Any], latest: dict[str, Any]
) -> dict[str, Any]:
    """What the terms say otherwise than the row."""
    said: dict[str, Any] = {"ends_on": day(latest.get("ends_on"), internship.ends_on)}
    if present.get("pay"):
        said["pay"] = Decimal(str(present["pay"]))
    if internship.lodging and present.get("lodging"):
        said["lodging"] = present["lodging"]
    return {name: value for name, value in said.items() if getattr(internship, name) != value}


def close_agreement(
    *, internship: Internship, reason: str, on: datetime.date, now: datetime.datetime
) -> None:
    """Take back or end the agreement of an internship that is over before its term (协议收口)."""
    agreement = agreement_of(AGREEMENT_SOURCE, internship.pk)
    if agreement is None or agreement.ends_on <= on:
        return
    actor, words = system_actor(), f"{ENDED}：{reason}"[:300]
    if agreement.state in (AgreementState.DRAFT, AgreementState.SIGNING):
        drafting.withdraw(agreement_id=agreement.pk, actor=actor, reason=words, now=now)
    elif agreement.state in (AgreementState.ACTIVE, AgreementState.SUSPENDED):
        try:
            life.terminate(
                agreement_id=agreement.pk,
                actor=actor,
                on=on,
                reason=words,
                now=now,
                at_once=True,
            )
        except WrongState:  # its day of ending was agreed before: nothing to do
            return


def take_terms_due(*, now: datetime.datetime) -> int:
    """Take over the amendments that hold from one of the last days (按期更新).

    A week covers nights on which nothing ran; taking the same terms again changes nothing.
    """
    today = timezone.localdate(now)
    rows = AgreementVersion.objects.filter(
        agreement__source=AGREEMENT_SOURCE,
        state=VersionState.SIGNED,
        effective_from__range=(today - LOOK_BACK, today),
    ).exclude(kind=VersionKind.BASE)
    ids = set(rows.values_list("agreement__source_id", flat=True)) - {None}
    for internship_id in sorted(pk for pk in ids if pk is not None):
        take_terms(internship_id=internship_id, now=now)
    return len(ids)
