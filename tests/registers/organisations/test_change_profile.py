"""The organisation's card and its history."""

from __future__ import annotations

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry
from silian.registers.organisations.commands.profile import change_profile, change_service_profile
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.models.organisation import ServiceProfile
from tests.registers.organisations.cast import OTHER_CODE, actor, join, registered
from tests.world import World, make_organisation


def test_each_change_keeps_what_was_before(world: World) -> None:
    firm = world.enterprise.organisation
    change_profile(
        organisation_id=firm.pk, changes={"short_name": "启衡"}, actor=world.enterprise.actor
    )
    entry = AuditEntry.objects.get(action="organisations.organisation.changed")
    assert entry.detail == {"changes": {"short_name": ["", "启衡"]}}
    page = world.enterprise.client.get(reverse("organisations:history")).content.decode()
    assert "简称 无 → 启衡" in page


def test_saving_without_a_change_leaves_no_trace(world: World) -> None:
    firm = world.enterprise.organisation
    change_profile(organisation_id=firm.pk, changes={"size": ""}, actor=world.enterprise.actor)
    assert not AuditEntry.objects.filter(action="organisations.organisation.changed").exists()


def test_what_was_verified_is_not_edited(world: World) -> None:
    with pytest.raises(DomainError, match="申请更名"):
        change_profile(
            organisation_id=world.enterprise.organisation.pk,
            changes={"name": "别的名称"},
            actor=world.enterprise.actor,
        )


def test_before_verification_the_code_may_be_corrected(world: World) -> None:
    organisation, manager = registered(world)
    change_profile(organisation_id=organisation.pk, changes={"uscc": OTHER_CODE}, actor=manager)
    assert Organisation.objects.get(pk=organisation.pk).uscc == OTHER_CODE
    with pytest.raises(DomainError, match="校验位"):
        change_profile(
            organisation_id=organisation.pk,
            changes={"uscc": "91350100M000100Y4A"},
            actor=manager,
        )


def test_a_code_taken_by_another_is_refused(world: World) -> None:
    registered(world)
    second, manager = registered(world, manager="other", uscc=OTHER_CODE, name="另一家公司")
    with pytest.raises(DomainError, match="同一代码"):
        change_profile(
            organisation_id=second.pk, changes={"uscc": "91350100M000100Y43"}, actor=manager
        )


def test_only_the_manager_edits(world: World) -> None:
    with pytest.raises(NotAllowed):
        change_profile(
            organisation_id=world.enterprise.organisation.pk,
            changes={"short_name": "x"},
            actor=world.rival.actor,
        )


SERVICE = {
    "mode": "purchased",
    "services": ["岗位对接", " ", "课程开发"],
    "qualification": "人力资源服务许可证",
    "price": "按项目",
    "clients": "青澜职业技术学院（演示）",
}


def test_a_service_organisation_says_what_it_offers(world: World) -> None:
    service = make_organisation(name="青澜产教服务（演示）", kind="service")
    manager = actor(join(service, "agency", "manager"))
    change_service_profile(organisation_id=service.pk, actor=manager, **SERVICE)
    assert ServiceProfile.objects.get().services == ["岗位对接", "课程开发"]
    page = world.rival.client.get(service.get_absolute_url()).content.decode()
    assert "人力资源服务许可证" in page
    with pytest.raises(DomainError, match="1 至 12"):
        change_service_profile(
            organisation_id=service.pk, actor=manager, **{**SERVICE, "services": []}
        )


def test_other_organisations_have_no_service_card(world: World) -> None:
    with pytest.raises(DomainError, match="服务组织"):
        change_service_profile(
            organisation_id=world.enterprise.organisation.pk,
            actor=world.enterprise.actor,
            **SERVICE,
        )
