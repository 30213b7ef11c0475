"""A project with a partner abroad, and the forum of the school."""

from __future__ import annotations

import datetime
from typing import Any

from silian.operations.alliances.choices.cooperation import CooperationKind, CooperationScope
from silian.operations.alliances.commands.cooperation import (
    ProjectFacts,
    YearFacts,
    move_project,
    register_project,
)
from silian.operations.alliances.commands.exchanges import (
    TalentFacts,
    register_forum,
    register_talent,
)
from silian.operations.alliances.models.cooperation import (
    CooperationProject,
    Forum,
    TalentIntroduction,
)
from tests.operations.alliances.stage import TODAY
from tests.world import Person, World

SIGNED_ON = datetime.date(2024, 5, 10)


def unit_id(person: Person) -> int:
    assert person.organisation is not None
    return person.organisation.pk


def facts(**given: Any) -> ProjectFacts:
    values: dict[str, Any] = {
        "title": "焊接技术联合培养",
        "scope": CooperationScope.BELT_AND_ROAD,
        "kind": CooperationKind.BASE,
        "partner": "东岸焊接研究院（演示）",
        "partner_place": "演示国",
        "built": "焊接实训基地",
        "summary": "共建实训基地，互派教师。",
        "agreement_reference": "青职合〔2024〕3号",
    }
    return ProjectFacts(**{**values, **given})


def explored(world: World, **given: Any) -> CooperationProject:
    return register_project(
        organisation_id=unit_id(world.school), facts=facts(**given), actor=world.school.actor
    )


def moved(world: World, project: CooperationProject, name: str, **given: Any) -> CooperationProject:
    values: dict[str, Any] = {"on": SIGNED_ON, "reason": ""}
    return move_project(
        project_id=project.pk,
        name=name,
        actor=world.school.actor,
        today=TODAY,
        **{**values, **given},
    )


def signed(world: World, **given: Any) -> CooperationProject:
    return moved(world, explored(world, **given), "sign")


def year_facts(**given: Any) -> YearFacts:
    values: dict[str, Any] = {
        "students_out": 12,
        "teachers_out": 3,
        "students_in": 5,
        "experts_in": 2,
        "result": "开出 2 门课程，12 名学生取得资格。",
    }
    return YearFacts(**{**values, **given})


def talent(world: World, **given: Any) -> TalentIntroduction:
    values: dict[str, Any] = {
        "mode": "flexible",
        "expertise": "焊接技术，正高级",
        "origin": "省外研究院",
        "people": 2,
        "arrived_on": datetime.date(2025, 3, 1),
        "outcome": "",
    }
    return register_talent(
        organisation_id=unit_id(world.school),
        project_id=None,
        facts=TalentFacts(**{**values, **given}),
        actor=world.school.actor,
        today=TODAY,
    )


def forum(world: World) -> Forum:
    return register_forum(
        organisation_id=unit_id(world.school),
        title="澜江职业教育合作论坛",
        scope=CooperationScope.COUNTRY,
        first_year=2023,
        actor=world.school.actor,
    )
