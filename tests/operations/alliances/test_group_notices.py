"""Who is told what of groups; a notice comes once though its handler runs twice."""

from __future__ import annotations

from silian.operations.alliances.choices.duties import DutyKind
from silian.operations.alliances.commands.assessments import assess_group
from silian.operations.alliances.events.groups import (
    ConsortiumReportDecided,
    ConsortiumReportFiled,
    ContributionDecided,
    ContributionRecorded,
    GroupAssessed,
    MembershipAsked,
    MembershipDecided,
)
from silian.operations.alliances.handlers import groups as handlers
from silian.registers.accounts.models import Notification
from tests.operations.alliances import group_stage as stage
from tests.world import Person, World


def told(person: Person, words: str) -> int:
    return Notification.objects.filter(user=person.user, title__contains=words).count()


def test_the_invited_unit_is_asked_and_the_lead_hears_the_answer(world: World) -> None:
    group = stage.running(world)
    row = stage.member(group, stage.unit_of(world.rival), state="invited", joined_on=None)
    for _ in range(2):
        handlers.tell_of_asking(MembershipAsked(member_id=row.pk))
    assert told(world.rival, "请确认加入") == 1
    row.state, row.reason = "refused", "业务不相关"
    row.save(update_fields=["state", "reason"])
    handlers.tell_of_membership(MembershipDecided(member_id=row.pk))
    assert told(world.school, "未加入") == 1


def test_an_application_is_told_to_the_lead(world: World) -> None:
    group = stage.running(world)
    row = stage.member(group, stage.unit_of(world.rival), state="applied", joined_on=None)
    handlers.tell_of_asking(MembershipAsked(member_id=row.pk))
    assert told(world.school, "申请加入") == 1
    assert told(world.rival, "申请加入") == 0


def test_the_one_who_confirms_is_asked_and_the_writer_hears(world: World) -> None:
    row = stage.recorded(world, stage.running(world))
    for _ in range(2):
        handlers.tell_of_contribution(ContributionRecorded(contribution_id=row.pk))
    assert told(world.school, "请确认贡献") == 1
    assert told(world.enterprise, "请确认贡献") == 0
    handlers.tell_of_confirmation(ContributionDecided(contribution_id=row.pk))
    assert told(world.enterprise, "提供实习岗位") == 1


def test_a_result_is_told_to_lead_and_members(world: World) -> None:
    row = assess_group(
        group_id=stage.running(world).pk,
        year=stage.today().year,
        grade="good",
        reason="按期",
        actor=world.coordinator.actor,
        today=stage.today(),
    )
    handlers.tell_of_result(GroupAssessed(assessment_id=row.pk))
    assert told(world.school, "年度考核合格") == told(world.enterprise, "年度考核合格") == 1


def test_a_filing_is_told_to_the_coordinator_and_its_check_to_the_lead(world: World) -> None:
    row = stage.report(stage.consortium(world), DutyKind.PLAN, 2025)
    handlers.tell_coordinators(ConsortiumReportFiled(report_id=row.pk))
    assert told(world.coordinator, "核对 2025 年度工作计划") == 1
    handlers.tell_of_check(ConsortiumReportDecided(report_id=row.pk))
    assert told(world.school, "2025 年度工作计划") == 1
