"""Quality of recommendation against named peers: `python engines/bench/recommendation.py`.

The market is made up (silian_engines.matching.market); everybody is ranked against the whole other
side. bm25s, rank_bm25 and implicit run when they are installed in the environment of the bench
(bench/requirements-peers.txt); they are no part of the product.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # alike for all; the cores are shared

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

ENGINES = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ENGINES))

import numpy as np  # noqa: E402
from recommendation_lists import BLOCK, DISCOUNT, TOP, Question  # noqa: E402
from recommendation_peers import BASE, bm25_peer, methods  # noqa: E402
from scipy import sparse  # noqa: E402
from silian_engines.matching.market.generating import generated  # noqa: E402
from silian_engines.matching.market.plan import MEETS, MarketPlan  # noqa: E402
from silian_engines.matching.recommendation.balancing import (  # noqa: E402
    balanced,
    exposure_room,
    over_capacity,
)
from silian_engines.matching.recommendation.recommending import fit  # noqa: E402

# The recommender and the peers were tuned on markets 901 and 902 only.
RUNS = ((2_000, 8_000, (1, 2, 3, 4)), (5_000, 20_000, (1,)))
CANDIDATES = 100
WISH_LISTS = 500
SIDES = {True: "for needs", False: "for offers"}


class Figures:
    """nDCG@10 by table, side and method, one number for each seed."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[bool, dict[str, list[float]]]] = {}

    def note(self, table: str, way: bool, name: str, value: float) -> None:
        row = self.tables.setdefault(table, {}).setdefault(way, {})
        row.setdefault(name, []).append(float(value))

    def print(self, table: str) -> None:
        sides = self.tables[table]
        heads = " | ".join(f"{SIDES[way]} | × BM25" for way in sides)
        print(f"\n| {table} | {heads} |\n|---|{'---|' * 2 * len(sides)}")
        for name in sides[True]:
            cells = [cell for side in sides.values() for cell in self.cells(side, name)]
            print(f"| {name} | {' | '.join(cells)} |")

    def cells(self, side: dict[str, list[float]], name: str) -> list[str]:
        values, base = np.array(side[name]), np.array(side.get(BASE, [np.nan]))
        if np.isnan(values).all():
            return ["not installed here", "–"]
        ratio = values.mean() / base.mean()
        return [
            f"{values.mean():.4f} ± {values.std():.4f}",
            "–" if np.isnan(ratio) else f"{ratio:.2f}",
        ]


FUTURE, NEW, WANTED = (
    "who came in the held-out future",
    "the same, askers new to the market",
    "whom both would truly want",
)


