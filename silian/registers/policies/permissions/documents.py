"""Who sees which policy document, and who may change it (政策文件权限)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.permissions import INSIDERS
from silian.registers.policies.choices import PUBLIC_STATES
from silian.registers.policies.models.bodies import PolicyBody
from silian.registers.policies.models.documents import PolicyDocument

OVERSEERS = (Role.SUPERVISOR, Role.LEADER)


def is_official(actor: Actor) -> bool:
    """Whether the actor works for a government body."""
    works = actor.has_role(*INSIDERS, *OVERSEERS)
    return works and actor.organisation_kind == OrganisationKind.GOVERNMENT


def require_official(actor: Actor) -> None:
    if not is_official(actor):
        raise NotAllowed("政策文件的办理页面只对政府部门开放。已发布的文件请到“政策文件库”查看。")


def may_upload(actor: Actor) -> bool:
    """Whether the actor brings documents in and reviews them (牵头部门统筹)."""
    return actor.has_role(Role.COORDINATOR) and bool(actor.jurisdiction)


def require_uploader(actor: Actor) -> None:
    if not may_upload(actor):
        raise NotAllowed("录入和发布政策文件由牵头部门统筹人员办理，请联系贵单位的统筹人员。")


def documents_visible_to(actor: Actor) -> QuerySet[PolicyDocument]:
    """Issued documents for everybody; others for their own department and the region's leaders."""
    seen = Q(state__in=sorted(PUBLIC_STATES))
    if is_official(actor):
        seen |= Q(owner_id=actor.organisation_id or 0)
        if actor.has_role(*OVERSEERS) and actor.jurisdiction:
            seen |= Q(division__code__startswith=subtree_prefix(actor.jurisdiction))
    return PolicyDocument.objects.filter(seen)


def documents_on_desk_of(actor: Actor) -> QuerySet[PolicyDocument]:
    """What the desk lists: documents of the actor's jurisdiction and above, as far as visible."""
    return documents_visible_to(actor)


def documents_reviewed_by(actor: Actor) -> QuerySet[PolicyDocument]:
    """The documents that the actor may correct and issue: their own department's."""
    if not may_upload(actor):
        return PolicyDocument.objects.none()
    return PolicyDocument.objects.filter(
        owner_id=actor.organisation_id or 0,
        division__code__startswith=subtree_prefix(actor.jurisdiction),
    )


def may_review(actor: Actor, document: PolicyDocument) -> bool:
    return (
        may_upload(actor)
        and document.owner_id == actor.organisation_id
        and actor.covers(document.division_id)
    )


def require_reviewer(actor: Actor, document: PolicyDocument) -> None:
    if actor.is_system or may_review(actor, document):
        return
    raise NotAllowed("核对、发布和变更由录入单位的统筹人员办理，您可以查看。请联系录入单位。")


def bodies_visible_to(actor: Actor) -> QuerySet[PolicyBody]:
    """The responsible bodies of the actor's region."""
    if not is_official(actor):
        return PolicyBody.objects.none()
    prefix = subtree_prefix(actor.jurisdiction) if actor.jurisdiction else ""
    if not prefix:
        return PolicyBody.objects.filter(organisation_id=actor.organisation_id or 0)
    return PolicyBody.objects.filter(division__code__startswith=prefix)


def require_body_keeper(actor: Actor, *, division: str) -> None:
    """Only the region's coordinator keeps its register of responsible bodies (责任单位名录)."""
    if actor.is_system or (may_upload(actor) and actor.covers(division)):
        return
    raise NotAllowed("责任单位名录由本地区牵头部门统筹人员维护，请联系他们更正。")


def may_read_document_file(actor: Actor, file: StoredFile) -> bool:
    return documents_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("policies.policydocument", may_read_document_file)
