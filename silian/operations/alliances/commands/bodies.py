"""Set up coordinating bodies, their posts, and who holds them."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.operations.alliances.choices.coordination import CHANGEABLE_STATES, PostRole
from silian.operations.alliances.models.bodies import CoordinatingBody, Post, Seat
from silian.operations.alliances.permissions.coordination import (
    bodies_visible_to,
    posts_run_by,
    require_runner,
)
from silian.operations.alliances.rules.rosters import RosterLine, roster_lines, unit_of
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models import PolicyDocument


@dataclass(frozen=True, kw_only=True)
class BodyFacts:
    """What is typed about a body (协调机构情况)."""

    kind: str
    name: str
    duties: str
    seat_id: int | None
    parent_id: int | None
    basis_id: int | None
    rhythm: str
    founded_on: datetime.date


def locked_body(*, body_id: int, actor: Actor) -> CoordinatingBody:
    """The body, locked, when the actor keeps it."""
    body = bodies_visible_to(actor).select_for_update(of=("self",)).get(pk=body_id)
    require_runner(actor, division=body.division_id)
    return body


def refuse_taken_name(*, division: str, name: str, but: int = 0) -> None:
    rows = CoordinatingBody.objects.filter(division_id=division, name=name, ended_on=None)
    if rows.exclude(pk=but).exists():
        raise DomainError(f"本地区已有“{name}”。请改名，或在原机构里修改。", field="name")


@transaction.atomic
def create_body(*, division: str, facts: BodyFacts, actor: Actor) -> CoordinatingBody:
    """Set up a leading group, joint conference or office (设立协调机构)."""
    require_runner(actor, division=division)
    refuse_taken_name(division=division, name=facts.name)
    body = CoordinatingBody.objects.create(division_id=division, **asdict(facts))
    record(actor, "alliances.body.created", body)
    return body


@transaction.atomic
def change_body(*, body_id: int, facts: BodyFacts, actor: Actor) -> CoordinatingBody:
    """Change what is known of a body (修改协调机构)."""
    body = locked_body(body_id=body_id, actor=actor)
    refuse_taken_name(division=body.division_id, name=facts.name, but=body.pk)
    if facts.parent_id == body.pk:
        raise DomainError("上级机构不能是它自己，请另选。", field="parent")
    values = asdict(facts)
    for name, value in values.items():
        setattr(body, name, value)
    body.save(update_fields=list(values))
    record(actor, "alliances.body.changed", body)
    return body


@transaction.atomic
def end_body(*, body_id: int, ended_on: datetime.date, reason: str, actor: Actor) -> None:
    """Dissolve a body that has no meeting ahead (撤销协调机构)."""
    body = locked_body(body_id=body_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明撤销理由和文件依据。", field="reason")
    if body.ended_on is not None:
        raise DomainError("这个机构已撤销。")
    if body.meetings.filter(state__in=sorted(CHANGEABLE_STATES)).exists():
        raise DomainError("还有未召开的会议，请先取消会议再撤销机构。")
    body.ended_on = ended_on
    body.save(update_fields=["ended_on"])
    record(actor, "alliances.body.ended", body, reason=reason.strip()[:300])


@transaction.atomic
def add_post(
    *,
    body_id: int,
    role: PostRole,
    position: str,
    holder: str,
    organisation_id: int | None,
    starts_on: datetime.date,
    actor: Actor,
) -> Post:
    """Add a post by position, with who holds it now (增设成员席位)."""
    body = locked_body(body_id=body_id, actor=actor)
    last = body.posts.aggregate(last=Max("order"))["last"] or 0
    post = Post.objects.create(
        body=body,
        role=role,
        position=position.strip(),
        organisation_id=organisation_id,
        order=last + 1,
        starts_on=starts_on,
    )
    if holder.strip():
        Seat.objects.create(post=post, holder=holder.strip(), starts_on=starts_on)
    record(actor, "alliances.post.added", post)
    return post


@transaction.atomic
def seat_person(*, post_id: int, holder: str, starts_on: datetime.date, actor: Actor) -> Seat:
    """Name the new holder of a position; the former one's time ends (更换任职人员)."""
    post = posts_run_by(actor).select_for_update(of=("self",)).get(pk=post_id)
    former = post.seats.filter(ends_on__isnull=True).first()
    if former is not None:
        if starts_on < former.starts_on:
            raise DomainError(
                f"任职起不能早于现任的 {former.starts_on:%Y-%m-%d}。", field="starts_on"
            )
        former.ends_on = starts_on
        former.save(update_fields=["ends_on"])
    seat = Seat.objects.create(post=post, holder=holder.strip(), starts_on=starts_on)
    record(actor, "alliances.post.seated", post)
    return seat


@transaction.atomic
def end_post(*, post_id: int, ends_on: datetime.date, actor: Actor) -> Post:
    """Take a post out of the body; its past stays (撤销成员席位)."""
    post = posts_run_by(actor).select_for_update(of=("self",)).get(pk=post_id)
    if post.ends_on is not None:
        raise DomainError("这个席位已撤销。")
    post.ends_on = max(ends_on, post.starts_on)
    post.save(update_fields=["ends_on"])
    post.seats.filter(ends_on__isnull=True).update(ends_on=post.ends_on)
    record(actor, "alliances.post.ended", post)
    return post


@transaction.atomic
def import_roster(
    *, body_id: int, document_id: int, starts_on: datetime.date, actor: Actor
) -> list[Post]:
    """Take the posts over from the roster in a document's annex (导入成员名单)."""
    body = locked_body(body_id=body_id, actor=actor)
    if body.posts.exists():
        raise DomainError("机构已有成员席位，名单只能导入到没有成员的机构。请逐个增设或更换。")
    document = PolicyDocument.objects.public().get(pk=document_id)
    lines = roster_lines(document.parsed_part("roster") or [])
    if not lines:
        raise DomainError(f"“{document}”里没有读到成员名单，请逐个增设。", field="document")
    posts = write_posts(body=body, lines=lines, starts_on=starts_on)
    record(actor, "alliances.body.roster_imported", body, detail={"posts": len(posts)})
    return posts


def write_posts(
    *, body: CoordinatingBody, lines: list[RosterLine], starts_on: datetime.date
) -> list[Post]:
    """The posts and seats of a roster, each joined to its department where the name tells."""
    names = department_names(body.division_id)
    posts = Post.objects.bulk_create(
        [
            Post(
                body=body,
                role=line.role,
                position=line.position,
                organisation_id=unit_of(line.position, names=names),
                order=place,
                starts_on=starts_on,
            )
            for place, line in enumerate(lines, start=1)
        ]
    )
    Seat.objects.bulk_create(
        [
            Seat(post=post, holder=line.holder, starts_on=starts_on)
            for post, line in zip(posts, lines, strict=True)
        ]
    )
    return posts


def department_names(division: str) -> dict[str, int]:
    """Departments of a division under their full names, without place, and as 市…."""
    rows = Organisation.objects.filter(
        kind=OrganisationKind.GOVERNMENT, division__code__startswith=subtree_prefix(division)
    ).select_related("division")
    names: dict[str, int] = {}
    for row in rows:
        bare = row.name.removesuffix("（演示）")
        local = bare.removeprefix(row.division.name)
        for name in (row.short_name, bare, f"{row.division.name[-1]}{local}"):
            names.setdefault(name, row.pk)
    return names
