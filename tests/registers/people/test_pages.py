from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.registers.people.models import Person
from tests.registers.people.factories import ID_NUMBER, make_own_student, make_student
from tests.world import World


def test_a_clerk_enters_a_person_in_the_browser(world: World) -> None:
    data = {"name": "林晓（演示）", "kind": "student", "starts_on": "2026-03-01"}
    response = world.school.client.post(reverse("people:person_new"), data)
    assert response.status_code == 302
    assert Person.objects.get().name == "林晓（演示）"


def test_bad_input_keeps_what_was_typed_and_writes_nothing(world: World) -> None:
    data = {"name": "林晓", "kind": "student", "starts_on": "2026-03-01", "id_number": "123"}
    response = world.school.client.post(reverse("people:person_new"), data)
    assert response.status_code == 422
    assert "应为 18 位" in response.content.decode()
    assert 'value="林晓"' in response.content.decode()
    assert not Person.objects.exists()


def test_another_organisations_person_is_not_found(world: World) -> None:
    person = make_student(world)
    url = reverse("people:person_detail", args=[person.pk])
    assert world.rival.client.get(url).status_code == 404
    assert world.school.client.get(url).status_code == 200


def test_lists_never_show_a_full_number(world: World) -> None:
    make_student(world)
    page = world.school.client.get(reverse("people:person_list")).content.decode()
    assert ID_NUMBER not in page
    assert "110***********002X" in page


def test_a_reveal_shows_the_number_once(world: World) -> None:
    person = make_student(world)
    url = reverse("people:person_reveal", args=[person.pk])
    page = world.school.client.post(url, {"reason": "核对三方协议身份"})
    assert ID_NUMBER in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert world.school.client.post(url, {"reason": "看"}).status_code == 422


def queries_of_the_list(world: World) -> int:
    with CaptureQueriesContext(connection) as captured:
        world.school.client.get(reverse("people:person_list"))
    return len(captured)


def test_the_list_costs_the_same_queries_with_three_rows_and_with_thirty(world: World) -> None:
    for number in range(3):
        make_student(world, name=f"学生{number}", id_number="", number=f"N{number}")
    queries_of_the_list(world)
    few = queries_of_the_list(world)
    for number in range(3, 30):
        make_student(world, name=f"学生{number}", id_number="", number=f"N{number}")
    assert queries_of_the_list(world) == few


def test_a_student_finds_own_data_consents_and_requests(world: World) -> None:
    make_own_student(world)
    client = world.student.client
    client.post(reverse("people:consent_give"), {"purpose": "matching"})
    client.post(reverse("people:request_new"), {"kind": "correction", "text": "手机号已更换"})
    page = client.get(reverse("people:my_data")).content.decode()
    assert "撤回" in page
    assert "手机号已更换" in page
