"""Committees: mandate, members, plans of the industry body, meetings."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import files_of
from silian.operations.alliances.commands.committees import (
    add_plan_item,
    change_committee,
    end_committee,
    end_membership,
    record_committee_meeting,
    renew_committee,
    report_plan_progress,
    seat_member,
    write_industry_plan,
)
from silian.operations.alliances.models.committees import Committee, CommitteeMeeting
from silian.operations.alliances.permissions.committees import committees_visible_to
from silian.operations.alliances.queries.committees import items_late, plan_cards, terms_ending
from tests.operations.alliances import committee_stage as stage
from tests.operations.alliances.group_stage import today, unit_of
from tests.world import World


def held(world: World, committee: Committee, **given: Any) -> CommitteeMeeting:
    values: dict[str, Any] = {
        "title": "第一次全体会议",
        "held_on": today(),
        "place": "",
        "summary": "讨论了岗位变化",
        "came": [row.pk for row in committee.members.all()],
        "minutes": None,
        "actor": world.enterprise.actor,
        "today": today(),
    }
    return record_committee_meeting(committee_id=committee.pk, **{**values, **given})


def test_the_coordinating_department_sets_up_a_committee(world: World) -> None:
    assert stage.committee(world).host == unit_of(world.enterprise)


def test_others_do_not_set_up_committees(world: World) -> None:
    with pytest.raises(NotAllowed, match="牵头部门统筹人员"):
        change_committee(
            committee_id=stage.committee(world).pk,
            facts=stage.committee_facts(world),
            upload=None,
            actor=world.enterprise.actor,
        )


def test_a_term_ends_after_it_begins_and_names_are_taken_once(world: World) -> None:
    with pytest.raises(DomainError, match="届满日须晚于成立日"):
        stage.committee(world, term_ends_on=stage.FOUNDED)
    stage.committee(world)
    with pytest.raises(DomainError, match="本地区已有"):
        stage.committee(world)


def test_a_member_needs_a_unit_and_sits_once(world: World) -> None:
    committee = stage.with_member(world)
    given: dict[str, Any] = {"committee_id": committee.pk, "actor": world.enterprise.actor}
    with pytest.raises(DomainError, match="仍有任职"):
        seat_member(**given, seat=stage.seat(world))
    with pytest.raises(DomainError, match="请选择所在单位"):
        seat_member(**given, seat=stage.seat(world, name="吴", organisation_id=None))
    named = seat_member(
        **given, seat=stage.seat(world, name="吴", organisation_id=None, unit_name="外地研究所")
    )
    assert named.unit == "外地研究所"


def test_a_stranger_keeps_no_record(world: World) -> None:
    committee = stage.with_member(world)
    assert not committees_visible_to(world.rival.actor).exists()
    with pytest.raises(Committee.DoesNotExist):
        held(world, committee, actor=world.rival.actor)
    with pytest.raises(NotAllowed, match="主持单位"):
        held(world, committee, actor=world.leader.actor)


def test_a_meeting_was_held_and_somebody_came(world: World) -> None:
    committee = stage.with_member(world)
    with pytest.raises(DomainError, match="不能晚于今天"):
        held(world, committee, held_on=today() + datetime.timedelta(days=1))
    with pytest.raises(DomainError, match="到会委员"):
        held(world, committee, came=[])
    minutes = SimpleUploadedFile("纪要.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    meeting = held(world, committee, minutes=minutes)
    assert meeting.came.count() == 1
    assert files_of(meeting).get().name == "纪要.pdf"


def test_a_renewal_ends_the_terms_of_the_members(world: World) -> None:
    committee = stage.with_member(world)
    given: dict[str, Any] = {"committee_id": committee.pk, "actor": world.coordinator.actor}
    with pytest.raises(DomainError, match="届满日须晚于"):
        renew_committee(**given, on=today(), term_ends_on=today())
    renew_committee(**given, on=today(), term_ends_on=datetime.date(2036, 5, 1))
    assert committee.members.get().left_on == today()
    with pytest.raises(DomainError, match="已登记离任"):
        end_membership(
            member_id=committee.members.get().pk, on=today(), actor=world.enterprise.actor
        )


def test_a_dissolved_committee_is_only_read(world: World) -> None:
    committee = stage.with_member(world)
    given: dict[str, Any] = {"committee_id": committee.pk, "actor": world.coordinator.actor}
    with pytest.raises(DomainError, match="撤销理由"):
        end_committee(**given, on=today(), reason="")
    end_committee(**given, on=today(), reason="机构调整")
    with pytest.raises(DomainError, match="已撤销"):
        held(world, committee)


def test_a_term_that_ends_soon_asks_for_renewal(world: World) -> None:
    ends = today() + datetime.timedelta(days=60)
    committee = stage.committee(world, term_ends_on=ends)
    assert list(terms_ending(world.enterprise.actor, today=today())) == [committee]
    assert not terms_ending(world.rival.actor, today=today())


def test_the_plan_of_the_industry_body_is_done_item_by_item(world: World) -> None:
    committee, actor = stage.committee(world), world.enterprise.actor
    plan = write_industry_plan(
        committee_id=committee.pk,
        title="深化产教融合工作计划",
        document_number="",
        starts_on=today() - datetime.timedelta(days=100),
        ends_on=today() + datetime.timedelta(days=200),
        actor=actor,
    )
    late = today() - datetime.timedelta(days=3)
    item = add_plan_item(plan_id=plan.pk, text="发布需求预测", due_on=late, actor=actor)
    assert list(items_late(actor, today=today())) == [item]
    assert plan_cards(committee, today=today())[0].lines[0].text == "逾期 3 天"
    with pytest.raises(DomainError, match="请写明进展"):
        report_plan_progress(item_id=item.pk, progress="", done=True, on=today(), actor=actor)
    report_plan_progress(item_id=item.pk, progress="已发布", done=True, on=today(), actor=actor)
    assert plan_cards(committee, today=today())[0].done == 1
    with pytest.raises(DomainError, match="计划期"):
        add_plan_item(plan_id=plan.pk, text="远期", due_on=datetime.date(2040, 1, 1), actor=actor)
