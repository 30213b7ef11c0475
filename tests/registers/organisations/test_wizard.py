"""The public wizard keeps what was typed and writes nothing half."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models import Organisation
from tests.registers.organisations.cast import GOOD_CODE, OTHER_CODE, paper, registered
from tests.world import COUNTY, World

REGISTER = reverse("organisations:register")
MANAGER = reverse("organisations:register_manager")
DOCUMENTS = reverse("organisations:documents")
FACTS = {
    "kind": "enterprise",
    "name": "澜江新材料有限公司（演示）",
    "uscc": GOOD_CODE,
    "division": COUNTY,
    "industry": "",
    "size": "small",
    "contact_name": "林知行",
    "contact_phone": "0870-5550123",
}
ACCOUNT = {
    "name": "林知行",
    "username": "linzhixing",
    "email": "lin@example.invalid",
    "phone": "",
    "password": "Blue-Harbour-27",
    "password_again": "Blue-Harbour-27",
}


def test_from_the_first_word_to_the_queue(world: World) -> None:
    client = Client()
    assert client.post(REGISTER, FACTS)["Location"] == MANAGER
    assert client.post(MANAGER, ACCOUNT)["Location"] == DOCUMENTS
    for kind in ("licence", "mandate"):
        data = {"kind": kind, "upload": paper()}
        assert client.post(reverse("organisations:document_add"), data).status_code == 302
    assert client.post(reverse("organisations:submit")).status_code == 302
    organisation = Organisation.objects.get(uscc=GOOD_CODE)
    assert organisation.state == OrganisationState.SUBMITTED
    queue = world.reviewer.client.get(reverse("organisations:queue")).content.decode()
    assert organisation.name in queue


def test_what_was_typed_is_there_when_one_comes_back(world: World) -> None:
    client = Client()
    client.post(REGISTER, {**FACTS, "uscc": "91350100M000100Y4A"})
    page = client.get(REGISTER).content.decode()
    assert "澜江新材料有限公司（演示）" in page
    assert "91350100M000100Y4A" in page


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"uscc": "91350100M000100Y4A"}, "校验位"),
        ({"uscc": ""}, "18 位"),
        ({"division": "999999"}, "行政区划"),
        ({"kind": "bank"}, "bank"),
        ({"name": ""}, "name"),
    ],
)
def test_bad_facts_are_answered_with_422_and_the_cure(
    world: World, change: dict[str, str], word: str
) -> None:
    response = Client().post(REGISTER, {**FACTS, **change})
    assert response.status_code == 422
    assert word in response.content.decode()


def test_a_known_code_shows_how_to_join(world: World) -> None:
    first, _ = registered(world)
    response = Client().post(REGISTER, {**FACTS, "name": "换个名称试试"})
    assert response.status_code == 422
    assert reverse("organisations:join", args=[first.pk]) in response.content.decode()


def test_a_similar_name_asks_for_a_second_look(world: World) -> None:
    registered(world)
    client = Client()
    response = client.post(REGISTER, {**FACTS, "uscc": OTHER_CODE})
    assert "名称相近" in response.content.decode()
    confirmed = client.post(REGISTER, {**FACTS, "uscc": OTHER_CODE, "confirmed": "1"})
    assert confirmed["Location"] == MANAGER


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"password_again": "other"}, "不一致"),
        ({"password": "short", "password_again": "short"}, "密码"),
        ({"username": "enterprise"}, "已被使用"),
        ({"email": "x"}, "邮"),
    ],
)
def test_a_bad_account_registers_nothing(world: World, change: dict[str, str], word: str) -> None:
    client = Client()
    client.post(REGISTER, FACTS)
    response = client.post(MANAGER, {**ACCOUNT, **change})
    assert response.status_code == 422
    assert word in response.content.decode()
    assert not Organisation.objects.filter(uscc=GOOD_CODE).exists()
    assert not User.objects.filter(username="linzhixing").exists()


def test_a_code_taken_in_between_registers_no_account(world: World) -> None:
    client = Client()
    client.post(REGISTER, FACTS)
    registered(world)
    response = client.post(MANAGER, ACCOUNT)
    assert response.status_code == 422
    assert "申请加入" in response.content.decode()
    assert not User.objects.filter(username="linzhixing").exists()


def test_a_signed_in_person_becomes_the_manager_as_they_are(world: World) -> None:
    client = world.student.client
    client.post(REGISTER, FACTS)
    assert client.post(MANAGER)["Location"] == DOCUMENTS
    organisation = Organisation.objects.get(uscc=GOOD_CODE)
    assert organisation.memberships.get().user == world.student.user


def test_without_facts_the_second_step_leads_back(world: World) -> None:
    assert Client().get(MANAGER)["Location"] == REGISTER


def test_a_wrong_file_is_refused_beside_the_field(world: World) -> None:
    client = world.enterprise.client
    response = client.post(
        reverse("organisations:document_add"), {"kind": "other", "upload": paper("程序.exe")}
    )
    assert response.status_code == 422
