"""Who sees tasks, and who assigns, reports, confirms and judges them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.models.progress import ProgressReport
from silian.governance.policy_tasks.models.tasks import Milestone, TaskBody
from silian.registers.organisations.choices import Role
from silian.registers.organisations.permissions import in_jurisdiction
from silian.registers.policies.models import PolicyBody

OVERSEERS = (Role.COORDINATOR, Role.SUPERVISOR, Role.LEADER, Role.READER)
REPORTERS = (Role.MANAGER, Role.AGENT, Role.COORDINATOR, Role.REVIEWER)
INSIDERS = (*REPORTERS, Role.READER)


def oversees(actor: Actor) -> bool:
    """Whether the actor reads every assigned task of a jurisdiction (统筹、督查、分管领导)."""
    return bool(actor.jurisdiction) and actor.has_role(*OVERSEERS)


def coordinates(actor: Actor) -> bool:
    """Whether the actor makes and assigns tasks in a jurisdiction (牵头部门统筹)."""
    return bool(actor.jurisdiction) and actor.has_role(Role.COORDINATOR)


def takes_part(actor: Actor) -> bool:
    """Whether the ledger concerns the actor at all."""
    return oversees(actor) or (
        actor.organisation_verified and actor.has_role(*REPORTERS, Role.READER)
    )


def tasks_of_organisation(organisation_id: int) -> Q:
    """The tasks that an organisation leads or shares in."""
    shared = TaskBody.objects.filter(body__organisation_id=organisation_id).values("task_id")
    return Q(lead__organisation_id=organisation_id) | Q(pk__in=shared)


def tasks_visible_to(actor: Actor) -> QuerySet[PolicyTask]:
    """Assigned tasks of the jurisdiction or of one's own unit; drafts for who keeps them.

    A draft of one unit is invisible to every other.
    """
    if actor.is_system:
        return PolicyTask.objects.all()
    seen = Q(pk__in=[])
    if oversees(actor):
        seen |= in_jurisdiction(actor)
    if actor.organisation_id and actor.has_role(*INSIDERS):
        seen |= tasks_of_organisation(actor.organisation_id)
    seen &= Q(assigned_at__isnull=False)
    if coordinates(actor):
        seen |= in_jurisdiction(actor) & kept_by(actor)
    return PolicyTask.objects.filter(seen)


def kept_by(actor: Actor) -> Q:
    return Q(keeper__isnull=True) | Q(keeper_id=actor.organisation_id or 0)


def drafts_visible_to(actor: Actor) -> QuerySet[PolicyTask]:
    """The tasks that the actor has to assign (待下达)."""
    return tasks_visible_to(actor).filter(state="draft")


def reports_visible_to(actor: Actor) -> QuerySet[ProgressReport]:
    """The progress reports on the tasks that the actor sees."""
    return ProgressReport.objects.filter(task__in=tasks_visible_to(actor))


def milestones_visible_to(actor: Actor) -> QuerySet[Milestone]:
    """The steps of visible tasks, and the dated goals of the actor's jurisdiction."""
    seen = Q(task__in=tasks_visible_to(actor))
    if oversees(actor):
        seen |= Q(task__isnull=True) & in_jurisdiction(actor)
    return Milestone.objects.filter(seen)


def bodies_visible_to(actor: Actor) -> QuerySet[PolicyBody]:
    """The bodies whose board the actor may open: those of the region, and one's own."""
    seen = Q(organisation_id=actor.organisation_id) if actor.organisation_id else Q(pk__in=[])
    if not actor.has_role(*INSIDERS):
        seen = Q(pk__in=[])
    if oversees(actor):
        seen |= in_jurisdiction(actor)
    return PolicyBody.objects.filter(seen)


def may_keep(actor: Actor, task: PolicyTask) -> bool:
    """Whether the actor assigns this task and confirms that it is done."""
    return (
        coordinates(actor)
        and actor.covers(task.division_id)
        and task.keeper_id in (None, actor.organisation_id)
    )


def leads(actor: Actor, task: PolicyTask) -> bool:
    """Whether the actor reports for the leading unit of the task."""
    return (
        actor.has_role(*REPORTERS)
        and actor.organisation_id is not None
        and task.lead is not None
        and task.lead.organisation_id == actor.organisation_id
    )


def cooperates(actor: Actor, task: PolicyTask) -> bool:
    """Whether the actor reports for a unit that shares in the task."""
    if not actor.has_role(*REPORTERS) or actor.organisation_id is None:
        return False
    return task.bodies.filter(body__organisation_id=actor.organisation_id).exists()


def may_report(actor: Actor, task: PolicyTask) -> bool:
    return leads(actor, task) or cooperates(actor, task)


def may_judge(actor: Actor, task: PolicyTask) -> bool:
    """Whether the actor says the supervisor's weather of the task (督查人员)."""
    return actor.has_role(Role.SUPERVISOR) and actor.covers(task.division_id)


def require_coordinator(actor: Actor, *, division: str) -> None:
    if not (coordinates(actor) and actor.covers(division)):
        raise NotAllowed("任务由本地区牵头部门的统筹人员建立和下达，请联系牵头部门。")


def require_keeper(actor: Actor, task: PolicyTask) -> None:
    if not may_keep(actor, task):
        raise NotAllowed("这一步由任务的统筹单位办理，请联系牵头部门的统筹人员。")


def require_lead(actor: Actor, task: PolicyTask) -> None:
    if not leads(actor, task):
        raise NotAllowed("这一步由任务的牵头单位办理，请联系牵头单位的经办人员。")


def require_reporter(actor: Actor, task: PolicyTask) -> None:
    if not may_report(actor, task):
        raise NotAllowed("进展由任务的牵头单位或配合单位报送，贵单位不在其中。")


def require_supervisor(actor: Actor, task: PolicyTask) -> None:
    if not may_judge(actor, task):
        raise NotAllowed("督查判断由本地区的督查人员填写，请联系督查部门。")


def may_read_report_file(actor: Actor, file: StoredFile) -> bool:
    """Whether the actor opens the evidence of a report: who sees the task sees its evidence."""
    return reports_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("policy_tasks.progressreport", may_read_report_file)
