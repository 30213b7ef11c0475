"""Each side rates once, blind, and nobody changes a rating."""

from __future__ import annotations

import pytest

from silian.foundation.kernel.errors import DomainError
from silian.operations.exchange.commands.deal_rating import rate_deal
from silian.operations.exchange.commands.negotiation_response import recount_responses
from silian.operations.exchange.models.deal import Deal, Rating
from silian.operations.exchange.models.response import ResponseRecord
from silian.operations.exchange.queries.deals import readable_ratings
from silian.operations.exchange.queries.negotiation_responses import organisations_to_recount
from silian.registers.accounts.models import Notification
from tests.operations.exchange.negotiations.stage import agreed, completed, later
from tests.world import Person, World


def rate(deal: Deal, by: Person, *, score: int = 5, days: float = 1) -> Rating:
    return rate_deal(
        deal_id=deal.pk, score=score, comment="按约履行", actor=by.actor, now=later(days=days)
    )


def read_by(deal: Deal, person: Person, *, days: float) -> list[int]:
    ratings = list(deal.ratings.order_by("pk"))
    side = person.organisation.pk
    found = readable_ratings(ratings, organisation_id=side, now=later(days=days))
    return [rating.score for rating in found]


def test_a_first_rating_is_read_by_its_author_alone(world: World, run_jobs) -> None:
    deal = completed(world)
    rate(deal, world.school, score=4)
    assert read_by(deal, world.school, days=2) == [4]
    assert read_by(deal, world.enterprise, days=2) == []
    assert read_by(deal, world.rival, days=2) == []
    run_jobs()
    titles = Notification.objects.filter(user=world.enterprise.user).values_list("title", flat=True)
    assert any("评价后互相可见" in title for title in titles)


def test_both_are_shown_once_both_have_rated(world: World, run_jobs) -> None:
    deal = completed(world)
    rate(deal, world.school, score=4)
    rate(deal, world.enterprise, score=5, days=2)
    assert read_by(deal, world.rival, days=2) == [4, 5]
    run_jobs()
    titles = Notification.objects.filter(user=world.school.user).values_list("title", flat=True)
    assert any("双方评价已公开" in title for title in titles)


def test_a_lone_rating_is_shown_after_fourteen_days(world: World) -> None:
    deal = completed(world)
    rate(deal, world.school, score=4)
    assert read_by(deal, world.enterprise, days=14) == []
    assert read_by(deal, world.enterprise, days=15) == [4]


def test_nobody_rates_in_answer_to_a_shown_rating(world: World) -> None:
    deal = completed(world)
    rate(deal, world.school)
    with pytest.raises(DomainError, match="已经结束"):
        rate(deal, world.enterprise, score=1, days=15)


def test_a_side_rates_once(world: World) -> None:
    deal = completed(world)
    rate(deal, world.school)
    with pytest.raises(DomainError, match="不能修改"):
        rate(deal, world.school, score=1)
    assert Rating.objects.get().score == 5


def test_a_running_deal_is_not_rated(world: World) -> None:
    with pytest.raises(DomainError, match="先登记结果"):
        rate(agreed(world), world.school)


def test_a_score_lies_between_one_and_five(world: World) -> None:
    with pytest.raises(DomainError) as refusal:
        rate(completed(world), world.school, score=6)
    assert refusal.value.field == "score"


def test_a_hidden_rating_does_not_count_on_the_card_and_a_shown_one_does(world: World) -> None:
    deal = completed(world)
    rate(deal, world.school, score=4)
    side = world.enterprise.organisation.pk
    assert recount_responses(organisation_id=side, now=later(days=2)).ratings == 0
    assert side in organisations_to_recount(now=later(days=15))
    recount_responses(organisation_id=side, now=later(days=15))
    record = ResponseRecord.objects.get(organisation_id=side)
    assert (record.ratings, float(record.average_score or 0)) == (1, 4.0)
