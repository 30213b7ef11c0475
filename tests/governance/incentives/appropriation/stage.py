"""Offices, students, numbers and sheets of the appropriation tests."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from silian.governance.incentives.commands.appropriation import draft_sheets, step_sheet
from silian.governance.incentives.commands.appropriation_settings import (
    SettingSaid,
    open_year,
    set_number,
)
from silian.governance.incentives.commands.offices import name_office
from silian.governance.incentives.commands.surcharge import enter_surcharge
from silian.governance.incentives.models import (
    AppropriationSetting,
    AppropriationSheet,
    AppropriationYear,
    FunctionOffice,
    SurchargeEntry,
)
from silian.governance.incentives.rules.surcharge import Said
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Organisation
from tests.governance.incentives.stage import NOW
from tests.registers.programmes import stage as teaching
from tests.world import CITY, COUNTY, Person, World, make_member, make_organisation

TODAY = NOW.date()
COUNTED = datetime.date(2025, 12, 1)
NUMBERS = {"base": "8000", "weight": "1.5", "factor": "1.05"}


def office(world: World, function: str, unit: Organisation) -> FunctionOffice:
    known = FunctionOffice.objects.filter(function=function, organisation=unit).first()
    return known or name_office(
        division=CITY, function=function, organisation_id=unit.pk, basis="三定规定",
        actor=world.coordinator.actor, today=TODAY,
    )  # fmt: skip


def treasury(world: World) -> Person:
    """A clerk of the bureau of finance, which answers for finance."""
    if "treasury" not in world.people:
        bureau = make_organisation(
            name="青澜市财政局（演示）", kind=OrganisationKind.GOVERNMENT, division_id=CITY
        )
        world.people["treasury"] = make_member(
            username="treasury", organisation=bureau, role=Role.REVIEWER, jurisdiction_id=CITY
        )
        office(world, "finance", bureau)
    return world.people["treasury"]


def students(world: World, *, count: int = 2, code: str = "460103", place: int = 1) -> None:
    """Students of one programme of the school."""
    assert world.school.organisation is not None
    programme = teaching.make_programme(world.school.organisation, code=code)
    group = teaching.make_class(teaching.make_cohort(programme), name=f"{code} 班")
    for each in range(count):
        teaching.make_student(group, place=place + each)


def year(world: World) -> AppropriationYear:
    finance, education = treasury(world).organisation, world.reviewer.organisation
    assert finance is not None
    assert education is not None
    known = AppropriationYear.objects.first()
    return known or open_year(
        division=CITY, year=2026, counted_on=COUNTED, finance_id=finance.pk,
        education_id=education.pk, basis="拨款办法第三条", actor=treasury(world).actor, today=TODAY,
    )  # fmt: skip


def setting(world: World, kind: str, value: str, **given: Any) -> AppropriationSetting:
    facts = {"document": "青财教〔2025〕8号", "clause": "第三条", **given}
    said = SettingSaid(
        kind=kind, value=Decimal(value), valid_from=facts.pop("valid_from", COUNTED), **facts
    )
    return set_number(division=CITY, said=said, actor=treasury(world).actor, now=NOW)


def numbers(world: World) -> None:
    for kind, value in NUMBERS.items():
        setting(world, kind, value)


def sheet(world: World, *, with_numbers: bool = True) -> AppropriationSheet:
    """The school's draft."""
    if known := AppropriationSheet.objects.first():
        return known
    students(world)
    if with_numbers:
        numbers(world)
    draft_sheets(year_id=year(world).pk, actor=treasury(world).actor, now=NOW)
    return AppropriationSheet.objects.get()


WAY = {"submit": "treasury", "pass": "reviewer", "approve": "leader", "publish": "treasury"}


def taken(world: World, *steps: str, of: AppropriationSheet | None = None) -> AppropriationSheet:
    """The sheet after these steps, each by the one whose it is."""
    found = of or sheet(world)
    for step in steps:
        actor = world.people[WAY[step]].actor
        step_sheet(sheet_id=found.pk, step=step, actor=actor, now=NOW)
    found.refresh_from_db()
    return found


def published(world: World) -> AppropriationSheet:
    known = AppropriationSheet.objects.filter(state="published").first()
    return known or taken(world, *WAY)


def said(kind: str = "receipt", amount: str = "1000", **given: Any) -> Said:
    facts: dict[str, Any] = {
        "division": COUNTY, "booked_on": datetime.date(2025, 6, 30), "item": "二季度",
        "voucher": f"{kind} 1", **given,
    }  # fmt: skip
    return Said(kind=kind, amount=Decimal(amount), **facts)


def entered(world: World, *args: Any, **given: Any) -> SurchargeEntry:
    return enter_surcharge(
        said=said(*args, **given), actor=treasury(world).actor, now=NOW, today=TODAY
    )
