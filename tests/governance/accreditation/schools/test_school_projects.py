"""School projects: conditions held against certain standards, blocks, forecast, the end."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.casework.metrics.queries.catalogue import metric_named
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.accreditation.choices.schools import ConditionState, SchoolProjectKind
from silian.governance.accreditation.commands import schools as commands
from silian.governance.accreditation.gateways.rulebooks import standard_in_force
from silian.governance.accreditation.gateways.school_templates import templates
from silian.governance.accreditation.models.schools import SchoolCondition, SchoolProject
from silian.governance.accreditation.permissions.schools import school_projects_visible_to
from silian.governance.accreditation.queries.schools import standing_of
from silian.governance.accreditation.rules.school_projects import is_met, standard_words
from tests.governance.accreditation import stage
from tests.world import World, make_member, make_organisation

DAY = datetime.timedelta(days=1)


def condition(project: SchoolProject, words: str) -> SchoolCondition:
    return project.conditions.get(title__startswith=words)


def checked(
    world: World, row: SchoolCondition, *, says_met: bool, value: str = ""
) -> SchoolCondition:
    return commands.check_condition(
        condition_id=row.pk,
        says_met=says_met,
        value=Decimal(value) if value else None,
        evidence="资产台账",
        actor=world.coordinator.actor,
        today=stage.TODAY,
    )


def test_every_kind_has_a_list_and_every_named_number_stands_in_the_rulebook() -> None:
    assert set(templates()) == set(SchoolProjectKind.values)
    named = [line.parameter for lines in templates().values() for line in lines if line.parameter]
    assert len(named) == 9
    for name in named:
        found = standard_in_force(name=name, division="990100", on=stage.TODAY)
        assert found is not None, name
        assert found.source


def test_the_standards_of_secondary_schools_are_those_of_the_domain_rules() -> None:
    values = {
        name: standard_in_force(name=f"secondary_school_{name}", division="500154", on=stage.TODAY)
        for name in ("site", "floor", "teachers", "students_per_teacher", "equipment")
    }
    assert {name: found.value for name, found in values.items() if found} == {
        "site": 40000, "floor": 24000, "teachers": 60, "students_per_teacher": 20,
        "equipment": 3000000,
    }  # fmt: skip


def test_no_standard_is_guessed_for_universities(world: World) -> None:
    project = stage.school_project(world, kind="applied_university")
    found = project.conditions.exclude(comparison="words")
    assert found.count() == 6
    assert not found.filter(standard__isnull=False).exists()
    page = world.coordinator.client.get(project.get_absolute_url()).content.decode()
    assert "未设定" in page


@pytest.mark.parametrize(
    ("comparison", "standard", "value", "met"),
    [
        ("at_least", "60", "60", True),
        ("at_least", "60", "59.9", False),
        ("at_most", "20", "20", True),
        ("at_most", "20", "20.1", False),
        ("at_least", None, "60", None),
        ("words", "60", "60", None),
    ],
)
def test_a_figure_is_held_against_its_standard(
    comparison: str, standard: str | None, value: str, met: bool | None
) -> None:
    given = Decimal(standard) if standard else None
    assert is_met(comparison=comparison, standard=given, value=Decimal(value)) is met
    words = standard_words(comparison="at_least", standard=given, unit="人")
    assert words == ("未设定" if standard is None else f"不低于 {standard} 人")


def test_the_finding_must_agree_with_the_figure(world: World) -> None:
    row = condition(stage.school_project(world), "专任教师")
    with pytest.raises(DomainError, match="未满足"):
        checked(world, row, says_met=True, value="40")
    done = checked(world, row, says_met=False, value="40")
    assert (done.state, done.value, done.checked_on) == (
        ConditionState.MISSING,
        Decimal(40),
        stage.TODAY,
    )


def test_an_unset_standard_is_filled_in_with_its_document_before_it_is_met(world: World) -> None:
    row = condition(stage.school_project(world, kind="applied_university"), "生均图书")
    with pytest.raises(DomainError, match="标准未设定"):
        checked(world, row, says_met=True, value="70")
    actor = world.coordinator.actor
    with pytest.raises(DomainError, match="标准依据"):
        commands.set_standard(condition_id=row.pk, standard=Decimal(60), source=" ", actor=actor)
    commands.set_standard(
        condition_id=row.pk, standard=Decimal(60), source="省设置标准第五条", actor=actor
    )
    assert checked(world, row, says_met=True, value="70").state == ConditionState.MET
    with pytest.raises(DomainError, match="标准已固定"):
        commands.set_standard(condition_id=row.pk, standard=Decimal(80), source="别的", actor=actor)


def test_what_the_platform_measures_is_taken_and_frozen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = condition(stage.school_project(world), "生效中的校企合作协议")
    commands.set_standard(
        condition_id=row.pk, standard=Decimal(10), source="方案", actor=world.coordinator.actor
    )
    measured = (Decimal(12), "平台指标，2026年2月，截至 2026-02-28")
    monkeypatch.setattr(commands, "measured_value", lambda condition, on: measured)
    done = checked(world, row, says_met=True, value="3")
    assert (done.value, done.value_source) == measured
    monkeypatch.setattr(commands, "measured_value", lambda condition, on: (Decimal(1), "后来"))
    row.refresh_from_db()
    assert row.value == Decimal(12)


def test_the_school_reports_and_never_checks_its_own_project(world: World) -> None:
    row = condition(stage.school_project(world), "专任教师")
    actor = world.school.actor
    told = commands.report_condition(
        condition_id=row.pk, value=Decimal(80), evidence="教师名册", actor=actor
    )
    assert told.state == ConditionState.OPEN
    with pytest.raises(NotAllowed, match="不能核对自己"):
        commands.check_condition(
            condition_id=row.pk, says_met=True, value=None, evidence="", actor=actor,
            today=stage.TODAY,
        )  # fmt: skip


def test_the_forecast_follows_the_delay_of_what_is_done(world: World) -> None:
    project = stage.school_project(world)
    actor = world.school.actor
    first = commands.add_school_milestone(
        project_id=project.pk, title="立项", planned_on=stage.TODAY - 40 * DAY, actor=actor
    )
    commands.add_school_milestone(
        project_id=project.pk, title="认定", planned_on=project.target_on, actor=actor
    )
    commands.finish_school_milestone(
        milestone_id=first.pk, done_on=stage.TODAY - 10 * DAY, evidence="批复", actor=actor,
        today=stage.TODAY,
    )  # fmt: skip
    standing = standing_of(project, today=stage.TODAY)
    assert (standing.forecast.shift, standing.days_over) == (30, 30)


def test_days_blocked_are_counted_until_they_end(world: World) -> None:
    project = stage.school_project(world)
    block = commands.raise_block(
        project_id=project.pk, text="用地未批", owner=world.leader.organisation,
        since=stage.TODAY - 30 * DAY, actor=world.school.actor, today=stage.TODAY,
    )  # fmt: skip
    assert block.days_blocked(today=stage.TODAY) == 30
    assert world.leader.client.get(project.get_absolute_url()).status_code == 200
    with pytest.raises(NotAllowed):
        commands.solve_block(
            block_id=block.pk, solved_on=stage.TODAY, solution="批复", today=stage.TODAY,
            actor=world.school.actor,
        )  # fmt: skip
    solved = commands.solve_block(
        block_id=block.pk, solved_on=stage.TODAY - 10 * DAY, solution="已批复",
        today=stage.TODAY, actor=world.coordinator.actor,
    )  # fmt: skip
    assert solved.days_blocked(today=stage.TODAY + 99 * DAY) == 20


def test_a_school_is_reached_when_all_is_met_and_nothing_blocks(world: World) -> None:
    project = stage.school_project(world, kind="five_year")
    actor = world.coordinator.actor
    said = {"project_id": project.pk, "achieved_on": stage.TODAY, "today": stage.TODAY}
    with pytest.raises(DomainError, match="5 项条件"):
        commands.achieve_school_project(document="批复 1 号", actor=actor, **said)
    project.conditions.update(state=ConditionState.MET, checked_on=stage.TODAY)
    with pytest.raises(DomainError, match="文号"):
        commands.achieve_school_project(document=" ", actor=actor, **said)
    done = commands.achieve_school_project(document="批复 1 号", actor=actor, **said)
    assert (done.state, done.achieved_on) == ("achieved", stage.TODAY)
    with pytest.raises(DomainError, match="不能再修改"):
        commands.stop_school_project(project_id=project.pk, reason="撤", actor=actor)
    assert metric_named("accreditation.higher_vocational_sites") is not None


def test_only_the_leading_department_opens_and_only_once(world: World) -> None:
    stage.school_project(world)
    with pytest.raises(DomainError, match="同类的推进中项目"):
        stage.school_project(world)


def test_another_school_sees_nothing_of_it(world: World) -> None:
    project = stage.school_project(world)
    other = make_organisation(name="别的学校", kind="school")
    person = make_member(username="other", organisation=other, role="manager")
    assert not school_projects_visible_to(person.actor).exists()
    row = project.conditions.first()
    urls = [
        project.get_absolute_url(),
        reverse("accreditation:school_act", args=[project.pk, "block"]),
        reverse("accreditation:condition_act", args=[row.pk, "report"]),
    ]
    assert [person.client.get(url).status_code for url in urls] == [404, 404, 404]


def test_the_list_costs_the_same_with_one_and_with_six_projects(world: World) -> None:
    url = reverse("accreditation:school_list")
    world.coordinator.client.get(url)
    counts = []
    for kinds in (["high_level"], ["five_year", "double_high", "zone_school", "vocational_site"]):
        for kind in kinds:
            stage.school_project(world, kind=kind)
        with CaptureQueriesContext(connection) as queries:
            assert world.coordinator.client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_official_opens_a_project_in_the_browser(world: World) -> None:
    url = reverse("accreditation:school_new")
    said = {
        "school": world.school.organisation.pk, "keeper": world.coordinator.organisation.pk,
        "kind": "high_level", "title": "高水平建设", "basis": "方案", "starts_on": "2026-01-01",
        "target_on": "2025-01-01",
    }  # fmt: skip
    wrong = world.coordinator.client.post(url, said)
    assert wrong.status_code == 422
    assert "目标日应晚于启动日" in wrong.content.decode()
    done = world.coordinator.client.post(url, {**said, "target_on": "2027-01-01"})
    assert done.status_code == 302
    assert SchoolProject.objects.get().conditions.count() == 13
