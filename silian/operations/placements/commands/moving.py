"""Move students to another post of the host, by a signed amendment."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.casework.agreements.commands import amending, sending
from silian.casework.agreements.queries.reading import agreement_of
from silian.casework.agreements.queries.terms import effective_terms
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.hosts import (
    PostState,
)
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.commands.capacity import lock_host
from silian.operations.placements.commands.preparing import locked_internship
from silian.operations.placements.events.internships import PostChanged
from silian.operations.placements.models import Internship, InternshipPost, PostMove, PostPeriod
from silian.operations.placements.permissions.internships import acting_side
from silian.operations.placements.queries.agreement_terms import candidate_of, post_terms
from silian.operations.placements.queries.capacity import room_of
from silian.operations.placements.queries.lawfulness import findings_of
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE
from silian.operations.placements.rules.arranging import sentence_of
from silian.operations.placements.rules.internship_life import reason_not_movable
from silian.operations.placements.workflow.internship import internship as life


@transaction.atomic
def propose_move(
    *,
    internship_id: int,
    post_id: int,
    on: datetime.date,
    reason: str,
    actor: Actor,
    now: datetime.datetime,
) -> PostMove:
    """Send the amendment that moves the student to another post of the host (提出换岗).

    Post, hours and pay change with the amendment on the day, when all whom it concerns signed.
    """
    internship = locked_internship(internship_id, actor=actor)
    acting_side(actor, internship, "change_post")
    lock_host(organisation_id=internship.organisation_id)
    post = open_post_of_host(internship, post_id=post_id)
    refuse_move(internship, post=post, on=on, reason=reason, today=timezone.localdate(now))
    move = PostMove.objects.create(
        internship=internship,
        post=post,
        on=on,
        reason=reason.strip(),
        proposed_by_id=actor.user_id,
        proposed_at=now,
    )
    send_amendment(internship, move=move, actor=actor, now=now)
    record(actor, "placements.internship.move_proposed", internship, reason=reason)
    return move


def open_post_of_host(internship: Internship, *, post_id: int) -> InternshipPost:
    post = InternshipPost.objects.filter(
        pk=post_id, organisation_id=internship.organisation_id, state=PostState.OPEN
    ).first()
    if post is None or post.pk == internship.post_id:
        raise DomainError("请在这家实习单位可安排的其他岗位中选择。", field="post")
    return post


def refuse_move(
    internship: Internship,
    *,
    post: InternshipPost,
    on: datetime.date,
    reason: str,
    today: datetime.date,
) -> None:
    """Raise what stands against the move: the day, a prohibition, or no room."""
    problem = reason_not_movable(
        reason=reason,
        on=on,
        since=days_at_post(internship),
        ends_on=internship.ends_on,
        today=today,
        is_amended=True,
    )
    if problem:
        raise DomainError(problem, field="on")
    if PostMove.objects.filter(internship=internship, done_at=None, dropped_at=None).exists():
        raise WrongState("已有一次换岗等待签署，请等它签完或撤回修订。")
    candidate = candidate_of(internship, post=post, terms={"starts_on": on})
    [found] = findings_of(candidates=[candidate], on=today)
    block = next((each for each in found if each.blocks), None)
    if block is not None:
        raise DomainError(sentence_of(block), field="post")
    room = room_of(
        organisation_id=post.organisation_id,
        post_ids=[post.pk],
        starts_on=on,
        ends_on=internship.ends_on,
        without=[internship.pk],
    )
    if sentence := room.refusal(wanted={post.pk: 1}):
        raise DomainError(sentence, field="post")


def days_at_post(internship: Internship) -> datetime.date:
    """The first day at the present post."""
    period = internship.post_periods.filter(ends_on=None).first()
    return period.starts_on if period else internship.starts_on


def send_amendment(
    internship: Internship, *, move: PostMove, actor: Actor, now: datetime.datetime
) -> None:
    agreement = agreement_of(AGREEMENT_SOURCE, internship.pk)
    if agreement is None:
        raise WrongState("没有生效的三方协议，不能换岗。认识实习换岗请取消后重新安排。")
    amending.propose_amendment(
        agreement_id=agreement.pk,
        actor=actor,
        changes=post_terms(move.post),
        effective_from=move.on,
        reason=move.reason,
        now=now,
    )
    sending.send_for_signature(agreement_id=agreement.pk, actor=actor, now=now)


@transaction.atomic
def complete_move(*, move_id: int, actor: Actor, now: datetime.datetime) -> Internship:
    """Change the post on the day from which the signed amendment holds; once (换岗).

    ``actor`` is the system: the parties have signed, and nobody else decides.
    """
    move = PostMove.objects.select_for_update(of=("self",)).get(pk=move_id)
    internship = locked_internship(move.internship_id, actor=actor)
    if move.done_at or move.dropped_at:
        return internship
    today = timezone.localdate(now)
    acting_side(actor, internship, "change_post")
    internship.state = life.target(
        "change_post",
        state=InternshipState(internship.state),
        reason=move.reason,
        on=today,
        since=days_at_post(internship),
        ends_on=internship.ends_on,
        today=today,
        is_amended=True,
    )
    internship.post_id, internship.division_id = move.post_id, move.post.division_id
    internship.save(update_fields=["state", "post", "division"])
    internship.post_periods.filter(ends_on=None).update(ends_on=today)
    PostPeriod.objects.create(
        internship=internship, post=move.post, starts_on=today, reason=move.reason
    )
    move.done_at = now
    move.save(update_fields=["done_at"])
    record(actor, "placements.internship.post_changed", internship, reason=move.reason)
    publish(PostChanged(internship_id=internship.pk))
    return internship


@transaction.atomic
def drop_moves(*, internship_id: int, now: datetime.datetime) -> int:
    """Forget the change of post whose amendment was refused, lapsed or taken back (换岗作废)."""
    rows = PostMove.objects.filter(internship_id=internship_id, done_at=None, dropped_at=None)
    return rows.update(dropped_at=now)


def complete_due_moves(*, now: datetime.datetime, internship_id: int | None = None) -> int:
    """Change the posts whose signed amendment holds from today, each by itself (到期换岗)."""
    rows = PostMove.objects.filter(
        done_at=None, dropped_at=None, internship__state=InternshipState.IN_POST
    ).select_related("post", "internship")
    if internship_id is not None:
        rows = rows.filter(internship_id=internship_id)
    today, done = timezone.localdate(now), 0
    for move in rows.order_by("pk"):
        if is_signed_for(move, on=today):
            complete_move(move_id=move.pk, actor=system_actor(), now=now)
            done += 1
    return done


def is_signed_for(move: PostMove, *, on: datetime.date) -> bool:
    """Whether the terms in force on the day name the new post."""
    agreement = agreement_of(AGREEMENT_SOURCE, move.internship_id)
    if agreement is None or move.on > on:
        return False
    terms = effective_terms(agreement=agreement, on=on)
    return (terms.get("post"), terms.get("place")) == (move.post.title, move.post.address)
