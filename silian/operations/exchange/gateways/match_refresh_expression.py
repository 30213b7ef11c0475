"""Which listings may answer which, as one relational expression (推荐候选计算).

Written once in ibis: DuckDB works it out on one machine, Apache Spark on many. Everything is
whole numbers and every order is total, so that both give the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # it takes a second to load, which a web process need not pay
    from ibis.expr.types import IntegerScalar, IntegerValue, Table

MOST_IN_BLOCK = 24  # of one kind and side; which ones changes every night, turn by turn
MOST_HANDED_OVER = 30  # half as much again as lists keep, for the other side has its say too
CITIES = 10_000  # four digits of a division
SUBJECTS = {"occupation": 0, "major": 1, "term": 2, "chain": 3}
FACTS = ("occupation", "major", "terms", "chain", "quantity", "period", "place")
"""The facts compared, in the order and with the codes of ``rules.matching_facts``."""
SUBJECT_FACTS = ("occupation", "major", "terms", "chain")
FEWEST_MET = 2
NEVER = 10_000_000  # a day after all days
FINEST = 100  # what a whole point of strength outweighs
MOST_SHARED = 5  # further shared majors add nothing
RARITY_DIGITS = 1_000  # the last digits of a term: what sharing it adds, in hundredths
MOST_RARITY = 800  # all shared words together: what else fits and what is learned still count


@dataclass(frozen=True, kw_only=True)
class Slice:
    """The part of the own listings that is worked out at once; all parts make the whole."""

    number: int = 0
    of: int = 1


def recommended_pairs(*, listings: Table, counterparts: Table, part: Slice | None = None) -> Table:
    """For each own listing its best counterparts: ``own other score`` and a column for each fact.

    A fact is 1 when met, -1 when missing, 0 when it could not be compared.
    """
    import ibis

    part = part or Slice()
    candidates = blocked_pairs(listings=listings, counterparts=counterparts, part=part)
    compared = with_facts(candidates, listings=listings)
    met = sum_of(compared, names=FACTS, value=1)
    met += ibis.ifelse(compared.shared_terms.length() > 1, 1, 0)  # two words are two things
    on_the_matter = sum_of(compared, names=SUBJECT_FACTS, value=1)
    telling = compared.filter(met >= FEWEST_MET, on_the_matter > 0)
    return best_of_each(telling.mutate(score=score_of(telling)))


def blocked_pairs(*, listings: Table, counterparts: Table, part: Slice) -> Table:
    """Pairs that share a block, stand opposite and belong to different organisations.

    A block is an occupation group, major, word of the trade or chain, once in a city and, but
    for chains, once in the whole province. Nothing is compared outside of blocks.
    """
    import ibis

    blocks = in_blocks(listings)
    turn = ibis.row_number().over(group_by=["block", "kind", "side"], order_by=["turn", "listing"])
    others = blocks.mutate(row=turn).filter(lambda t: t.row < MOST_IN_BLOCK)
    others = others.select(
        block="block", other="listing", other_kind="kind", other_side="side",
        other_organisation="organisation",
    )  # fmt: skip
    own = blocks.filter(blocks.listing % part.of == part.number)
    own = own.join(counterparts, "kind").drop("turn")
    pairs = own.join(
        others,
        [
            own.block == others.block,
            own.other_kind == others.other_kind,
            own.side != others.other_side,
            own.organisation != others.other_organisation,
        ],
    )
    return pairs.select(own=own.listing, other=others.other).distinct()


def in_blocks(listings: Table) -> Table:
    """Each listing with the number of every block that it stands in."""
    import ibis

    def of(subject: str, rows: Table, value: IntegerValue) -> Table:
        return rows.select(
            "kind", "side", "organisation", "turn", "city",
            listing="id", wide=(value.cast("int64") * len(SUBJECTS) + SUBJECTS[subject]) * CITIES,
        )  # fmt: skip

    majors = listings.mutate(value=listings.majors.unnest())
    terms = listings.mutate(value=listings.terms.unnest())
    grouped = listings.filter(listings.occupation > 0)
    chained = listings.filter(listings.chain > 0)
    everywhere = ibis.union(
        of("occupation", grouped, grouped.occupation // 100),
        of("major", majors, majors.value),
        of("term", terms, terms.value),
    )
    nearby = ibis.union(everywhere, of("chain", chained, chained.chain))
    columns = ["listing", "kind", "side", "organisation", "turn"]
    return ibis.union(
        everywhere.select(*columns, block="wide"),
        nearby.select(*columns, block=nearby.wide + nearby.city),
    )


COMPARED = (
    "occupation", "chain", "division", "city", "quantity", "unit", "starts", "ends", "published",
    "majors", "terms",
)  # fmt: skip


def with_facts(pairs: Table, *, listings: Table) -> Table:
    """The pairs that nothing essential parts, with their facts as numbers."""
    mine = listings.select(own="id", **{f"own_{name}": name for name in COMPARED})
    theirs = listings.select(other="id", **{f"other_{name}": name for name in COMPARED})
    both = pairs.join(mine, "own").join(theirs, "other")
    both = both.filter(same_work(both))
    both = both.mutate(
        shared_majors=both.own_majors.intersect(both.other_majors).length(),
        shared_terms=both.own_terms.intersect(both.other_terms),
        name_majors=(both.own_majors.length() > 0) & (both.other_majors.length() > 0),
    )
    both = both.filter(~both.name_majors | (both.shared_majors > 0))
    return both.mutate(**facts_of(both))


def same_work(both: Table) -> Any:
    unnamed = (both.own_occupation == 0) | (both.other_occupation == 0)
    return unnamed | (both.own_occupation // 100 == both.other_occupation // 100)


def facts_of(both: Table) -> dict[str, IntegerValue]:
    """Each fact as 1, -1 or 0; the same comparisons as ``match_facts`` puts into words."""
    return {
        "occupation": met_if((both.own_occupation > 0) & (both.other_occupation > 0)),
        "major": met_if(both.shared_majors > 0),
        "terms": met_if(both.shared_terms.length() > 0),
        "chain": met_if((both.own_chain > 0) & (both.own_chain == both.other_chain)),
        "quantity": met_or_missing(
            both.other_quantity >= both.own_quantity,
            known=both.own_quantity.notnull()
            & both.other_quantity.notnull()
            & (both.own_unit == both.other_unit),
        ),
        "period": met_or_missing(
            meet_in_time(both), known=both.own_starts.notnull() & both.other_starts.notnull()
        ),
        "place": met_or_missing(
            both.own_city == both.other_city,
            known=(both.own_division > 0) & (both.other_division > 0),
        ),
    }


def meet_in_time(both: Table) -> Any:
    import ibis

    last = ibis.least(both.own_ends.fill_null(NEVER), both.other_ends.fill_null(NEVER))
    return ibis.greatest(both.own_starts, both.other_starts) < last


def met_if(condition: Any) -> IntegerValue:
    import ibis

    return ibis.ifelse(condition, 1, 0).cast("int8")


def met_or_missing(condition: Any, *, known: Any) -> IntegerValue:
    import ibis

    return ibis.ifelse(known, ibis.ifelse(condition, 1, -1), 0).cast("int8")


def sum_of(compared: Table, *, names: tuple[str, ...], value: int) -> IntegerScalar:
    """How many of these facts have this value."""
    import ibis

    return sum(ibis.ifelse(compared[name] == value, 1, 0) for name in names)


def score_of(compared: Table) -> IntegerValue:
    """Strength by the weights of the facts, and how rare the words are that they share.

    In hundredths, with a little for further majors and the same district.

    The weights are those of ``rules.matching_facts``; a test holds the two together.
    """
    import ibis

    same_occupation = compared.own_occupation == compared.other_occupation
    weights = {
        "occupation": ibis.ifelse(same_occupation, 3, 2), "major": 2, "terms": 2,
        "chain": 1, "quantity": 1, "period": 1, "place": 1,
    }  # fmt: skip
    strength = sum(
        ibis.cases((compared[name] == 1, weights[name]), (compared[name] == -1, -1), else_=0)
        for name in FACTS
    )
    rarities = compared.shared_terms.map(lambda term: term % RARITY_DIGITS)
    shared = ibis.least(rarities.sums().fill_null(0), MOST_RARITY)
    shared += ibis.least(compared.shared_majors, MOST_SHARED) * 8
    shared += ibis.ifelse(compared.own_division == compared.other_division, 10, 0)
    return (strength * FINEST + shared).cast("int32")


def best_of_each(scored: Table) -> Table:
    """The best of each own listing; among equals whoever published first."""
    import ibis

    rank = ibis.row_number().over(
        group_by="own",
        order_by=[scored.score.desc(), scored.other_published, scored.other],
    )
    best = scored.mutate(rank=rank).filter(lambda t: t.rank < MOST_HANDED_OVER)
    return best.select("own", "other", "score", *FACTS).order_by(["own", "other"])
