"""What the order learns from, without a database."""

from __future__ import annotations

import datetime

from silian_engines.matching.recommendation.entities import Act, Entity, Interaction, Side

from silian.operations.exchange.gateways.recommendation_model import (
    FEWEST_ACCEPTED,
    learned_scores,
)
from silian.operations.exchange.queries.recommendation_history import ListingFacts, nearest

DAY = datetime.date(2026, 1, 1)
MEETS = (("job", "graduate_cohort"), ("graduate_cohort", "job"))


def entities() -> list[Entity]:
    """Sixty needs and sixty offers of two trades."""
    trades = (("焊接", "6-18-02-04"), ("护理", "2-05-08-01"))
    return [
        Entity(
            key=str(1000 * place + number),
            side=side,
            kind=kind,
            words=(trades[number % 2][0], f"词{number % 7}"),
            occupation=trades[number % 2][1],
        )
        for place, (side, kind) in enumerate(
            ((Side.DEMAND, "job"), (Side.SUPPLY, "graduate_cohort")), start=1
        )
        for number in range(60)
    ]


def meetings(count: int) -> list[Interaction]:
    """Every need took an offer of its own trade; some were shown the other and did not ask."""
    found = []
    for number in range(count):
        need, offer = 1000 + number % 60, 2000 + (number * 2 + number % 60 % 2) % 60
        day = DAY + datetime.timedelta(days=number)
        offer += (offer - need) % 2
        found += [Interaction(str(need), str(offer), act, day) for act in Act]
        found.append(Interaction(str(need), str(offer ^ 1), Act.SEEN, day))
    return found


def scores(count: int) -> dict[tuple[int, int], float] | None:
    return learned_scores(
        pairs=[(1000, 2002), (1000, 2003), (1000, 9999)],
        entities=entities(),
        interactions=meetings(count),
        meets=MEETS,
    )


def test_few_acceptances_teach_nothing() -> None:
    assert scores(FEWEST_ACCEPTED - 1) is None


def test_what_was_taken_before_scores_higher_and_the_unknown_has_no_score() -> None:
    found = scores(FEWEST_ACCEPTED + 40)
    assert found is not None
    assert set(found) == {(1000, 2002), (1000, 2003)}
    assert found[1000, 2002] > found[1000, 2003]
    assert found == scores(FEWEST_ACCEPTED + 40), "the same records give the same order"


def listing(
    pk: int, *, kind: str, side: str, occupation: str = "", chain: str = ""
) -> ListingFacts:
    return ListingFacts(
        pk=pk, organisation_id=1, kind=kind, side=side, title="", occupation=occupation, majors=[],
        industry=None, chain=chain, division="", quantity=None, starts_on=None, ends_on=None,
    )  # fmt: skip


def test_an_answer_counts_for_the_own_listing_that_comes_nearest() -> None:
    post = listing(1, kind="job", side="demand", occupation="6-18-02-04", chain="高端装备")
    same_work = listing(2, kind="graduate_cohort", side="supply", occupation="6-18-02-04")
    same_chain = listing(3, kind="graduate_cohort", side="supply", chain="高端装备")
    other_kind = listing(4, kind="venue", side="supply", occupation="6-18-02-04")
    assert nearest(post, among=[same_chain, same_work, other_kind]) == same_work
    assert nearest(post, among=[other_kind]) is None
