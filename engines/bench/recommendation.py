"""Quality of recommendation against named peers: `python engines/bench/recommendation.py`.

The market is made up (silian_engines.matching.market); everybody is ranked against the whole other
side. bm25s, rank_bm25 and implicit run when they are installed in the environment of the bench
(requirements-peers.txt); they are no part of the product.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # alike for all; the cores are shared

import argparse  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from dataclasses import dataclass, field  # noqa: E402
from importlib.util import find_spec  # noqa: E402
from pathlib import Path  # noqa: E402

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

SEEDS = (1, 2, 3)  # models and peers were tuned on 901 and 902 only
TOP = 10
BLOCK = 500
FIT_LISTS = 500
CANDIDATES = 100
DISCOUNT = 1 / np.log2(np.arange(2, TOP + 2))
SIDES = {True: "for needs", False: "for offers"}
Score = Callable[[np.ndarray], np.ndarray]


@dataclass(kw_only=True)
class Question:
    """Lists of one side of one market: who asks, who came, and who may not be shown."""

    market: Market
    recommender: Recommender
    from_needs: bool
    came: sparse.csr_matrix
    met: sparse.csr_matrix
    times: dict[str, float] = field(default_factory=dict)

    @property
    def askers(self) -> np.ndarray:
        return np.flatnonzero(np.asarray(self.came.sum(axis=1)).ravel())

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
            left, right = mine.codes[name][rows][:, None], theirs.codes[name][None]
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
    options = {"random_state": question.market.plan.seed, "num_threads": 1}
    if name == "ALS":
        peer = AlternatingLeastSquares(
            factors=64, regularization=0.1, alpha=2.0, iterations=12, **options
        )
    else:
        peer = BayesianPersonalizedRanking(
            factors=64, learning_rate=0.05, regularization=0.01, iterations=60, **options
        )
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


@dataclass(kw_only=True)
class Figures:
    """nDCG@10 of each method, one number for each seed."""

    future: dict[str, list[float]] = field(default_factory=dict)
    newcomers: dict[str, list[float]] = field(default_factory=dict)
    wanted: dict[str, list[float]] = field(default_factory=dict)

    def note(self, name: str, future: float, newcomers: float, wanted: float) -> None:
        for table, value in (
            (self.future, future),
            (self.newcomers, newcomers),
            (self.wanted, wanted),
        ):
            table.setdefault(name, []).append(value)


def ask(question: Question, figures: Figures) -> None:
    """All methods on the lists of one side of one market."""
    askers, rng = question.askers, np.random.default_rng(question.market.plan.seed)
    crowd = np.arange(len(question.own_and_other[0]))
    drawn = np.sort(rng.choice(crowd, size=min(FIT_LISTS, crowd.size), replace=False))
    gains = np.concatenate([question.wanted(rows) for rows in np.array_split(drawn, 20)])
    met = question.met[drawn].tocoo()
    gains[met.row, met.col] = 0
    ideal = (-np.sort(-gains, axis=1)[:, :TOP] * DISCOUNT).sum(axis=1)
    some = ideal > 0

    def judged(name: str, tops: Callable[[np.ndarray], np.ndarray]) -> None:
        started = time.process_time()
        future = question.future_ndcg(tops(askers), askers)
        question.times[name] = time.process_time() - started
        got = (np.take_along_axis(gains, tops(drawn), axis=1) * DISCOUNT).sum(axis=1)
        new = question.new[askers]
        figures.note(
            name,
            float(future.mean()),
            float(future[new].mean()),
            float((got / ideal.clip(1e-9))[some].mean()),
        )

    for name, score in methods(question).items():
        if score is None:
            figures.note(name, np.nan, np.nan, np.nan)
            continue
        judged(name, lambda rows, score=score: question.tops(score, rows))
    keys = [entity.key for entity in question.own_and_other[0]]
    model = question.recommender
    judged(
        "Silian",
        lambda rows: model.tops(keys=[keys[at] for at in rows], k=TOP, new_only=True)[0],
    )
    truth = question.wanted
    few = askers[:: max(1, askers.size // FIT_LISTS)]
    best = question.future_ndcg(question.tops(truth, few), few)
    figures.note("who knew all wishes", float(best.mean()), np.nan, 1.0)


def market_questions(plan: MarketPlan) -> tuple[list[Question], dict[str, float]]:
    """A market, the recommender taught on its past, and the questions of both sides."""
    clock = [time.process_time()]
    market = generated(plan=plan)
    past = list(market.interactions())
    clock.append(time.process_time())
    model = fit(entities=market.entities, interactions=past, meets=MEETS, seed=plan.seed)
    clock.append(time.process_time())
    needs, offers = market.future_pairs()
    came = sparse.csr_matrix((np.ones(needs.size), (needs, offers)), shape=model.met.shape)
    came = came - came.multiply(model.met > 0)
    came.eliminate_zeros()
    questions = [
        Question(
            market=market, recommender=model, from_needs=True, came=came.tocsr(), met=model.met
        ),
        Question(
            market=market,
            recommender=model,
            from_needs=False,
            came=came.T.tocsr(),
            met=model.met.T.tocsr(),
        ),
    ]
    return questions, {"market": clock[1] - clock[0], "fit": clock[2] - clock[1]}


def exposure(question: Question) -> tuple[float, float, float, float]:
    """Over-capacity exposure and nDCG of the plain and of the balanced lists of everybody."""
    own, other = question.own_and_other
    keys = [entity.key for entity in own]
    found, scores = question.recommender.tops(keys=keys, k=CANDIDATES, new_only=True)
    capacities = np.array([entity.capacity for entity in other])
    room = exposure_room(capacities=capacities, slots=len(own) * TOP)
    even = balanced(scores=scores.astype(float), candidates=found, room=room, k=TOP)
    askers, results = question.askers, []
    for shown in (found[:, :TOP], even):
        results += [
            over_capacity(shown=shown, room=room),
            question.future_ndcg(shown[askers], askers).mean(),
        ]
    return tuple(float(r) for r in results)


def table(title: str, figures: dict[bool, Figures], column: str) -> None:
    print(f"\n| {title} | " + " | ".join(f"{SIDES[s]} | × BM25" for s in figures) + " |")
    print("|---|" + "---|" * 2 * len(figures))
    for name in getattr(figures[True], column):
        cells = []
        for side in figures.values():
            values, base = (np.array(getattr(side, column)[n]) for n in (name, "BM25 (bm25s)"))
            if np.isnan(values).all():
                cells += ["–" if name.startswith("who") else "not installed here", "–"]
                continue
            cells += [
                f"{values.mean():.4f} ± {values.std():.4f}",
                f"{values.mean() / base.mean():.2f}",
            ]
        print(f"| {name} | " + " | ".join(cells) + " |")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--needs", type=int, default=MarketPlan.needs)
    parser.add_argument("--offers", type=int, default=MarketPlan.offers)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    options = parser.parse_args()
    figures = {True: Figures(), False: Figures()}
    spent, evened = [], {True: [], False: []}
    for seed in options.seeds:
        questions, seconds = market_questions(
            MarketPlan(needs=options.needs, offers=options.offers, seed=seed)
        )
        spent.append(seconds)
        for question in questions:
            ask(question, figures[question.from_needs])
            evened[question.from_needs].append(exposure(question))
    print_all(options, figures, spent, evened)


def print_all(options: argparse.Namespace, figures: dict, spent: list, evened: dict) -> None:
    print(
        f"{options.needs:,} needs × {options.offers:,} offers, seeds {', '.join(map(str, options.seeds))}; nDCG@10, full library, mean ± standard deviation over seeds"
    )
    table("who came in the held-out future", figures, "future")
    table("the same, askers new to the market", figures, "newcomers")
    table("whom both would truly want", figures, "wanted")
    print(
        "\n| exposure beyond capacity | plain | balanced | change | nDCG@10 plain | balanced | change |\n|---|---|---|---|---|---|---|"
    )
    for way, rows in evened.items():
        a, b, c, d = np.array(rows).mean(axis=0)
        print(
            f"| {SIDES[way]} | {a:.1%} | {c:.1%} | {c / a - 1:+.0%} | {b:.4f} | {d:.4f} | {d / b - 1:+.1%} |"
        )
    print(
        "\nprocessor seconds, one thread: "
        + ", ".join(f"{name} {np.mean([s[name] for s in spent]):.0f}" for name in spent[0])
    )


if __name__ == "__main__":
    main()
