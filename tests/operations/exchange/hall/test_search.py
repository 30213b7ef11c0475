from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.models import SearchEntry
from silian.foundation.kernel.search import feed
from silian.foundation.kernel.search.requests import Sort
from silian.operations.exchange.choices import ListingState, Side, Visibility
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.response import ResponseRecord
from silian.operations.exchange.queries.search import (
    HallResult,
    hall_counts,
    hall_result,
    hall_total,
    regions_below,
    request_for,
)
from tests.world import COUNTY, TODAY, World


def make_published(world: World, title: str, **values: Any) -> Listing:
    now = timezone.now()
    given: dict[str, Any] = {
        "kind": "internship",
        "side": Side.DEMAND,
        "organisation": world.enterprise.organisation,
        "division_id": COUNTY,
        "state": ListingState.PUBLISHED,
        "published_at": now,
        "first_published_at": now,
        "expires_on": now.date() + datetime.timedelta(days=90),
        "confirmed_on": now.date(),
    }
    listing = Listing.objects.create(title=title, **{**given, **values})
    feed.changed("listing", [listing.pk])
    return listing


def ask(actor: Actor, **question: Any) -> HallResult:
    return hall_result(actor=actor, request=request_for(actor=actor, today=TODAY, **question))


def titles(result: HallResult) -> list[str]:
    return [listing.title for listing in result.listings]


def test_a_listing_is_found_by_its_words_at_once(world: World) -> None:
    make_published(world, "数控多轴操作调整工，24 人")
    make_published(world, "养老护理员，6 人")
    assert titles(ask(Actor(), text="数控")) == ["数控多轴操作调整工，24 人"]


def test_the_publishers_name_and_the_occupation_are_words_too(world: World) -> None:
    make_published(world, "操作工，3 人")
    assert ask(Actor(), text="启衡精密").total == 1


def test_a_word_in_the_title_ranks_before_one_in_the_text(world: World) -> None:
    make_published(world, "装配工，2 人", description="需要懂焊接。")
    make_published(world, "焊接工，2 人")
    assert titles(ask(Actor(), text="焊接")) == ["焊接工，2 人", "装配工，2 人"]


def test_few_hits_widen_the_question_and_say_so(world: World) -> None:
    make_published(world, "数控车工，2 人")
    result = ask(Actor(), text="数控 钟表 车工")
    assert titles(result) == ["数控车工，2 人"]
    assert result.forgiving


def test_filters_hold_beside_words(world: World) -> None:
    make_published(world, "数控车工，2 人")
    make_published(world, "数控编程课程", kind="course_package", side=Side.SUPPLY)
    assert titles(ask(Actor(), text="数控", kinds=("course_package",))) == ["数控编程课程"]
    assert titles(ask(Actor(), text="数控", side="demand")) == ["数控车工，2 人"]


def test_a_city_holds_what_lies_in_its_counties(world: World) -> None:
    make_published(world, "数控车工，2 人")
    assert ask(Actor(), divisions=("990100",)).total == 1
    assert ask(Actor(), divisions=("530300",)).total == 0


def test_what_only_members_may_read_does_not_count_for_visitors(world: World) -> None:
    make_published(world, "数控车工，2 人", visibility=Visibility.MEMBERS)
    assert ask(Actor(), text="数控").total == 0
    assert ask(world.school.actor, text="数控").total == 1


@pytest.mark.parametrize("state", [ListingState.PAUSED, ListingState.WITHDRAWN])
def test_a_listing_that_is_not_published_is_not_found(world: World, state: ListingState) -> None:
    listing = make_published(world, "数控车工，2 人")
    Listing.objects.filter(pk=listing.pk).update(state=state)
    assert ask(world.school.actor, text="数控").total == 0


def test_the_database_itself_forgets_a_listing_that_leaves_the_hall(world: World) -> None:
    listing = make_published(world, "数控车工，2 人")
    Listing.objects.filter(pk=listing.pk).update(state=ListingState.PAUSED)
    assert not SearchEntry.objects.exists()
    feed.changed("listing", [listing.pk])
    assert not SearchEntry.objects.exists()


def test_a_forgotten_listing_is_found_again_after_indexing(world: World) -> None:
    listing = make_published(world, "数控车工，2 人")
    feed.left("listing", [listing.pk])
    assert ask(Actor(), text="数控").total == 0
    feed.changed("listing", [listing.pk])
    assert ask(Actor(), text="数控").total == 1


