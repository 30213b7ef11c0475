"""Nobody's data is deleted while an internship or an apprenticeship still needs it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from silian.operations.placements.choices.internships import InternshipState
from silian.operations.placements.models import Internship
from silian.operations.placements.queries.keeping import reason_to_keep_student
from silian.registers.people.choices import RequestKind, RequestState
from silian.registers.people.commands import request_data_change
from tests.operations.placements import stage
from tests.operations.placements.orders import stage as orders
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def test_a_student_in_post_is_not_erased_until_the_internship_is_over(world: World) -> None:
    person = stage.own_student(world)
    internship = stage.make_internship(world, student=person, state=InternshipState.PREPARING)
    asked = request_data_change(
        person=person,
        actor=world.student.actor,
        kind=RequestKind.DELETION,
        text="请删除我的信息",
        now=timezone.now(),
    )
    address = reverse("people:request_answer", kwargs={"request_id": asked.pk})
    typed = {"granted": "yes", "answer": "已删除"}
    page = world.school.client.post(address, typed)
    assert page.status_code == 422
    assert "协议、保险和报酬还要办理" in page.content.decode()
    asked.refresh_from_db()
    person.refresh_from_db()
    assert (asked.state, person.erased_at) == (RequestState.OPEN, None)
    Internship.objects.filter(pk=internship.pk).update(
        state=InternshipState.CANCELLED, end_reason="学生退出"
    )
    assert world.school.client.post(address, typed).status_code == 302
    person.refresh_from_db()
    assert person.erased_at is not None


def test_an_apprentice_in_training_is_kept(world: World) -> None:
    apprentice = orders.enrolled(world)
    reason = reason_to_keep_student(person_id=apprentice.person_id, on=TODAY)
    assert reason is not None
    assert "第四十七条" in reason
