"""Projects with partners elsewhere: their life, their years, talent and forums."""

from __future__ import annotations

import datetime

import pytest

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.queries.measuring import Key, measured_values
from silian.casework.metrics.registry import declared_metrics
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.alliances.choices.cooperation import CooperationStage
from silian.operations.alliances.commands.cooperation import (
    change_project,
    register_project,
    report_year,
)
from silian.operations.alliances.commands.exchanges import (
    SessionFacts,
    note_leaving,
    record_session,
)
from silian.operations.alliances.models.cooperation import CooperationYear
from silian.operations.alliances.permissions.cooperation import (
    projects_visible_to,
    talents_visible_to,
)
from silian.operations.alliances.queries.cooperation import (
    forum_standing,
    late_years,
    own_missing_years,
    scope_lines,
    talent_total,
)
from tests.operations.alliances import cooperation_stage as stage
from tests.operations.alliances.stage import TODAY
from tests.world import CITY, World

INSIDERS = {"school", "reviewer", "coordinator", "supervisor", "leader"}


def seen_by(world: World, pk: int) -> set[str]:
    return {
        name
        for name, person in world.people.items()
        if projects_visible_to(person.actor).filter(pk=pk).exists()
    }


def test_a_project_is_public_once_it_is_signed(world: World) -> None:
    project = stage.explored(world)
    assert seen_by(world, project.pk) == INSIDERS
    stage.moved(world, project, "sign")
    assert seen_by(world, project.pk) == set(world.people)


def test_a_project_broken_off_before_signing_stays_inside(world: World) -> None:
    project = stage.explored(world)
    stage.moved(world, project, "break_off", reason="对方机构调整")
    assert seen_by(world, project.pk) == INSIDERS


def test_nothing_is_signed_without_agreement(world: World) -> None:
    project = stage.explored(world, agreement_reference="")
    with pytest.raises(DomainError, match="协议编号"):
        stage.moved(world, project, "sign")


def test_a_project_runs_through_its_stages(world: World) -> None:
    project = stage.signed(world)
    for name in ("build", "run"):
        project = stage.moved(world, project, name)
    with pytest.raises(WrongState):
        stage.moved(world, project, "build")
    with pytest.raises(DomainError, match="理由"):
        stage.moved(world, project, "end")
    early = datetime.date(2024, 1, 1)
    with pytest.raises(DomainError, match="不能早于签约日"):
        stage.moved(world, project, "end", on=early, reason="到期")
    ended = stage.moved(world, project, "end", on=TODAY, reason="合作期满")
    assert (ended.stage, ended.ended_on) == (CooperationStage.ENDED, TODAY)
    with pytest.raises(DomainError, match="不能修改"):
        change_project(project_id=project.pk, facts=stage.facts(), actor=world.school.actor)


def test_a_step_of_tomorrow_is_refused(world: World) -> None:
    tomorrow = TODAY + datetime.timedelta(days=1)
    with pytest.raises(DomainError, match="不能晚于今天"):
        stage.moved(world, stage.explored(world), "sign", on=tomorrow)


@pytest.mark.parametrize("person", ["enterprise", "teacher", "leader"])
def test_another_unit_keeps_no_project_of_the_school(world: World, person: str) -> None:
    project = stage.signed(world)
    actor = world.people[person].actor
    with pytest.raises(NotAllowed):
        change_project(project_id=project.pk, facts=stage.facts(), actor=actor)
    with pytest.raises(NotAllowed):
        register_project(
            organisation_id=stage.unit_id(world.school), facts=stage.facts(), actor=actor
        )


def test_a_signed_project_keeps_an_agreement(world: World) -> None:
    project = stage.signed(world)
    with pytest.raises(DomainError, match="保留协议编号"):
        change_project(
            project_id=project.pk,
            facts=stage.facts(agreement_reference=""),
            actor=world.school.actor,
        )


def test_each_year_since_signing_is_asked_for_once(world: World) -> None:
    project = stage.signed(world)
    actor = world.school.actor
    assert [row.year for row in own_missing_years(actor, today=TODAY)] == [2024, 2025]
    assert late_years(world.coordinator.actor, today=TODAY) == 2
    assert late_years(actor, today=TODAY) == 0
    args = {"project_id": project.pk, "actor": actor, "today": TODAY}
    report_year(year=2024, facts=stage.year_facts(), **args)
    report_year(year=2024, facts=stage.year_facts(students_out=20), **args)
    assert CooperationYear.objects.get().students_out == 20
    assert [row.year for row in own_missing_years(actor, today=TODAY)] == [2025]
    for year in (2023, 2027):
        with pytest.raises(DomainError, match="不在项目期内"):
            report_year(year=year, facts=stage.year_facts(), **args)


