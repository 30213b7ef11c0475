"""Who may see and do what with experience cases."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.governance.policy_tasks.choices import CaseState
from silian.governance.policy_tasks.models.cases import ExperienceCase, Rollout
from silian.governance.policy_tasks.permissions.supervision_scope import (
    ACTING_ROLES,
    READING_ROLES,
    may_coordinate,
    reads_jurisdiction,
    within,
)

HANDED_IN = (CaseState.SUBMITTED, CaseState.PUBLISHED, CaseState.WITHDRAWN, CaseState.RETURNED)


def may_write_cases(actor: Actor) -> bool:
    """Whether the actor submits cases and records adoptions for its verified unit."""
    return (
        actor.organisation_id is not None
        and actor.organisation_verified
        and actor.has_role(*ACTING_ROLES)
    )


def require_case_writer(actor: Actor) -> None:
    if not may_write_cases(actor):
        raise NotAllowed("案例由已核验单位的管理员或经办人报送，请联系贵单位管理员授权。")


def own_cases(actor: Actor) -> Q:
    if actor.organisation_id is None or not actor.has_role(*READING_ROLES):
        return Q(pk__in=[])
    return Q(organisation_id=actor.organisation_id)


def cases_visible_to(actor: Actor) -> QuerySet[ExperienceCase]:
    """Published cases for everybody, one's own, and those handed in for overseers."""
    seen = Q(state=CaseState.PUBLISHED) | own_cases(actor)
    if reads_jurisdiction(actor):
        seen |= within(actor) & Q(state__in=HANDED_IN)
    return ExperienceCase.objects.filter(seen)


def cases_of_unit(actor: Actor) -> QuerySet[ExperienceCase]:
    """What the actor's own unit wrote (本单位案例)."""
    return ExperienceCase.objects.filter(own_cases(actor))


def cases_reviewed_by(actor: Actor) -> QuerySet[ExperienceCase]:
    """The cases that wait for the actor's review."""
    if not may_coordinate(actor):
        return ExperienceCase.objects.none()
    return ExperienceCase.objects.filter(within(actor), state=CaseState.SUBMITTED)


def may_edit_case(actor: Actor, case: ExperienceCase) -> bool:
    return may_write_cases(actor) and case.organisation_id == actor.organisation_id


def require_case_owner(actor: Actor, case: ExperienceCase) -> None:
    if not may_edit_case(actor, case):
        raise NotAllowed(f"案例由报送单位“{case.organisation}”的管理员或经办人办理。")


def may_review_case(actor: Actor, case: ExperienceCase) -> bool:
    return may_coordinate(actor) and actor.covers(case.division_id)


def require_case_reviewer(actor: Actor, case: ExperienceCase) -> None:
    if not may_review_case(actor, case):
        raise NotAllowed("案例由报送单位所在地区的统筹人员审核，请联系牵头部门。")


def rollouts_visible_to(actor: Actor) -> QuerySet[Rollout]:
    """Requests about cases of the jurisdiction, and those to the jurisdiction."""
    if not reads_jurisdiction(actor):
        return Rollout.objects.none()
    return Rollout.objects.filter(within(actor) | within(actor, field="case__division__code"))


def may_decide_rollout(actor: Actor, rollout: Rollout) -> bool:
    """A coordinator of the whole province decides, not one of the city that asks."""
    return may_coordinate(actor) and actor.jurisdiction == rollout.division_id


def require_rollout_decider(actor: Actor, rollout: Rollout) -> None:
    if not may_decide_rollout(actor, rollout):
        raise NotAllowed(f"全省推广由{rollout.division.name}牵头部门统筹人员审批。")


def may_read_case_file(actor: Actor, file: StoredFile) -> bool:
    return cases_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("policy_tasks.experiencecase", may_read_case_file)
register_action_labels(
    {
        "policy_tasks.case.written": "起草案例",
        "policy_tasks.case.changed": "修改案例",
        "policy_tasks.case.submitted": "报送案例",
        "policy_tasks.case.recalled": "收回案例",
        "policy_tasks.case.returned": "退回案例",
        "policy_tasks.case.published": "发布案例",
        "policy_tasks.case.withdrawn": "撤下案例",
        "policy_tasks.case.adopted": "登记案例采用",
        "policy_tasks.case.adoption_result": "登记采用效果",
        "policy_tasks.case.publicity_planned": "登记宣传计划",
        "policy_tasks.case.publicity_counted": "登记刊发和到达",
        "policy_tasks.rollout.proposed": "申请全省推广",
        "policy_tasks.rollout.decided": "审批全省推广",
    }
)
