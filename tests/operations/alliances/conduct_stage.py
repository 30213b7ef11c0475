"""A service organisation and a check on it."""

from __future__ import annotations

import datetime
from typing import Any

from silian.operations.alliances.choices.conduct import CheckKind, ConductMatter, Finding
from silian.operations.alliances.commands.conduct import plan_check, record_findings
from silian.operations.alliances.models.conduct import ConductCheck
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Organisation
from tests.operations.alliances.stage import TODAY
from tests.world import Person, World, make_member, make_organisation

CORRECT_BY = TODAY + datetime.timedelta(days=20)
NAME = "澜桥产教融合服务（演示）"


def unit() -> Organisation:
    found = Organisation.objects.filter(name=NAME).first()
    return found or make_organisation(name=NAME, kind=OrganisationKind.SERVICE)


def agent() -> Person:
    return make_member(username="service", organisation=unit(), role=Role.MANAGER)


def planned(world: World, kind: str = CheckKind.ONBOARDING) -> ConductCheck:
    return plan_check(
        organisation_id=unit().pk, kind=kind, due_on=TODAY, actor=world.coordinator.actor
    )


def found(world: World, check: ConductCheck, *failed: ConductMatter, **given: Any) -> ConductCheck:
    findings = {
        matter.value: Finding.FAILED if matter in failed else Finding.PASSED
        for matter in ConductMatter
    }
    values: dict[str, Any] = {
        "findings": findings,
        "words": {matter.value: "没有公示" for matter in failed},
        "checked_on": TODAY,
        "correct_by": CORRECT_BY if failed else None,
        "opinion": "",
    }
    return record_findings(
        check_id=check.pk,
        actor=world.coordinator.actor,
        today=TODAY,
        **{**values, **given},
    )


def correcting(world: World) -> ConductCheck:
    return found(world, planned(world), ConductMatter.PRICES)
