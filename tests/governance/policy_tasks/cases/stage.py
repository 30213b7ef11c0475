"""Cases for the tests, brought to a given step by the commands themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from silian.governance.policy_tasks.choices import CaseTheme
from silian.governance.policy_tasks.commands.case_spreading import adopt_case, propose_rollout
from silian.governance.policy_tasks.commands.cases import (
    CaseText,
    Figure,
    publish_case,
    submit_case,
    write_case,
)
from silian.governance.policy_tasks.models.cases import Adoption, ExperienceCase, Rollout
from silian.registers.organisations.choices import OrganisationKind, Role
from tests.governance.policy_tasks.supervision.stage import NOW, TODAY
from tests.world import Person, World, make_member, make_organisation

PROVINCE = "990000"


def make_text(**values: Any) -> CaseText:
    facts: dict[str, Any] = {
        "theme": CaseTheme.PLACEMENT,
        "title": "校企共建五轴加工实训中心轮岗实训",
        "problem": "学校没有五轴设备，企业要花三个月重新培训毕业生才能上岗。",
        "practice": "企业出设备和工程师，学校出场地和学生，按四周一轮安排轮岗。",
        "effect": "毕业生上岗培训从三个月缩短到四周，企业留用率提高。",
        "conditions": "需要一家有五轴设备的企业、两百平方米场地和两名企业导师。",
        "figures": (
            Figure(
                name="上岗培训",
                before=Decimal(12),
                after=Decimal(4),
                unit="周",
                source="企业培训台账",
            ),
        ),
    }
    return CaseText(**{**facts, **values})


def written(world: World, *, by: Person | None = None, **values: Any) -> ExperienceCase:
    return write_case(text=make_text(**values), actor=(by or world.school).actor)


def submitted(world: World, **values: Any) -> ExperienceCase:
    case = written(world, **values)
    return submit_case(case_id=case.pk, consented=True, actor=world.school.actor, now=NOW)


def published(world: World, **values: Any) -> ExperienceCase:
    case = submitted(world, **values)
    return publish_case(case_id=case.pk, actor=world.coordinator.actor, now=NOW)


def adopted(world: World) -> Adoption:
    case = published(world)
    return adopt_case(
        case_id=case.pk, starts_on=TODAY, changed="", actor=world.enterprise.actor, now=NOW
    )


def proposed(world: World) -> Rollout:
    case = published(world)
    return propose_rollout(
        case_id=case.pk,
        grounds="三县五校已采用，培训时间都缩短。",
        actor=world.coordinator.actor,
        now=NOW,
    )


def province_coordinator() -> Person:
    office = make_organisation(
        name="澜江省教育厅（演示）", kind=OrganisationKind.GOVERNMENT, division_id=PROVINCE
    )
    return make_member(
        username="province",
        organisation=office,
        role=Role.COORDINATOR,
        jurisdiction_id=PROVINCE,
    )
