"""A training plan from draft to current version, and what holds it fast."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.programmes.choices import ConsentState, PlanState
from silian.registers.programmes.commands import plans
from silian.registers.programmes.models import PlanCourse, Programme, TrainingPlan
from silian.registers.programmes.queries.hours import cohort_hours, plan_of_cohort, practice_share
from silian.registers.programmes.queries.plans import differences, findings_of
from tests.registers.programmes.stage import (
    NOW,
    approved_plan,
    make_cohort,
    make_plan,
    make_programme,
    make_standard,
    plan_facts,
)
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(world: World) -> Programme:
    return make_programme(world.school.organisation)  # type: ignore[arg-type]


def test_a_co_author_must_agree_before_approval(world: World, programme: Programme) -> None:
    actor, firm = world.school.actor, world.enterprise
    plan = make_plan(programme, actor=actor, enterprise_ids=(firm.actor.organisation_id,))
    plans.submit_plan(plan_id=plan.pk, actor=actor, now=NOW)
    with pytest.raises(DomainError, match="没有答复"):
        plans.approve_plan(plan_id=plan.pk, actor=actor, now=NOW)
    plans.answer_plan(plan_id=plan.pk, actor=firm.actor, agrees=True, opinion="", now=NOW)
    assert plans.approve_plan(plan_id=plan.pk, actor=actor, now=NOW).state == PlanState.APPROVED


def test_a_refusal_needs_its_opinion_and_stops_the_plan(world: World, programme: Programme) -> None:
    actor, firm = world.school.actor, world.enterprise
    plan = make_plan(programme, actor=actor, enterprise_ids=(firm.actor.organisation_id,))
    plans.submit_plan(plan_id=plan.pk, actor=actor, now=NOW)
    with pytest.raises(DomainError, match="哪些内容"):
        plans.answer_plan(plan_id=plan.pk, actor=firm.actor, agrees=False, opinion="", now=NOW)
    plans.answer_plan(plan_id=plan.pk, actor=firm.actor, agrees=False, opinion="课时偏少", now=NOW)
    with pytest.raises(DomainError, match="不同意"):
        plans.approve_plan(plan_id=plan.pk, actor=actor, now=NOW)


def test_sending_back_asks_the_enterprise_anew(world: World, programme: Programme) -> None:
    actor, firm = world.school.actor, world.enterprise
    plan = make_plan(programme, actor=actor, enterprise_ids=(firm.actor.organisation_id,))
    plans.submit_plan(plan_id=plan.pk, actor=actor, now=NOW)
    plans.answer_plan(plan_id=plan.pk, actor=firm.actor, agrees=True, opinion="", now=NOW)
    plans.send_plan_back(plan_id=plan.pk, actor=actor, reason="补充实习内容")
    plans.submit_plan(plan_id=plan.pk, actor=actor, now=NOW)
    assert plan.authors.get().state == ConsentState.ASKED


def test_another_enterprise_cannot_answer(world: World, programme: Programme) -> None:
    plan = make_plan(
        programme,
        actor=world.school.actor,
        enterprise_ids=(world.enterprise.actor.organisation_id,),
    )
    plans.submit_plan(plan_id=plan.pk, actor=world.school.actor, now=NOW)
    with pytest.raises(NotAllowed):
        plans.answer_plan(
            plan_id=plan.pk, actor=world.rival.actor, agrees=True, opinion="", now=NOW
        )


def test_an_empty_plan_cannot_be_submitted(world: World, programme: Programme) -> None:
    plan = plans.draft_plan(programme_id=programme.pk, actor=world.school.actor, facts=plan_facts())
    with pytest.raises(DomainError, match="还没有课程"):
        plans.submit_plan(plan_id=plan.pk, actor=world.school.actor, now=NOW)


def test_an_approved_plan_cannot_be_changed_by_sql(world: World, programme: Programme) -> None:
    plan = approved_plan(programme, actor=world.school.actor)
    changes = (
        lambda: TrainingPlan.objects.filter(pk=plan.pk).update(goal="另写"),
        lambda: TrainingPlan.objects.filter(pk=plan.pk).update(state="draft"),
        lambda: PlanCourse.objects.filter(plan=plan).update(practice_hours=1),
        lambda: PlanCourse.objects.filter(plan=plan).delete(),
        lambda: PlanCourse.objects.create(
            plan=plan, code="X", name="新", kind="practice", term=1, practice_hours=1
        ),
        lambda: TrainingPlan.objects.filter(pk=plan.pk).delete(),
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_plan_with_a_silent_co_author_cannot_be_approved_by_sql(
    world: World, programme: Programme
) -> None:
    plan = make_plan(
        programme,
        actor=world.school.actor,
        enterprise_ids=(world.enterprise.actor.organisation_id,),
    )
    with pytest.raises(DatabaseError, match="has not agreed"), transaction.atomic():
        TrainingPlan.objects.filter(pk=plan.pk).update(state="approved", approved_at=NOW)


def test_a_new_version_takes_over_the_newer_cohorts(world: World, programme: Programme) -> None:
    actor = world.school.actor
    old = approved_plan(programme, actor=actor, cohort_from=2023)
    new = approved_plan(programme, actor=actor, cohort_from=2025, practice=300)
    old.refresh_from_db()
    assert (old.state, old.cohort_until) == (PlanState.APPROVED, 2024)
    assert plan_of_cohort(make_cohort(programme, year=2024)) == old
    assert plan_of_cohort(make_cohort(programme, year=2025)) == new


def test_a_version_for_the_same_cohorts_supersedes(world: World, programme: Programme) -> None:
    old = approved_plan(programme, actor=world.school.actor)
    approved_plan(programme, actor=world.school.actor)
    old.refresh_from_db()
    assert old.state == PlanState.SUPERSEDED


def test_a_bounded_version_cannot_cut_an_open_one_in_two(
    world: World, programme: Programme
) -> None:
    approved_plan(programme, actor=world.school.actor, cohort_from=2022)
    plan = make_plan(programme, actor=world.school.actor, cohort_from=2023, cohort_until=2024)
    plans.submit_plan(plan_id=plan.pk, actor=world.school.actor, now=NOW)
    with pytest.raises(DomainError, match="更晚的年级"):
        plans.approve_plan(plan_id=plan.pk, actor=world.school.actor, now=NOW)


def test_the_next_version_brings_the_courses_along_and_tells_the_difference(
    world: World, programme: Programme
) -> None:
    actor = world.school.actor
    old = approved_plan(programme, actor=actor)
    new = plans.draft_plan(
        programme_id=programme.pk, actor=actor, facts=plan_facts(), based_on_id=old.pk
    )
    PlanCourse.objects.filter(plan=new, code="S01").update(practice_hours=160)
    PlanCourse.objects.filter(plan=new, code="G01").delete()
    found = {each.code: (each.sign, each.changes) for each in differences(before=old, after=new)}
    assert found["G01"][0] == "删除"
    assert found["S01"] == ("变更", [("实践学时", "100", "160")])


def test_the_share_is_told_per_cohort_with_the_regions_limit(world: World) -> None:
    school = world.school.organisation
    assert school is not None
    programme = make_programme(school, division_id="530300")
    approved_plan(programme, actor=world.school.actor, theory=101, practice=99)
    (row,) = cohort_hours(cohorts=[make_cohort(programme)], on=TODAY)
    assert row.standing.state == "breach"
    assert row.hours.missing(row.limit) == 1
    share = practice_share(cohort=row.cohort)
    assert share is not None
    assert float(share) == 0.495


def test_a_plan_says_whether_it_cites_a_current_standard(
    world: World, programme: Programme
) -> None:
    version = make_standard(world.school.organisation)  # type: ignore[arg-type]
    plan = make_plan(programme, actor=world.school.actor, standard_ids=(version.pk,))
    texts = [found.sentence for found in findings_of(plan, courses=[], on=TODAY) if found.met]
    assert "引用现行标准 1 项。" in texts


def test_only_the_own_school_drafts(world: World, programme: Programme) -> None:
    for person in (world.enterprise, world.reviewer, world.teacher):
        with pytest.raises(NotAllowed):
            plans.draft_plan(programme_id=programme.pk, actor=person.actor, facts=plan_facts())
