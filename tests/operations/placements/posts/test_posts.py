"""A host registers posts, opens them when they are lawful, and changes them with care."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.choices.hosts import (
    PostState,
)
from silian.operations.placements.commands.posts import (
    ConcernsStudents,
    close_post,
    edit_post,
    open_post,
    write_post,
)
from silian.operations.placements.models import InternshipPost
from tests.operations.placements import stage
from tests.world import COUNTY, TODAY, World

pytestmark = pytest.mark.django_db


def facts(world: World, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "division_id": COUNTY,
        "title": "数控操作",
        "address": "高新区二厂",
        "industry_id": world.industry.pk,
        "major_classes": ["46"],
        "tasks": ["数控车床操作"],
        "headcount": 4,
        "staff_in_post": 40,
        "starts_on": datetime.date(2026, 1, 1),
        "ends_on": datetime.date(2027, 1, 1),
        "daily_hours": Decimal(8),
        "weekly_days": 5,
        "shift_starts": datetime.time(8, 30),
        "shift_ends": datetime.time(17, 30),
        "intensity": 1,
        "pay": Decimal(3400),
        "post_wage": Decimal(4200),
        "pay_day": 10,
    }
    return {**given, **changes}


def draft(world: World, **changes: Any) -> InternshipPost:
    return write_post(facts=facts(world, **changes), actor=world.enterprise.actor)


def test_a_post_is_a_draft_until_it_is_opened(world: World) -> None:
    post = draft(world)
    assert post.state == PostState.DRAFT
    open_post(post_id=post.pk, actor=world.enterprise.actor, today=TODAY)
    post.refresh_from_db()
    assert post.state == PostState.OPEN


@pytest.mark.parametrize(
    "unlawful",
    [
        {"has_overtime": True},
        {"shift_ends": datetime.time(23, 0)},
        {"hazards": ["toxic"]},
        {"fees": "押金 500 元"},
        {"is_through_agency": True},
        {"pay_method": "goods"},
    ],
)
def test_an_unlawful_post_cannot_be_opened(world: World, unlawful: dict[str, Any]) -> None:
    post = draft(world, **unlawful)
    with pytest.raises(DomainError, match="不符合规定"):
        open_post(post_id=post.pk, actor=world.enterprise.actor, today=TODAY)


def test_an_open_post_stays_lawful(world: World) -> None:
    post = stage.make_post(world)
    with pytest.raises(DomainError) as refusal:
        edit_post(
            post_id=post.pk, facts={"has_overtime": True}, actor=world.enterprise.actor, today=TODAY
        )
    assert refusal.value.field == "has_overtime"


def test_low_pay_warns_and_does_not_refuse(world: World) -> None:
    post = draft(world, pay=Decimal(3000))
    open_post(post_id=post.pk, actor=world.enterprise.actor, today=TODAY)
    page = world.enterprise.client.get(post.get_absolute_url()).content.decode()
    assert "差距 360 元" in page


def test_a_change_that_hits_a_minor_is_refused_with_the_list(world: World) -> None:
    minor = stage.make_student(world, born_on=datetime.date(2009, 6, 1), name="演示少年")
    internship = stage.make_internship(world, student=minor)
    with pytest.raises(ConcernsStudents) as refusal:
        edit_post(
            post_id=internship.post_id, facts={"hazards": ["dust"]},
            actor=world.enterprise.actor, today=TODAY,
        )  # fmt: skip
    assert [each.internship.pk for each in refusal.value.concerned] == [internship.pk]
    assert "未满 18 周岁" in refusal.value.sentence


def test_fewer_places_than_students_are_refused(world: World) -> None:
    post = stage.make_post(world, headcount=2)
    stage.make_internship(world, post=post)
    stage.make_internship(world, post=post, student=stage.make_student(world))
    with pytest.raises(DomainError, match="接收人数不能更少"):
        edit_post(
            post_id=post.pk, facts={"headcount": 1}, actor=world.enterprise.actor, today=TODAY
        )


def test_a_post_with_students_cannot_be_closed(world: World) -> None:
    internship = stage.make_internship(world)
    with pytest.raises(DomainError, match="不能关闭"):
        close_post(post_id=internship.post_id, actor=world.enterprise.actor, today=TODAY)


def test_another_organisations_post_is_out_of_reach(world: World) -> None:
    post = stage.make_post(world)
    with pytest.raises(InternshipPost.DoesNotExist):
        open_post(post_id=post.pk, actor=world.rival.actor, today=TODAY)
    with pytest.raises(NotAllowed):
        open_post(post_id=post.pk, actor=world.school.actor, today=TODAY)


def test_a_mentor_is_one_of_the_organisations_own_people(world: World) -> None:
    stranger = stage.make_person(name="演示外人")
    with pytest.raises(DomainError, match="本单位人员"):
        draft(world, mentor_id=stranger.pk)


def test_what_is_typed_is_checked_before_it_is_saved(world: World) -> None:
    typed = {"title": "夜班", "shift_starts": "20:00", "shift_ends": "04:00", "weekly_days": "7",
             "daily_hours": "8", "fees": "材料费 100 元"}  # fmt: skip
    answer = world.enterprise.client.post(reverse("placements:post_check"), typed)
    page = answer.content.decode()
    assert "进入夜班时段" in page
    assert "休息不足" in page
    assert "材料费 100 元" in page
    assert not InternshipPost.objects.exists()


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_costs_the_same_for_few_and_many(
    world: World, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        stage.make_post(world, title=f"岗位 {number}")
    with django_assert_max_num_queries(45):
        page = world.school.client.get(reverse("placements:post_list"))
    assert page.status_code == 200
