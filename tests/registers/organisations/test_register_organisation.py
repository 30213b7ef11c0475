"""Registration of an organisation with its first manager."""

from __future__ import annotations

import pytest

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.models import AuditEntry
from silian.registers.organisations.choices import OrganisationState, Role
from silian.registers.organisations.commands.registration import register_organisation
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.queries.register import similar_organisations
from tests.registers.organisations.cast import GOOD_CODE, OTHER_CODE, facts, person, registered
from tests.world import TODAY, World


def test_the_applicant_becomes_the_first_manager(world: World) -> None:
    organisation, manager = registered(world)
    assert organisation.state == OrganisationState.REGISTERED
    assert manager.organisation_id == organisation.pk
    assert manager.roles == {Role.MANAGER}
    assert AuditEntry.objects.filter(action="organisations.organisation.registered").exists()


def test_the_code_is_kept_without_blanks_and_in_capitals(world: World) -> None:
    organisation, _ = registered(world, uscc="9135 0100 m000 100y 43")
    assert organisation.uscc == GOOD_CODE


def test_the_history_of_names_begins_with_the_first(world: World) -> None:
    organisation, _ = registered(world)
    assert [row.name for row in organisation.names.all()] == [organisation.name]


def test_a_second_registration_under_one_code_says_how_to_join(world: World) -> None:
    first, _ = registered(world)
    with pytest.raises(DomainError, match="申请加入") as refusal:
        registered(world, manager="second", name="另一名称有限公司")
    assert first.name in refusal.value.sentence
    assert refusal.value.field == "uscc"
    assert Organisation.objects.filter(uscc=GOOD_CODE).count() == 1


def test_a_firm_without_a_code_is_refused(world: World) -> None:
    with pytest.raises(DomainError, match="18 位") as refusal:
        registered(world, uscc="")
    assert refusal.value.field == "uscc"


def test_a_wrong_code_is_refused(world: World) -> None:
    with pytest.raises(DomainError, match="校验位"):
        registered(world, uscc="91350100M000100Y4A")


def test_a_department_without_a_code_is_known_by_its_name(world: World) -> None:
    user = person("clerk")
    values = facts(kind="government", uscc="", name="青澜市科技局（演示）")
    register_organisation(facts=values, manager_id=user.pk, actor=Actor(), today=TODAY)
    with pytest.raises(DomainError, match="已经注册"):
        register_organisation(facts=values, manager_id=user.pk, actor=Actor(), today=TODAY)


def test_a_name_much_like_another_is_shown_to_the_applicant(world: World) -> None:
    registered(world)
    alike = similar_organisations(name="澜江新材料股份有限公司")
    assert [row.name for row in alike] == ["澜江新材料有限公司（演示）"]
    assert similar_organisations(name="完全不同的公司") == []


def test_a_similar_name_with_another_code_is_not_refused(world: World) -> None:
    registered(world)
    other, _ = registered(world, manager="second", uscc=OTHER_CODE)
    assert other.pk
