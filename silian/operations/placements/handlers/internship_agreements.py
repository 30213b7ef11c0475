"""Internships follow their agreements."""

from __future__ import annotations

from django.utils import timezone

from silian.casework.agreements.events import (
    AgreementActivated,
    AgreementAmended,
    AgreementEvent,
    AgreementLapsed,
    AgreementRefused,
    AgreementSuspended,
    AgreementTerminated,
)
from silian.casework.agreements.registry import register_guard
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.events import subscribe
from silian.operations.placements.choices.internships import (
    PRESENT_STATES,
    InternshipState,
)
from silian.operations.placements.commands.agreements import take_terms
from silian.operations.placements.commands.ending import end_early
from silian.operations.placements.commands.interrupting import interrupt_internship
from silian.operations.placements.commands.moving import complete_due_moves, drop_moves
from silian.operations.placements.models import Internship
from silian.operations.placements.queries.agreement_guard import findings_of_internship
from silian.operations.placements.queries.agreement_terms import KIND, SELF_CHOSEN_KIND
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE

SUSPENDED = "三方协议中止，实习随之中断"
TERMINATED = "三方协议解除，实习随之结束"

for _kind in (KIND, SELF_CHOSEN_KIND):
    register_guard(_kind, findings_of_internship)


def internship_of(event: AgreementEvent) -> Internship | None:
    """The internship that the agreement serves, if it serves one."""
    if event.source != AGREEMENT_SOURCE or event.source_id is None:
        return None
    return Internship.objects.filter(pk=event.source_id).first()


@subscribe(AgreementActivated)
def take_signed_terms(event: AgreementActivated) -> None:
    if internship := internship_of(event):
        take_terms(internship_id=internship.pk, now=timezone.now())


@subscribe(AgreementAmended)
def take_amended_terms(event: AgreementAmended) -> None:
    if internship := internship_of(event):
        take_terms(internship_id=internship.pk, now=timezone.now())
        complete_due_moves(now=timezone.now(), internship_id=internship.pk)


@subscribe(AgreementRefused)
def drop_refused_move(event: AgreementRefused) -> None:
    if internship := internship_of(event):
        drop_moves(internship_id=internship.pk, now=timezone.now())


@subscribe(AgreementLapsed)
def drop_lapsed_move(event: AgreementLapsed) -> None:
    if internship := internship_of(event):
        drop_moves(internship_id=internship.pk, now=timezone.now())


@subscribe(AgreementSuspended)
def interrupt_with_agreement(event: AgreementSuspended) -> None:
    internship = internship_of(event)
    if internship is not None and internship.state == InternshipState.IN_POST:
        interrupt_internship(
            internship_id=internship.pk,
            actor=system_actor(),
            reason=SUSPENDED,
            now=timezone.now(),
        )


@subscribe(AgreementTerminated)
def end_with_agreement(event: AgreementTerminated) -> None:
    internship = internship_of(event)
    over = internship is None or internship.state not in PRESENT_STATES
    if internship is None or over or internship.ends_on <= timezone.localdate():
        return
    end_early(
        internship_id=internship.pk,
        actor=system_actor(),
        reason=TERMINATED,
        now=timezone.now(),
    )
