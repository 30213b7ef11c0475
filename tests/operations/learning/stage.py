"""A notice of the bureau, the return of an enterprise in every state, a union that is asked."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.operations.learning.commands import calls, checking, returns
from silian.operations.learning.commands.calls import CallFacts
from silian.operations.learning.commands.missing import tell_collector
from silian.operations.learning.models.calls import FundCall
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.models.returns import FundReturn
from silian.operations.learning.rules.figures import Figures
from silian.registers.credit.choices import ItemNature, Sharing
from silian.registers.credit.models import CreditItem
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models import Parameter
from tests.world import CITY, Person, World, make_member, make_organisation

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
NOW = datetime.datetime(2026, 3, 18, 15, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
DUE_ON = datetime.date(2026, 4, 30)
YEAR = 2025
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def money(text: str) -> Decimal:
    return Decimal(text)


def parameters(**changes: Any) -> None:
    """What the city has set: 1.5 % to 2.5 % of wages, 60 % on the front line."""
    usual: dict[str, Any] = {
        "division_id": CITY,
        "unit": "%",
        "force": "mandatory",
        "source": "青政办〔2024〕3号",
        "place": "三（四）",
        "valid_from": datetime.date(2024, 1, 1),
        **changes,
    }
    rows = (
        {"code": "N60", "name": "fund_extraction_band", "title": "提取比例", "comparator": "range",
         "low": money("1.5"), "high": money("2.5")},
        {"code": "N61", "name": "frontline_share", "title": "一线职工比例", "comparator": ">=",
         "value": money("60")},
    )  # fmt: skip
    for row in rows:
        Parameter.objects.create(**{**usual, **row})


def union() -> Person:
    """A member of the city's union, which may be asked."""
    office = Organisation.objects.filter(name="青澜市总工会（演示）").first()
    office = office or make_organisation(
        name="青澜市总工会（演示）", kind=OrganisationKind.GOVERNMENT, division_id=CITY
    )
    return make_member(
        username="union", organisation=office, role=Role.REVIEWER, jurisdiction_id=CITY
    )


def call_facts(world: World, **given: Any) -> CallFacts:
    values: dict[str, Any] = {
        "year": YEAR,
        "title": "2025 年度职工教育培训经费报告",
        "authority_id": unit(world.reviewer).pk,
        "due_on": DUE_ON,
        "basis": "青政办〔2024〕3号三（四）",
        "text": "",
        **given,
    }
    return CallFacts(**values)


def unit(person: Person) -> Organisation:
    assert person.organisation is not None
    return person.organisation


def drafted(world: World, **given: Any) -> FundCall:
    return calls.draft_call(
        facts=call_facts(world, **given), actor=world.reviewer.actor, today=TODAY
    )


def listed(world: World, **given: Any) -> FundCall:
    call = drafted(world, **given)
    ids = [unit(world.enterprise).pk, unit(world.rival).pk]
    calls.add_units(call_id=call.pk, organisation_ids=ids, actor=world.reviewer.actor)
    return call


def issued(world: World, **given: Any) -> FundCall:
    return calls.issue_call(
        call_id=listed(world, **given).pk, actor=world.reviewer.actor, now=NOW, today=TODAY
    )


def figures(**given: Any) -> Figures:
    """Wages of ten million, 2 % extracted, 140,000 of 200,000 spent on the front line."""
    values: dict[str, Any] = {
        "wages": money("10000000.00"),
        "extracted": money("200000.00"),
        "carried_in": money("0.00"),
        "staff": 120,
        "frontline_staff": 80,
        "spending": {
            "skill": (money("150000.00"), money("140000.00")),
            "external": (money("30000.00"), money("0.00")),
        },
        "trainees": {"frontline": 75, "technical": 12},
        **given,
    }
    return Figures(**values)


def breach() -> Figures:
    """Too little extracted, and too little of it for the front line."""
    return figures(
        extracted=money("100000.00"),
        spending={"skill": (money("100000.00"), money("40000.00"))},
    )


def begun(world: World, call: FundCall | None = None) -> FundReturn:
    call = call or issued(world)
    return returns.begin_return(call_id=call.pk, actor=world.enterprise.actor)


def written(world: World, numbers: Figures | None = None) -> FundReturn:
    row = begun(world)
    returns.save_draft(return_id=row.pk, figures=numbers or figures(), actor=world.enterprise.actor)
    return returns.add_evidence(
        return_id=row.pk,
        upload=SimpleUploadedFile("账簿.pdf", PDF, content_type="application/pdf"),
        actor=world.enterprise.actor,
    )


def submitted(world: World, numbers: Figures | None = None) -> FundReturn:
    if not Parameter.objects.filter(name="frontline_share").exists():
        parameters()
    row = written(world, numbers)
    return returns.submit_return(return_id=row.pk, actor=world.enterprise.actor, now=NOW)


def item() -> CreditItem:
    row, _ = CreditItem.objects.get_or_create(
        division_id=CITY,
        code="CJ-01",
        defaults={
            "name": "职工教育培训经费提取使用情况",
            "provider": "人力资源社会保障局",
            "nature": ItemNature.BAD,
            "sharing": Sharing.PUBLIC,
            "basis": "演示目录",
        },
    )
    return row


def ordered(world: World) -> FundReturn:
    return checking.order_correction(
        return_id=submitted(world, breach()).pk,
        item_id=item().pk,
        text="补提差额并提交凭证。",
        working_days=20,
        actor=world.reviewer.actor,
        now=NOW,
    )


def reported(world: World, numbers: Figures | None = None) -> FundReturn:
    row = ordered(world)
    actor = world.enterprise.actor
    returns.begin_amendment(return_id=row.pk, reason="已补提", actor=actor)
    returns.save_draft(return_id=row.pk, figures=numbers or figures(), actor=actor)
    return returns.submit_return(return_id=row.pk, actor=actor, now=NOW)


def refused(world: World) -> FundReturn:
    """A return whose firm refused to put it right."""
    return checking.find_refused(
        return_id=ordered(world).pk, reason="期满未改", said_no=True, actor=world.reviewer.actor,
        now=NOW,
    )  # fmt: skip


def told(world: World, *, collector: Person) -> CollectionNotice:
    """What it still owes, told to an office."""
    return tell_collector(
        return_id=refused(world).pk, collector_id=unit(collector).pk, text="请依法收取",
        actor=world.reviewer.actor, now=NOW,
    )  # fmt: skip