def ask(question: Question, figures: Figures) -> None:
    """All methods on the lists of one side of one market."""
    keys = [entity.key for entity in question.own_and_other[0]]
    model, way = question.recommender, question.from_needs
    judge = Judge(question, figures)
    for name, score in methods(question).items():
        if score is None:
            for table in (FUTURE, NEW, WANTED):
                figures.note(table, way, name, np.nan)
        else:
            judge(name, lambda rows, score=score: question.tops(score, rows))
    judge(
        "Silian",
        lambda rows: model.tops(keys=[keys[at] for at in rows], k=TOP, new_only=True)[0],
    )
    few = question.askers[:: max(1, question.askers.size // WISH_LISTS)]
    knew = question.future_ndcg(question.tops(question.wanted, few), few)
    figures.note(FUTURE, way, "who knew all wishes, but not who would see whom", knew.mean())


class Judge:
    """Holds the lists of a method against the future, and against what people want."""

    def __init__(self, question: Question, figures: Figures) -> None:
        self.question, self.figures = question, figures
        crowd = np.arange(len(question.own_and_other[0]))
        rng = np.random.default_rng(question.market.plan.seed)
        self.drawn = np.sort(rng.permutation(crowd)[:WISH_LISTS])
        self.gains = question.wanted(self.drawn)
        met = question.met[self.drawn].tocoo()
        self.gains[met.row, met.col] = 0
        self.ideal = (-np.sort(-self.gains, axis=1)[:, :TOP] * DISCOUNT).sum(axis=1)

    def __call__(self, name: str, tops: Callable[[np.ndarray], np.ndarray]) -> None:
        question, way = self.question, self.question.from_needs
        future = question.future_ndcg(tops(question.askers), question.askers)
        got = (np.take_along_axis(self.gains, tops(self.drawn), axis=1) * DISCOUNT).sum(axis=1)
        some = self.ideal > 0
        self.figures.note(FUTURE, way, name, future.mean())
        self.figures.note(NEW, way, name, future[question.new[question.askers]].mean())
        self.figures.note(WANTED, way, name, (got[some] / self.ideal[some]).mean())


def market_questions(plan: MarketPlan) -> tuple[list[Question], dict[str, float]]:
    """A market, the recommender taught on its past, and the questions of both sides."""
    clock = [time.process_time()]
    market = generated(plan=plan)
    past = list(market.interactions())
    clock.append(time.process_time())
    model = fit(entities=market.entities, interactions=past, meets=MEETS, seed=plan.seed)
    clock.append(time.process_time())
    model.tops(keys=[entity.key for entity in market.needs[:BLOCK]], k=TOP)
    clock.append(time.process_time())
    needs, offers = market.future_pairs()
    came = sparse.csr_matrix((np.ones(needs.size), (needs, offers)), shape=model.met.shape)
    came = (came - came.multiply(model.met > 0)).tocsr()
    came.eliminate_zeros()
    sides = ((True, came, model.met), (False, came.T.tocsr(), model.met.T.tocsr()))
    questions = [
        Question(market=market, recommender=model, from_needs=way, came=true, met=met)
        for way, true, met in sides
    ]
    spent = np.diff(clock)
    return questions, {
        "market": spent[0],
        "training": spent[1],
        "milliseconds a list": spent[2] / BLOCK * 1000,
        "megabytes saved": len(model.save()) / 1e6,
    }


def exposure(question: Question) -> list[float]:
    """Over-capacity exposure and nDCG of the plain and of the balanced lists of everybody."""
    own, other = question.own_and_other
    keys = [entity.key for entity in own]
    found, scores = question.recommender.tops(keys=keys, k=CANDIDATES, new_only=True)
    capacities = np.array([entity.capacity for entity in other])
    room = exposure_room(capacities=capacities, slots=len(own) * TOP)
    even = balanced(scores=scores.astype(float), candidates=found, room=room, k=TOP)
    askers, results = question.askers, []
    for shown in (found[:, :TOP], even):
        results.append(over_capacity(shown=shown, room=room))
        results.append(float(question.future_ndcg(shown[askers], askers).mean()))
    return results


def print_exposure(evened: dict[bool, list[list[float]]]) -> None:
    print("\n| exposure beyond capacity | plain | balanced | change |", end="")
    print(" nDCG@10 plain | balanced | change |\n|---|---|---|---|---|---|---|")
    for way, rows in evened.items():
        over, ndcg, even_over, even_ndcg = np.array(rows).mean(axis=0)
        worst = max(row[1] - row[3] for row in rows) / ndcg
        exposed = f"{over:.1%} | {even_over:.2%} | {even_over / over - 1:+.1%}"
        price = f"{even_ndcg / ndcg - 1:+.2%} (worst seed {-worst:+.2%})"
        print(f"| {SIDES[way]} | {exposed} | {ndcg:.4f} | {even_ndcg:.4f} | {price} |")


def same_order_as_rank_bm25(question: Question) -> str:
    """How far the two BM25 libraries agree on ten lists; the second is too slow for all of them."""
    if find_spec("rank_bm25") is None or find_spec("bm25s") is None:
        return "rank_bm25: not installed here"
    from rank_bm25 import BM25Okapi

    asking, answering = question.own_and_other
    rows = question.askers[:10]
    peer = BM25Okapi([list(entity.words) for entity in answering])
    started = time.process_time()
    theirs = question.tops(
        lambda at: np.stack([peer.get_scores(list(asking[row].words)) for row in at]), rows
    )
    seconds = (time.process_time() - started) / rows.size
    ours = question.tops(bm25_peer(question, with_fields=False), rows)
    same = np.mean([len(set(a) & set(b)) for a, b in zip(theirs, ours, strict=True)]) / TOP
    return f"rank_bm25: {same:.0%} of the first ten as bm25s, {seconds * 1000:.0f} ms a list"


def measure(needs: int, offers: int, seeds: Sequence[int]) -> None:
    """Print all tables for markets of one size."""
    figures, evened = Figures(), {True: [], False: []}
    spent, agreement = [], ""
    for seed in seeds:
        questions, seconds = market_questions(MarketPlan(needs=needs, offers=offers, seed=seed))
        spent.append(seconds)
        agreement = agreement or same_order_as_rank_bm25(questions[1])
        for question in questions:
            ask(question, figures)
            evened[question.from_needs].append(exposure(question))
            print(f"seed {seed} {SIDES[question.from_needs]} done", file=sys.stderr)
    print(
        f"\n{needs:,} needs × {offers:,} offers, seeds {', '.join(map(str, seeds))}; nDCG@10,",
        end="",
    )
    print(" everybody ranked, mean ± standard deviation over seeds")
    for name in (FUTURE, NEW, WANTED):
        figures.print(name)
    print_exposure(evened)
    means = {name: float(np.mean([each[name] for each in spent])) for name in spent[0]}
    print("\nSilian, processor seconds on one thread: ", end="")
    print(", ".join(f"{name} {value:.1f}" for name, value in means.items()))
    print(agreement)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--needs", type=int)
    parser.add_argument("--offers", type=int)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    options = parser.parse_args()
    asked = [(options.needs, options.offers, options.seeds)] if options.needs else RUNS
    for needs, offers, seeds in asked:
        measure(needs, offers, seeds)


if __name__ == "__main__":
    main()
