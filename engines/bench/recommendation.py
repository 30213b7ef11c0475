"""Quality of recommendation against named peers: `python engines/bench/recommendation.py`.

The market is made up (silian_engines.matching.market); everybody is ranked against the whole other
side. bm25s, rank_bm25 and implicit run when they are installed in the environment of the bench
(requirements-peers.txt); they are no part of the product.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # alike for all; the cores are shared

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

ENGINES = Path(__file__).resolve().parents[1]
sys.path[0] = str(ENGINES)  # in place of this folder, whose matching.py hides the library

import numpy as np  # noqa: E402
from scipy import sparse  # noqa: E402
from silian_engines.matching.market.generating import Market, generated  # noqa: E402
from silian_engines.matching.market.plan import MEETS, MarketPlan  # noqa: E402
from silian_engines.matching.recommendation.balancing import (  # noqa: E402
    balanced,
    exposure_room,
    over_capacity,
)
from silian_engines.matching.recommendation.encoding import UNKNOWN, tokens_of  # noqa: E402
from silian_engines.matching.recommendation.recommending import Recommender, fit  # noqa: E402

SEEDS = (1, 2, 3)  # the recommender and the peers were tuned on markets 901 and 902 only
TOP, CANDIDATES = 10, 100
BLOCK, SMALL_BLOCK = 500, 25
MOST_ASKERS = 4000
WISH_LISTS = 500
DISCOUNT = 1 / np.log2(np.arange(2, TOP + 2))
SIDES = {True: "for needs", False: "for offers"}
BASE = "BM25 (bm25s)"
ALS = {"factors": 256, "regularization": 30, "alpha": 5.0, "iterations": 12}
BPR = {"factors": 128, "learning_rate": 0.02, "regularization": 0.01, "iterations": 300}
Score = Callable[[np.ndarray], np.ndarray]


@dataclass(kw_only=True)
class Question:
    """Lists of one side of one market: who asks, who came, and who may not be shown."""

    market: Market
    recommender: Recommender
    from_needs: bool
    came: sparse.csr_matrix
    met: sparse.csr_matrix

    @cached_property
    def askers(self) -> np.ndarray:
        """Those to whom somebody came, or a share of them drawn by chance."""
        found = np.flatnonzero(np.asarray(self.came.sum(axis=1)).ravel())
        rng = np.random.default_rng(self.market.plan.seed)
        return np.sort(rng.permutation(found)[:MOST_ASKERS])

    @property
    def new(self) -> np.ndarray:
        """Those who came to the market only with the future."""
        crowd = self.market.wishes.needs if self.from_needs else self.market.wishes.offers
        return crowd.from_season >= self.market.plan.past_seasons

    @property
    def own_and_other(self) -> tuple[list, list]:
        pair = [self.market.needs, self.market.offers]
        return tuple(pair if self.from_needs else pair[::-1])

    def tops(self, score: Score, askers: np.ndarray) -> np.ndarray:
        """The ten best of everybody; met pairs and kinds that never meet are out for all alike."""
        found = []
        for at in range(0, askers.size, BLOCK):
            rows = askers[at : at + BLOCK]
            scores = np.array(score(rows), np.float64)
            allowed = self.recommender.retrieval.may_meet(rows, from_needs=self.from_needs)
            scores[~allowed] = -np.inf
            met = self.met[rows].tocoo()
            scores[met.row, met.col] = -np.inf
            best = np.argpartition(-scores, TOP, axis=1)[:, :TOP]
            order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
            found.append(np.take_along_axis(best, order, axis=1))
        return np.concatenate(found)

    def future_ndcg(self, tops: np.ndarray, askers: np.ndarray) -> np.ndarray:
        """How well each list foretold who came, 1 for a perfect one."""
        hits = np.asarray(self.came[np.repeat(askers, TOP), tops.ravel()]).reshape(tops.shape) > 0
        many = np.minimum(np.asarray(self.came.sum(axis=1)).ravel()[askers], TOP).astype(int)
        return (hits * DISCOUNT).sum(axis=1) / np.cumsum(DISCOUNT)[many - 1]

    def wanted(self, rows: np.ndarray) -> np.ndarray:
        """What the less willing of the two wants, above the level of asking; 0 below."""
        parts = np.array_split(rows, 1 + rows.size // SMALL_BLOCK)
        return np.concatenate([self.wanted_by_few(part) for part in parts])

    def wanted_by_few(self, rows: np.ndarray) -> np.ndarray:
        size = len(self.own_and_other[1])
        mine, theirs = np.repeat(rows, size), np.tile(np.arange(size), rows.size)
        pair = (mine, theirs) if self.from_needs else (theirs, mine)
        return np.maximum(self.market.wishes.fit(*pair), 0).reshape(rows.size, size)


def popularity(question: Question) -> Score:
    """How often each was taken before."""
    history = question.recommender.history
    who = history.offers if question.from_needs else history.needs
    taken = np.bincount(who[history.depth == 2], minlength=len(question.own_and_other[1]))
    return lambda rows: np.tile(taken.astype(float), (rows.size, 1))


def chance(question: Question) -> Score:
    rng = np.random.default_rng(question.market.plan.seed)
    return lambda rows: rng.random((rows.size, len(question.own_and_other[1])))


def rules(question: Question) -> Score:
    """Facts met less facts missing, as in the hall; other work or other majors exclude."""
    library = question.recommender.library
    mine, theirs = library.needs, library.offers
    if not question.from_needs:
        mine, theirs = theirs, mine
    rng = np.random.default_rng(question.market.plan.seed)
    sign = 1 if question.from_needs else -1

    def score(rows: np.ndarray) -> np.ndarray:
        def fact(name: str) -> np.ndarray:
            left, right = mine.levels[name][rows][:, None], theirs.levels[name][None]
            known = (left != UNKNOWN) & (right != UNKNOWN)
            return np.where(known, np.where(left == right, 1, -1), 0)

        work, place = fact("occupation5"), fact("division4")
        shared = (mine.majors[rows] @ theirs.majors.T).toarray()
        listed = [np.asarray(side.majors.sum(axis=1)).ravel() > 0 for side in (mine, theirs)]
        both = listed[0][rows][:, None] & listed[1][None]
        major = np.where(both, np.where(shared >= 3, 1, -1), 0)  # the code and both its groups
        starts = np.maximum(mine.starts[rows][:, None], theirs.starts[None])
        ends = np.fmin(mine.ends[rows][:, None], theirs.ends[None])
        period = np.where(np.isnan(starts), 0, np.where(starts < ends, 1, -1))
        ratio = sign * (theirs.quantity[None] - mine.quantity[rows][:, None])
        number = np.where(np.isnan(ratio), 0, np.where(ratio >= 0, 1, -1))
        total = work + place + major + period + number
        excluded = (work < 0) | (major < 0)
        return np.where(excluded, -100.0, total) + 1e-3 * rng.random(total.shape)

    return score


def bm25_peer(question: Question, *, with_fields: bool) -> Score:
    import bm25s

    def text(entity: object) -> list[str]:
        return list(tokens_of(entity)) if with_fields else list(entity.words)

    asking, answering = question.own_and_other
    peer = bm25s.BM25()
    peer.index([text(entity) for entity in answering], show_progress=False)
    known = peer.vocab_dict

    def score(rows: np.ndarray) -> np.ndarray:
        asked = ([word for word in text(asking[row]) if word in known] for row in rows)
        nothing = np.zeros(len(answering))
        return np.stack([peer.get_scores(words) if words else nothing for words in asked])

    return score


def rules_then_words(question: Question) -> Score:
    by_rules, by_words = rules(question), bm25_peer(question, with_fields=False)
    return lambda rows: np.round(by_rules(rows)) * 1000 + by_words(rows)


def implicit_peer(question: Question, *, name: str) -> Score:
    from implicit.als import AlternatingLeastSquares
    from implicit.bpr import BayesianPersonalizedRanking

    history = question.recommender.history
    shape = (len(question.market.needs), len(question.market.offers))
    weight = history.depth.astype(np.float32)  # asked counts once, taken twice
    matrix = sparse.csr_matrix((weight, (history.needs, history.offers)), shape=shape)
    matrix = (matrix if question.from_needs else matrix.T).tocsr()
    matrix.eliminate_zeros()
    seeded = {"random_state": question.market.plan.seed, "num_threads": 1}
    if name == "ALS":
        peer = AlternatingLeastSquares(**ALS, **seeded)
    else:
        peer = BayesianPersonalizedRanking(**BPR, **seeded)
    peer.fit(matrix, show_progress=False)
    return lambda rows: peer.user_factors[rows] @ peer.item_factors.T


def own_parts(question: Question) -> dict[str, Score]:
    """What parts of the recommender reach alone."""
    model, way = question.recommender, question.from_needs
    mine, theirs = model.signals.needs, model.signals.offers
    if not way:
        mine, theirs = theirs, mine
    return {
        "Silian, vectors alone": lambda rows: mine.vectors[rows] @ theirs.vectors.T,
        "Silian, first step alone": lambda rows: model.retrieval.of_everybody(rows, from_needs=way),
    }


def methods(question: Question) -> dict[str, Score | None]:
    """Every method by name; None for a peer that is not installed here."""
    words, collaborative = find_spec("bm25s") is not None, find_spec("implicit") is not None
    return {
        "random": chance(question),
        "popularity": popularity(question),
        "rules": rules(question),
        "BM25 (bm25s)": bm25_peer(question, with_fields=False) if words else None,
        "BM25, fields as words": bm25_peer(question, with_fields=True) if words else None,
        "rules, then BM25": rules_then_words(question) if words else None,
        "ALS (implicit)": implicit_peer(question, name="ALS") if collaborative else None,
        "BPR (implicit)": implicit_peer(question, name="BPR") if collaborative else None,
        **own_parts(question),
    }


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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--needs", type=int, default=MarketPlan.needs)
    parser.add_argument("--offers", type=int, default=MarketPlan.offers)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    options = parser.parse_args()
    figures, evened = Figures(), {True: [], False: []}
    spent, agreement = [], ""
    for seed in options.seeds:
        plan = MarketPlan(needs=options.needs, offers=options.offers, seed=seed)
        questions, seconds = market_questions(plan)
        spent.append(seconds)
        agreement = agreement or same_order_as_rank_bm25(questions[1])
        for question in questions:
            ask(question, figures)
            evened[question.from_needs].append(exposure(question))
            print(f"seed {seed} {SIDES[question.from_needs]} done", file=sys.stderr)
    seeds = ", ".join(map(str, options.seeds))
    print(f"{options.needs:,} needs × {options.offers:,} offers, seeds {seeds}; nDCG@10,", end=" ")
    print("everybody ranked, mean ± standard deviation over seeds")
    for name in (FUTURE, NEW, WANTED):
        figures.print(name)
    print_exposure(evened)
    means = {name: float(np.mean([each[name] for each in spent])) for name in spent[0]}
    print("\nSilian, processor seconds on one thread: ", end="")
    print(", ".join(f"{name} {value:.1f}" for name, value in means.items()))
    print(agreement)


if __name__ == "__main__":
    main()
