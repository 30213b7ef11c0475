"""Share of misspellings put right, and latency: `python engines/bench/query_understanding.py`.

The vocabulary is our own terms and the words inside them, counted over the trade titles; nothing
of the misspellings is seen by it. The do-nothing control is the query as typed. False alarms: well
spelt titles that the vocabulary has never seen, counted when a *sure* change is made to them.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter

from silian_engines.matching.query_understanding.misspelling import WAYS, misspellings
from silian_engines.matching.query_understanding.understanding import understand
from silian_engines.matching.query_understanding.vocabulary import (
    Vocabulary,
    is_chinese,
    own_terms,
    vocabulary_of,
)
from silian_engines.matching.segmentation import index_tokens

COUNT = 200
SEEDS = (11, 12, 13, 14, 15)


def counted(terms: list[str]) -> Vocabulary:
    """These terms and the words inside them, with their frequency over the terms."""
    frequency = Counter(token for term in terms for token in index_tokens(term))
    return Vocabulary(dict.fromkeys(terms, 1) | dict(frequency))


def put_right(vocabulary: Vocabulary, words: list[str], *, seed: int) -> None:
    first: Counter[str] = Counter()
    offered: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for case in misspellings(words, count=COUNT, seed=seed, known=vocabulary.knows):
        understood = understand(case.typed, vocabulary)
        asked[case.how] += 1
        first[case.how] += understood.text == case.meant
        offered[case.how] += case.meant in (understood.text, *understood.alternatives)
    cells = "  ".join(f"{how} {first[how]}/{asked[how]}" for how in WAYS)
    total, seen = sum(first.values()), sum(offered.values())
    print(f"seed {seed}: {total}/{COUNT} first, {seen}/{COUNT} offered, 0 as typed | {cells}")


def false_alarms(terms: list[str]) -> None:
    held_out = set(random.Random(1).sample(terms, 1000))
    vocabulary = counted([term for term in terms if term not in held_out])
    results = [understand(term, vocabulary) for term in sorted(held_out)]
    sure = [one for one in results if one.is_changed and one.is_sure]
    asked = [one for one in results if one.is_changed and not one.is_sure]
    print(f"1000 well spelt unseen terms: {len(sure)} changed, {len(asked)} asked about")
    for one in sure[:8]:
        print("   ", one.typed, "→", one.text)


def latency(vocabulary: Vocabulary, words: list[str]) -> None:
    cases = [
        case.typed for case in misspellings(words, count=1000, seed=99, known=vocabulary.knows)
    ]
    rounds = {"misspelt": cases, "known": words[:1000], "three words": [
        " ".join(words[place : place + 3]) for place in range(0, 900, 3)
    ]}  # fmt: skip
    for name, texts in rounds.items():
        times = []
        for text in texts:
            begun = time.process_time()
            understand(text, vocabulary)
            times.append((time.process_time() - begun) * 1000)
        cuts = statistics.quantiles(times, n=20)
        line = (
            f"p50 {statistics.median(times):.2f} ms, p95 {cuts[18]:.2f} ms, max {max(times):.1f} ms"
        )
        print(f"{name}, processor time: {line}")


def main() -> None:
    begun = time.perf_counter()
    vocabulary_of({})
    print(f"own terms {len(own_terms())}, built in {time.perf_counter() - begun:.2f} s")
    terms = sorted(term for term in own_terms() if is_chinese(term) and len(term) > 1)
    vocabulary = counted(terms)
    words = [term for term in terms if len(term) <= 8]
    for seed in SEEDS:
        put_right(vocabulary, words, seed=seed)
    false_alarms(terms)
    latency(vocabulary, words)


if __name__ == "__main__":
    main()
