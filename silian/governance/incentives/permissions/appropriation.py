"""Who drafts, checks, approves and reads appropriation sheets."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.incentives.choices.appropriation import SEEN_BY_SCHOOL
from silian.governance.incentives.choices.offices import Function
from silian.governance.incentives.models.appropriation import (
    AppropriationSetting,
    AppropriationSheet,
    AppropriationYear,
)
from silian.governance.incentives.permissions.offices import (
    answers_for,
    coordinates,
    is_clerk,
    looks_after_region,
    within,
)
from silian.registers.organisations.choices import OrganisationKind, Role

SCHOOL_ROLES = (Role.MANAGER, Role.AGENT, Role.READER)


def reads_as_school(actor: Actor) -> bool:
    """Whether the actor reads the sheets sent to its school (本校拨款)."""
    return actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(*SCHOOL_ROLES)


def reads_register(actor: Actor) -> bool:
    return looks_after_region(actor)


def sets_up(actor: Actor, *, division: str = "") -> bool:
    """Whether the actor opens years and sets numbers: finance, or the coordinator (核算部门)."""
    place = division or actor.jurisdiction
    if not (actor.jurisdiction and actor.covers(place)):
        return False
    return coordinates(actor) or answers_for(actor, Function.FINANCE, division=place)


def drafts(actor: Actor, year: AppropriationYear) -> bool:
    return is_clerk(actor) and actor.organisation_id == year.finance_id


def checks(actor: Actor, year: AppropriationYear) -> bool:
    return is_clerk(actor) and actor.organisation_id == year.education_id


def approves(actor: Actor, year: AppropriationYear) -> bool:
    """A leader of the region or the finance department; the workflow asks for another person."""
    leads = actor.has_role(Role.LEADER, Role.COORDINATOR) and actor.covers(year.division_id)
    return leads or drafts(actor, year)


STEPS = {
    "submit": (drafts, "拨款核算表由核算部门（财政）起草和送核。"),
    "pass": (checks, "拨款核算表由这个年度写明的教育部门核对。"),
    "approve": (approves, "审定由分管领导、统筹人员或核算部门另一位人员办理。"),
    "publish": (drafts, "拨款核算表由核算部门（财政）送达。"),
}


def may_step(actor: Actor, year: AppropriationYear, *, step: str) -> bool:
    """Whether the step is the actor's; the state is asked by the workflow (能否办理)."""
    if step == "return":
        return checks(actor, year) or approves(actor, year)
    return STEPS[step][0](actor, year)


def require_step(actor: Actor, year: AppropriationYear, *, step: str) -> None:
    if not may_step(actor, year, step=step):
        sentence = STEPS[step][1] if step in STEPS else "退回由核对或审定的人办理。"
        raise NotAllowed(sentence)


def require_reader(actor: Actor) -> None:
    if not reads_register(actor):
        raise NotAllowed("拨款核算由政府部门办理；学校收到的核算表在“本校拨款”里。")


def require_school(actor: Actor) -> None:
    if not reads_as_school(actor):
        raise NotAllowed("本校拨款由院校的管理员、经办人和只读成员查看。")


def require_setter(actor: Actor, *, division: str = "") -> None:
    if not sets_up(actor, division=division):
        raise NotAllowed("拨款年度和参数由本地区财政部门或牵头部门统筹人员设定。")


def require_drafter(actor: Actor, year: AppropriationYear) -> None:
    if not drafts(actor, year):
        raise NotAllowed(STEPS["submit"][1])


def years_visible_to(actor: Actor) -> QuerySet[AppropriationYear]:
    if not reads_register(actor):
        return AppropriationYear.objects.none()
    return AppropriationYear.objects.filter(within(actor))


def settings_visible_to(actor: Actor) -> QuerySet[AppropriationSetting]:
    if not reads_register(actor):
        return AppropriationSetting.objects.none()
    return AppropriationSetting.objects.filter(within(actor))


def sheets_visible_to(actor: Actor) -> QuerySet[AppropriationSheet]:
    """All of the region for officials; for a school what was sent to it (拨款核算表)."""
    seen = Q(pk__in=[])
    if reads_register(actor):
        seen |= within(actor, "appropriation_year__division")
    if reads_as_school(actor):
        seen |= Q(school_id=actor.organisation_id or 0, state__in=SEEN_BY_SCHOOL)
    return AppropriationSheet.objects.filter(seen)


register_action_labels(
    {
        "incentives.appropriation.year_opened": "设立拨款年度",
        "incentives.appropriation.setting_set": "设定拨款参数",
        "incentives.appropriation.setting_corrected": "更正拨款参数",
        "incentives.appropriation.drafted": "起草拨款核算表",
        "incentives.appropriation.recounted": "重新计算拨款核算表",
        "incentives.appropriation.submit": "拨款核算表送核",
        "incentives.appropriation.pass": "核对拨款核算表",
        "incentives.appropriation.return": "退回拨款核算表",
        "incentives.appropriation.approve": "审定拨款核算表",
        "incentives.appropriation.publish": "送达拨款核算表",
        "incentives.appropriation.replace": "拨款核算表被更正",
        "incentives.appropriation.correction_begun": "更正拨款核算表",
    }
)
