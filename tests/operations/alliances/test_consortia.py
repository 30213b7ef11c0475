"""Yearly filings of a city consortium, removal after two unfinished years, published lists."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.alliances.choices.duties import DutyKind, DutyState
from silian.operations.alliances.choices.groups import GroupListKind
from silian.operations.alliances.commands.consortia import (
    accept_report,
    decide_removal,
    file_report,
    propose_removal,
    return_report,
)
from silian.operations.alliances.commands.group_lists import draft_list, publish_list
from silian.operations.alliances.commands.groups import designate_group
from silian.operations.alliances.gateways.rulebook import duty_days
from silian.operations.alliances.models.consortia import ConsortiumReport, GroupListEdition
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.queries.consortia import (
    duties_of,
    filings_owed,
    late_filings,
    removals_to_propose,
)
from silian.operations.alliances.queries.groups import list_versions, published_lists
from silian.registers.policies.models import Parameter
from tests.operations.alliances import group_stage as stage
from tests.world import CITY, World

TODAY = datetime.date(2026, 3, 18)


def filed(world: World, group: AllianceGroup, **given: Any) -> ConsortiumReport:
    values: dict[str, Any] = {
        "kind": DutyKind.PLAN,
        "year": 2026,
        "text": "年度计划",
        "upload": None,
        "actor": world.school.actor,
        "today": TODAY,
    }
    return file_report(group_id=group.pk, **{**values, **given})


def test_the_days_come_from_the_national_rulebook(world: World) -> None:
    days = duty_days(division=CITY, on=TODAY)
    assert days.due_on(kind=DutyKind.PLAN, year=2026) == datetime.date(2026, 1, 31)
    assert days.due_on(kind=DutyKind.SELF_ASSESSMENT, year=2026) == datetime.date(2026, 12, 31)
    assert days.years_until_removal == 2
    assert days.basis.startswith("教职成厅函〔2023〕23号")


def test_a_region_sets_a_day_of_its_own(world: World) -> None:
    Parameter.objects.create(
        division_id=CITY,
        code="CO-01",
        name="consortium_plan_due",
        key="日",
        title="期限：日",
        value=20,
        force="mandatory",
        source="青产教发〔2025〕1号",
        valid_from=datetime.date(2025, 1, 1),
    )
    days = duty_days(division=CITY, on=TODAY)
    assert days.due_on(kind=DutyKind.PLAN, year=2026) == datetime.date(2026, 1, 20)


def test_a_late_filing_is_taken_in_and_marked(world: World) -> None:
    report = filed(world, stage.consortium(world))
    assert report.due_on == datetime.date(2026, 1, 31)
    assert report.was_late


def test_only_the_lead_of_a_consortium_files(world: World) -> None:
    with pytest.raises(NotAllowed, match="牵头单位"):
        filed(world, stage.consortium(world), actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="只有市域产教联合体"):
        filed(world, stage.running(world))


def test_a_year_far_ahead_is_refused(world: World) -> None:
    with pytest.raises(DomainError, match="2023 年到 2027 年"):
        filed(world, stage.consortium(world), year=2028)


def test_a_returned_filing_is_filed_again(world: World) -> None:
    group, actor = stage.consortium(world), world.coordinator.actor
    report = filed(world, group)
    with pytest.raises(DomainError, match="一次写明"):
        return_report(report_id=report.pk, answer="", actor=actor, today=TODAY)
    return_report(report_id=report.pk, answer="缺责任分工", actor=actor, today=TODAY)
    assert filed(world, group, text="补充后").state == DutyState.FILED
    assert ConsortiumReport.objects.get().text == "补充后"
    with pytest.raises(WrongState):
        filed(world, group)


def test_a_self_assessment_is_judged_and_no_says_why(world: World) -> None:
    group, actor = stage.consortium(world), world.coordinator.actor
    report = filed(world, group, kind=DutyKind.SELF_ASSESSMENT, year=2025)
    given: dict[str, Any] = {"report_id": report.pk, "actor": actor, "today": TODAY}
    with pytest.raises(DomainError, match="判断是否完成"):
        accept_report(**given, is_finished=None, answer="")
    with pytest.raises(DomainError, match="哪些任务没有完成"):
        accept_report(**given, is_finished=False, answer="")
    assert accept_report(**given, is_finished=True, answer="").is_finished is True


def test_what_is_due_soon_is_asked_of_the_lead_and_what_is_late_of_all(world: World) -> None:
    group = stage.consortium(world, founded_on=stage.STARTED)
    late = late_filings(world.coordinator.actor, today=TODAY)
    assert {(duty.year, duty.kind) for duty in late} == {
        *[(year, DutyKind.PLAN) for year in (2023, 2024, 2025, 2026)],
        *[(year, DutyKind.SELF_ASSESSMENT) for year in (2023, 2024, 2025)],
    }
    assert late[0].due_on == datetime.date(2023, 1, 31)
    assert len(filings_owed(world.school.actor, today=TODAY)) == 7
    november = datetime.date(2026, 11, 2)
    owed = filings_owed(world.school.actor, today=november)
    assert (2026, DutyKind.SELF_ASSESSMENT) in {(duty.year, duty.kind) for duty in owed}
    assert not filings_owed(world.enterprise.actor, today=TODAY)
    assert not late_filings(world.school.actor, today=TODAY)
    assert {duty.label for duty in duties_of(group, today=TODAY)} >= {"未到期"}


def unfinished(world: World) -> AllianceGroup:
    """A consortium whose years 2024 and 2025 were not finished."""
    group = stage.consortium(world)
    for year in (2023, 2024, 2025):
        stage.report(group, DutyKind.PLAN, year, state=DutyState.ACCEPTED)
        stage.report(
            group,
            DutyKind.SELF_ASSESSMENT,
            year,
            state=DutyState.ACCEPTED,
            is_finished=year == 2023,
        )
    return group


def test_two_unfinished_years_ask_for_a_proposal_once(world: World) -> None:
    group, actor = unfinished(world), world.coordinator.actor
    assert removals_to_propose(actor, today=TODAY) == [(group, (2024, 2025))]
    proposal = propose_removal(group_id=group.pk, reason="连续两年未完成", actor=actor, today=TODAY)
    assert (proposal.first_year, proposal.last_year) == (2024, 2025)
    assert removals_to_propose(actor, today=TODAY) == []
    with pytest.raises(DomainError, match="已提出过"):
        propose_removal(group_id=group.pk, reason="再提", actor=actor, today=TODAY)


def test_a_finished_consortium_is_not_proposed(world: World) -> None:
    group = stage.consortium(world)
    for year in (2023, 2024, 2025):
        stage.report(group, DutyKind.PLAN, year, state=DutyState.ACCEPTED)
        stage.report(
            group, DutyKind.SELF_ASSESSMENT, year, state=DutyState.ACCEPTED, is_finished=True
        )
    with pytest.raises(DomainError, match="没有连续未完成"):
        propose_removal(group_id=group.pk, reason="试", actor=world.coordinator.actor, today=TODAY)


def test_a_removed_consortium_loses_its_names(world: World) -> None:
    group, actor = unfinished(world), world.coordinator.actor
    designate_group(group_id=group.pk, facts=stage.designation(), actor=actor, today=TODAY)
    proposal = propose_removal(group_id=group.pk, reason="未完成", actor=actor, today=TODAY)
    given: dict[str, Any] = {"proposal_id": proposal.pk, "actor": actor, "today": TODAY}
    with pytest.raises(DomainError, match="文号"):
        decide_removal(**given, removed=True, document_number="", decision="同意")
    decide_removal(**given, removed=True, document_number="教职函〔2026〕9号", decision="同意移出")
    assert group.designations.get().ends_on == TODAY
    with pytest.raises(WrongState):
        decide_removal(**given, removed=False, document_number="", decision="改判")


def test_a_published_version_stays_and_the_next_tells_its_changes(world: World) -> None:
    group, actor = stage.consortium(world), world.school.actor
    given: dict[str, Any] = {"group_id": group.pk, "kind": GroupListKind.TALENT, "actor": actor}
    first = draft_list(**given, text="多轴操作｜｜8｜人\n装配", note="")
    publish_list(edition_id=first.pk, on=TODAY, actor=actor)
    second = draft_list(**given, text="多轴操作｜｜12｜人\n质检", note="")
    assert second.number == 2
    assert [row.edition.number for row in list_versions(published_lists(group))["talent"]] == [1]
    publish_list(edition_id=second.pk, on=TODAY, actor=actor)
    latest = list_versions(published_lists(group))["talent"][0]
    assert latest.changed is not None
    assert latest.changed.words == "新增 1 条，删去 1 条，修改 1 条"
    with pytest.raises(DomainError, match="已公布"):
        publish_list(edition_id=first.pk, on=TODAY, actor=actor)


def test_a_draft_is_written_anew_and_its_faults_are_named(world: World) -> None:
    group, actor = stage.consortium(world), world.school.actor
    given: dict[str, Any] = {"group_id": group.pk, "kind": GroupListKind.PRODUCTS, "actor": actor}
    draft_list(**given, text="加工中心", note="")
    draft_list(**given, text=f"减速器｜｜3｜台｜{group.lead.name}", note="")
    assert GroupListEdition.objects.get().rows.get().organisation_id == group.lead_id
    with pytest.raises(DomainError, match="第 2 行数量“多”不是数字") as refused:
        draft_list(**given, text="减速器\n齿轮｜｜多｜台", note="")
    assert refused.value.field == "text"
    with pytest.raises(NotAllowed):
        draft_list(**{**given, "actor": world.enterprise.actor}, text="减速器", note="")
