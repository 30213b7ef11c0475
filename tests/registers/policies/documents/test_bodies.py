"""The register of responsible bodies: names with dates, organisations, hand-over."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.registers.organisations.choices import OrganisationKind, RenamingState
from silian.registers.organisations.events import OrganisationRenamed, OrganisationsMerged
from silian.registers.organisations.models.organisation import Renaming
from silian.registers.policies.commands import bodies as commands
from silian.registers.policies.events import BodyHandedOver
from silian.registers.policies.models.bodies import PolicyBody
from silian.registers.policies.queries.bodies import standing_body
from tests.registers.policies.documents.stage import PLAN, clause_called, in_review
from tests.world import CITY, World, make_organisation

DAY = datetime.date(2026, 1, 1)


def body_called(name: str) -> PolicyBody:
    return PolicyBody.objects.get(division=CITY, name=name)


def test_a_body_is_checked_and_linked(world: World) -> None:
    in_review(world)
    office = make_organisation(
        name="青澜市财政金融局", kind=OrganisationKind.GOVERNMENT, division_id=CITY
    )
    body = commands.correct_body(
        body_id=body_called("市财政局").pk,
        name="市财政局",
        function="财政",
        organisation_id=office.pk,
        actor=world.coordinator.actor,
    )
    assert (body.organisation, body.needs_check) == (office, False)


def test_only_the_coordinator_keeps_the_register(world: World) -> None:
    in_review(world)
    with pytest.raises(NotAllowed):
        commands.correct_body(
            body_id=body_called("市财政局").pk,
            name="市财政局",
            function="",
            organisation_id=None,
            actor=world.supervisor.actor,
        )


def test_a_name_taken_by_another_body_is_refused(world: World) -> None:
    in_review(world)
    with pytest.raises(DomainError, match="本地区已有"):
        commands.correct_body(
            body_id=body_called("市财政局").pk,
            name="市教育局",
            function="",
            organisation_id=None,
            actor=world.coordinator.actor,
        )


def test_an_alias_joins_a_later_document_to_the_same_body(world: World) -> None:
    in_review(world)
    body = body_called("市应急管理局")
    commands.add_name(
        body_id=body.pk,
        name="市应急局",
        valid_from=None,
        valid_to=None,
        actor=world.coordinator.actor,
    )
    later = in_review(world, text=PLAN.replace("市应急管理局", "市应急局"))
    rows = clause_called(later, "加强安全管理").bodies.all()
    assert body in {row.body for row in rows}


def test_on_one_day_a_name_means_one_body(world: World) -> None:
    in_review(world)
    with pytest.raises(DomainError, match="不能重叠"):
        commands.add_name(
            body_id=body_called("市财政局").pk,
            name="市教育局",
            valid_from=DAY,
            valid_to=None,
            actor=world.coordinator.actor,
        )
    with pytest.raises(DomainError, match="晚于启用日"):
        commands.add_name(
            body_id=body_called("市财政局").pk,
            name="市财政",
            valid_from=DAY,
            valid_to=DAY,
            actor=world.coordinator.actor,
        )


def test_an_ended_alias_names_nobody_after_its_day(world: World) -> None:
    in_review(world)
    body = body_called("市应急管理局")
    alias = commands.add_name(
        body_id=body.pk,
        name="市应急局",
        valid_from=None,
        valid_to=None,
        actor=world.coordinator.actor,
    )
    commands.end_name(name_id=alias.pk, on=DAY, actor=world.coordinator.actor)
    later = in_review(world, text=PLAN.replace("市应急管理局", "市应急局"))
    rows = clause_called(later, "加强安全管理").bodies.all()
    assert body not in {row.body for row in rows}


def test_duties_pass_to_a_successor(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(commands, "publish", told.append)
    in_review(world)
    body, heir = body_called("市应急管理局"), body_called("市教育局")
    commands.hand_over_body(
        body_id=body.pk, successor_id=heir.pk, on=DAY, actor=world.coordinator.actor
    )
    body.refresh_from_db()
    assert standing_body(body) == heir
    assert told == [BodyHandedOver(body_id=body.pk, successor_id=heir.pk, handed_over_on=DAY)]
    with pytest.raises(DomainError, match="已于"):
        commands.hand_over_body(
            body_id=body.pk, successor_id=heir.pk, on=DAY, actor=world.coordinator.actor
        )
    with pytest.raises(DomainError, match="互相划转"):
        commands.hand_over_body(
            body_id=heir.pk, successor_id=body.pk, on=DAY, actor=world.coordinator.actor
        )


def test_a_renamed_department_is_found_under_both_names(
    world: World, run_jobs: Callable[[], None]
) -> None:
    in_review(world)
    body, bureau = body_called("市教育局"), world.coordinator.organisation
    assert bureau is not None
    renaming = Renaming.objects.create(
        organisation=bureau,
        new_name="青澜市教育体育局",
        changed_on=DAY,
        state=RenamingState.CONFIRMED,
        requested_by=world.coordinator.user,
        due_on=DAY,
        decided_at=timezone.now(),
    )
    for _ in range(2):
        publish(OrganisationRenamed(organisation_id=bureau.pk, renaming_id=renaming.pk))
        run_jobs()
    body.refresh_from_db()
    assert body.name == "市教育体育局"
    dated = {each.name: (each.valid_from, each.valid_to) for each in body.names.all()}
    assert dated == {"市教育局": (None, DAY), "市教育体育局": (DAY, None)}


def test_a_merged_department_hands_over_to_its_heir(
    world: World, run_jobs: Callable[[], None]
) -> None:
    in_review(world)
    body, bureau = body_called("市教育局"), world.coordinator.organisation
    assert bureau is not None
    heir = make_organisation(
        name="青澜市教育科技局", kind=OrganisationKind.GOVERNMENT, division_id=CITY
    )
    for _ in range(2):
        publish(OrganisationsMerged(organisation_id=bureau.pk, heir_id=heir.pk, merged_on=DAY))
        run_jobs()
    body.refresh_from_db()
    assert body.successor is not None
    assert body.successor.name == "市教育科技局"
    assert body.successor.organisation == heir
