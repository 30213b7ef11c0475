"""How fast filtered searches with counts are answered, against named peers, over the same rows."""

from __future__ import annotations

import importlib.util
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from bench.market_rows import KINDS, OWN_PHRASES, Market, documents
from bench.report import Result, percentiles

QUESTIONS = 200
WORDLESS = 0.15
GENERAL = 0.25  # the share of phrases that say nothing of the trade
WITH_REGION, WITH_KIND = 0.6, 0.35
PEER_ROWS = {"bm25s": 100_000, "rank_bm25": 20_000}
SLOW_QUESTIONS = 50
PERCENTILES = ("p50", "p95", "max")
PLAIN = """
SELECT object_id FROM kernel_searchentry WHERE vector @@ %s::tsquery
ORDER BY ts_rank_cd(vector, %s::tsquery) DESC LIMIT 20
"""


def questions(count: int, *, seed: int = 7) -> list[Any]:
    """One to three phrases of a listing that there is, most with filters, all counts asked."""
    from silian_engines.matching.segmentation import query_tokens

    from silian.foundation.kernel.search.requests import FACETS, SearchRequest

    market, rng = Market(seed=seed), random.Random(seed)
    asked = []
    for _ in range(count):
        code, name, _, words = market.phrases()
        filters, _ = market.facts(code)
        own, general = [name, *words[:OWN_PHRASES]], words[OWN_PHRASES:]
        phrases = [
            rng.choice(general if rng.random() < GENERAL else own)
            for _ in range(rng.choice((1, 1, 2, 2, 3)))
        ]
        text = "" if rng.random() < WORDLESS else " ".join(phrases)
        groups: list[tuple[str, tuple[str, ...]]] = [("visibility", ("public", "members"))]
        if rng.random() < WITH_REGION or not text:
            groups.append(("division", (rng.choice(filters["division"][1:]),)))
        if rng.random() < WITH_KIND:
            groups.append(("kind", filters["kind"]))
        asked.append(
            SearchRequest(
                words=query_tokens(text),
                subjects=("listing",),
                filters=tuple(groups),
                facets=FACETS,
            )
        )
    return asked


@dataclass(frozen=True, kw_only=True)
class Contender:
    """Something that answers, how it is called and how many rows it searches."""

    name: str
    rows: int
    answer: Callable[[Any], Any]
    most: int = QUESTIONS


@dataclass(kw_only=True)
class Times:
    """Milliseconds by the clock, and of processor time here and in the database's process."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def backend_process() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def processor_milliseconds(backend: int) -> float:
    """What this process and the database's have used, as the kernel counts it."""
    nanoseconds = int(Path(f"/proc/{backend}/schedstat").read_text().split()[0])
    return nanoseconds / 1e6 + time.process_time() * 1e3


def interleaved(contenders: Sequence[Contender], asked: Sequence[Any]) -> dict[str, Times]:
    """Each question to each contender in turn, so that what else the machine does meets all.

    Another one begins each time, because the first finds the pages cold.
    """
    backend = backend_process()
    times = {contender.name: Times() for contender in contenders}
    for place, request in enumerate(asked):
        first = place % len(contenders)
        for contender in [*contenders[first:], *contenders[:first]]:
            if place < contender.most:
                used, started = processor_milliseconds(backend), time.perf_counter()
                contender.answer(request)
                times[contender.name].clock.append((time.perf_counter() - started) * 1000)
                times[contender.name].processor.append(processor_milliseconds(backend) - used)
    return times


