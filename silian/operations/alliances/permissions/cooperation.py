"""Who may see and keep projects with other regions and countries."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.alliances.choices.cooperation import PUBLIC_STAGES
from silian.operations.alliances.models.cooperation import (
    CooperationProject,
    Forum,
    TalentIntroduction,
)
from silian.operations.alliances.permissions.keeping import (
    keeps_region,
    keeps_registers,
    of_unit,
    within,
    writes_for_unit,
)
from silian.registers.organisations.choices import OrganisationKind

KINDS = frozenset(
    {
        OrganisationKind.SCHOOL,
        OrganisationKind.ALLIANCE,
        OrganisationKind.ENTERPRISE,
        OrganisationKind.INSTITUTE,
        OrganisationKind.ASSOCIATION,
    }
)


def may_register(actor: Actor) -> bool:
    """Whether the actor registers projects: for its unit, or as keeper of the register."""
    own = writes_for_unit(actor) and actor.organisation_kind in KINDS
    return own or keeps_registers(actor)


def require_registrar(actor: Actor) -> None:
    if not may_register(actor):
        raise NotAllowed("对外合作项目由承担单位的管理员、经办人或主管部门登记。")


def projects_visible_to(actor: Actor) -> QuerySet[CooperationProject]:
    """Signed projects for everybody; those still talked about for the unit and its officials."""
    seen = Q(stage__in=sorted(PUBLIC_STAGES), starts_on__isnull=False) | within(actor)
    return CooperationProject.objects.filter(seen | of_unit(actor, "organisation_id"))


def may_keep_project(actor: Actor, project: CooperationProject) -> bool:
    own = project.organisation_id == actor.organisation_id and writes_for_unit(actor)
    return own or keeps_region(actor, project.division_id)


def require_project_keeper(actor: Actor, project: CooperationProject) -> None:
    if not may_keep_project(actor, project):
        raise NotAllowed(f"这个项目由{project.organisation}或本地区主管部门办理。")


def require_unit(actor: Actor, *, organisation_id: int, division: str) -> None:
    """A unit registers for itself, the department for the units of its region."""
    if keeps_region(actor, division):
        return
    if organisation_id != actor.organisation_id or not may_register(actor):
        raise NotAllowed("只能为本单位登记，其他单位由主管部门登记。")


def talents_visible_to(actor: Actor) -> QuerySet[TalentIntroduction]:
    """The unit's own, and for officials those of the region; others see numbers only."""
    seen = of_unit(actor, "organisation_id") | within(actor, "organisation__division")
    return TalentIntroduction.objects.filter(seen)


def forums_visible_to(actor: Actor) -> QuerySet[Forum]:
    """Every forum: the register is public."""
    return Forum.objects.all()


def may_keep_forum(actor: Actor, forum: Forum) -> bool:
    own = forum.organisation_id == actor.organisation_id and writes_for_unit(actor)
    return own or keeps_region(actor, forum.division_id)


def require_forum_keeper(actor: Actor, forum: Forum) -> None:
    if not may_keep_forum(actor, forum):
        raise NotAllowed(f"这个论坛由{forum.organisation}或本地区主管部门登记。")


register_action_labels(
    {
        "alliances.cooperation.registered": "登记对外合作项目",
        "alliances.cooperation.changed": "修改对外合作项目",
        "alliances.cooperation.moved": "变更对外合作阶段",
        "alliances.cooperation.reported": "报送对外合作年度成效",
        "alliances.talent.registered": "登记高层次人才引进",
        "alliances.talent.left": "登记引进人才离岗",
        "alliances.forum.registered": "登记合作论坛",
        "alliances.forum.session": "登记论坛届次",
    }
)
