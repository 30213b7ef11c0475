"""Who reads which task, score and draw. No score is read before the last expert handed in."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState, SeatRole
from silian.casework.reviews.models import (
    Assignment,
    Campaign,
    Dossier,
    DossierSeat,
    Draw,
    Moderation,
    Score,
)
from silian.casework.reviews.permissions.campaigns import calls_open_to_all, campaigns_visible_to
from silian.casework.reviews.permissions.dossiers import (
    BEFORE_MEETING,
    campaigns_competed_in,
    dossiers_judged_by,
)
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import Role

MODERATING_ROLES = (Role.COORDINATOR, Role.REVIEWER)
LATER_SEATS = (SeatRole.MODERATOR, SeatRole.DECIDER, SeatRole.INVESTIGATOR, SeatRole.APPEAL)


def tasks_of(actor: Actor) -> QuerySet[Assignment]:
    """The actor's own tasks (我的评审任务)."""
    if actor.user_id is None:
        return Assignment.objects.none()
    return Assignment.objects.filter(expert__user_id=actor.user_id)


def dossiers_run_by(actor: Actor) -> QuerySet[Dossier]:
    """Sent dossiers of the actor's own department's batches, unless it competes itself."""
    if not actor.organisation_id or not actor.has_role(*MODERATING_ROLES):
        return Dossier.objects.none()
    rows = Dossier.objects.filter(
        campaign__owner_id=actor.organisation_id, submitted_at__isnull=False
    )
    return rows.exclude(campaign__in=campaigns_competed_in(actor))


def assignments_visible_to(actor: Actor) -> QuerySet[Assignment]:
    """One's own; for the organisers who judges what and how far, without any score (评审任务)."""
    run = Q(dossier__in=dossiers_run_by(actor).values("pk"))
    return Assignment.objects.filter(Q(pk__in=tasks_of(actor).values("pk")) | run)


def dossiers_scored_before(actor: Actor) -> QuerySet[Dossier]:
    """The dossiers whose opened scores concern the actor: organisers, and the later seats.

    An expert of a dossier reads the scores of the others at no time.
    """
    seats = DossierSeat.objects.filter(user_id=actor.user_id or 0)
    decided = dossiers_judged_by(actor).exclude(state__in=sorted(BEFORE_MEETING))
    seen = (
        Q(pk__in=dossiers_run_by(actor).values("pk"))
        | Q(pk__in=seats.filter(role__in=LATER_SEATS).values("dossier_id"))
        | Q(
            pk__in=decided.filter(campaign__meetings__members__user_id=actor.user_id or 0).values(
                "pk"
            )
        )
    )
    return Dossier.objects.filter(seen).exclude(
        pk__in=tasks_of(actor).order_by().values("dossier_id")
    )


def opened_tasks_visible_to(actor: Actor) -> QuerySet[Assignment]:
    """Tasks whose points others than the author read now (已公开给组织者的评分)."""
    return Assignment.objects.filter(
        opened_at__isnull=False, dossier__in=dossiers_scored_before(actor).values("pk")
    )


def scores_visible_to(actor: Actor) -> QuerySet[Score]:
    """One's own scores, and those that were opened when all experts were in (盲评)."""
    own = Q(assignment__in=tasks_of(actor).values("pk"))
    opened = Q(assignment__in=opened_tasks_visible_to(actor).values("pk"))
    return Score.objects.filter(own | opened)


def moderations_visible_to(actor: Actor) -> QuerySet[Moderation]:
    """Divergences of the dossiers that the actor runs or moderates."""
    return Moderation.objects.filter(dossier__in=dossiers_scored_before(actor).values("pk"))


def may_moderate(actor: Actor, dossier: Dossier) -> bool:
    """Whether the actor may settle a divergence: an official of the organiser (分差复核)."""
    is_open = dossier.state == DossierState.MODERATION
    return is_open and dossiers_run_by(actor).filter(pk=dossier.pk).exists()


def require_moderator(actor: Actor, dossier: Dossier) -> None:
    if not dossiers_run_by(actor).filter(pk=dossier.pk).exists():
        raise NotAllowed("分差复核由组织单位的统筹人员或审核员办理，请联系组织单位。")


def draws_visible_to(actor: Actor) -> QuerySet[Draw]:
    """The draws of announced batches: everybody signed in may see that and how (抽取记录)."""
    if not actor.is_authenticated:
        return Draw.objects.none()
    seen = Q(campaign__in=calls_open_to_all().values("pk"))
    seen |= Q(campaign__in=campaigns_visible_to(actor).values("pk"))
    return Draw.objects.filter(seen)


def reads_whole_draw(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor reads who was drawn for what: those who run or watch it; later all.

    While the batch is judged an applicant learns only seed, method and digest.
    """
    if campaign.state == CampaignState.CONCLUDED:
        return True
    competes = campaigns_competed_in(actor).filter(pk=campaign.pk).exists()
    return not competes and campaigns_visible_to(actor).filter(pk=campaign.pk).exists()


register_action_labels(
    {
        "reviews.seed.announced": "公布抽取种子来源",
        "reviews.seed.entered": "登记抽取种子",
        "reviews.draw.made": "随机抽取专家",
        "reviews.draw.replaced": "补抽专家",
        "reviews.assignment.accepted": "申明无利害关系并接受评审",
        "reviews.assignment.recused": "申明利害关系并回避",
        "reviews.assignment.declined": "不能参加评审",
        "reviews.assignment.submitted": "提交评分",
        "reviews.assignment.lapsed": "评审任务逾期",
        "reviews.assignment.stopped": "材料退出评审，任务终止",
        "reviews.dossier.scores_opened": "专家评分到齐",
        "reviews.moderation.opened": "评分分差超限",
        "reviews.moderation.third_called": "增派第三位专家",
        "reviews.moderation.settled": "完成分差复核",
    }
)