def test_a_project_that_is_not_signed_reports_nothing(world: World) -> None:
    project = stage.explored(world)
    with pytest.raises(DomainError, match="签约后"):
        report_year(
            project_id=project.pk,
            year=2025,
            facts=stage.year_facts(),
            actor=world.school.actor,
            today=TODAY,
        )


def test_statistics_add_up_by_scope(world: World) -> None:
    project = stage.signed(world)
    report_year(
        project_id=project.pk,
        year=2025,
        facts=stage.year_facts(),
        actor=world.school.actor,
        today=TODAY,
    )
    lines = {line.label: line for line in scope_lines(projects_visible_to(world.anonymous.actor))}
    line = lines["“一带一路”"]
    assert (line.projects, line.active, line.people_out, line.people_in) == (1, 1, 15, 7)
    assert lines["省内"].projects == 0


def test_people_brought_in_are_counted_and_not_shown_to_others(world: World) -> None:
    row = stage.talent(world)
    assert talent_total() == 2
    seen = {
        name
        for name, person in world.people.items()
        if talents_visible_to(person.actor).filter(pk=row.pk).exists()
    }
    assert seen == INSIDERS
    early = datetime.date(2025, 1, 1)
    with pytest.raises(DomainError, match="不能早于到岗日"):
        note_leaving(talent_id=row.pk, left_on=early, outcome="", actor=world.school.actor)
    left = note_leaving(
        talent_id=row.pk, left_on=TODAY, outcome="带教 6 人", actor=world.school.actor
    )
    assert left.outcome == "带教 6 人"


def test_people_are_recorded_after_they_came(world: World) -> None:
    with pytest.raises(DomainError, match="到岗后再登记"):
        stage.talent(world, arrived_on=TODAY + datetime.timedelta(days=1))


def session(**given: object) -> SessionFacts:
    values: dict[str, object] = {
        "held_on": None, "topic": "", "people": None, "result": "", "reason": "",
    }  # fmt: skip
    return SessionFacts(**{**values, **given})  # type: ignore[arg-type]


def test_a_year_of_a_forum_was_held_or_says_why_not(world: World) -> None:
    forum = stage.forum(world)
    args = {"forum_id": forum.pk, "actor": world.school.actor, "today": TODAY}
    with pytest.raises(DomainError, match="写明原因"):
        record_session(year=2024, facts=session(), **args)
    held = datetime.date(2024, 9, 1)
    with pytest.raises(DomainError, match="主题"):
        record_session(year=2024, facts=session(held_on=held), **args)
    with pytest.raises(DomainError, match="不在 2023 年"):
        record_session(year=2023, facts=session(held_on=held, topic="焊接"), **args)
    with pytest.raises(DomainError, match="年度应在"):
        record_session(year=2022, facts=session(reason="没有"), **args)
    record_session(year=2024, facts=session(held_on=held, topic="焊接"), **args)
    record_session(year=2023, facts=session(reason="场馆改造"), **args)
    standing = forum_standing(forum, today=TODAY)
    assert (standing.held, standing.missing) == (1, 1)


def test_the_metrics_count_projects_and_people(world: World) -> None:
    project = stage.signed(world)
    report_year(
        project_id=project.pk,
        year=2025,
        facts=stage.year_facts(),
        actor=world.school.actor,
        today=TODAY,
    )
    month = TODAY.replace(day=1)
    for code in ("alliances.cooperation_projects", "alliances.cooperation_abroad"):
        found = measured_values(
            declared_metrics()[code], areas={"9901": CITY}, since=month, until=TODAY
        )
        assert found[Key(CITY, PeriodKind.MONTH, month)].value == 1
    year = datetime.date(2025, 1, 1)
    found = measured_values(
        declared_metrics()["alliances.people_exchanged"],
        areas={"9901": CITY},
        since=year,
        until=TODAY,
    )
    assert found[Key(CITY, PeriodKind.YEAR, year)].value == 22