def test_a_facet_ignores_its_own_choice_and_obeys_the_others(world: World) -> None:
    make_published(world, "数控车工，2 人")
    make_published(world, "数控编程课程", kind="course_package", side=Side.SUPPLY)
    result = ask(Actor(), text="数控", kinds=("internship",))
    counts = hall_counts(result.facets, jurisdiction="990100")
    assert counts["kind"] == {"internship": 1, "course_package": 1}
    assert counts["side"] == {"demand": 1}
    assert counts["division"] == {COUNTY: 1}


def test_to_publish_again_lifts_nothing(world: World) -> None:
    now = timezone.now()
    earlier = now - datetime.timedelta(days=40)
    make_published(world, "数控车工，再次发布", first_published_at=earlier, published_at=now)
    make_published(world, "数控车工，昨日发布", first_published_at=now - datetime.timedelta(days=1))
    assert titles(ask(Actor(), text="数控", sort=Sort.NEWEST))[0] == "数控车工，昨日发布"


def test_level_industry_verification_and_date_narrow_the_hall(world: World) -> None:
    long_ago = timezone.now() - datetime.timedelta(days=40)
    make_published(world, "数控车工，2 人", kind="job", details={"education": "高职专科"})
    make_published(world, "数控铣工，2 人", kind="job", details={"education": "中职"},
                   first_published_at=long_ago, published_at=long_ago)  # fmt: skip
    hall = reverse("exchange:hall")
    for query, shown, hidden in [
        ("level=中职", "数控铣工", "数控车工"),
        ("published=30", "数控车工", "数控铣工"),
        ("verified=yes", "数控车工", "没有找到"),
        ("verified=no", "没有找到", "数控车工"),
        ("industry=A", "没有找到", "数控车工"),
    ]:
        page = world.anonymous.client.get(f"{hall}?{query}").content.decode()
        assert shown in page, query
        assert hidden not in page, query


def test_a_region_counts_what_lies_below_it_once() -> None:
    counts = {"990000": 3, "990100": 3, "990104": 2}
    assert regions_below(counts, jurisdiction="990100") == {"990100": 1, "990104": 2}


def test_regions_roll_up_to_the_level_below_the_site() -> None:
    counts = {"990104": 2, "990105": 1, "530302": 4}
    assert regions_below(counts, jurisdiction="990100") == {
        "990104": 2,
        "990105": 1,
        "530300": 4,
    }
    assert regions_below(counts, jurisdiction="990000") == {"990100": 3, "530300": 4}


@pytest.mark.parametrize(
    "question",
    ["q=%27%29%20|%20%28&kind=x", "page=0", "page=99999999999", "pay=NaN", "starts=9", "q=%00",
     "division=abc&sort=x&side=%27", "q=" + "长" * 500],
)  # fmt: skip
def test_nonsense_in_the_address_line_is_answered_with_a_page(world: World, question: str) -> None:
    response = world.anonymous.client.get(f"{reverse('exchange:hall')}?{question}")
    assert response.status_code == 200


def test_the_hall_and_the_first_page_count_the_same(world: World) -> None:
    make_published(world, "数控车工，2 人")
    make_published(world, "养老护理员，6 人", visibility=Visibility.MEMBERS)
    assert (hall_total(Actor()), ask(Actor()).total) == (1, 1)
    assert (hall_total(world.school.actor), ask(world.school.actor).total) == (2, 2)
    assert ask(world.school.actor).total_is_exact


def test_a_card_tells_how_often_its_publisher_answers(world: World) -> None:
    make_published(world, "数控车工，2 人")
    assert "回应率" not in world.anonymous.client.get(reverse("exchange:hall")).content.decode()
    ResponseRecord.objects.create(
        organisation=world.enterprise.organisation, received=8, answered=7,
        counted_at=timezone.now(),
    )  # fmt: skip
    page = world.anonymous.client.get(reverse("exchange:hall")).content.decode()
    assert "回应率 88%" in page
    assert "到期应回应 8 次，已回应 7 次" in page


def hall_queries(world: World) -> int:
    with CaptureQueriesContext(connection) as captured:
        world.school.client.get(reverse("exchange:hall"), {"q": "数控"})
    return len(captured)


def test_the_hall_costs_the_same_queries_with_three_rows_and_with_eighteen(world: World) -> None:
    for number in range(3):
        make_published(world, f"数控车工，{number} 人")
    hall_queries(world)
    few = hall_queries(world)
    for number in range(3, 18):
        make_published(world, f"数控车工，{number} 人")
    assert hall_queries(world) == few


def test_an_empty_result_offers_the_next_step(world: World) -> None:
    page = world.school.client.get(reverse("exchange:hall"), {"q": "量子纠缠"}).content.decode()
    assert "登记未满足需求" in page
    assert "text=%E9%87%8F%E5%AD%90" in page
