"""Who may read and fill in dossiers; a competitor never may."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.choices.judging import AssignmentState, VisitState
from silian.casework.reviews.models import (
    Assignment,
    Campaign,
    Dossier,
    MeetingMember,
    Opinion,
    Visitor,
)
from silian.casework.reviews.permissions.campaigns import (
    OPINION_ROLES,
    OWNER_ROLES,
    WATCHING_ROLES,
)
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.registers.organisations.choices import WRITING_ROLES
from silian.registers.organisations.models import Membership
from silian.registers.organisations.permissions import in_jurisdiction

READING_EXPERTS = (AssignmentState.ACCEPTED, AssignmentState.SUBMITTED)
BEFORE_MEETING = frozenset(
    {
        DossierState.DRAFT,
        DossierState.SUBMITTED,
        DossierState.FIXING,
        DossierState.OPINIONS,
        DossierState.EXPERTS,
        DossierState.MODERATION,
        DossierState.VISIT,
        DossierState.WITHDRAWN,
    }
)


def dossiers_of_applicant(actor: Actor) -> QuerySet[Dossier]:
    """The actor's organisation's own applications, drafts included (本单位申报)."""
    if not actor.organisation_id or not actor.has_role(*WRITING_ROLES):
        return Dossier.objects.none()
    return Dossier.objects.filter(applicant_id=actor.organisation_id)


def campaigns_competed_in(actor: Actor) -> QuerySet[Campaign]:
    """The batches in which an organisation of the actor applies itself (参评批次)."""
    own = (
        Membership.objects.in_force(on=timezone.localdate())
        .filter(user_id=actor.user_id or 0)
        .values("organisation_id")
    )
    applied = Dossier.objects.filter(applicant_id__in=own).exclude(state=DossierState.WITHDRAWN)
    return Campaign.objects.filter(pk__in=applied.values("campaign_id"))


def dossiers_judged_by(actor: Actor) -> QuerySet[Dossier]:
    """Sent dossiers on which the actor has a part: from the owner to the supervisor.

    Basis: 回避: whoever belongs to an applicant of the same batch reads nothing of the others.
    """
    if not actor.is_authenticated:
        return Dossier.objects.none()
    seen = of_expert(actor) | of_visitor(actor) | of_meeting_member(actor)
    if actor.organisation_id and actor.has_role(*OWNER_ROLES):
        seen |= Q(campaign__owner_id=actor.organisation_id)
    if actor.organisation_id and actor.has_role(*OPINION_ROLES):
        asked = Opinion.objects.filter(organisation_id=actor.organisation_id)
        seen |= Q(pk__in=asked.values("dossier_id"))
    if actor.has_role(*WATCHING_ROLES):
        seen |= in_jurisdiction(actor)
    sent = Dossier.objects.filter(seen, submitted_at__isnull=False)
    return sent.exclude(campaign__in=campaigns_competed_in(actor))


def of_expert(actor: Actor) -> Q:
    accepted = Assignment.objects.filter(
        expert__user_id=actor.user_id or 0, state__in=READING_EXPERTS
    )
    return Q(pk__in=accepted.values("dossier_id"))


def of_visitor(actor: Actor) -> Q:
    going = Visitor.objects.filter(user_id=actor.user_id or 0).exclude(
        visit__state=VisitState.CANCELLED
    )
    return Q(pk__in=going.values("visit__dossier_id"))


def of_meeting_member(actor: Actor) -> Q:
    meetings = MeetingMember.objects.filter(user_id=actor.user_id or 0)
    return Q(campaign__in=meetings.values("meeting__campaign_id")) & ~Q(
        state__in=sorted(BEFORE_MEETING)
    )


def dossiers_visible_to(actor: Actor) -> QuerySet[Dossier]:
    """The applicant's writing members, and those who judge or supervise; nobody else."""
    if actor.is_system:
        return Dossier.objects.all()
    own = Q(pk__in=dossiers_of_applicant(actor).values("pk"))
    return Dossier.objects.filter(own | Q(pk__in=dossiers_judged_by(actor).values("pk")))


def is_applicant(actor: Actor, dossier: Dossier) -> bool:
    """Whether the actor files for the applicant."""
    own = actor.organisation_id == dossier.applicant_id and actor.has_role(*WRITING_ROLES)
    return actor.is_system or own


def require_applicant(actor: Actor, dossier: Dossier) -> None:
    if not is_applicant(actor, dossier):
        raise NotAllowed("这一步由申报单位的管理员或经办人办理。请联系申报单位。")


def reads_results(actor: Actor, dossier: Dossier) -> bool:
    """Whether the actor reads points; supervisors read the course of a dossier only.

    Before the end the applicant reads its own self-check and no points.
    """
    if actor.is_system or is_applicant(actor, dossier):
        return actor.is_system or dossier.is_ended
    if actor.has_role(*WATCHING_ROLES) and not actor.has_role(*OWNER_ROLES):
        return False
    return dossiers_judged_by(actor).filter(pk=dossier.pk).exists()


def may_read_dossier_file(actor: Actor, file: StoredFile) -> bool:
    """Whether the actor opens the evidence of a dossier: whoever sees the dossier."""
    return dossiers_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("reviews.dossier", may_read_dossier_file)
register_action_labels(
    {
        "reviews.dossier.started": "开始填报申报材料",
        "reviews.dossier.saved": "保存申报材料",
        "reviews.dossier.submitted": "提交申报材料",
        "reviews.dossier.fixed": "提交补正材料",
        "reviews.dossier.withdrawn": "撤回申报",
        "reviews.dossier.accepted": "受理申报材料",
        "reviews.dossier.fix_asked": "通知补正",
        "reviews.dossier.fix_lapsed": "逾期未补正，按现有材料审查",
        "reviews.dossier.fix_ended": "停止等待补正",
        "reviews.dossier.rejected": "申报不通过",
        "reviews.opinion.asked": "征求部门意见",
        "reviews.opinion.given": "提出部门意见",
        "reviews.opinion.silent": "部门逾期未答复",
        "reviews.opinion.ended": "停止征求部门意见",
        "reviews.evidence.added": "上传佐证材料",
        "reviews.evidence.removed": "移除佐证材料",
    }
)
