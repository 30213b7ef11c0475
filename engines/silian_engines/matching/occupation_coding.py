"""Occupation coding (职业编码): a messy posting title becomes a code of 职业分类大典2022."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from silian_engines.matching.occupation_features import hashed_features
from silian_engines.matching.occupation_model import OccupationModel, read_model
from silian_engines.matching.occupation_table import occupations
from silian_engines.matching.title_cleaning import cleaned_title

BATCH = 512
UNCLASSIFIED = "8-00-00-00"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another occupation that the title may mean (备选职业)."""

    code: str
    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class CodedTitle:
    """The occupation of a title (编码结果); confidence is the share of such answers that hold."""

    title: str
    code: str
    name: str
    confidence: float
    alternatives: tuple[Alternative, ...] = ()


@lru_cache(maxsize=1)
def shipped_model() -> OccupationModel:
    """The model that ships in the package, read once."""
    return read_model()


def calibrated(
    *,
    best: npt.NDArray[np.floating],
    second: npt.NDArray[np.floating],
    calibration: tuple[float, float, float],
) -> npt.NDArray[np.floating]:
    """Share of right answers to expect from the best score and its lead."""
    base, by_score, by_lead = calibration
    return 1 / (1 + np.exp(-(base + by_score * best + by_lead * (best - second))))


def feature_matrix(
    *, titles: Sequence[str], texts: Sequence[str] | None, model: OccupationModel
) -> tuple[csr_array, npt.NDArray[np.float32]]:
    """Features of titles on the model's rows, and the length of each title's vector."""
    owners, slots, values = hashed_features(
        titles=[cleaned_title(title) for title in titles], texts=texts
    )
    lengths = np.sqrt(np.bincount(owners, values * values, minlength=len(titles)))
    rows = model.row_of_slot[slots]
    known = rows > 0
    owners, rows, values = owners[known], rows[known], values[known]
    starts = np.searchsorted(owners, np.arange(len(titles) + 1)).astype(np.int32)
    matrix = csr_array((values, rows, starts), shape=(len(titles), model.weights.shape[0]))
    return matrix, np.maximum(lengths, 1e-6).astype(np.float32)


# Shares of the kin's scores that a code inherits: 大类, 中类, 小类. They sum the evidence of
# a whole group, so that a title known only roughly still lands in the right one.
KINSHIP = ((1, 0.2), (4, 0.1), (7, 0.1))


@lru_cache(maxsize=4)
def _group_starts(codes: tuple[str, ...], length: int) -> npt.NDArray[np.int64]:
    """Where each group of sorted codes with a common beginning starts."""
    beginnings = [code[:length] for code in codes]
    return np.array([i for i, b in enumerate(beginnings) if i == 0 or b != beginnings[i - 1]])


def with_kinship(
    *, scores: npt.NDArray[np.floating], codes: tuple[str, ...]
) -> npt.NDArray[np.floating]:
    """Scores of sorted codes, each with its share of its groups' sums."""
    smallest = _group_starts(codes, KINSHIP[-1][0])
    sums = np.add.reduceat(scores, smallest, axis=1)
    bonus = KINSHIP[-1][1] * sums
    for length, share in KINSHIP[:-1]:
        starts = np.searchsorted(smallest, _group_starts(codes, length))
        sizes = np.diff(np.append(starts, len(smallest)))
        bonus += np.repeat(share * np.add.reduceat(sums, starts, axis=1), sizes, axis=1)
    sizes = np.diff(np.append(smallest, len(codes)))
    return scores + np.repeat(bonus, sizes, axis=1)


def scores_of_titles(
    *, titles: Sequence[str], texts: Sequence[str] | None = None, model: OccupationModel
) -> npt.NDArray[np.floating]:
    """A score for each title and each code of the model."""
    matrix, lengths = feature_matrix(titles=titles, texts=texts, model=model)
    scores = (matrix @ model.weights).toarray()
    scores *= (model.step / lengths)[:, None]
    return with_kinship(scores=scores, codes=model.codes)


def coded_batches(
    *, titles: Sequence[str], texts: Sequence[str] | None = None, model: OccupationModel
) -> Iterator[tuple[list[str], npt.NDArray[np.floating]]]:
    """Codes and confidences of titles, batch by batch."""
    names = np.array(model.codes)
    for start in range(0, len(titles), BATCH):
        part = titles[start : start + BATCH]
        part_texts = texts[start : start + BATCH] if texts is not None else None
        scores = scores_of_titles(titles=part, texts=part_texts, model=model)
        rows = np.arange(len(part))
        best = scores.argmax(axis=1)
        best_scores = scores[rows, best]
        scores[rows, best] = -np.inf
        confidences = calibrated(
            best=best_scores, second=scores.max(axis=1), calibration=model.calibration
        )
        codes = names[best]
        silent = (best_scores <= 0) | [not cleaned_title(title).segments for title in part]
        codes[silent] = UNCLASSIFIED
        confidences[silent] = 0
        yield codes.tolist(), confidences


def code_titles(
    *,
    titles: Sequence[str],
    texts: Sequence[str] | None = None,
    model: OccupationModel | None = None,
) -> list[CodedTitle]:
    """The most likely occupation of each title, without alternatives."""
    model = model or shipped_model()
    table = occupations()
    coded: list[CodedTitle] = []
    number = 0
    for codes, confidences in coded_batches(titles=titles, texts=texts, model=model):
        for code, confidence in zip(codes, confidences.tolist(), strict=True):
            coded.append(CodedTitle(titles[number], code, table[code].name, confidence))
            number += 1
    return coded


def code_title(*, title: str, text: str = "", alternatives: int = 4) -> CodedTitle:
    """The most likely occupation of one title, with the next best ones."""
    model = shipped_model()
    table = occupations()
    scores = scores_of_titles(titles=[title], texts=[text], model=model)[0]
    order = np.argsort(-scores, kind="stable")[: alternatives + 1]
    best = code_titles(titles=[title], texts=[text], model=model)[0]
    positive = np.maximum(scores[order], 0)
    rest = float(positive[1:].sum()) or 1.0
    others = tuple(
        Alternative(
            model.codes[i],
            table[model.codes[i]].name,
            float((1 - best.confidence) * max(scores[i], 0) / rest),
        )
        for i in order[1:]
        if scores[i] > 0
    )
    return CodedTitle(title, best.code, best.name, best.confidence, others)
