"""The lawful share of each rule, and the students behind it."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.casework.agreements.models import Agreement
from silian.operations.placements.choices.pay import PayAlarmKind
from silian.operations.placements.models import Internship, PayAlarm
from silian.operations.placements.queries.lawful_share import against_of
from silian.operations.placements.rules.lawful_share import MISSING_CODES, TITLES, rule_of
from silian.operations.placements.rules.prohibitions import RULES
from silian.operations.placements.rules.readiness import all_items
from tests.operations.placements import stage
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db
SHARES = reverse("placements:lawful_share")


def test_every_rule_that_is_asked_stands_in_the_table() -> None:
    assert {rule_of(rule.code) for rule in RULES} <= set(TITLES)
    assert set(MISSING_CODES) == {item.code for item in all_items(is_in_post=True)}
    assert set(MISSING_CODES.values()) <= set(TITLES)


def test_a_student_counts_against_each_rule_that_is_broken(world: World) -> None:
    lawful = stage.in_post(world, student=stage.make_student(world, name="演示学生甲"))
    broken = stage.in_post(world, student=stage.make_student(world, name="演示学生乙"))
    Agreement.objects.filter(source_id=broken.pk).update(state="suspended")
    PayAlarm.objects.create(
        internship=broken, kind=PayAlarmKind.LATE, gap=10, detail="应发 10 元", opened_on=TODAY,
        authority_at=stage.NOW,
    )  # fmt: skip
    found = against_of(Internship.objects.all(), on=TODAY)
    assert found[lawful.pk].refused == {}
    assert set(found[broken.pk].refused) == {"IN-14", "IN-21"}
    page = world.school.client.get(SHARES).content.decode()
    assert "在岗 2 人" in page
    assert reverse("placements:lawful_students", args=["IN-21"]) in page
    address = reverse("placements:lawful_students", args=["IN-14"])
    rows = world.school.client.get(address).content.decode()
    assert "演示学生乙" in rows
    assert "缺三方协议" in rows
    assert "演示学生乙" not in world.coordinator.client.get(address).content.decode()
    assert (
        world.school.client.get(reverse("placements:lawful_students", args=["x"])).status_code
        == 404
    )


def test_thirty_students_cost_the_queries_of_three(world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            against_of(Internship.objects.all(), on=TODAY + datetime.timedelta(days=1))
        return len(seen)

    for _ in range(3):
        stage.make_internship(world, student=stage.make_student(world), state="in_post")
    few = cost()
    for _ in range(9):
        stage.make_internship(world, student=stage.make_student(world), state="in_post")
    assert cost() == few
