"""The ways to rank that stand beside the recommender: controls, rules, BM25, ALS, BPR."""

from importlib.util import find_spec

import numpy as np
from recommendation_lists import Question, Score
from scipy import sparse
from silian_engines.matching.recommendation.encoding import UNKNOWN, tokens_of

BASE = "BM25 (bm25s)"
ALS = {"factors": 256, "regularization": 30, "alpha": 5.0, "iterations": 12}
BPR = {"factors": 128, "learning_rate": 0.02, "regularization": 0.01, "iterations": 300}


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
        BASE: bm25_peer(question, with_fields=False) if words else None,
        "BM25, fields as words": bm25_peer(question, with_fields=True) if words else None,
        "rules, then BM25": rules_then_words(question) if words else None,
        "ALS (implicit)": implicit_peer(question, name="ALS") if collaborative else None,
        "BPR (implicit)": implicit_peer(question, name="BPR") if collaborative else None,
        **own_parts(question),
    }
