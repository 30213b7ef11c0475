"""Who sees recognitions, who keeps them, and who speaks for a holder."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import SeatRole
from silian.casework.reviews.choices.recognitions import DutyState
from silian.casework.reviews.models import (
    Certificate,
    DossierSeat,
    Duty,
    Recheck,
    Recognition,
    Removal,
)
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.registers.organisations.choices import JURISDICTION_ROLES, Role
from silian.registers.organisations.models import Membership
from silian.registers.organisations.permissions import in_jurisdiction

KEEPER_ROLES = frozenset({Role.COORDINATOR, Role.REVIEWER})
HOLDER_ROLES = frozenset({Role.MANAGER, Role.AGENT})
HOLDER_READERS = HOLDER_ROLES | {Role.READER, Role.COORDINATOR}
TIED = "您属于被认定的单位，或者办理过它的申报，应当回避。请由其他人员办理。"


def keeps_any(actor: Actor) -> bool:
    """Whether the actor holds a role in which recognitions are kept (认定管理)."""
    return actor.organisation_id is not None and actor.has_role(*KEEPER_ROLES)


def of_own_schemes(actor: Actor) -> Q:
    """The recognitions that the actor's department gave."""
    if not keeps_any(actor):
        return Q(pk__in=[])
    own = actor.organisation_id
    return Q(scheme__owner_id=own) | Q(dossier__campaign__owner_id=own)


def of_own_unit(actor: Actor) -> Q:
    """The recognitions of the actor's organisation, and of the actor as a person."""
    mine = Q(dossier__person__user_id=actor.user_id)
    if actor.organisation_id and actor.has_role(*HOLDER_READERS):
        mine |= Q(holder_id=actor.organisation_id)
    return mine


def recognitions_visible_to(actor: Actor) -> QuerySet[Recognition]:
    """Holders, the departments that gave them, and officials of the region (认定)."""
    if actor.is_system:
        return Recognition.objects.all()
    if not actor.is_authenticated:
        return Recognition.objects.none()
    seen = of_own_unit(actor) | of_own_schemes(actor)
    if actor.jurisdiction and actor.has_role(*JURISDICTION_ROLES):
        seen |= in_jurisdiction(actor)
    return Recognition.objects.filter(seen)


def recognitions_kept_by(actor: Actor) -> QuerySet[Recognition]:
    """Those on which the actor may act for its department (本部门管理的认定)."""
    if not actor.is_authenticated:
        return Recognition.objects.none()
    return Recognition.objects.filter(of_own_schemes(actor)).exclude(
        holder_id=actor.organisation_id
    )


def recognitions_held_by(actor: Actor) -> QuerySet[Recognition]:
    """Those for which the actor speaks (本单位的认定)."""
    if actor.organisation_id is None or not actor.has_role(*HOLDER_ROLES):
        return Recognition.objects.none()
    return Recognition.objects.filter(holder_id=actor.organisation_id)


def duties_visible_to(actor: Actor) -> QuerySet[Duty]:
    return Duty.objects.filter(recognition__in=recognitions_visible_to(actor))


def rechecks_visible_to(actor: Actor) -> QuerySet[Recheck]:
    return Recheck.objects.filter(recognition__in=recognitions_visible_to(actor))


def removals_visible_to(actor: Actor) -> QuerySet[Removal]:
    """The department's own proceedings; the holder sees them once it was told (取消认定程序)."""
    if not actor.is_authenticated:
        return Removal.objects.none()
    kept = Q(recognition__in=recognitions_kept_by(actor))
    mine = Q(recognition__in=Recognition.objects.filter(of_own_unit(actor)))
    return Removal.objects.filter(kept | (mine & Q(noticed_at__isnull=False)))


def is_keeper(actor: Actor, recognition: Recognition) -> bool:
    """Whether the actor's department gave the status and the actor has the role for it."""
    owners = {recognition.scheme.owner_id, recognition.dossier.campaign.owner_id}
    return keeps_any(actor) and actor.organisation_id in owners


def is_tied(*, recognition: Recognition, user_id: int) -> bool:
    """Whether a person acted as applicant, or belongs to the holder (应当回避)."""
    applied = DossierSeat.objects.filter(
        dossier_id=recognition.dossier_id, user_id=user_id, role=SeatRole.APPLICANT
    )
    members = Membership.objects.in_force(on=timezone.localdate()).filter(
        user_id=user_id, organisation_id=recognition.holder_id
    )
    return applied.exists() or members.exists()


def require_keeper(actor: Actor, recognition: Recognition) -> None:
    """Raise unless the actor may act on the status for its department."""
    if actor.is_system:
        return
    if not is_keeper(actor, recognition):
        raise NotAllowed("这项认定由牵头部门的统筹或审核人员办理。请联系牵头部门。")
    if is_tied(recognition=recognition, user_id=actor.user_id or 0):
        raise NotAllowed(TIED)


def require_not_tied(actor: Actor, recognition: Recognition) -> None:
    if actor.user_id and is_tied(recognition=recognition, user_id=actor.user_id):
        raise NotAllowed(TIED)


def is_holder(actor: Actor, recognition: Recognition) -> bool:
    """Whether the actor speaks for the holder (认定单位的管理员或经办人)."""
    return actor.organisation_id == recognition.holder_id and actor.has_role(*HOLDER_ROLES)


def require_holder(actor: Actor, recognition: Recognition) -> None:
    if not is_holder(actor, recognition):
        raise NotAllowed("这一步由认定单位的管理员或经办人办理。请联系贵单位的管理员。")


def may_read_duty_file(actor: Actor, file: StoredFile) -> bool:
    """What a holder must publish is read by all once it was passed; the rest by the parties."""
    rows = Duty.objects.filter(pk=int(file.object_id))
    if rows.filter(is_public=True, state=DutyState.DONE).exists():
        return True
    return duties_visible_to(actor).filter(pk=int(file.object_id)).exists()


def may_read_removal_file(actor: Actor, file: StoredFile) -> bool:
    return removals_visible_to(actor).filter(pk=int(file.object_id)).exists()


def may_read_certificate(actor: Actor, file: StoredFile) -> bool:
    rows = Certificate.objects.filter(recognition__in=recognitions_visible_to(actor))
    return rows.filter(pk=int(file.object_id)).exists()


register_file_readers("reviews.duty", may_read_duty_file)
register_file_readers("reviews.removal", may_read_removal_file)
register_file_readers("reviews.certificate", may_read_certificate)
register_action_labels(
    {
        "reviews.recognition.entered": "列入建设培育库",
        "reviews.recognition.certified": "认定",
        "reviews.recognition.warned": "警示整改",
        "reviews.recognition.suspended": "暂停认定资格",
        "reviews.recognition.reinstated": "恢复认定资格",
        "reviews.recognition.extended": "延续认定",
        "reviews.recognition.removed": "取消认定",
        "reviews.recognition.expired": "认定到期",
        "reviews.recognition.left": "主动退出认定",
        "reviews.certificate.sealed": "制发证书",
        "reviews.duty.submitted": "提交义务事项",
        "reviews.duty.passed": "审查通过义务事项",
        "reviews.duty.returned": "退回义务事项",
        "reviews.duty.missed": "认定义务未完成",
        "reviews.recheck.made": "计算年度复核",
        "reviews.recheck.confirmed": "确认年度复核",
        "reviews.removal.suggested": "系统建议取消认定",
        "reviews.removal.noticed": "告知拟取消认定",
        "reviews.removal.replied": "陈述申辩",
        "reviews.removal.upheld": "决定取消认定",
        "reviews.removal.dropped": "决定不予取消",
    }
)
