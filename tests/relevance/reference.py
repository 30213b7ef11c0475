"""What plain BM25 reaches on the same set, for comparison: ``python -m tests.relevance.reference``.

It sees the same words as the product's index (segmented, title three times, names twice) and ranks
the whole corpus; for needs it may only offer kinds that can answer. No database.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import log
from pathlib import Path
from statistics import fmean

from silian_engines.matching.segmentation import index_tokens, query_tokens

from tests.relevance import judging
from tests.relevance.judging import Labelled, Need, Query

OCCUPATIONS = Path(__file__).parents[2] / "silian/foundation/reference/data/occupations.csv"
SATURATION, LENGTH = 1.2, 0.75
WEIGHTS = (3, 2, 1)


class BestMatch:
    """BM25 over weighted words."""

    def __init__(self, documents: Sequence[Counter[str]]) -> None:
        average = fmean(document.total() for document in documents)
        holding = Counter(word for document in documents for word in document)
        self.weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, document in enumerate(documents):
            norm = SATURATION * (1 - LENGTH + LENGTH * document.total() / average)
            for word, count in document.items():
                rarity = log(1 + (len(documents) - holding[word] + 0.5) / (holding[word] + 0.5))
                self.weights[word].append((number, rarity * count / (count + norm)))

    def ranked(self, words: Iterable[str]) -> list[int]:
        scores: Counter[int] = Counter()
        for word in words:
            for number, weight in self.weights.get(word, ()):
                scores[number] += weight  # type: ignore[assignment]
        return sorted(scores, key=lambda number: (-scores[number], number))


def texts_of(listing: Labelled, names: dict[str, str]) -> tuple[str, str, str]:
    row = listing.row
    known = (listing.organisation, names.get(row["occupation"], ""), row["chain"], row["place"])
    return listing.title, " ".join(known), f"{listing.description} {row['majors']}"


def document_of(texts: Sequence[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for text, weight in zip(texts, WEIGHTS, strict=True):
        for word in index_tokens(text):
            words[word] += weight
    return words


def measured(
    asked: Sequence[Query] | Sequence[Need],
    *,
    ranked: Callable[[Query | Need], list[Labelled]],
    grade: Callable[..., int],
) -> float:
    rows = list(judging.listings().values())
    return fmean(
        judging.ndcg(
            [grade(one, row) for row in ranked(one)[: judging.SHOWN]],
            possible=[grade(one, row) for row in rows],
        )
        for one in asked
    )


def main() -> None:
    with OCCUPATIONS.open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    rows = list(judging.listings().values())
    engine = BestMatch([document_of(texts_of(row, names)) for row in rows])

    def found(query: Query) -> list[Labelled]:
        return [rows[number] for number in engine.ranked(query_tokens(query.words))]

    def answering(need: Need) -> list[Labelled]:
        own = judging.listings()[need.listing]
        ranked = engine.ranked(index_tokens(" ".join(texts_of(own, names))))
        return [row for row in map(rows.__getitem__, ranked) if may_answer(own, row)]

    queries = measured(judging.queries(), ranked=found, grade=judging.query_grade)  # type: ignore[arg-type]
    needs = measured(judging.needs(), ranked=answering, grade=judging.need_grade)  # type: ignore[arg-type]
    sys.stdout.write(f"BM25: queries {queries:.4f}, needs {needs:.4f}\n")


def may_answer(own: Labelled, other: Labelled) -> bool:
    return other.place in judging.ANSWERS[own.place] and other.organisation != own.organisation


if __name__ == "__main__":
    main()
