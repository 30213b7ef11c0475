"""Who may see and do what with the problem and policy lists."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.governance.policy_tasks.models.lists import ListItem, ListNote
from silian.governance.policy_tasks.models.progress import ProgressReport
from silian.governance.policy_tasks.permissions.supervision_scope import (
    READING_ROLES,
    acts_for,
    may_coordinate,
    may_supervise,
    own_unit,
    reads_jurisdiction,
    within,
)


def list_items_visible_to(actor: Actor) -> QuerySet[ListItem]:
    """All of the jurisdiction for overseers; for a unit what it leads or shares."""
    seen = own_unit(actor, field="lead")
    if actor.organisation_id is not None and actor.has_role(*READING_ROLES):
        shared = ListItem.cooperating.through.objects.filter(
            policybody__organisation_id=actor.organisation_id
        )
        seen |= Q(pk__in=shared.values("listitem_id"))
    if reads_jurisdiction(actor):
        seen |= within(actor)
    return ListItem.objects.filter(seen)


def may_keep_lists(actor: Actor) -> bool:
    """Whether the actor enters items and confirms their closing (统筹、督查人员)."""
    return may_coordinate(actor) or may_supervise(actor)


def require_keeper(actor: Actor, *, division: str) -> None:
    if not (may_keep_lists(actor) and actor.covers(division)):
        raise NotAllowed("清单由本地区统筹人员和督查人员管理，请联系牵头部门。")


def may_work_on(actor: Actor, item: ListItem) -> bool:
    """Whether the actor notes progress: those who lead or share the item, and keepers."""
    if may_keep_lists(actor) and actor.covers(item.division_id):
        return True
    return any(acts_for(actor, body) for body in [item.lead, *item.cooperating.all()])


def may_claim(actor: Actor, item: ListItem) -> bool:
    """Whether the actor asks for closing: the leading body, and keepers."""
    keeper = may_keep_lists(actor) and actor.covers(item.division_id)
    return keeper or acts_for(actor, item.lead)


def require_worker(actor: Actor, item: ListItem) -> None:
    if not may_work_on(actor, item):
        raise NotAllowed("进展由牵头、配合单位和统筹、督查人员登记。")


def require_claimant(actor: Actor, item: ListItem) -> None:
    if not may_claim(actor, item):
        raise NotAllowed(f"销号由牵头单位“{item.lead}”或统筹、督查人员申请。")


def reports_listable_by(actor: Actor) -> QuerySet[ProgressReport]:
    """The reports whose difficulty the actor may put on the problem list."""
    if not may_keep_lists(actor):
        return ProgressReport.objects.none()
    return ProgressReport.objects.filter(within(actor, field="task__division__code"))


def may_read_note_file(actor: Actor, file: StoredFile) -> bool:
    rows = ListNote.objects.filter(item__in=list_items_visible_to(actor))
    return rows.filter(pk=int(file.object_id)).exists()


register_file_readers("policy_tasks.listnote", may_read_note_file)
register_action_labels(
    {
        "policy_tasks.list_item.opened": "列入清单",
        "policy_tasks.list_item.changed": "修改清单事项",
        "policy_tasks.list_item.noted": "登记清单进展",
        "policy_tasks.list_item.claimed": "申请销号",
        "policy_tasks.list_item.returned": "退回销号申请",
        "policy_tasks.list_item.closed": "销号",
        "policy_tasks.list_item.reopened": "重新打开清单事项",
        "policy_tasks.list_item.dropped": "撤下清单事项",
    }
)
