"""Who may read and change the catalogues: everybody reads, system administrators load."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.reference.choices import CrosswalkBasis
from silian.foundation.reference.models import CatalogueUpload

SYSTEM_ADMIN = "system_admin"
SCHOOL = "school"
SCHOOL_WRITERS = ("manager", "agent")
REVIEWERS = ("coordinator", "expert")


def may_load(actor: Actor) -> bool:
    """Whether the actor may load an official file (载入分类目录)."""
    return actor.is_system or actor.has_role(SYSTEM_ADMIN)


def require_may_load(actor: Actor) -> None:
    if not may_load(actor):
        raise NotAllowed("只有系统管理员可以载入分类目录。请联系本平台系统管理员办理。")


def uploads_visible_to(actor: Actor) -> QuerySet[CatalogueUpload]:
    """The uploaded files that the actor may open."""
    return CatalogueUpload.objects.all() if may_load(actor) else CatalogueUpload.objects.none()


def may_link(actor: Actor, *, basis: str) -> bool:
    """Whether the actor may enter a crosswalk link on this basis (填报对应关系)."""
    if actor.is_system or actor.has_role(SYSTEM_ADMIN):
        return True
    if basis == CrosswalkBasis.SCHOOL_REPORT:
        is_school = actor.organisation_kind == SCHOOL and actor.organisation_verified
        return is_school and actor.has_role(*SCHOOL_WRITERS)
    return basis == CrosswalkBasis.EXPERT_REVIEW and actor.has_role(*REVIEWERS)


def may_review_links(actor: Actor) -> bool:
    """Whether the actor may confirm what others entered (复核对应关系)."""
    return actor.is_system or actor.has_role(*REVIEWERS)


register_action_labels(
    {
        "reference.catalogue.loaded": "载入分类目录",
        "reference.catalogue_file.received": "上传目录文件",
        "reference.catalogue_file.discarded": "放弃目录文件",
        "reference.crosswalk.entered": "登记目录对照",
        "reference.crosswalk.reviewed": "复核目录对照",
    }
)
