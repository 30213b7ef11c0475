"""Who sees and keeps internship posts."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.placements.choices.hosts import (
    PostState,
)
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.permissions.hosts import (
    NOBODY,
    is_host_insider,
    is_school_insider,
)
from silian.operations.placements.permissions.internships import is_host_clerk, is_official
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.permissions import in_jurisdiction


def may_keep_posts(actor: Actor) -> bool:
    return is_host_clerk(actor)


def require_post_keeper(actor: Actor) -> int:
    """The organisation whose posts the actor keeps."""
    if not may_keep_posts(actor):
        raise NotAllowed("实习岗位由已核验单位的管理员或经办人登记。")
    return actor.organisation_id or 0


def is_student_of_a_school(actor: Actor) -> bool:
    return actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(Role.STUDENT)


def reads_posts(actor: Actor) -> bool:
    """Whether posts are the actor's business at all (可查看岗位)."""
    return (
        is_host_insider(actor)
        or is_school_insider(actor)
        or is_student_of_a_school(actor)
        or is_official(actor)
    )


def posts_visible_to(actor: Actor) -> QuerySet[InternshipPost]:
    """One's own organisation's in every state; open ones for schools; a region's for officials.

    Those at which one's own students are stay visible when they are closed.
    """
    if actor.is_system:
        return InternshipPost.objects.all()
    seen = NOBODY
    if is_host_insider(actor):
        seen |= Q(organisation_id=actor.organisation_id)
    if is_school_insider(actor):
        seen |= Q(state=PostState.OPEN)
        seen |= Q(pk__in=posts_of_students(school_id=actor.organisation_id or 0))
    if is_student_of_a_school(actor):
        seen |= Q(state=PostState.OPEN)
    if is_official(actor):
        seen |= in_jurisdiction(actor) & ~Q(state=PostState.DRAFT)
        seen |= in_jurisdiction(actor, field="organisation__division__code") & ~Q(
            state=PostState.DRAFT
        )
    return InternshipPost.objects.filter(seen)


def posts_of_students(*, school_id: int) -> QuerySet[InternshipPost, int]:
    """The posts at which students of a school are or were."""
    rows = InternshipPost.objects.filter(internships__school_id=school_id)
    return rows.order_by().values_list("pk", flat=True).distinct()


def posts_kept_by(actor: Actor) -> QuerySet[InternshipPost]:
    """The posts of the actor's own organisation, when it keeps them."""
    if not may_keep_posts(actor):
        return InternshipPost.objects.none()
    return InternshipPost.objects.filter(organisation_id=actor.organisation_id or 0)


register_action_labels(
    {
        "placements.post.written": "登记实习岗位",
        "placements.post.edited": "修改实习岗位",
        "placements.post.opened": "开放实习岗位",
        "placements.post.closed": "关闭实习岗位",
    }
)
