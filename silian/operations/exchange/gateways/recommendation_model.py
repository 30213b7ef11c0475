"""The learned part of the order: how well pairs suit each other by what came of earlier ones."""

from __future__ import annotations

from collections.abc import Sequence

from silian_engines.matching.recommendation.entities import Act, Entity, Interaction

FEWEST_ACCEPTED = 100  # with fewer acceptances than that the facts alone know better
SEED = 20_260_101  # the same records give the same order
PAIRS_AT_ONCE = 200_000

Pair = tuple[int, int]


def learned_scores(
    *,
    pairs: Sequence[Pair],
    entities: Sequence[Entity],
    interactions: Sequence[Interaction],
    meets: Sequence[tuple[str, str]],
) -> dict[Pair, float] | None:
    """A score for each pair of listings, or None when too little is known to learn from.

    ``meets`` are the kinds of needs and offers that may meet. The engine takes a second to load,
    which a web process need not pay.
    """
    if sum(row.act is Act.ACCEPTED for row in interactions) < FEWEST_ACCEPTED:
        return None
    from silian_engines.matching.recommendation.recommending import fit

    known = {entity.key for entity in entities}
    asked = [pair for pair in pairs if str(pair[0]) in known and str(pair[1]) in known]
    recommender = fit(entities=entities, interactions=interactions, meets=meets, seed=SEED)
    found: dict[Pair, float] = {}
    for start in range(0, len(asked), PAIRS_AT_ONCE):
        part = asked[start : start + PAIRS_AT_ONCE]
        scores = recommender.pair_scores(pairs=[(str(own), str(other)) for own, other in part])
        found |= dict(zip(part, scores.tolist(), strict=True))
    return found
