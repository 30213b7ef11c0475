"""Write, change, open and close internship posts (实习岗位)."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.hosts import (
    PostState,
)
from silian.operations.placements.commands.capacity import lock_host
from silian.operations.placements.events.hosts import PostClosed, PostOpened
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.permissions.posts import posts_kept_by, require_post_keeper
from silian.operations.placements.queries.capacity import placed_at
from silian.operations.placements.queries.post_findings import concerned_by, own_findings
from silian.operations.placements.rules.post_offers import fault_of_period
from silian.operations.placements.workflow.post import post as steps
from silian.registers.people.models import Affiliation

WRITABLE = frozenset(
    {
        "division_id", "title", "address", "occupation_id", "industry_id", "major_classes",
        "tasks", "headcount", "staff_in_post", "starts_on", "ends_on", "daily_hours",
        "weekly_days", "shift_starts", "shift_ends", "works_holidays", "has_overtime", "hazards",
        "intensity", "lift_kg", "lifts_per_hour", "is_close_to_minors", "offence_check", "pay",
        "post_wage", "lowest_grade_wage", "pay_day", "pay_method", "fees",
        "is_paid_by_school_head", "is_through_agency", "board", "has_lodging", "mentors_ratio",
        "mentor_id", "filing_number",
    }
)  # fmt: skip


class ConcernsStudents(DomainError):
    """A change of facts would put students at work where they may not be (影响在岗学生)."""

    def __init__(self, concerned: list[Any]) -> None:
        self.concerned = concerned
        super().__init__(
            f"修改后有 {len(concerned)} 名学生不能再在这个岗位：{concerned[0].findings[0].sentence}"
            "请先与学校为他们换岗，再修改。"
        )


def locked_post(*, post_id: int, actor: Actor) -> InternshipPost:
    """The post of the actor's own organisation, locked after the places of the organisation."""
    lock_host(organisation_id=require_post_keeper(actor))
    return posts_kept_by(actor).select_for_update(of=("self",)).get(pk=post_id)


def put_facts(post: InternshipPost, facts: dict[str, Any]) -> None:
    unknown = set(facts) - WRITABLE
    if unknown:
        raise ValueError(f"not facts of a post: {sorted(unknown)}")
    for name, value in facts.items():
        setattr(post, name, value)


def refuse_unfit(post: InternshipPost, *, placed: int) -> None:
    """Facts that do not fit together, or a mentor of somebody else."""
    fault = fault_of_period(
        starts_on=post.starts_on, ends_on=post.ends_on, headcount=post.headcount, placed=placed
    )
    if fault:
        raise DomainError(fault[1], field=fault[0])
    if post.mentor_id is None:
        return
    own = Affiliation.objects.filter(
        person_id=post.mentor_id, organisation_id=post.organisation_id, ends_on__isnull=True
    )
    if not own.exists():
        raise DomainError("企业导师应是本单位人员。请从本单位人员中选择。", field="mentor")


@transaction.atomic
def write_post(*, facts: dict[str, Any], actor: Actor) -> InternshipPost:
    """Register a post as a draft; it is offered once it is opened (登记岗位)."""
    post = InternshipPost(organisation_id=require_post_keeper(actor))
    put_facts(post, facts)
    refuse_unfit(post, placed=0)
    post.save()
    record(actor, "placements.post.written", post)
    return post


@transaction.atomic
def edit_post(
    *, post_id: int, facts: dict[str, Any], actor: Actor, today: datetime.date
) -> InternshipPost:
    """Change the facts of a post after checking everybody who is or will be there (修改岗位).

    An open post must stay lawful; a change that makes it unlawful for a student is refused with
    the list of those concerned.
    """
    post = locked_post(post_id=post_id, actor=actor)
    put_facts(post, facts)
    refuse_unfit(post, placed=placed_at(post_id=post.pk, since=today))
    if concerned := concerned_by(post, on=today):
        raise ConcernsStudents(concerned)
    if post.state == PostState.OPEN:
        refuse_unlawful(post, today=today)
    post.save(update_fields=[*sorted(facts)])
    record(actor, "placements.post.edited", post)
    return post


def refuse_unlawful(post: InternshipPost, *, today: datetime.date) -> None:
    blocking = [finding for finding in own_findings(post, on=today) if finding.blocks]
    if blocking:
        first = blocking[0]
        raise DomainError(f"{first.sentence}（{first.basis}）", field=first.field)


@transaction.atomic
def open_post(*, post_id: int, actor: Actor, today: datetime.date) -> InternshipPost:
    """Offer a post to schools, once nothing forbids it for every student (开放岗位)."""
    post = locked_post(post_id=post_id, actor=actor)
    blocking = [finding for finding in own_findings(post, on=today) if finding.blocks]
    post.state = steps.target(
        "open",
        state=PostState(post.state),
        refusals=[finding.sentence for finding in blocking],
        ends_on=post.ends_on,
        today=today,
    )
    post.save(update_fields=["state"])
    record(actor, "placements.post.opened", post)
    publish(PostOpened(post_id=post.pk))
    return post


@transaction.atomic
def close_post(*, post_id: int, actor: Actor, today: datetime.date) -> InternshipPost:
    """Offer a post no longer; refused while students are there (关闭岗位)."""
    post = locked_post(post_id=post_id, actor=actor)
    present = placed_at(post_id=post.pk, since=today)
    post.state = steps.target("close", state=PostState(post.state), present=present)
    post.save(update_fields=["state"])
    record(actor, "placements.post.closed", post)
    publish(PostClosed(post_id=post.pk))
    return post