def engine(rows: int) -> list[Contender]:
    """The product's engine whole, without words' rank, without counts; and a statement alone."""
    from django.db import connection

    from silian.foundation.kernel.search.backend import search_backend
    from silian.foundation.kernel.search.requests import Sort

    def nothing(request: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchall()

    search = search_backend().search
    return [
        Contender(name="SELECT 1 (does nothing)", rows=rows, answer=nothing),
        Contender(name="ours: top 20, total, 9 counts", rows=rows, answer=search),
        Contender(
            name="ours, newest first",
            rows=rows,
            answer=lambda request: search(replace(request, sort=Sort.NEWEST)),
        ),
        Contender(
            name="ours, no counts",
            rows=rows,
            answer=lambda request: search(replace(request, facets=())),
        ),
    ]


def plain_full_text(rows: int) -> Contender:
    """PostgreSQL's own way: every match ranked by ts_rank_cd; top 20 only, no counts."""
    from django.db import connection

    from silian.foundation.kernel.search.lexemes import (
        both,
        filter_lexeme,
        filter_query,
        word_query,
    )

    def answer(request: Any) -> None:
        words = word_query(words=request.words)
        if not words:
            return
        groups = [[filter_lexeme(name, value) for value in v] for name, v in request.filters]
        with connection.cursor() as cursor:
            cursor.execute(PLAIN, [both(words, filter_query(groups)), words])
            cursor.fetchall()

    name = "PostgreSQL full text, ts_rank_cd, top 20, no counts"
    return Contender(name=name, rows=rows, answer=answer, most=SLOW_QUESTIONS)


def texts(rows: int) -> Iterator[list[str]]:
    for document in islice(documents(Market(), rows=rows), rows):
        yield [*document.title, *document.names, *document.body]


def peers() -> list[Contender]:
    """The libraries that can be imported; both rank words only and know neither filter nor count.

    They hold everything in the memory of one process, so they search fewer rows.
    """
    found = []
    if importlib.util.find_spec("bm25s"):
        found.append(bm25s_of(PEER_ROWS["bm25s"]))
    if importlib.util.find_spec("rank_bm25"):
        found.append(rank_bm25_of(PEER_ROWS["rank_bm25"]))
    return found


def bm25s_of(rows: int) -> Contender:
    import bm25s

    index = bm25s.BM25()
    index.index(list(texts(rows)), show_progress=False)

    def answer(request: Any) -> None:
        if request.words:
            index.retrieve([list(request.words)], k=20, show_progress=False)

    return Contender(name="bm25s, top 20, no filters, no counts", rows=rows, answer=answer)


def rank_bm25_of(rows: int) -> Contender:
    from rank_bm25 import BM25Okapi

    index = BM25Okapi(list(texts(rows)))

    def answer(request: Any) -> None:
        if request.words:
            index.get_scores(list(request.words)).argpartition(-20)[-20:]

    name = "rank_bm25, top 20, no filters, no counts"
    return Contender(name=name, rows=rows, answer=answer, most=SLOW_QUESTIONS)


def search_table(*, rows: int, with_peers: bool = True) -> Result:
    """The table of ``docs/benchmarks.md``."""
    asked = questions(QUESTIONS)
    contenders = [*engine(rows), plain_full_text(rows), *(peers() if with_peers else [])]
    for request in questions(20, seed=11):
        contenders[1].answer(request)
    times = interleaved(contenders, asked)
    return Result(
        title=f"Search over {rows:,} listings, filtered, with counts",
        method=f"{QUESTIONS} questions, one after another in one process: {WORDLESS:.0%} without "
        "words, else one to three phrases of a listing; 60 % with a region and 35 % with one of "
        f"{len(KINDS)} kinds; nine facets counted, each ignoring its own filter. Every question "
        "goes to each contender before the next one. Peers answer less: words only. "
        "Processor time is what the two processes used; on a machine with other work the clock "
        "is longer. Bars: p50 5 ms, p95 50 ms. Milliseconds.",
        heads=["engine", "rows", "questions", *PERCENTILES, *(f"cpu {p}" for p in PERCENTILES)],
        rows=[
            [
                c.name,
                f"{c.rows:,}",
                str(len(times[c.name].clock)),
                *percentiles(times[c.name].clock),
                *percentiles(times[c.name].processor),
            ]
            for c in contenders
        ],
    )
