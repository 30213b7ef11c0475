"""A plan is registered by its department, proved item by item, and checked by the coordinator."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.files import files_of
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.policies.choices import (
    NeedAnswer,
    PlanAnswerValue,
    PlanQuestion,
    PlanRecordState,
)
from silian.registers.policies.commands.plan_records import (
    AnswerFacts,
    ProjectFacts,
    add_project,
    answer_question,
    change_plan,
    remove_project,
    reopen_plan,
    return_plan,
    review_plan,
    submit_plan,
)
from silian.registers.policies.models.plans import PlanAnswer, PlanRecord
from silian.registers.policies.permissions.plan_records import plan_records_visible_to
from silian.registers.policies.queries.plan_records import plan_figures, plan_rows
from silian.registers.policies.rules.plan_records import PlanFacts
from tests.registers.policies.library.stage import answer_all, make_plan_record
from tests.world import CITY, Person, World, make_member, make_organisation

pytestmark = pytest.mark.django_db
PAST = datetime.date(2020, 1, 1)
TODAY = datetime.date(2026, 3, 18)


def answer(world: World, plan: PlanRecord, *, upload: Any = None, **facts: Any) -> PlanAnswer:
    values = {"value": PlanAnswerValue.CONTAINED, "place": "第三章"}
    return answer_question(
        plan_id=plan.pk,
        question=PlanQuestion.SUPPORT,
        answer=AnswerFacts(**{**values, **facts}),
        upload=upload,
        actor=world.reviewer.actor,
        now=timezone.now(),
    )


def reviewed(world: World) -> PlanRecord:
    plan = make_plan_record(world)
    answer_all(world, plan)
    submit_plan(plan_id=plan.pk, actor=world.reviewer.actor)
    return review_plan(plan_id=plan.pk, actor=world.coordinator.actor, now=timezone.now())


def other_department() -> Person:
    bureau = make_organisation(
        name="青澜市交通运输局（演示）", kind=OrganisationKind.GOVERNMENT, division_id=CITY
    )
    return make_member(
        username="roads", organisation=bureau, role=Role.REVIEWER, jurisdiction_id=CITY
    )


def test_a_new_plan_has_three_open_items(world: World) -> None:
    plan = make_plan_record(world)
    values = set(plan.answers.values_list("value", flat=True))
    assert (plan.answers.count(), values) == (3, {PlanAnswerValue.UNSET})


def test_a_period_that_ends_before_it_begins_is_refused(world: World) -> None:
    with pytest.raises(DomainError, match="规划期"):
        make_plan_record(world, ends_year=2020)


def test_open_items_keep_a_plan_from_being_handed_in(world: World) -> None:
    plan = make_plan_record(world)
    answer(world, plan)
    with pytest.raises(DomainError, match="还有 2 项"):
        submit_plan(plan_id=plan.pk, actor=world.reviewer.actor)


def test_yes_without_a_place_is_refused(world: World) -> None:
    with pytest.raises(DomainError, match="出处"):
        answer(world, make_plan_record(world), place="")


def test_no_needs_no_place(world: World) -> None:
    row = answer(world, make_plan_record(world), value=PlanAnswerValue.MISSING, place="")
    assert row.value == PlanAnswerValue.MISSING


def test_the_database_refuses_yes_without_a_place(world: World) -> None:
    plan = make_plan_record(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.answers.update(value=PlanAnswerValue.CONTAINED)


def test_a_proof_is_kept_and_read_by_those_who_read_the_plan(world: World) -> None:
    plan = make_plan_record(world)
    row = answer(world, plan, upload=SimpleUploadedFile("节选.txt", "第三章 产教融合".encode()))
    file = files_of(row).get()
    url = reverse("kernel:file_download", args=[file.pk])
    content = b"".join(world.reviewer.client.get(url).streaming_content)  # type: ignore[attr-defined]
    assert content.decode().startswith("第三章")
    assert world.enterprise.client.get(url).status_code == 404


def test_the_coordinator_checks_what_another_wrote(world: World) -> None:
    plan = reviewed(world)
    assert plan.state == PlanRecordState.REVIEWED
    assert plan.reviewed_by == world.coordinator.user


def test_nobody_checks_their_own(world: World) -> None:
    plan = make_plan_record(world)
    answer_all(world, plan)
    submit_plan(plan_id=plan.pk, actor=world.reviewer.actor)
    PlanRecord.objects.filter(pk=plan.pk).update(edited_by=world.coordinator.user)
    with pytest.raises(DomainError, match="另一人"):
        review_plan(plan_id=plan.pk, actor=world.coordinator.actor, now=timezone.now())


def test_a_reviewer_or_leader_does_not_check(world: World) -> None:
    plan = make_plan_record(world)
    answer_all(world, plan)
    submit_plan(plan_id=plan.pk, actor=world.reviewer.actor)
    for person in (world.reviewer, world.leader, world.supervisor):
        with pytest.raises(NotAllowed):
            review_plan(plan_id=plan.pk, actor=person.actor, now=timezone.now())


def test_a_checked_plan_is_written_in_only_after_reopening(world: World) -> None:
    plan = reviewed(world)
    with pytest.raises(WrongState, match="重新填写"):
        answer(world, plan)
    reopen_plan(plan_id=plan.pk, actor=world.reviewer.actor)
    assert answer(world, plan, place="第四章").place == "第四章"


def test_a_returned_plan_tells_why(world: World) -> None:
    plan = make_plan_record(world)
    answer_all(world, plan)
    submit_plan(plan_id=plan.pk, actor=world.reviewer.actor)
    with pytest.raises(DomainError, match="理由"):
        return_plan(plan_id=plan.pk, reason="", actor=world.coordinator.actor)
    return_plan(plan_id=plan.pk, reason="页码不对", actor=world.coordinator.actor)
    page = world.reviewer.client.get(plan.get_absolute_url()).content.decode()
    assert "页码不对" in page


def test_only_the_department_changes_its_plan(world: World) -> None:
    plan = make_plan_record(world, check_by=PAST)
    facts = PlanFacts(
        kind=plan.kind, title="改名", starts_year=2026, ends_year=2030, lead="市教育局",
        progress=plan.progress, check_by=PAST,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        change_plan(plan_id=plan.pk, facts=facts, actor=other_department().actor)
    assert change_plan(plan_id=plan.pk, facts=facts, actor=world.reviewer.actor).title == "改名"


def test_a_draft_is_its_departments_until_it_is_handed_in_or_late(world: World) -> None:
    other = other_department()
    draft, late = make_plan_record(world), make_plan_record(world, check_by=PAST)
    seen = plan_records_visible_to(other.actor)
    assert list(seen) == [late]
    assert not plan_records_visible_to(world.enterprise.actor).exists()
    assert other.client.get(draft.get_absolute_url()).status_code == 404


def test_figures_count_covered_and_late_plans(world: World) -> None:
    reviewed(world)
    make_plan_record(world, check_by=PAST)
    figures = plan_figures(plan_rows(world.coordinator.actor), on=TODAY)
    assert (figures.coverage.covered, figures.coverage.total, figures.late) == (1, 2, 1)


def test_filters_find_full_partial_and_late_plans(world: World) -> None:
    reviewed(world)
    make_plan_record(world, title="逾期规划", check_by=PAST)
    url = reverse("policies:plan_record_list")
    client = world.coordinator.client
    late = client.get(url, {"covered": "late"}).content.decode()
    assert "逾期规划" in late
    assert "高端装备产业规划" not in late
    full = client.get(url, {"covered": "full"}).content.decode()
    assert "逾期规划" not in full


def project(**facts: Any) -> ProjectFacts:
    values = {
        "name": "实训中心",
        "investment": Decimal(10_000_000),
        "land": NeedAnswer.NEEDED,
        "skills": NeedAnswer.UNSET,
    }
    return ProjectFacts(**{**values, **facts})


def test_a_project_stands_once_and_can_be_removed(world: World) -> None:
    plan, actor = make_plan_record(world), world.reviewer.actor
    row = add_project(plan_id=plan.pk, facts=project(), actor=actor)
    with pytest.raises(DomainError, match="已经登记"):
        add_project(plan_id=plan.pk, facts=project(), actor=actor)
    remove_project(plan_id=plan.pk, project_id=row.pk, actor=actor)
    assert not plan.projects.exists()
    with pytest.raises(DomainError, match="已经不在"):
        remove_project(plan_id=plan.pk, project_id=row.pk, actor=actor)


def test_the_forms_register_answer_and_add(world: World) -> None:
    client = world.reviewer.client
    made = client.post(
        reverse("policies:plan_record_new"),
        {
            "title": "康养服务业规划", "kind": "industry", "lead": "市民政局", "starts_year": 2026,
            "ends_year": 2030, "progress": "compiling", "check_by": "2026-12-31",
        },
    )  # fmt: skip
    plan = PlanRecord.objects.get(title="康养服务业规划")
    assert made.url == plan.get_absolute_url()
    refused = client.post(
        reverse("policies:plan_answer", args=[plan.pk, "requirement"]), {"value": "contained"}
    )
    assert refused.status_code == 422
    client.post(
        reverse("policies:plan_answer", args=[plan.pk, "requirement"]),
        {"value": "contained", "place": "第五章"},
    )
    assert plan.answers.get(question="requirement").place == "第五章"
    client.post(
        reverse("policies:plan_project_new", args=[plan.pk]),
        {"name": "实训中心", "investment": "10000000", "land": "needed", "skills": "unset"},
    )
    assert plan.projects.get().investment == Decimal(10_000_000)


def test_the_list_costs_the_same_with_three_and_with_thirty(
    world: World, django_assert_max_num_queries: object
) -> None:
    world.coordinator.client.get(reverse("policies:plan_record_list"))  # warms the frame
    counts = []
    for most in (3, 30):
        while PlanRecord.objects.count() < most:
            make_plan_record(world)
        with django_assert_max_num_queries(60) as asked:  # type: ignore[operator]
            world.coordinator.client.get(reverse("policies:plan_record_list"))
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]
