"""The pages of negotiations: who sees what, what stays typed, how much they cost."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.operations.exchange.commands.negotiation_messages import send_message
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.negotiation import Message, Negotiation
from silian.registers.organisations.choices import OrganisationKind, Role
from tests.htmx import assert_fragment_equals_page
from tests.operations.exchange.negotiations.stage import (
    agreed,
    completed,
    intended,
    later,
    make_listing,
    make_terms,
    opened,
    proposed,
    talking,
)
from tests.world import Person, World, make_member, make_organisation


def address(name: str, negotiation: Negotiation, **more: int) -> str:
    return reverse(f"exchange:{name}", kwargs={"negotiation_id": negotiation.pk, **more})


def html_of(person: Person, url: str) -> str:
    response = person.client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def queries_of(person: Person, url: str) -> int:
    person.client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert person.client.get(url).status_code == 200
    return len(captured)


def schools(number: int) -> list[Person]:
    return [
        make_member(
            username=f"school{n}",
            organisation=make_organisation(
                name=f"第 {n} 学院（演示）", kind=OrganisationKind.SCHOOL
            ),
            role=Role.AGENT,
        )
        for n in range(number)
    ]


def test_the_inbox_costs_the_same_with_three_and_with_thirty(world: World) -> None:
    listing, people = make_listing(by=world.enterprise), schools(30)
    url = reverse("exchange:negotiation_list") + "?tab=awaiting"
    for person in people[:3]:
        opened(world, listing=listing, actor=person.actor)
    few = queries_of(world.enterprise, url)
    for person in people[3:]:
        opened(world, listing=listing, actor=person.actor)
    assert queries_of(world.enterprise, url) == few


def test_the_page_costs_the_same_with_three_and_with_thirty_messages(world: World) -> None:
    negotiation = talking(world)
    url = address("negotiation_detail", negotiation)
    few = queries_of(world.school, url)
    for n in range(30):
        send_message(
            negotiation_id=negotiation.pk,
            text=f"第 {n} 条",
            actor=world.school.actor,
            now=later(hours=2, minutes=n),
        )
    assert queries_of(world.school, url) == few


def test_the_deals_cost_the_same_with_three_and_with_thirty(world: World) -> None:
    listing, people = make_listing(by=world.enterprise, capacity=1000), schools(30)
    url = reverse("exchange:deal_list")
    for person in people[:3]:
        agreed(world, listing=listing, actor=person.actor, terms=make_terms(quantity=1))
    few = queries_of(world.enterprise, url)
    for person in people[3:]:
        agreed(world, listing=listing, actor=person.actor, terms=make_terms(quantity=1))
    assert queries_of(world.enterprise, url) == few


@pytest.mark.parametrize(
    "role", ["rival", "teacher", "student", "reviewer", "coordinator", "audit_admin"]
)
def test_nobody_else_finds_the_negotiation(world: World, role: str) -> None:
    negotiation = talking(world)
    client = world.people[role].client
    for name in ("negotiation_detail", "negotiation_refuse", "intent_propose", "deal_record"):
        assert client.get(address(name, negotiation)).status_code == 404
    assert client.post(address("message_send", negotiation), {"text": "x"}).status_code == 404
    assert client.post(address("messages_read", negotiation), {"last": "1"}).status_code == 404


def test_contacts_are_written_on_the_page_only_after_the_owner_answered(world: World) -> None:
    for person, phone in ((world.enterprise, "0990-1111"), (world.school, "0990-2222")):
        person.organisation.contact_phone = phone
        person.organisation.save()
    url = address("negotiation_detail", negotiation := opened(world))
    assert "0990-1111" not in html_of(world.school, url)
    assert "0990-2222" not in html_of(world.enterprise, url)
    send_message(
        negotiation_id=negotiation.pk,
        text="欢迎",
        actor=world.enterprise.actor,
        now=later(hours=1),
    )
    assert "0990-1111" in html_of(world.school, url)
    assert "0990-2222" in html_of(world.enterprise, url)


def test_reading_a_page_writes_nothing(world: World) -> None:
    negotiation = talking(world)
    html_of(world.school, address("negotiation_detail", negotiation))
    assert not negotiation.readings.filter(user=world.school.user, last_message_id__gt=1).filter(
        last_message_id=Message.objects.latest("pk").pk
    )


def test_polling_answers_nothing_until_there_is_something_new(world: World) -> None:
    negotiation = talking(world)
    last = Message.objects.latest("pk").pk
    url = address("negotiation_detail", negotiation) + f"?after={last}&state=talking"
    headers = {"HX-Request": "true"}
    assert world.school.client.get(url, headers=headers).status_code == 204
    send_message(
        negotiation_id=negotiation.pk,
        text="下周面谈？",
        actor=world.enterprise.actor,
        now=later(hours=2),
    )
    response = world.school.client.get(url, headers=headers)
    assert response.status_code == 200
    assert "下周面谈？" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_a_change_of_state_is_said_in_the_polled_part(world: World) -> None:
    negotiation = intended(world)
    url = address("negotiation_detail", negotiation) + "?after=0&state=talking"
    html = world.school.client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "进度有变化：已达成意向" in html


def test_a_refused_message_keeps_what_was_typed(world: World) -> None:
    negotiation = talking(world)
    response = world.school.client.post(address("message_send", negotiation), {"text": "字" * 4001})
    assert response.status_code == 422
    assert "字" * 4001 in response.content.decode()


def test_a_refusal_of_the_rule_stands_at_the_field(world: World) -> None:
    negotiation = talking(world)
    response = world.school.client.post(
        address("intent_propose", negotiation),
        {"form": "选派学生岗位实习", "quantity": "99", "terms": "报酬每月 3200 元。"},
    )
    assert response.status_code == 422
    assert "这条供需还剩 24 人" in response.content.decode()


def test_the_whole_way_goes_through_the_pages(world: World) -> None:
    listing = make_listing(by=world.enterprise)
    school, enterprise = world.school.client, world.enterprise.client
    answer = reverse("exchange:listing_answer", kwargs={"listing_id": listing.pk})
    page = school.post(answer, {"text": "我校可选派 10 人。"})
    negotiation = Negotiation.objects.get()
    assert page.url == address("negotiation_detail", negotiation)
    enterprise.post(address("message_send", negotiation), {"text": "欢迎。"})
    enterprise.post(
        address("intent_propose", negotiation),
        {
            "form": "选派学生岗位实习",
            "quantity": "8",
            "starts_on": "2026-09-01",
            "last_day": "2027-01-31",
            "terms": "报酬每月 3200 元。",
        },
    )
    intent = negotiation.intents.get()
    assert intent.ends_on == datetime.date(2027, 2, 1)
    school.post(address("intent_accept", negotiation, intent_id=intent.pk))
    page = school.post(
        address("deal_record", negotiation),
        {"agreement_reference": "QL-1", "agreed_on": "2026-03-18"},
    )
    deal = Deal.objects.get()
    assert page.url == reverse("exchange:deal_detail", kwargs={"deal_id": deal.pk})
    done = reverse("exchange:deal_complete", kwargs={"deal_id": deal.pk})
    enterprise.post(done, {"achieved": "8", "closed_on": "2026-03-18", "outcome": "8 人留用。"})
    rate = reverse("exchange:deal_rate", kwargs={"deal_id": deal.pk})
    for client in (school, enterprise):
        assert client.post(rate, {"score": "5", "comment": "守约"}).status_code == 302
    listing.refresh_from_db()
    assert (listing.capacity_left, deal.ratings.count()) == (16, 2)


def test_a_second_letter_leads_to_the_open_talk(world: World) -> None:
    negotiation = opened(world)
    url = reverse("exchange:listing_answer", kwargs={"listing_id": negotiation.listing_id})
    response = world.school.client.post(url, {"text": "再问一次"})
    assert response.url == address("negotiation_detail", negotiation)
    assert "已就这条供需在洽谈" in html_of(world.school, url)


def test_the_difference_is_struck_and_underlined_on_the_page(world: World) -> None:
    intent = proposed(world)
    world.enterprise.client.post(
        address("intent_propose", intent.negotiation),
        {"form": "选派学生岗位实习", "quantity": "8", "terms": intent.terms},
    )
    html = html_of(world.school, address("negotiation_detail", intent.negotiation))
    assert "sl-del" in html
    assert "8 人" in html


def test_an_official_reads_a_deal_of_the_region_without_the_conversation(world: World) -> None:
    deal = completed(world)
    html = html_of(world.reviewer, reverse("exchange:deal_detail", kwargs={"deal_id": deal.pk}))
    assert "QL-2026-018" in html
    assert "学校派驻 1 名指导教师" not in html
    assert "40 名学生" not in html
    assert address("negotiation_detail", deal.negotiation) not in html


def test_deals_are_exported_as_the_filters_leave_them(world: World) -> None:
    agreed(world)
    url = reverse("exchange:deal_list")
    response = world.school.client.get(url + "?export=csv")
    text = b"".join(getattr(response, "streaming_content", [])) or response.content
    assert "QL-2026-018" in text.decode("utf-8-sig")
    response = world.school.client.get(url + "?export=csv&state=completed")
    text = b"".join(getattr(response, "streaming_content", [])) or response.content
    assert "QL-2026-018" not in text.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("enterprise", "negotiation_list"),
        ("enterprise", "deal_list"),
        ("coordinator", "effectiveness"),
        ("coordinator", "effectiveness_rows"),
        ("anonymous", "unmet_demand_list"),
    ],
)
def test_a_swapped_fragment_equals_the_loaded_page(world: World, role: str, name: str) -> None:
    agreed(world)
    opened(world, listing=make_listing(by=world.enterprise, title="装配工实习 10 人"))
    assert_fragment_equals_page(world.people[role].client, reverse(f"exchange:{name}"))
