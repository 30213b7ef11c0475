"""Who reads public notices, and who handles objections and appeals."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.reviews.choices.deciding import ObjectionState
from silian.casework.reviews.models import Appeal, Campaign, Objection, PublicNotice
from silian.casework.reviews.permissions.campaigns import OWNER_ROLES, WATCHING_ROLES
from silian.casework.reviews.permissions.dossiers import campaigns_competed_in
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.registers.organisations.choices import WRITING_ROLES
from silian.registers.organisations.permissions import in_jurisdiction


def public_notices() -> QuerySet[PublicNotice]:
    """Everybody reads a notice once it is out."""
    return PublicNotice.objects.filter(edition__published_at__isnull=False)


def handled_by(actor: Actor, *, to_campaign: str) -> Q:
    """What officials of the organiser and supervisors of the region may handle."""
    seen = Q(pk__in=[])
    if actor.organisation_id and actor.has_role(*OWNER_ROLES):
        seen |= Q(**{f"{to_campaign}__owner_id": actor.organisation_id})
    if actor.has_role(*WATCHING_ROLES):
        seen |= in_jurisdiction(actor, field=f"{to_campaign}__division__code")
    return seen


def objections_visible_to(actor: Actor) -> QuerySet[Objection]:
    """Objections for those who handle them; never for a person of any applicant of the batch."""
    if actor.is_system:
        return Objection.objects.all()
    if not actor.is_authenticated:
        return Objection.objects.none()
    rows = Objection.objects.filter(handled_by(actor, to_campaign="dossier__campaign"))
    return rows.exclude(dossier__campaign__in=campaigns_competed_in(actor))


def hearings_of(actor: Actor) -> QuerySet[Objection]:
    """Questions that an investigator put to the actor's own organisation (听取意见)."""
    if not actor.organisation_id or not actor.has_role(*WRITING_ROLES):
        return Objection.objects.none()
    return Objection.objects.filter(
        dossier__applicant_id=actor.organisation_id, asked_at__isnull=False
    )


def appeals_of_applicant(actor: Actor) -> QuerySet[Appeal]:
    if not actor.organisation_id or not actor.has_role(*WRITING_ROLES):
        return Appeal.objects.none()
    return Appeal.objects.filter(decision__dossier__applicant_id=actor.organisation_id)


def appeals_handled_by(actor: Actor) -> QuerySet[Appeal]:
    """Appeals for those who may settle them; never for a competitor."""
    if actor.is_system:
        return Appeal.objects.all()
    if not actor.is_authenticated:
        return Appeal.objects.none()
    rows = Appeal.objects.filter(handled_by(actor, to_campaign="decision__dossier__campaign"))
    return rows.exclude(decision__dossier__campaign__in=campaigns_competed_in(actor))


def appeals_visible_to(actor: Actor) -> QuerySet[Appeal]:
    own, handled = appeals_of_applicant(actor), appeals_handled_by(actor)
    return Appeal.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=handled.values("pk")))


def may_handle(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor may take an objection or an appeal of the batch."""
    rows = Campaign.objects.filter(pk=campaign.pk)
    own = Q(pk__in=[])
    if actor.organisation_id and actor.has_role(*OWNER_ROLES):
        own |= Q(owner_id=actor.organisation_id)
    if actor.has_role(*WATCHING_ROLES):
        own |= in_jurisdiction(actor)
    return rows.filter(own).exclude(pk__in=campaigns_competed_in(actor).values("pk")).exists()


def require_handler(actor: Actor, campaign: Campaign) -> None:
    if not may_handle(actor, campaign):
        raise NotAllowed("异议和申诉由组织单位的工作人员或本地区督查人员办理。")


def require_investigator(actor: Actor, objection: Objection) -> None:
    if objection.investigator_id is None:
        raise NotAllowed("这件异议还没有核查人。请先点“由我核查”。")
    if objection.investigator_id != actor.user_id:
        raise NotAllowed("这件异议由另一位核查人办理，您不能代办。")


def require_appeal_handler(actor: Actor, appeal: Appeal) -> None:
    if appeal.handler_id is None:
        raise NotAllowed("这件申诉还没有承办人。请先点“由我复核”。")
    if appeal.handler_id != actor.user_id:
        raise NotAllowed("这件申诉由另一位承办人复核，您不能代办。")


def may_read_objection_file(actor: Actor, file: StoredFile) -> bool:
    return objections_visible_to(actor).filter(pk=int(file.object_id)).exists()


def may_read_appeal_file(actor: Actor, file: StoredFile) -> bool:
    return appeals_visible_to(actor).filter(pk=int(file.object_id)).exists()


def open_objections() -> QuerySet[Objection]:
    return Objection.objects.filter(state=ObjectionState.RAISED)


register_file_readers("reviews.objection", may_read_objection_file)
register_file_readers("reviews.appeal", may_read_appeal_file)
register_action_labels(
    {
        "reviews.notice.published": "发布公示",
        "reviews.notice.ended": "公示办结并公布结果",
        "reviews.objection.raised": "提出异议",
        "reviews.objection.taken": "承办异议核查",
        "reviews.objection.contact_read": "查看异议人联系方式",
        "reviews.objection.hearing_asked": "请申报单位说明",
        "reviews.objection.stated": "申报单位作出说明",
        "reviews.objection.file_added": "上传核查材料",
        "reviews.objection.upheld": "异议成立",
        "reviews.objection.dismissed": "异议不成立",
        "reviews.objection.overdue": "异议逾期未答复",
        "reviews.appeal.filed": "提出申诉",
        "reviews.appeal.taken": "承办申诉复核",
        "reviews.appeal.upheld": "申诉成立",
        "reviews.appeal.dismissed": "申诉不成立",
        "reviews.appeal.overdue": "申诉逾期未答复",
    }
)
