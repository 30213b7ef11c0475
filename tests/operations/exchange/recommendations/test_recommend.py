"""Recommendations are true when they are shown, and gone when they are not wanted."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from silian.foundation.kernel.errors import NotAllowed
from silian.operations.exchange.choices import ListingState, Visibility
from silian.operations.exchange.commands.recommendation_choices import (
    hide_kind_of,
    pause_recommendation,
    resume_recommendation,
    undo_hiding,
)
from silian.operations.exchange.commands.recommendation_feedback import (
    judge_recommendation,
    note_agreement,
    note_contact,
    note_shown,
)
from silian.operations.exchange.models.recommendation import (
    Recommendation,
    RecommendationRun,
    RecommendationShowing,
)
from silian.operations.exchange.queries.recommendation_standing import standings
from silian.operations.exchange.queries.recommendations import recommended
from tests.operations.exchange.negotiations.stage import NOW, agreed, later, make_listing
from tests.operations.exchange.recommendations.stage import make_graduates, make_post, refreshed
from tests.world import Person, World


def titles(person: Person) -> list[str]:
    return [row.listing.title for row in recommended(person.actor)]


def test_each_side_gets_the_other_with_facts_that_hold(world: World) -> None:
    post, graduates = make_post(by=world.enterprise), make_graduates(by=world.school)
    run = refreshed((post, graduates))
    assert (run.listings, run.pairs) == (2, 2)
    [row] = recommended(world.enterprise.actor)
    assert (row.listing, row.own, row.is_mutual) == (graduates, post, True)
    assert [fact.text for fact in row.facts] == [
        "专业：1 个专业一致",
        "内容：双方都提到数控",
        "数量：对方 38，可满足 12",
        "区域：同在高新区",
    ]
    assert titles(world.school) == [post.title]


def test_a_fact_that_is_no_longer_true_is_not_shown(world: World) -> None:
    post, graduates = make_post(by=world.enterprise), make_graduates(by=world.school)
    refreshed((post, graduates))
    graduates.majors, graduates.title = ["520201"], "2026 届护理，38 人"
    graduates.save()
    assert titles(world.enterprise) == []


@pytest.mark.parametrize(
    "change",
    [{"state": ListingState.FILLED}, {"state": ListingState.PAUSED}],
)
def test_a_listing_that_left_the_hall_disappears_at_once(
    world: World, change: dict[str, str]
) -> None:
    post, graduates = make_post(by=world.enterprise), make_graduates(by=world.school)
    refreshed((post, graduates))
    type(graduates).objects.filter(pk=graduates.pk).update(**change)
    assert titles(world.enterprise) == []
    page = world.enterprise.client.get("/exchange/recommendations/")
    assert graduates.title not in page.content.decode()


def test_a_new_listing_is_compared_before_the_first_refresh(world: World) -> None:
    make_post(by=world.enterprise)
    graduates = make_graduates(by=world.school, visibility=Visibility.MEMBERS)
    assert titles(world.enterprise) == [graduates.title]


def test_an_organisation_without_listings_gets_what_is_near_in_its_chain(world: World) -> None:
    graduates = make_graduates(by=world.school, industry_chain="高端装备")
    make_graduates(by=world.school, title="2026 届护理", industry_chain="康养服务")
    organisation = world.enterprise.organisation
    assert organisation is not None
    organisation.industry_chain = "高端装备"
    organisation.save(update_fields=["industry_chain"])
    page = world.enterprise.client.get("/exchange/recommendations/").content.decode()
    assert graduates.title in page
    assert "产业链：同属高端装备" in page
    assert "2026 届护理" not in page


def test_publishing_the_same_again_keeps_the_first_day(world: World) -> None:
    old = make_post(by=world.enterprise, state=ListingState.WITHDRAWN)
    again = make_post(by=world.enterprise, first_published_at=NOW)
    found = standings(listing_ids=[again.pk], now=NOW)
    assert found[again.pk].first_published_on == old.first_published_at.date()


def test_what_does_not_suit_is_not_recommended_again_and_can_be_taken_back(world: World) -> None:
    post, graduates = make_post(by=world.enterprise), make_graduates(by=world.school)
    refreshed((post, graduates))

    def judge(verdict: str) -> None:
        judge_recommendation(
            other_id=graduates.pk,
            own_id=post.pk,
            verdict=verdict,
            actor=world.enterprise.actor,
            now=NOW,
        )

    judge("unsuitable")
    assert titles(world.enterprise) == []
    judge("")
    assert titles(world.enterprise) == [graduates.title]
    with pytest.raises(NotAllowed):
        judge_recommendation(
            other_id=graduates.pk, own_id=None, verdict="suits",
            actor=world.teacher.actor, now=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("subject", ["kind", "organisation"])
def test_what_a_person_hides_is_gone_for_that_person_until_undone(
    world: World, subject: str
) -> None:
    post, graduates = make_post(by=world.enterprise), make_graduates(by=world.school)
    refreshed((post, graduates))
    actor = world.enterprise.actor
    hiding = hide_kind_of(listing_id=graduates.pk, subject=subject, actor=actor, now=NOW)
    assert hide_kind_of(listing_id=graduates.pk, subject=subject, actor=actor, now=NOW) == hiding
    assert titles(world.enterprise) == []
    assert titles(world.school) == [post.title]
    undo_hiding(hiding_id=hiding.pk, actor=actor, now=later(hours=1))
    assert titles(world.enterprise) == [graduates.title]


def test_a_person_switches_off_for_themself(world: World) -> None:
    refreshed((make_post(by=world.enterprise), make_graduates(by=world.school)))
    pause_recommendation(scope="person", actor=world.enterprise.actor, now=NOW)
    assert titles(world.enterprise) == []
    assert titles(world.school) != []
    page = world.enterprise.client.get("/exchange/recommendations/").content.decode()
    assert "您已关闭推荐" in page
    resume_recommendation(scope="person", actor=world.enterprise.actor, now=later(hours=1))
    assert titles(world.enterprise) != []


def test_an_organisation_that_switches_off_takes_no_part_on_either_side(world: World) -> None:
    post, graduates = make_post(by=world.enterprise), make_graduates(by=world.school)
    refreshed((post, graduates))
    pause_recommendation(scope="organisation", actor=world.school.actor, now=NOW)
    assert titles(world.school) == titles(world.enterprise) == []
    refreshed((post, graduates))
    assert not Recommendation.objects.exists()
    with pytest.raises(NotAllowed):
        pause_recommendation(scope="organisation", actor=world.teacher.actor, now=NOW)


def test_showings_count_once_a_day_and_nobody_fills_them_from_outside(world: World) -> None:
    post, graduates = make_post(by=world.enterprise), make_graduates(by=world.school)
    actor = world.enterprise.actor
    for moment in (NOW, later(hours=1), later(days=1)):
        note_shown(pairs=[(post.pk, graduates.pk)], actor=actor, now=moment)
    showing = RecommendationShowing.objects.get()
    assert (showing.organisation, showing.shown_days) == (world.enterprise.organisation, 2)
    assert note_shown(pairs=[(None, graduates.pk)], actor=world.school.actor, now=NOW) == 0
    assert note_shown(pairs=[(None, graduates.pk)], actor=world.student.actor, now=NOW) == 0


def test_an_answer_and_a_deal_after_the_showing_are_its_outcome(world: World) -> None:
    deal = agreed(world)
    note_shown(pairs=[(None, deal.listing_id)], actor=world.school.actor, now=later(days=-1))
    assert note_contact(negotiation_id=deal.negotiation_id) == 1
    assert note_agreement(deal_id=deal.pk) == 1
    showing = RecommendationShowing.objects.get()
    assert showing.contacted_at is not None
    assert showing.agreed_at is not None


def test_a_deal_lifts_the_publisher_in_the_next_refresh(world: World) -> None:
    agreed(world)
    graduates = make_graduates(by=world.school)
    known = make_listing(by=world.enterprise, title="又一批实习", majors=graduates.majors)
    unknown = make_listing(by=world.rival, title="另一家实习", majors=graduates.majors)
    refreshed((graduates, unknown), (graduates, known))
    rows = Recommendation.objects.filter(own=graduates).order_by("rank")
    assert [row.other_id for row in rows] == [known.pk, unknown.pk]


def test_an_answer_before_the_showing_is_not_its_outcome(world: World) -> None:
    deal = agreed(world)
    note_shown(pairs=[(None, deal.listing_id)], actor=world.school.actor, now=later(days=9))
    assert note_contact(negotiation_id=deal.negotiation_id) == 0


def test_the_list_asks_as_often_for_three_rows_as_for_thirty(world: World) -> None:
    post = make_post(by=world.enterprise)
    client = world.enterprise.client
    client.get("/exchange/recommendations/")

    def queries(count: int) -> int:
        refreshed(*[(post, make_graduates(by=world.school)) for _ in range(count)])
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get("/exchange/recommendations/").status_code == 200
        return len(captured)

    queries(1)  # reads the statistics of words, which are kept for minutes
    assert queries(3) == queries(30)


def test_the_page_of_reasons_belongs_to_the_own_organisation(world: World) -> None:
    post, graduates = make_post(by=world.enterprise), make_graduates(by=world.school)
    refreshed((post, graduates))
    address = f"/exchange/recommendations/why/{post.pk}/{graduates.pk}/"
    page = world.enterprise.client.get(address).content.decode()
    assert "排第 1" in page
    assert world.rival.client.get(address).status_code == 404
    assert RecommendationRun.objects.get().over_after == 0
