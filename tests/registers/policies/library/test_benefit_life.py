"""A benefit is written by its department, reviewed by another, published by the coordinator."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.policies.choices import BenefitState, DocumentState
from silian.registers.policies.commands.benefits import (
    change_benefit,
    copy_benefit,
    create_benefit,
    end_benefit,
    publish_benefit,
    return_benefit,
    review_benefit,
    submit_benefit,
)
from silian.registers.policies.models.benefits import Benefit
from silian.registers.policies.permissions.benefits import benefits_visible_to
from tests.registers.policies.library.stage import (
    make_document,
    make_plan,
    published_benefit,
    submitted_benefit,
)
from tests.world import CITY, Person, World, make_member, make_organisation

pytestmark = pytest.mark.django_db


def tax_bureau(role: Role = Role.REVIEWER, name: str = "tax") -> Person:
    bureau = make_organisation(
        name="青澜市税务局（演示）", kind=OrganisationKind.GOVERNMENT, division_id=CITY
    )
    return make_member(username=name, organisation=bureau, role=role, jurisdiction_id=CITY)


def test_a_benefit_comes_out_only_after_review_and_publication(world: World) -> None:
    benefit = published_benefit(world)
    assert benefit.state == BenefitState.PUBLISHED
    assert benefit.reviewed_by == world.coordinator.user
    page = world.anonymous.client.get(reverse("policies:benefit_list")).content.decode()
    assert "学徒培训补贴" in page


@pytest.mark.parametrize("facts", [{"basis": ""}, {"steps": []}])
def test_without_basis_or_steps_it_is_not_handed_in(world: World, facts: dict[str, Any]) -> None:
    benefit = create_benefit(plan=make_plan(**facts), actor=world.reviewer.actor)
    with pytest.raises(DomainError, match="不能送审"):
        submit_benefit(benefit_id=benefit.pk, actor=world.reviewer.actor)


def test_nobody_reviews_their_own(world: World) -> None:
    benefit = submitted_benefit(world)
    with pytest.raises(DomainError, match="另一人"):
        review_benefit(benefit_id=benefit.pk, actor=world.reviewer.actor)


def test_a_draft_of_another_department_is_unseen(world: World) -> None:
    other = tax_bureau()
    draft = create_benefit(plan=make_plan(), actor=other.actor)
    for person in (world.coordinator, world.leader, world.enterprise, world.anonymous):
        assert not benefits_visible_to(person.actor).filter(pk=draft.pk).exists()
        url = reverse("policies:benefit_detail", args=[draft.pk])
        assert person.client.get(url).status_code == 404
    submit_benefit(benefit_id=draft.pk, actor=other.actor)
    assert benefits_visible_to(world.coordinator.actor).filter(pk=draft.pk).exists()


def test_a_returned_benefit_shows_the_reason_to_its_department(world: World) -> None:
    benefit = submitted_benefit(world)
    with pytest.raises(DomainError, match="理由"):
        return_benefit(benefit_id=benefit.pk, reason=" ", actor=world.coordinator.actor)
    return_benefit(benefit_id=benefit.pk, reason="写明时限", actor=world.coordinator.actor)
    url = reverse("policies:benefit_detail", args=[benefit.pk])
    assert "写明时限" in world.reviewer.client.get(url).content.decode()


def test_only_the_coordinator_publishes_and_ends(world: World) -> None:
    benefit = submitted_benefit(world)
    review_benefit(benefit_id=benefit.pk, actor=world.coordinator.actor)
    with pytest.raises(NotAllowed):
        publish_benefit(benefit_id=benefit.pk, actor=world.reviewer.actor, now=timezone.now())
    publish_benefit(benefit_id=benefit.pk, actor=world.coordinator.actor, now=timezone.now())
    with pytest.raises(NotAllowed):
        end_benefit(benefit_id=benefit.pk, reason="废止", actor=world.reviewer.actor)


def test_what_has_expired_is_not_published(world: World) -> None:
    over = datetime.date(2026, 3, 1)
    benefit = submitted_benefit(world, valid_to=over)
    review_benefit(benefit_id=benefit.pk, actor=world.coordinator.actor)
    with pytest.raises(DomainError, match="截止"):
        publish_benefit(benefit_id=benefit.pk, actor=world.coordinator.actor, now=timezone.now())


def test_a_published_benefit_is_not_changed_but_copied(world: World) -> None:
    benefit = published_benefit(world)
    with pytest.raises(WrongState, match="复制"):
        change_benefit(benefit_id=benefit.pk, plan=make_plan(), actor=world.reviewer.actor)
    copy = copy_benefit(benefit_id=benefit.pk, actor=world.reviewer.actor)
    assert copy.state == BenefitState.DRAFT
    assert (copy.steps.count(), copy.conditions.count()) == (1, 2)
    assert benefit.steps.count() == 1


def test_an_ended_benefit_stays_readable_with_the_reason(world: World) -> None:
    benefit = published_benefit(world)
    end_benefit(benefit_id=benefit.pk, reason="文件已废止", actor=world.coordinator.actor)
    client = world.anonymous.client
    detail = client.get(reverse("policies:benefit_detail", args=[benefit.pk])).content.decode()
    assert "文件已废止" in detail
    assert "学徒培训补贴" not in client.get(reverse("policies:benefit_list")).content.decode()


def test_a_clause_of_a_draft_is_no_basis(world: World) -> None:
    draft = make_document(world, state=DocumentState.REVIEWING, issued_at=None)
    with pytest.raises(DomainError, match="条款"):
        create_benefit(
            plan=make_plan(clause_id=draft.clauses.first().pk), actor=world.reviewer.actor
        )


def test_the_database_refuses_a_published_benefit_without_basis(world: World) -> None:
    benefit = published_benefit(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Benefit.objects.filter(pk=benefit.pk).update(basis="")


def test_enterprises_and_leaders_write_nothing(world: World) -> None:
    for person in (world.enterprise, world.leader, world.supervisor, world.school):
        with pytest.raises(NotAllowed):
            create_benefit(plan=make_plan(), actor=person.actor)


def test_the_form_registers_conditions_papers_and_steps(world: World) -> None:
    response = world.reviewer.client.post(
        reverse("policies:benefit_new"),
        {
            "title": "产业导师聘任",
            "kind": "talent",
            "authority": "市教育局",
            "audiences": ["enterprise", "person"],
            "given": "标准未公布",
            "basis": "青政办发〔2026〕6号",
            "valid_from": "2026-02-10",
            "needs_verified": "on",
            "sizes": ["small"],
            "chains": "高端装备、新能源电池",
            "statements": "有五年岗位经历｜由企业证明",
            "materials": "推荐表\n证明",
            "steps": "申请人｜提交\n市教育局｜审核｜10",
        },
    )
    benefit = Benefit.objects.get(title="产业导师聘任")
    assert response.url == benefit.get_absolute_url()
    assert [row.fact for row in benefit.conditions.all()] == [
        "verified",
        "size",
        "chain",
        "statement",
    ]
    assert (benefit.materials.count(), benefit.steps.count()) == (2, 2)


def test_a_line_that_cannot_be_read_is_shown_at_its_box(world: World) -> None:
    response = world.reviewer.client.post(
        reverse("policies:benefit_new"), {"title": "产业导师聘任", "steps": "没有分隔"}
    )
    assert response.status_code == 422
    assert "谁办｜做什么" in response.content.decode()


def test_the_edit_form_shows_what_was_written(world: World) -> None:
    benefit = create_benefit(plan=make_plan(), actor=world.reviewer.actor)
    page = world.reviewer.client.get(reverse("policies:benefit_edit", args=[benefit.pk]))
    assert "已签订学徒协议｜先签约" in page.content.decode()
