"""Projects, shares, plans and pay totals of the income tests."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.governance.incentives.commands.distribution import (
    draft_plan,
    notice_plan,
    object_to_plan,
)
from silian.governance.incentives.commands.income import (
    ProjectSaid,
    add_evidence,
    confirm_project,
    enter_project,
    enter_share,
)
from silian.governance.incentives.commands.pay_totals import draft_total, step_total
from silian.governance.incentives.models import (
    DistributionPlan,
    IncomeProject,
    IncomeShare,
    PayTotal,
    PlanObjection,
)
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.people.models import Person
from tests.governance.incentives.appropriation import stage as money
from tests.governance.incentives.stage import NOW
from tests.registers.programmes.stage import make_teacher
from tests.world import CITY, World, make_member, make_organisation
from tests.world import Person as Member

TODAY = NOW.date()
PAID = datetime.date(2026, 3, 2)
CONVERSION = {"kind": "conversion", "way": "转让或许可", "title": "刀具涂层专利"}


def teacher(world: World) -> Person:
    """The teacher of the cast on the register of people."""
    assert world.school.organisation is not None
    known = Person.objects.filter(user=world.teacher.user).first()
    if known:
        return known
    person = make_teacher(world.school.organisation, name="许老师")
    person.user = world.teacher.user
    person.save()
    return person


def said(**given: Any) -> ProjectSaid:
    facts: dict[str, Any] = {"year": 2026, "gain": Decimal(100_000), **CONVERSION, **given}
    return ProjectSaid(**facts)


def project(world: World, **given: Any) -> IncomeProject:
    return enter_project(said=said(**given), actor=world.school.actor)


def share(
    world: World, row: IncomeProject, amount: str = "60000", *, person: Person | None = None
) -> IncomeShare:
    return enter_share(
        project_id=row.pk, person_id=(person or teacher(world)).pk, amount=Decimal(amount),
        paid_on=PAID, actor=world.school.actor, today=TODAY,
    )  # fmt: skip


def paper() -> Any:
    return SimpleUploadedFile("合同.txt", "转让合同".encode())


def confirmed(world: World, amount: str = "60000", **given: Any) -> IncomeProject:
    row = project(world, **given)
    share(world, row, amount)
    add_evidence(project_id=row.pk, upload=paper(), actor=world.school.actor)
    return confirm_project(project_id=row.pk, actor=world.school.actor, now=NOW)


def plan(world: World) -> DistributionPlan:
    known = DistributionPlan.objects.first()
    return known or draft_plan(title="收入分配办法", text="按贡献分配", actor=world.school.actor)


def noticed(world: World, *, days: int = 5) -> DistributionPlan:
    found = plan(world)
    if found.state != "draft":
        return found
    return notice_plan(
        plan_id=found.pk, days=days, basis="校务公开办法", actor=world.school.actor, today=TODAY
    )


def objection(world: World) -> PlanObjection:
    return PlanObjection.objects.first() or object_to_plan(
        plan_id=noticed(world).pk, text="比例偏低", actor=world.teacher.actor, now=NOW, today=TODAY
    )


def bureau(world: World) -> Member:
    """A clerk of the bureau of labour, which answers for it."""
    if "bureau" not in world.people:
        unit = make_organisation(
            name="青澜市人社局（演示）", kind=OrganisationKind.GOVERNMENT, division_id=CITY
        )
        world.people["bureau"] = make_member(
            username="bureau", organisation=unit, role=Role.REVIEWER, jurisdiction_id=CITY
        )
        money.office(world, "labour", unit)
        money.treasury(world)
    return world.people["bureau"]


WAY = {"propose": "school", "pass": "bureau", "approve": "treasury"}


def pay_total(world: World, *steps: str) -> PayTotal:
    """What the school proposes, after these steps."""
    bureau(world)
    row = PayTotal.objects.order_by("-version").first() or draft_total(
        year=2026, proposed=Decimal(5_000_000), reason="", actor=world.school.actor, today=TODAY
    )
    for step in steps:
        step_total(pay_total_id=row.pk, step=step, actor=world.people[WAY[step]].actor, now=NOW)
    row.refresh_from_db()
    return row
