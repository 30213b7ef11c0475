"""Who may see, draft, approve and publish editions."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.publications.choices import HANDED_IN_STATES, PUBLIC_STATES
from silian.casework.publications.models import Edition
from silian.casework.publications.registry import public_codes
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.permissions import in_jurisdiction

READING_ROLES = frozenset(
    {Role.COORDINATOR, Role.REVIEWER, Role.SUPERVISOR, Role.LEADER, Role.READER}
)
APPROVING_ROLES = frozenset({Role.COORDINATOR, Role.REVIEWER})


def is_official(actor: Actor) -> bool:
    """Whether the actor reads what the authorities of its region hand in."""
    return bool(actor.jurisdiction) and actor.has_role(*READING_ROLES)


def may_draft(actor: Actor) -> bool:
    """Whether the actor drafts and publishes for its organisation (编制)."""
    return (
        actor.organisation_kind == OrganisationKind.GOVERNMENT
        and bool(actor.jurisdiction)
        and actor.has_role(Role.COORDINATOR)
    )


def may_approve(actor: Actor) -> bool:
    """Whether the actor decides on editions that are handed in (审批)."""
    return bool(actor.jurisdiction) and actor.has_role(*APPROVING_ROLES)


def may_use_desk(actor: Actor) -> bool:
    return may_draft(actor) or may_approve(actor)


def require_drafter(actor: Actor, *, division: str) -> None:
    """Raise unless the actor drafts for this region."""
    if actor.is_system:
        return
    if not may_draft(actor):
        raise NotAllowed("编制和发布由牵头部门的统筹人员办理。请联系本地牵头部门。")
    if not actor.covers(division):
        raise NotAllowed("只能为管辖范围内的地区编制。请选择本地区或下级地区。")


def may_edit(actor: Actor, edition: Edition) -> bool:
    """Whether the edition is the actor's to write, hand in, publish and withdraw."""
    if actor.is_system:
        return True
    own = edition.organisation_id == actor.organisation_id
    return own and may_draft(actor) and actor.covers(edition.division_id)


def require_editor(actor: Actor, edition: Edition) -> None:
    if not may_edit(actor, edition):
        raise NotAllowed("这一步由编制单位的统筹人员办理。请联系编制单位。")


def may_decide(actor: Actor, edition: Edition) -> bool:
    """Whether the actor approves or returns this edition; never its own author."""
    is_author = edition.author_id is not None and edition.author_id == actor.user_id
    return may_approve(actor) and actor.covers(edition.division_id) and not is_author


def require_decider(actor: Actor, edition: Edition) -> None:
    if not (may_approve(actor) and actor.covers(edition.division_id)):
        raise NotAllowed("审批由本地区的审核人员或统筹人员办理。请联系牵头部门。")


def editions_visible_to(actor: Actor) -> QuerySet[Edition]:
    """What is out for everybody; handed in for officials of the region; drafts for their unit."""
    if actor.is_system:
        return Edition.objects.all()
    seen = Q(state__in=PUBLIC_STATES, kind__in=public_codes())
    if is_official(actor):
        seen |= Q(state__in=HANDED_IN_STATES) & in_jurisdiction(actor)
        seen |= Q(organisation_id=actor.organisation_id)
    return Edition.objects.filter(seen)


def editions_on_desk_of(actor: Actor) -> QuerySet[Edition]:
    """The unit's own editions, and for those who approve what is handed in (编审)."""
    if not may_use_desk(actor):
        return Edition.objects.none()
    return editions_visible_to(actor).filter(
        Q(organisation_id=actor.organisation_id)
        | (Q(state__in=HANDED_IN_STATES) & in_jurisdiction(actor))
    )


def may_read_edition_file(actor: Actor, file: StoredFile) -> bool:
    return editions_visible_to(actor).filter(pk=file.object_id).exists()


register_file_readers("publications.edition", may_read_edition_file)
register_action_labels(
    {
        "publications.edition.drafted": "编制刊期",
        "publications.edition.edited": "修改刊期草稿",
        "publications.edition.discarded": "删除刊期草稿",
        "publications.edition.submitted": "刊期送审",
        "publications.edition.returned": "退回刊期",
        "publications.edition.approved": "批准刊期",
        "publications.edition.published": "发布刊期",
        "publications.edition.withdrawn": "撤下刊期",
    }
)
