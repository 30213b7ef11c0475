"""Policies, who is on them, and the uninsured."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.choices.insurance import (
    InsuranceKind,
    PremiumPayer,
)
from silian.operations.placements.commands.insurance_policies import (
    add_insured,
    cancel_policy,
    register_policy,
)
from silian.operations.placements.models import InsurancePolicy, Internship
from silian.operations.placements.queries.insurance import coverage, insured_ids
from silian.operations.placements.queries.insurance_lists import uninsured
from tests.operations.placements.learning import stage
from tests.operations.placements.stage import make_internship
from tests.world import World

KIND = InsuranceKind.LIABILITY


@pytest.mark.parametrize("payer", [PremiumPayer.STUDENT, PremiumPayer.PAY])
def test_a_policy_paid_by_the_student_is_refused(world: World, payer: str) -> None:
    with pytest.raises(DomainError, match="不得"):
        stage.policy(world, payer=payer)


def test_not_even_the_data_base_takes_a_premium_from_a_student(world: World) -> None:
    made = stage.policy(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        InsurancePolicy.objects.filter(pk=made.pk).update(payer=PremiumPayer.STUDENT)


def test_a_policy_number_stands_once(world: World) -> None:
    stage.policy(world)
    with pytest.raises(DomainError, match="已登记"):
        stage.policy(world)


def test_a_host_does_not_register_the_policy_of_a_school(world: World) -> None:
    with pytest.raises(NotAllowed):
        register_policy(actor=world.enterprise.actor, text=stage.policy_text())


def test_an_added_intern_is_covered_for_the_shared_days(world: World) -> None:
    internship = stage.planned(world)
    found = stage.insured(world)
    row = found.insured.get()
    assert (row.starts_on, row.ends_on) == (internship.starts_on, internship.ends_on)
    assert insured_ids(internship_ids=[internship.pk], kind=KIND) == {internship.pk}
    assert insured_ids(internship_ids=[internship.pk], kind=InsuranceKind.ACCIDENT) == set()


def test_a_policy_that_ends_early_leaves_a_gap_that_another_closes(world: World) -> None:
    internship, middle = stage.planned(world), datetime.date(2026, 8, 20)
    first = stage.policy(world, ends_on=middle)
    ids = [internship.pk]
    add_insured(actor=world.school.actor, policy_id=first.pk, internship_ids=ids)
    found = coverage(internship_ids=ids)[internship.pk][KIND]
    assert found.gap_days == 12
    assert insured_ids(internship_ids=ids, kind=KIND) == set()
    second = stage.policy(world, number="责任-2026-002", starts_on=middle)
    add_insured(actor=world.school.actor, policy_id=second.pk, internship_ids=ids)
    assert insured_ids(internship_ids=ids, kind=KIND) == set(ids)


def test_adding_twice_leaves_one_and_says_so(world: World) -> None:
    found = stage.insured(world)
    again = add_insured(
        actor=world.school.actor,
        policy_id=found.pk,
        internship_ids=[found.insured.get().internship_id],
    )
    assert found.insured.count() == 1
    assert [item.sentence for item in again.refused] == ["已在这份保单上。"]


def test_the_interns_of_another_school_are_left_out(world: World) -> None:
    found = stage.policy(world)
    strange = Internship(pk=0)
    result = add_insured(actor=world.school.actor, policy_id=found.pk, internship_ids=[strange.pk])
    assert (result.added, result.refused) == ([], [])


def test_a_cancelled_policy_covers_nobody(world: World) -> None:
    found = stage.insured(world)
    internship_id = found.insured.get().internship_id
    cancel_policy(
        actor=world.school.actor,
        policy_id=found.pk,
        on=datetime.date(2026, 3, 18),
        reason="换保险机构",
    )
    assert insured_ids(internship_ids=[internship_id], kind=KIND) == set()
    with pytest.raises(DomainError, match="已退保"):
        add_insured(actor=world.school.actor, policy_id=found.pk, internship_ids=[internship_id])


def test_the_uninsured_list_names_kind_and_days(world: World) -> None:
    stage.planned(world)
    stage.insured(world)
    row = uninsured(Internship.objects.all())[0]
    assert row.words == "缺人身意外伤害保险"


def test_one_step_puts_all_uninsured_on_the_chosen_policies(world: World) -> None:
    for _ in range(3):
        make_internship(world, state="preparing")
    liability = stage.policy(world)
    accident = stage.policy(world, kind=InsuranceKind.ACCIDENT, number="意外-2026-001")
    response = world.school.client.post(
        reverse("placements:insurance_roster"),
        {KIND: liability.pk, InsuranceKind.ACCIDENT: accident.pk},
    )
    assert response.status_code == 302
    assert uninsured(Internship.objects.all()) == []


def test_a_sheet_of_student_numbers_is_read_and_a_strange_number_refused(world: World) -> None:
    internship, found = stage.planned(world), stage.policy(world)
    number = internship.person.class_memberships.get().number
    url = reverse("placements:insurance_policy_add", args=[found.pk])

    def sent(text: str) -> int:
        sheet = SimpleUploadedFile("名单.csv", text.encode("gb18030"))
        return int(world.school.client.post(url, {"sheet": sheet}).status_code)

    assert sent(f"姓名,学号\n何雨,{number}\n许安,99") == 422
    assert found.insured.count() == 0
    assert sent(f"姓名,学号\n何雨,{number}\n") == 302
    assert found.insured.get().internship_id == internship.pk


def test_the_lists_cost_the_same_with_three_rows_and_with_thirty(world: World) -> None:
    def cost(url: str) -> int:
        world.school.client.get(url)
        with CaptureQueriesContext(connection) as caught:
            assert world.school.client.get(url).status_code == 200
        return len(caught)

    names = ("insurance_uninsured", "training_list", "practice_files", "assessment_list")
    for _ in range(3):
        make_internship(world, state="preparing")
    before = {name: cost(reverse(f"placements:{name}")) for name in names}
    for _ in range(27):
        make_internship(world, state="preparing")
    assert {name: cost(reverse(f"placements:{name}")) for name in names} == before
