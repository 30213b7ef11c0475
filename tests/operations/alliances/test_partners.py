"""Partners are organisations of the directory where they are registered, else names."""

from __future__ import annotations

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError
from silian.operations.alliances.commands.ownership import add_party
from silian.operations.alliances.models.cooperation import CooperationProject
from tests.operations.alliances import cooperation_stage as stage
from tests.operations.alliances import ownership_stage
from tests.operations.alliances.group_stage import unit_of
from tests.world import World


def test_a_picked_partner_is_linked_and_named_as_registered(world: World) -> None:
    unit = unit_of(world.enterprise)
    project = stage.explored(world, partner="", partner_unit_id=unit.pk)
    assert (project.partner_unit, project.partner) == (unit, unit.name)
    page = world.school.client.get(project.get_absolute_url()).content.decode()
    assert unit.get_absolute_url() in page


def test_a_free_name_that_is_registered_is_linked_all_the_same(world: World) -> None:
    unit = unit_of(world.enterprise)
    assert stage.explored(world, partner=f" {unit.name} ").partner_unit == unit


def test_a_partner_outside_the_directory_keeps_its_name(world: World) -> None:
    project = stage.explored(world)
    assert project.partner_unit is None
    page = world.school.client.get(project.get_absolute_url()).content.decode()
    assert "未在名录登记" in page


def test_a_project_needs_a_partner_other_than_the_unit_itself(world: World) -> None:
    with pytest.raises(DomainError, match="请从名录中选择合作方"):
        stage.explored(world, partner=" ")
    with pytest.raises(DomainError, match="不能是承担单位自己"):
        stage.explored(world, partner_unit_id=unit_of(world.school).pk)


def test_the_form_takes_the_picked_unit(world: World) -> None:
    unit = unit_of(world.enterprise)
    facts = stage.facts()
    sent = {
        "organisation": unit_of(world.school).pk,
        "partner_unit": unit.pk,
        "title": facts.title,
        "scope": facts.scope,
        "kind": facts.kind,
        "partner_place": "本市",
        "summary": facts.summary,
    }
    answer = world.school.client.post(reverse("alliances:cooperation_new"), sent)
    assert answer.status_code == 302
    assert CooperationProject.objects.get().partner_unit == unit


def test_a_party_of_a_case_is_linked_where_registered(world: World) -> None:
    case = ownership_stage.draft(world)
    unit = unit_of(world.enterprise)
    linked = add_party(
        case_id=case.pk,
        name="",
        unit_id=unit.pk,
        kind="private_enterprise",
        share=None,
        actor=world.enterprise.actor,
    )
    assert (linked.name, linked.unit) == (unit.name, unit)
    with pytest.raises(DomainError, match="已登记"):
        add_party(
            case_id=case.pk,
            name=unit.name,
            kind="private_enterprise",
            share=None,
            actor=world.enterprise.actor,
        )
