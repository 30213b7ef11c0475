"""An alliance led by a school with an enterprise in it, a consortium, and what they do."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from silian.operations.alliances.choices.contributions import Function
from silian.operations.alliances.choices.duties import DutyKind
from silian.operations.alliances.choices.groups import (
    GroupKind,
    GroupLevel,
    GroupState,
    MemberKind,
    MemberState,
)
from silian.operations.alliances.commands.contributions import (
    ContributionFacts,
    TargetFacts,
    record_contribution,
    set_joint_target,
)
from silian.operations.alliances.commands.group_members import CouncilFacts
from silian.operations.alliances.commands.groups import DesignationFacts, GroupFacts
from silian.operations.alliances.models.consortia import ConsortiumReport
from silian.operations.alliances.models.contributions import (
    ActivityWeight,
    Contribution,
    JointTarget,
)
from silian.operations.alliances.models.groups import AllianceGroup, GroupMember
from silian.registers.organisations.models import Organisation
from tests.world import CITY, Person, World

STARTED = datetime.date(2023, 1, 1)


def unit_of(person: Person) -> Organisation:
    assert person.organisation is not None
    return person.organisation


def group_facts(world: World, **given: Any) -> GroupFacts:
    values: dict[str, Any] = {
        "kind": GroupKind.ALLIANCE,
        "level": GroupLevel.CITY,
        "name": "青澜装备产教联盟",
        "lead_id": unit_of(world.school).pk,
        "lead_kind": MemberKind.COLLEGE,
        "industry_id": None,
        "park": "",
        "purpose": "联合培养现场工程师",
        "basis": "",
        "founded_on": STARTED,
    }
    return GroupFacts(**{**values, **given})


def running(world: World, **given: Any) -> AllianceGroup:
    """A running alliance of the school with the enterprise as its confirmed member."""
    facts = group_facts(world, **given)
    group = AllianceGroup.objects.create(
        division_id=CITY, state=GroupState.RUNNING, started_on=STARTED, **vars(facts)
    )
    member(group, unit_of(world.enterprise))
    return group


def consortium(world: World, **given: Any) -> AllianceGroup:
    return running(
        world,
        kind=GroupKind.CITY_CONSORTIUM,
        name="青澜高新区产教联合体",
        park="青澜高新区",
        **given,
    )


def member(group: AllianceGroup, unit: Organisation, **given: Any) -> GroupMember:
    values: dict[str, Any] = {
        "kind": MemberKind.ENTERPRISE,
        "state": MemberState.ACTIVE,
        "asked_on": STARTED,
        "joined_on": STARTED,
    }
    return GroupMember.objects.create(group=group, organisation=unit, **{**values, **given})


def today() -> datetime.date:
    return timezone.localdate()


def contribution_facts(world: World, **given: Any) -> ContributionFacts:
    values: dict[str, Any] = {
        "contributor_id": unit_of(world.enterprise).pk,
        "receiver_id": None,
        "function": Function.PLACES,
        "title": "提供实习岗位",
        "quantity": Decimal(20),
        "on": today() - datetime.timedelta(days=10),
        "evidence": "学生名册",
    }
    return ContributionFacts(**{**values, **given})


def recorded(
    world: World, group: AllianceGroup, *, by: Person | None = None, **given: Any
) -> Contribution:
    """A contribution of the enterprise, written by itself unless told otherwise."""
    return record_contribution(
        group_id=group.pk,
        facts=contribution_facts(world, **given),
        upload=None,
        actor=(by or world.enterprise).actor,
        now=timezone.localtime(),
    )


def target(world: World, group: AllianceGroup, **given: Any) -> JointTarget:
    values: dict[str, Any] = {
        "title": "联合培养现场工程师",
        "unit": "人",
        "value": Decimal(100),
        "owner_id": unit_of(world.enterprise).pk,
        "due_on": today() + datetime.timedelta(days=30),
        "basis": "",
    }
    facts = TargetFacts(**{**values, **given})
    return set_joint_target(group_id=group.pk, facts=facts, actor=world.school.actor)


def weight(
    function: Function = Function.PLACES, points: str = "0.5", ceiling: str | None = None
) -> ActivityWeight:
    return ActivityWeight.objects.create(
        division_id=CITY,
        function=function,
        points=Decimal(points),
        ceiling=Decimal(ceiling) if ceiling else None,
        valid_from=STARTED,
        basis="考核办法",
    )


def designation(**given: Any) -> DesignationFacts:
    values: dict[str, Any] = {
        "kind": "demonstration",
        "level": "province",
        "authority": "省教育厅",
        "document_number": "教职〔2025〕7号",
        "starts_on": today() - datetime.timedelta(days=30),
        "ends_on": None,
    }
    return DesignationFacts(**{**values, **given})


def council(world: World, **given: Any) -> CouncilFacts:
    values: dict[str, Any] = {
        "role": "chair",
        "organisation_id": unit_of(world.enterprise).pk,
        "holder": "陈佳宁",
        "position": "总经理",
        "starts_on": STARTED,
        "ends_on": STARTED + datetime.timedelta(days=3650),
    }
    return CouncilFacts(**{**values, **given})


def report(group: AllianceGroup, kind: DutyKind, year: int, **given: Any) -> ConsortiumReport:
    due = datetime.date(year, 1, 31) if kind == DutyKind.PLAN else datetime.date(year, 12, 31)
    values: dict[str, Any] = {"text": "内容", "due_on": due, "filed_on": due}
    return ConsortiumReport.objects.create(group=group, kind=kind, year=year, **{**values, **given})
