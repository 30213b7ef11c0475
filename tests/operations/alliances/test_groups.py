"""Registering groups and leading them through their life."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry
from silian.operations.alliances.choices.groups import GroupKind, GroupState
from silian.operations.alliances.commands.groups import (
    change_group,
    designate_group,
    dissolve_group,
    end_designation,
    register_group,
    resume_group,
    set_entity,
    start_group,
    store_charter,
    suspend_group,
)
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.permissions.groups import groups_visible_to, public_groups
from tests.operations.alliances import group_stage as stage
from tests.world import CITY, OTHER_CITY, World


def charter() -> SimpleUploadedFile:
    return SimpleUploadedFile("章程.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")


def test_a_lead_unit_registers_its_own_group(world: World) -> None:
    group = register_group(division=CITY, facts=stage.group_facts(world), actor=world.school.actor)
    assert group.state == GroupState.PREPARING
    assert AuditEntry.objects.filter(action="alliances.group.registered").exists()
    assert group not in public_groups()


def test_a_unit_does_not_register_a_group_led_by_another(world: World) -> None:
    with pytest.raises(DomainError, match="由本单位牵头") as refused:
        register_group(division=CITY, facts=stage.group_facts(world), actor=world.enterprise.actor)
    assert refused.value.field == "lead"


@pytest.mark.parametrize("person", ["teacher", "student", "leader", "supervisor", "expert"])
def test_others_do_not_register_groups(world: World, person: str) -> None:
    with pytest.raises(NotAllowed):
        register_group(
            division=CITY, facts=stage.group_facts(world), actor=world.people[person].actor
        )


def test_another_region_is_out_of_reach(world: World) -> None:
    with pytest.raises(NotAllowed, match="管辖范围"):
        register_group(
            division=OTHER_CITY, facts=stage.group_facts(world), actor=world.coordinator.actor
        )


def test_two_living_groups_do_not_share_a_name(world: World) -> None:
    stage.running(world)
    with pytest.raises(DomainError, match="本地区已有"):
        register_group(division=CITY, facts=stage.group_facts(world), actor=world.school.actor)


def test_a_group_starts_with_its_members_and_its_charter(world: World) -> None:
    actor = world.coordinator.actor
    group = register_group(division=CITY, facts=stage.group_facts(world), actor=world.school.actor)
    with pytest.raises(DomainError, match="还缺少企业成员"):
        start_group(group_id=group.pk, on=stage.today(), actor=actor)
    stage.member(group, stage.unit_of(world.enterprise))
    with pytest.raises(DomainError, match="还没有上传章程"):
        start_group(group_id=group.pk, on=stage.today(), actor=actor)
    store_charter(group_id=group.pk, upload=charter(), actor=world.school.actor)
    start_group(group_id=group.pk, on=stage.today(), actor=actor)
    assert public_groups().filter(pk=group.pk).exists()


def test_the_lead_does_not_start_its_own_group(world: World) -> None:
    group = register_group(division=CITY, facts=stage.group_facts(world), actor=world.school.actor)
    with pytest.raises(NotAllowed, match="牵头部门统筹人员"):
        start_group(group_id=group.pk, on=stage.today(), actor=world.school.actor)


def test_a_running_group_keeps_its_kind_and_lead(world: World) -> None:
    group = stage.running(world)
    facts = stage.group_facts(world, kind=GroupKind.EDUCATION_GROUP)
    with pytest.raises(DomainError, match="不再修改"):
        change_group(group_id=group.pk, facts=facts, actor=world.school.actor)
    facts = stage.group_facts(world, purpose="新的宗旨")
    assert change_group(group_id=group.pk, facts=facts, actor=world.school.actor).purpose


def test_a_pause_and_an_end_need_a_reason(world: World) -> None:
    group, actor = stage.running(world), world.coordinator.actor
    with pytest.raises(DomainError, match="请写明理由"):
        suspend_group(group_id=group.pk, reason=" ", on=stage.today(), actor=actor)
    suspend_group(group_id=group.pk, reason="整改", on=stage.today(), actor=actor)
    resume_group(group_id=group.pk, on=stage.today(), actor=actor)
    with pytest.raises(WrongState, match="不能恢复运行"):
        resume_group(group_id=group.pk, on=stage.today(), actor=actor)
    dissolve_group(group_id=group.pk, reason="任务完成", on=stage.today(), actor=actor)
    assert AllianceGroup.objects.get(pk=group.pk).state == GroupState.DISSOLVED


def test_a_dissolved_group_loses_its_names_and_stays_readable(world: World) -> None:
    group, actor = stage.running(world), world.coordinator.actor
    designate_group(group_id=group.pk, facts=stage.designation(), actor=actor, today=stage.today())
    dissolve_group(group_id=group.pk, reason="任务完成", on=stage.today(), actor=actor)
    assert group.designations.get().ends_on == stage.today()
    assert public_groups().filter(pk=group.pk).exists()
    with pytest.raises(DomainError, match="已解散"):
        change_group(group_id=group.pk, facts=stage.group_facts(world), actor=world.school.actor)


def test_the_same_distinction_is_not_written_twice(world: World) -> None:
    group, actor = stage.running(world), world.coordinator.actor
    row = designate_group(
        group_id=group.pk, facts=stage.designation(), actor=actor, today=stage.today()
    )
    with pytest.raises(DomainError, match="仍在有效期内"):
        designate_group(
            group_id=group.pk, facts=stage.designation(), actor=actor, today=stage.today()
        )
    with pytest.raises(DomainError, match="理由和依据"):
        end_designation(designation_id=row.pk, on=stage.today(), reason="", actor=actor)
    end_designation(designation_id=row.pk, on=stage.today(), reason="复评未通过", actor=actor)
    assert not group.designations.in_force(on=stage.today()).exists()  # type: ignore[attr-defined]


def test_a_distinction_lies_not_ahead(world: World) -> None:
    group = stage.running(world)
    facts = stage.designation(starts_on=stage.today() + datetime.timedelta(days=1))
    with pytest.raises(DomainError, match="不能晚于今天"):
        designate_group(
            group_id=group.pk, facts=facts, actor=world.coordinator.actor, today=stage.today()
        )


def test_an_entity_needs_evidence(world: World) -> None:
    group, actor = stage.running(world), world.school.actor
    with pytest.raises(DomainError, match="请写明依据"):
        set_entity(
            group_id=group.pk,
            since=stage.STARTED,
            evidence="",
            entity_id=None,
            actor=actor,
            today=stage.today(),
        )
    set_entity(
        group_id=group.pk,
        since=stage.STARTED,
        evidence="登记证书",
        entity_id=None,
        actor=actor,
        today=stage.today(),
    )
    assert AllianceGroup.objects.get(pk=group.pk).is_entity


def test_a_stranger_sees_no_group_behind_the_login(world: World) -> None:
    group = stage.running(world)
    assert not groups_visible_to(world.rival.actor).filter(pk=group.pk).exists()
    assert groups_visible_to(world.enterprise.actor).filter(pk=group.pk).exists()
    assert groups_visible_to(world.leader.actor).filter(pk=group.pk).exists()


def test_the_database_refuses_a_pause_without_reason(world: World) -> None:
    group = stage.running(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        AllianceGroup.objects.filter(pk=group.pk).update(state=GroupState.SUSPENDED)
