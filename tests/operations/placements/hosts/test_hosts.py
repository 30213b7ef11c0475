"""A school chooses its hosts: proposed, inspected by two people, decided, published."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.placements.choices.hosts import (
    HostState,
)
from silian.operations.placements.commands.hosts import (
    check_host,
    decide_hosts,
    propose_host,
    publish_hosts,
    reconsider_host,
    refuse_host,
    remove_host,
)
from silian.operations.placements.commands.inspections import (
    InspectionReport,
    approve_inspection,
    record_inspection,
    return_inspection,
)
from silian.operations.placements.models import Host, HostInspection
from silian.registers.organisations.choices import Role
from silian.registers.organisations.demo.codes import demonstration_uscc
from tests.operations.placements import stage
from tests.world import CITY, TODAY, World, make_member

pytestmark = pytest.mark.django_db
WORDS = "现场查看，符合要求"


def proposed(world: World) -> Host:
    organisation = world.rival.organisation
    organisation.uscc = demonstration_uscc(authority="91", division=CITY, number=77)
    organisation.save(update_fields=["uscc"])
    return propose_host(organisation_id=organisation.pk, actor=world.school.actor)


def report(**changes: Any) -> InspectionReport:
    names = [name for name in InspectionReport.__annotations__]
    facts: dict[str, Any] = dict.fromkeys(names, WORDS)
    facts |= {"visited_on": TODAY, "inspectors": ["许老师", "吴老师"], "is_suitable": True}
    return InspectionReport(**{**facts, **changes})


def inspected(world: World, **changes: Any) -> HostInspection:
    host = proposed(world)
    return record_inspection(
        host_id=host.pk, report=report(**changes), photos=[], actor=world.teacher.actor, today=TODAY
    )


def ready(world: World) -> Host:
    """Inspected and checked, waiting for the decision."""
    inspection = inspected(world)
    approve_inspection(inspection_id=inspection.pk, actor=world.school.actor, now=stage.NOW)
    return check_host(
        host_id=inspection.host_id, is_credit_clean=True, had_safety_violation=False,
        is_licence_valid=True, note="信用平台 2026-03-18 查询", actor=world.school.actor,
    )  # fmt: skip


def test_an_organisation_without_a_code_cannot_be_a_host(world: World) -> None:
    with pytest.raises(DomainError, match="统一社会信用代码"):
        propose_host(organisation_id=world.rival.organisation.pk, actor=world.school.actor)


def test_a_school_proposes_an_organisation_once(world: World) -> None:
    host = proposed(world)
    with pytest.raises(DomainError, match="已在贵校的名单中"):
        propose_host(organisation_id=host.organisation_id, actor=world.school.actor)


def test_only_a_school_chooses_hosts(world: World) -> None:
    with pytest.raises(NotAllowed):
        propose_host(organisation_id=world.rival.organisation.pk, actor=world.enterprise.actor)


def test_a_report_is_not_judged_by_its_author(world: World) -> None:
    host = proposed(world)
    own = record_inspection(
        host_id=host.pk, report=report(), photos=[], actor=world.school.actor, today=TODAY
    )
    with pytest.raises(NotAllowed, match="不能审核自己"):
        approve_inspection(inspection_id=own.pk, actor=world.school.actor, now=stage.NOW)


def test_an_approved_suitable_report_brings_the_host_on(world: World) -> None:
    inspection = inspected(world)
    approve_inspection(inspection_id=inspection.pk, actor=world.school.actor, now=stage.NOW)
    assert Host.objects.get(pk=inspection.host_id).state == HostState.INSPECTED
    with pytest.raises(WrongState):
        approve_inspection(inspection_id=inspection.pk, actor=world.school.actor, now=stage.NOW)


def test_an_unsuitable_report_leaves_the_host_where_it_is(world: World) -> None:
    inspection = inspected(world, is_suitable=False)
    approve_inspection(inspection_id=inspection.pk, actor=world.school.actor, now=stage.NOW)
    assert Host.objects.get(pk=inspection.host_id).state == HostState.PROPOSED


def test_a_report_is_sent_back_with_a_reason(world: World) -> None:
    inspection = inspected(world)
    with pytest.raises(DomainError, match="请写明原因"):
        return_inspection(inspection_id=inspection.pk, reason=" ", actor=world.school.actor)
    return_inspection(inspection_id=inspection.pk, reason="缺宿舍照片", actor=world.school.actor)
    inspection.refresh_from_db()
    assert inspection.return_reason == "缺宿舍照片"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"visited_on": TODAY + datetime.timedelta(days=1)}, "不能晚于今天"),
        ({"inspectors": ["许老师"]}, "至少 2 名"),
    ],
)
def test_a_visit_needs_two_people_and_a_past_day(
    world: World, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        inspected(world, **changes)


def test_the_decision_waits_for_the_checks(world: World) -> None:
    inspection = inspected(world)
    approve_inspection(inspection_id=inspection.pk, actor=world.school.actor, now=stage.NOW)
    with pytest.raises(DomainError, match="还没有核查完"):
        decide_hosts(
            host_ids=[inspection.host_id], decided_on=TODAY, reference="院办会〔2026〕3号",
            actor=world.school.actor,
        )  # fmt: skip


def test_a_decided_host_is_published_for_everybody(world: World) -> None:
    host = ready(world)
    decide_hosts(
        host_ids=[host.pk],
        decided_on=TODAY,
        reference="院办会〔2026〕3号",
        actor=world.school.actor,
    )
    publish_hosts(host_ids=[host.pk], published_on=TODAY, actor=world.school.actor)
    page = world.anonymous.client.get(reverse("placements:host_public_list"))
    assert host.organisation.name in page.content.decode()


def test_a_host_is_not_published_before_its_decision(world: World) -> None:
    host = ready(world)
    with pytest.raises(WrongState):
        publish_hosts(host_ids=[host.pk], published_on=TODAY, actor=world.school.actor)


def test_a_refused_organisation_may_be_looked_at_again(world: World) -> None:
    host = proposed(world)
    refuse_host(host_id=host.pk, reason="通道堵塞", actor=world.school.actor)
    reconsider_host(host_id=host.pk, actor=world.school.actor)
    host.refresh_from_db()
    assert (host.state, host.removal_reason) == (HostState.PROPOSED, "")


def test_removing_a_host_marks_those_who_are_there(world: World) -> None:
    internship = stage.in_post(world)
    remove_host(host_id=internship.host_id, reason="单位搬迁", actor=world.school.actor)
    page = world.school.client.get(internship.host.get_absolute_url()).content.decode()
    assert "仍有 1 名学生在这里" in page
    assert "单位搬迁" in page


def test_photographs_of_a_visit_are_kept_for_the_school(world: World) -> None:
    from io import BytesIO

    from PIL import Image

    content = BytesIO()
    Image.new("RGB", (8, 8), "white").save(content, "PNG")
    photo = SimpleUploadedFile("车间.png", content.getvalue(), content_type="image/png")
    host = proposed(world)
    record_inspection(
        host_id=host.pk, report=report(), photos=[photo], actor=world.school.actor, today=TODAY
    )
    second = make_member(username="clerk", organisation=world.school.organisation, role=Role.AGENT)
    page = second.client.get(host.get_absolute_url()).content.decode()
    assert "车间.png" in page
    assert "审核通过" in page


def test_a_running_internship_shows_that_its_host_was_removed(world: World) -> None:
    internship = stage.in_post(world)
    address = reverse("placements:internship", kwargs={"internship_id": internship.pk})
    assert "移出名单" not in world.school.client.get(address).content.decode()
    remove_host(host_id=internship.host_id, reason="单位搬迁", actor=world.school.actor)
    assert "移出名单：单位搬迁" in world.school.client.get(address).content.decode()
