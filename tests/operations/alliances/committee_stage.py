"""A committee of the bureau with a member, a programme of the school, and an opinion on it."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from silian.operations.alliances.choices.committees import CommitteeKind, MandateKind
from silian.operations.alliances.commands.committees import (
    CommitteeFacts,
    CommitteeSeat,
    found_committee,
    seat_member,
)
from silian.operations.alliances.commands.nominations import NominationFacts, nominate_expert
from silian.operations.alliances.commands.opinions import (
    OpinionFacts,
    draft_opinion,
    issue_opinion,
)
from silian.operations.alliances.models.committees import Committee
from silian.operations.alliances.models.nominations import ExpertNomination
from silian.operations.alliances.models.opinions import CommitteeOpinion
from silian.registers.programmes.models import Programme, Standard
from tests.operations.alliances.group_stage import unit_of
from tests.registers.programmes.stage import make_programme, make_standard
from tests.world import CITY, World

FOUNDED = datetime.date(2024, 5, 1)
TERM_ENDS = datetime.date(2032, 5, 1)


def committee_facts(world: World, **given: Any) -> CommitteeFacts:
    values: dict[str, Any] = {
        "kind": CommitteeKind.INDUSTRY_TEACHING,
        "name": "装备制造行业教学指导委员会",
        "host_id": unit_of(world.enterprise).pk,
        "industry_id": None,
        "mandate_kind": MandateKind.DELEGATED,
        "mandate": "岗位能力标准编制",
        "mandate_document": "青教职〔2024〕3号",
        "founded_on": FOUNDED,
        "term_ends_on": TERM_ENDS,
    }
    return CommitteeFacts(**{**values, **given})


def committee(world: World, **given: Any) -> Committee:
    """A committee hosted by the enterprise."""
    return found_committee(
        division=CITY,
        facts=committee_facts(world, **given),
        upload=None,
        actor=world.coordinator.actor,
    )


def seat(world: World, **given: Any) -> CommitteeSeat:
    values: dict[str, Any] = {
        "role": "chair",
        "name": "陈佳宁",
        "organisation_id": unit_of(world.enterprise).pk,
        "unit_name": "",
        "position": "总工程师",
        "starts_on": FOUNDED,
        "ends_on": TERM_ENDS,
    }
    return CommitteeSeat(**{**values, **given})


def with_member(world: World) -> Committee:
    found = committee(world)
    seat_member(committee_id=found.pk, seat=seat(world), actor=world.enterprise.actor)
    return found


def programme(world: World, code: str = "460103") -> Programme:
    """A programme of the school, the first one that is there."""
    school = unit_of(world.school)
    found = Programme.objects.filter(school=school, major__code=code).first()
    return found or make_programme(school, code=code)


def standard(world: World) -> Standard:
    """A standard in force, kept by the school."""
    return make_standard(unit_of(world.school)).standard


def opinion_facts(**given: Any) -> OpinionFacts:
    values: dict[str, Any] = {
        "kind": "plans",
        "title": "关于数控专业方案的意见",
        "text": "增加在线检测",
        "meeting_id": None,
        "standard_id": None,
        "programme_ids": [],
        "occupation_ids": [],
    }
    return OpinionFacts(**{**values, **given})


def drafted(world: World, found: Committee | None = None, **given: Any) -> CommitteeOpinion:
    found = found or committee(world)
    return draft_opinion(
        committee_id=found.pk, facts=opinion_facts(**given), actor=world.enterprise.actor
    )


def issued(world: World, found: Committee | None = None, **given: Any) -> CommitteeOpinion:
    """A sent opinion on a programme of the school."""
    given.setdefault("programme_ids", [programme(world).pk])
    draft = drafted(world, found, **given)
    return issue_opinion(
        opinion_id=draft.pk, actor=world.enterprise.actor, now=timezone.localtime()
    )


def with_teacher(world: World) -> Committee:
    """A committee in which the teacher of the school sits."""
    found, user = committee(world), world.teacher.user
    assert user is not None
    unit = unit_of(world.school).pk
    seat_member(
        committee_id=found.pk,
        seat=seat(world, role="member", name=user.name, organisation_id=unit),
        actor=world.enterprise.actor,
    )
    return found


def nomination_facts(world: World, found: Committee, **given: Any) -> NominationFacts:
    assert world.teacher.user is not None
    day = timezone.localdate()
    values: dict[str, Any] = {
        "member_id": found.members.get(role="member").pk,
        "login": world.teacher.user.username,
        "title": "副教授",
        "fields": ["programmes", "teaching"],
        "grounds": "主持过多个专业论证",
        "starts_on": day,
        "ends_on": day + datetime.timedelta(days=1000),
    }
    return NominationFacts(**{**values, **given})


def nominated(world: World, found: Committee | None = None, **given: Any) -> ExpertNomination:
    """The committee asks the teacher."""
    found = found or with_teacher(world)
    return nominate_expert(
        committee_id=found.pk,
        facts=nomination_facts(world, found, **given),
        actor=world.enterprise.actor,
        today=timezone.localdate(),
    )
