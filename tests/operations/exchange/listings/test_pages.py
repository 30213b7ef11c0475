"""The pages of listings and reviews, as their readers use them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands.listing_life import pause_listing, withdraw_listing
from silian.operations.exchange.commands.negotiation_opening import answer_listing
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import listings_visible_to
from tests.htmx import assert_fragment_equals_page
from tests.operations.exchange.listings.stage import (
    NOW,
    draft,
    form_data,
    in_review,
    make_occupation,
    published,
    whole_content,
)
from tests.world import World

CREATE = {"kind": "internship", "side": "demand"}


def page(client: Client, name: str, **given: object) -> str:
    response = client.get(reverse(f"exchange:{name}", kwargs=given))
    assert response.status_code == 200
    return response.content.decode()


def test_a_form_becomes_a_draft_and_then_a_published_listing(world: World) -> None:
    make_occupation()
    client = world.enterprise.client
    data = {**form_data(whole_content()), "action": "check"}
    sent = client.post(reverse("exchange:listing_create", kwargs=CREATE), data)
    listing = Listing.objects.get()
    check = reverse("exchange:listing_check", kwargs={"listing_id": listing.pk})
    assert sent["Location"] == check
    assert "没有发现问题" in client.get(check).content.decode()
    client.post(check)
    listing.refresh_from_db()
    assert listing.state == ListingState.PUBLISHED
    assert listing.title in page(Client(), "listing_detail", listing_id=listing.pk)


def test_a_draft_needs_little(world: World) -> None:
    data = {"title": "先写一个标题", "division": "990104", "action": "draft"}
    world.enterprise.client.post(reverse("exchange:listing_create", kwargs=CREATE), data)
    assert Listing.objects.get().state == ListingState.DRAFT


def test_gaps_are_told_by_field_and_what_was_typed_stays(world: World) -> None:
    data = {"title": "数控车工实习", "division": "990104", "hours_a_day": "30", "action": "check"}
    answer = world.enterprise.client.post(reverse("exchange:listing_create", kwargs=CREATE), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "数控车工实习" in text
    assert 'href="#id_hours_a_day"' in text
    assert not Listing.objects.exists()


def test_ticked_suggestions_fill_what_is_empty_and_change_nothing_that_was_typed(
    world: World,
) -> None:
    make_occupation()
    data = {
        **form_data(whole_content(kind="job", occupation_id=None)),
        "occupation_suggested": "6-18-01-01",
        "education_suggested": "中职",
        "skill_names": "公差配合",
        "skill_names_suggested": ["数控车削", "公差配合"],
        "action": "check",
    }
    wanted = reverse("exchange:listing_create", kwargs={"kind": "job", "side": "demand"})
    world.enterprise.client.post(wanted, data)
    listing = Listing.objects.get()
    assert listing.occupation_id == "6-18-01-01"
    assert listing.details["education"] == "不限"
    assert listing.details["skill_names"] == "公差配合、数控车削"


def test_what_was_typed_is_read_as_occupation_skills_and_level(world: World) -> None:
    make_occupation()
    url = reverse("exchange:listing_suggestions", kwargs={"kind": "job"})
    typed = {"title": "车工，12 人", "duties": "操作数控车床，中专以上学历", "description": ""}
    text = world.enterprise.client.post(url, typed).content.decode()
    for said in ("6-18-01-01", "可信度", "学历要求：中职", "数控车削"):
        assert said in text
    assert "checked" not in text
    assert world.enterprise.client.post(url, {"title": ""}).content.decode().strip() == ""


def test_the_form_is_read_without_script_and_judged_by_nobody(world: World) -> None:
    make_occupation()
    url = reverse("exchange:listing_create", kwargs={"kind": "job", "side": "demand"})
    answer = world.enterprise.client.post(url, {"title": "车工，12 人", "action": "suggest"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="6-18-01-01"' in text
    assert 'value="车工，12 人"' in text
    assert "处要改" not in text
    assert not Listing.objects.exists()


def test_a_refused_publication_shows_the_words_and_publishes_nothing(world: World) -> None:
    listing = draft(world, description="仅限男性，交押金500元")
    url = reverse("exchange:listing_check", kwargs={"listing_id": listing.pk})
    text = world.enterprise.client.get(url).content.decode()
    assert "<mark>仅限男性</mark>" in text
    assert world.enterprise.client.post(url).status_code == 422
    assert world.enterprise.client.post(url, {"ask_review": "1"}).status_code == 302
    assert Listing.objects.get().state == ListingState.IN_REVIEW


def test_the_publisher_sees_struck_old_and_underlined_new(world: World) -> None:
    listing = published(world)
    data = {**form_data(whole_content(capacity=30)), "action": "save"}
    url = reverse("exchange:listing_edit", kwargs={"listing_id": listing.pk})
    assert world.enterprise.client.post(url, data).status_code == 302
    text = page(world.enterprise.client, "listing_detail", listing_id=listing.pk)
    assert '<del class="sl-del">24</del>' in text
    assert '<ins class="sl-ins">30</ins>' in text


def test_members_only_listings_are_hidden_from_visitors(world: World) -> None:
    listing = published(world, visibility="members")
    url = listing.get_absolute_url()
    assert Client().get(url).status_code == 404
    assert world.rival.client.get(url).status_code == 200


@pytest.mark.parametrize("role", ["anonymous", "rival", "school", "student"])
def test_what_is_not_published_is_hidden_from_others(world: World, role: str) -> None:
    url = draft(world).get_absolute_url()
    assert world.people[role].client.get(url).status_code == 404


def test_whoever_talked_about_a_listing_still_sees_it_paused(world: World) -> None:
    listing = published(world)
    answer_listing(
        listing_id=listing.pk,
        text="我校有 38 名学生可选派",
        actor=world.school.actor,
        now=NOW,
    )
    pause_listing(listing_id=listing.pk, actor=world.enterprise.actor)
    assert world.school.client.get(listing.get_absolute_url()).status_code == 200
    assert world.rival.client.get(listing.get_absolute_url()).status_code == 404


def test_officials_see_all_but_drafts_of_their_region(world: World) -> None:
    gone = published(world)
    withdraw_listing(listing_id=gone.pk, actor=world.enterprise.actor, now=NOW, reason="取消了")
    hidden = draft(world)
    seen = set(listings_visible_to(world.reviewer.actor).values_list("pk", flat=True))
    assert gone.pk in seen
    assert hidden.pk not in seen


def test_my_listings_show_tabs_with_counts_and_the_same_fragment(world: World) -> None:
    published(world)
    draft(world, title="还没有发布的岗位")
    text = page(world.enterprise.client, "my_listings")
    assert "还没有发布的岗位" in text
    url = reverse("exchange:my_listings")
    assert_fragment_equals_page(world.enterprise.client, url, state="draft")
    only = world.enterprise.client.get(url, {"state": "draft"}).content.decode()
    assert "数控多轴操作调整工" not in only


def test_my_listings_are_exported(world: World) -> None:
    published(world)
    answer = world.enterprise.client.get(reverse("exchange:my_listings"), {"export": "csv"})
    assert "数控多轴操作调整工" in b"".join(answer).decode("utf-8-sig")


def test_a_bulk_step_tells_what_was_done(world: World) -> None:
    listing = published(world)
    url = reverse("exchange:listing_many", kwargs={"step": "pause"})
    answer = world.enterprise.client.post(url, {"chosen": [listing.pk]}, follow=True)
    assert "已暂停 1 条" in answer.content.decode()


def test_a_reviewer_decides_and_goes_on_to_the_next(world: World) -> None:
    first, second = in_review(world), in_review(world)
    url = first.get_absolute_url()
    refused = world.reviewer.client.post(url, {"decision": "return", "reason": ""})
    assert refused.status_code == 422
    done = world.reviewer.client.post(url, {"decision": "approve"})
    assert done["Location"] == second.get_absolute_url()


@pytest.mark.parametrize("name", ["my_listings", "review_queue"])
def test_lists_cost_the_same_with_3_rows_and_with_30(
    world: World, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = (world.reviewer if name == "review_queue" else world.enterprise).client
    for _ in range(3):
        in_review(world)
    costs = []
    for more in (0, 27):
        for _ in range(more):
            in_review(world)
        client.get(reverse(f"exchange:{name}"))
        with django_assert_max_num_queries(100) as counted:
            client.get(reverse(f"exchange:{name}"))
        costs.append(len(counted))
    assert costs[0] == costs[1]
