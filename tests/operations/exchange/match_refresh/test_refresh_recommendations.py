from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command

from silian.operations.exchange.commands.match_refresh import refresh_recommendations
from silian.operations.exchange.models.recommendation import Recommendation, RecommendationRun
from tests.operations.exchange.listings.stage import NOW, published

pytestmark = pytest.mark.django_db


def pairs() -> set[tuple[int, int]]:
    return set(Recommendation.objects.values_list("own_id", "other_id"))


def test_listings_that_answer_one_another_are_recommended_to_both(world):
    need = published(world, kind="internship")
    offer = published(
        world, by=world.school, kind="graduate_cohort", title="2026 届数控技术，38 人", capacity=38
    )
    published(world, by=world.rival, kind="internship")
    run = refresh_recommendations(now=NOW)
    assert {(need.pk, offer.pk), (offer.pk, need.pk)} <= pairs()
    assert (need.pk, need.pk) not in pairs()
    assert run.pairs == Recommendation.objects.count() == 4
    facts = dict(Recommendation.objects.get(own=need, other=offer).facts)
    assert facts["occupation"] is True
    assert facts["quantity"] is True


def test_a_refresh_takes_the_place_of_the_last_one(world, capsys):
    need = published(world, kind="internship")
    published(world, by=world.school, kind="graduate_cohort", title="2026 届数控技术，38 人")
    refresh_recommendations(now=NOW)
    need.state, need.close_reason = "withdrawn", "已招满"
    need.save(update_fields=["state", "close_reason"])
    refresh_recommendations(now=NOW + datetime.timedelta(days=1))
    assert pairs() == set()
    assert RecommendationRun.objects.count() == 2


def test_an_empty_site_is_refreshed_too(db):
    call_command("refresh_recommendations")
    assert RecommendationRun.objects.get().pairs == 0
