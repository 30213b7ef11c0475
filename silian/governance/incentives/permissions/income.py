"""Who registers and reads income, plans and pay totals; a person reads only the own share."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.governance.incentives.choices.income import PayTotalState, PlanState
from silian.governance.incentives.choices.offices import Function
from silian.governance.incentives.models.distribution import DistributionPlan
from silian.governance.incentives.models.income import IncomeProject, IncomeShare
from silian.governance.incentives.models.pay_totals import PayTotal
from silian.governance.incentives.permissions.offices import (
    answers_for,
    coordinates,
    offices_of,
    within,
)
from silian.registers.organisations.choices import OrganisationKind, Role

WRITERS = (Role.MANAGER, Role.AGENT)
READERS = (*WRITERS, Role.READER)
OVERSEERS = (Role.LEADER, Role.SUPERVISOR)


def of_school(actor: Actor) -> bool:
    return actor.organisation_kind == OrganisationKind.SCHOOL and bool(actor.organisation_id)


def registers_income(actor: Actor) -> bool:
    """Whether the actor enters income for a verified school (登记收入)."""
    return of_school(actor) and actor.organisation_verified and actor.has_role(*WRITERS)


def reads_school_income(actor: Actor) -> bool:
    return of_school(actor) and actor.has_role(*READERS)


def teaches(actor: Actor) -> bool:
    """Whether the actor has a statement of the own income (教师)."""
    return of_school(actor) and actor.has_role(Role.TEACHER)


def reads_plans(actor: Actor) -> bool:
    return reads_school_income(actor) or teaches(actor)


def reads_totals(actor: Actor) -> bool:
    """Labour and finance offices, the coordinator and those who oversee the region (汇总)."""
    if not actor.jurisdiction:
        return False
    oversees = actor.has_role(*OVERSEERS) or coordinates(actor)
    return oversees or answers_for(actor, Function.LABOUR, Function.FINANCE)


def income_projects_visible_to(actor: Actor) -> QuerySet[IncomeProject]:
    """The own school's; nobody outside the school reads persons (收入项目)."""
    if not reads_school_income(actor):
        return IncomeProject.objects.none()
    return IncomeProject.objects.filter(school_id=actor.organisation_id)


def own_shares(actor: Actor) -> QuerySet[IncomeShare]:
    """What the acting person got, of confirmed projects only (本人所得)."""
    if actor.user_id is None:
        return IncomeShare.objects.none()
    return IncomeShare.objects.counted().filter(person__user_id=actor.user_id)


def plans_visible_to(actor: Actor) -> QuerySet[DistributionPlan]:
    """All of the own school for its office, noticed ones for its teachers (分配方案)."""
    rows = DistributionPlan.objects.filter(school_id=actor.organisation_id or 0)
    if reads_school_income(actor):
        return rows
    return rows.exclude(state=PlanState.DRAFT) if teaches(actor) else rows.none()


def pay_totals_visible_to(actor: Actor) -> QuerySet[PayTotal]:
    """The own school's; proposed ones of the region for those who pass and oversee them."""
    seen = Q(pk__in=[])
    if reads_school_income(actor):
        seen |= Q(school_id=actor.organisation_id)
    if reads_totals(actor):
        seen |= within(actor) & (~Q(state=PayTotalState.DRAFT) | Q(proposed_at__isnull=False))
    return PayTotal.objects.filter(seen)


def may_step(actor: Actor, row: PayTotal, *, step: str) -> bool:
    """Whose step it is: the school's, the labour office's, the finance office's (核定)."""
    if step == "propose":
        return registers_income(actor) and actor.organisation_id == row.school_id
    if step == "return":
        states = {PayTotalState.PROPOSED: "pass", PayTotalState.PASSED: "approve"}
        step = states.get(PayTotalState(row.state), "pass")
    function = Function.LABOUR if step == "pass" else Function.FINANCE
    return offices_of(actor).exists() and answers_for(actor, function, division=row.division_id)


def require_pay_step(actor: Actor, row: PayTotal, *, step: str) -> None:
    if not may_step(actor, row, step=step):
        raise NotAllowed("绩效工资总量由学校报送，人社部门核定后由财政部门核定。")


def require_registrar(actor: Actor) -> None:
    if not registers_income(actor):
        raise NotAllowed("收入和分配由已核验院校的管理员或经办人登记。")


def require_school_reader(actor: Actor) -> None:
    if not reads_school_income(actor):
        raise NotAllowed("这里是学校的收入登记；教师请看“我的收入与奖励”。")


def require_teacher(actor: Actor) -> None:
    if not teaches(actor):
        raise NotAllowed("这里是教师本人的收入与奖励明细。")


def require_plan_reader(actor: Actor) -> None:
    if not reads_plans(actor):
        raise NotAllowed("分配方案在本校公示，由本校人员查看。")


def require_totals_reader(actor: Actor) -> None:
    if not reads_totals(actor):
        raise NotAllowed("汇总由人社、财政部门和牵头部门查看。")


def require_pay_reader(actor: Actor) -> None:
    if not (reads_totals(actor) or reads_school_income(actor)):
        raise NotAllowed("绩效工资总量由学校和人社、财政部门办理。")


def may_read_income_file(actor: Actor, file: StoredFile) -> bool:
    return income_projects_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("incentives.incomeproject", may_read_income_file)
register_action_labels(
    {
        "incentives.income.entered": "登记收入项目",
        "incentives.income.changed": "修改收入项目",
        "incentives.income.evidence_added": "上传收入凭证",
        "incentives.income.confirm": "确认收入项目",
        "incentives.income.share_entered": "登记个人所得",
        "incentives.income.share_dropped": "删除个人所得",
        "incentives.income.share_corrected": "更正个人所得",
        "incentives.distribution.drafted": "起草分配方案",
        "incentives.distribution.changed": "修改分配方案",
        "incentives.distribution.notice": "公示分配方案",
        "incentives.distribution.adopt": "施行分配方案",
        "incentives.distribution.withdraw": "撤下分配方案",
        "incentives.distribution.replace": "分配方案被替代",
        "incentives.distribution.objected": "对分配方案提意见",
        "incentives.distribution.answered": "答复方案意见",
        "incentives.pay_total.drafted": "拟报绩效工资总量",
        "incentives.pay_total.propose": "报送绩效工资总量",
        "incentives.pay_total.pass": "人社核定绩效工资总量",
        "incentives.pay_total.approve": "财政核定绩效工资总量",
        "incentives.pay_total.return": "退回绩效工资总量",
        "incentives.pay_total.replace": "绩效工资总量被更正",
    }
)
