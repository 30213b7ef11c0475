"""Rate the other side, once."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.operations.exchange.commands.deal import locked_deal
from silian.operations.exchange.events import DealRated
from silian.operations.exchange.models.deal import Deal, Rating
from silian.operations.exchange.permissions.negotiations import side_of
from silian.operations.exchange.rules.negotiation_ratings import reason_not_ratable, shown_from


@transaction.atomic
def rate_deal(
    *, deal_id: int, score: int, comment: str, actor: Actor, now: datetime.datetime
) -> Rating:
    """Rate the other side of an ended deal; never changed afterwards (互评)."""
    deal = locked_deal(deal_id=deal_id, actor=actor)
    if not 1 <= score <= 5:
        raise DomainError("评分请选 1 至 5 分。", field="score")
    given = {rating.rater_id for rating in deal.ratings.all()}
    refuse_unratable(deal=deal, rated_before=actor.organisation_id in given, now=now)
    assert deal.closed_at is not None  # else it had been refused
    rating = Rating.objects.create(
        deal=deal,
        rater_id=side_of(actor),
        rated_id=other_side_id(deal=deal, organisation_id=side_of(actor)),
        score=score,
        comment=comment.strip(),
        rated_at=now,
        shown_from=shown_from(closed_at=deal.closed_at, other_side_rated=bool(given), now=now),
    )
    if given:
        deal.ratings.exclude(pk=rating.pk).update(shown_from=now)
    record(actor, "exchange.deal.rated", deal, detail={"rating": rating.pk})
    publish(DealRated(deal_id=deal.pk, rating_id=rating.pk))
    return rating


def refuse_unratable(*, deal: Deal, rated_before: bool, now: datetime.datetime) -> None:
    sentence = reason_not_ratable(closed_at=deal.closed_at, rated_before=rated_before, now=now)
    if sentence:
        raise DomainError(sentence)


def other_side_id(*, deal: Deal, organisation_id: int) -> int:
    negotiation = deal.negotiation
    return negotiation.asker_id if organisation_id == negotiation.owner_id else negotiation.owner_id
