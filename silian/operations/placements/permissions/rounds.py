"""Who sees and runs rounds: the school runs, students wish, hosts score, officials count."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.placements.choices.rounds import (
    PUBLISHED_ROUNDS,
    RoundState,
)
from silian.operations.placements.models.round_runs import RoundObjection, RoundResult
from silian.operations.placements.models.rounds import Round, RoundPost, RoundStudent
from silian.operations.placements.permissions.internships import (
    STAFF_ROLES,
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.permissions import in_jurisdiction

OPEN_TO_HOSTS = tuple(state for state in RoundState if state is not RoundState.DRAFT)
NOBODY = Q(pk__in=[])


def may_run_rounds(actor: Actor) -> bool:
    """Whether the actor prepares and solves rounds for its school (学校经办人)."""
    return is_school_clerk(actor)


def require_round_clerk(actor: Actor) -> None:
    if not may_run_rounds(actor):
        raise NotAllowed("志愿分配由已核验学校的管理员或经办人办理，请联系学校实习管理人员。")


def watches_rounds(actor: Actor) -> bool:
    """Whether the actor reads all rounds of its school (学校人员)."""
    return (
        actor.organisation_id is not None
        and actor.organisation_kind == OrganisationKind.SCHOOL
        and actor.has_role(*STAFF_ROLES, Role.TEACHER)
    )


def rounds_watched_by(actor: Actor) -> QuerySet[Round]:
    """The rounds of the actor's own school, drafts for its clerks only."""
    if not watches_rounds(actor):
        return Round.objects.none()
    rows = Round.objects.filter(school_id=actor.organisation_id)
    return rows if may_run_rounds(actor) else rows.exclude(state=RoundState.DRAFT)


def rounds_visible_to(actor: Actor) -> QuerySet[Round]:
    """Rounds of the own school, those one takes part in, those that offer one's posts."""
    if not actor.is_authenticated:
        return Round.objects.none()
    seen = Q(pk__in=rounds_watched_by(actor).values("pk"))
    open_rounds = ~Q(state=RoundState.DRAFT)
    mine = RoundStudent.objects.filter(person__user_id=actor.user_id or 0)
    seen |= open_rounds & Q(pk__in=mine.values("round_id"))
    if is_host_clerk(actor):
        own = RoundPost.objects.filter(post__organisation_id=actor.organisation_id or 0)
        seen |= open_rounds & Q(pk__in=own.values("round_id"))
    if is_official(actor):
        seen |= open_rounds & in_jurisdiction(actor, field="school__division__code")
    return Round.objects.filter(seen)


def round_students_visible_to(actor: Actor) -> QuerySet[RoundStudent]:
    """Names and scores: the school's own staff, and every student of themselves."""
    if not actor.is_authenticated:
        return RoundStudent.objects.none()
    seen = Q(person__user_id=actor.user_id) & ~Q(round__state=RoundState.DRAFT)
    if watches_rounds(actor):
        seen |= Q(round__in=rounds_watched_by(actor))
    return RoundStudent.objects.filter(seen)


def round_posts_visible_to(actor: Actor) -> QuerySet[RoundPost]:
    """The posts of the rounds that the actor sees; a host its own only."""
    rows = RoundPost.objects.filter(round__in=rounds_visible_to(actor))
    if is_host_clerk(actor):
        return rows.filter(post__organisation_id=actor.organisation_id or 0)
    return rows


def posts_ranked_by(actor: Actor) -> QuerySet[RoundPost]:
    """The posts of the actor's own organisation in rounds that are open (本单位岗位)."""
    if not is_host_clerk(actor):
        return RoundPost.objects.none()
    return RoundPost.objects.filter(
        post__organisation_id=actor.organisation_id or 0, round__state__in=OPEN_TO_HOSTS
    )


def results_visible_to(actor: Actor) -> QuerySet[RoundResult]:
    """A student's own published result; the school's staff also those of trial runs."""
    if not actor.is_authenticated:
        return RoundResult.objects.none()
    published = Q(run__round__state__in=sorted(PUBLISHED_ROUNDS)) & Q(
        run_id__in=Round.objects.filter(published_run__isnull=False).values("published_run_id")
    )
    seen = published & Q(student__person__user_id=actor.user_id)
    if may_run_rounds(actor):
        seen |= Q(run__round__school_id=actor.organisation_id)
    elif watches_rounds(actor):
        seen |= published & Q(run__round__school_id=actor.organisation_id)
    return RoundResult.objects.filter(seen)


def objections_visible_to(actor: Actor) -> QuerySet[RoundObjection]:
    """A student's own objections, and those that the actor's school has to answer."""
    if not actor.is_authenticated:
        return RoundObjection.objects.none()
    seen = Q(result__student__person__user_id=actor.user_id)
    if may_run_rounds(actor):
        seen |= Q(result__run__round__school_id=actor.organisation_id)
    return RoundObjection.objects.filter(seen)


register_action_labels(
    {
        "placements.round.created": "筹备志愿分配",
        "placements.round.changed": "修改志愿分配",
        "placements.round.students_filled": "载入轮次学生",
        "placements.round.scores_set": "登记成绩名单",
        "placements.round.student_left_out": "不参加本轮",
        "placements.round.student_taken_in": "恢复参加本轮",
        "placements.round.posts_set": "确定轮次岗位",
        "placements.round.reserves_set": "设定预留名额",
        "placements.round.opened": "开放志愿",
        "placements.round.wishes_closed": "截止志愿",
        "placements.round.run_started": "提交试算",
        "placements.round.run_finished": "试算完成",
        "placements.round.published": "公布分配结果",
        "placements.round.closed": "结束志愿分配",
        "placements.round.cancelled": "取消志愿分配",
        "placements.round.wishes_handed_in": "提交志愿",
        "placements.round.post_ranked": "单位评分",
        "placements.round_objection.raised": "对分配结果提出异议",
        "placements.round_objection.answered": "答复分配异议",
    }
)
