"""How long the nightly refresh computes: ``python -m bench.match_refresh [--listings 200000]``.

Made-up listings, numbers only: a few trades hold most of them, as in life. Reading them from the
database and storing the result are not measured here.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.report import Result, machine_facts
from silian.operations.exchange.gateways.match_refresh_engines import DuckDBEngine, MatchEngine
from silian.operations.exchange.gateways.match_refresh_files import ComparedListing, write_input
from silian.operations.exchange.rules.trade_terms import RARITY_DIGITS

TRADES, WORDS, CITIES, KINDS = 330, 2_000, 20, 18
COUNTERPARTS = [
    (kind, other % KINDS) for kind in range(KINDS) for other in (kind, kind + 1, kind - 1, kind + 5)
]


def made_listings(count: int, *, seed: int = 1) -> Iterator[ComparedListing]:
    """Listings in trades of very different size; a quarter names no occupation."""
    chance = random.Random(seed)

    def skewed(most: int) -> int:
        return int(most ** chance.random())

    for number in range(1, count + 1):
        trade, city = skewed(TRADES), 9901 + chance.randrange(CITIES)
        starts = 739_000 + chance.randrange(400) if chance.random() < 0.5 else None
        own_words = {trade * 10 + chance.randrange(10) for _ in range(chance.randint(1, 3))}
        text_words = {20_000 + trade * 20 + chance.randrange(20) for _ in range(6)}
        yield ComparedListing(
            id=number,
            organisation=chance.randrange(max(2, count // 12)),
            kind=chance.randrange(KINDS),
            side=chance.randrange(2),
            occupation=(6_000_000 + trade * 100 + chance.randint(1, 5))
            if chance.random() < 0.75
            else 0,
            chain=chance.randint(1, 11) if chance.random() < 0.6 else 0,
            division=city * 100 + chance.randint(1, 9),
            city=city,
            quantity=chance.randint(1, 80) if chance.random() < 0.7 else None,
            starts=starts,
            ends=starts + 90 if starts else None,
            published=739_000 + chance.randrange(400),
            turn=(number * 2_654_435_761) % 2**32,
            majors=sorted({trade * 3 + chance.randrange(6) for _ in range(chance.randrange(4))}),
            terms=[
                word * RARITY_DIGITS + 100 + word % 400
                for word in sorted({*own_words, *text_words, 10_000 + skewed(WORDS)})
            ],
        )


def measured(engine: MatchEngine, *, count: int) -> list[str]:
    """One computation: pairs found, seconds, processor seconds of this process, its memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_input(folder, listings=made_listings(count), counterparts=COUNTERPARTS)
        started, used = time.monotonic(), time.process_time()
        pairs = sum(1 for _ in engine.pairs(folder, count=count))
    seconds, used = time.monotonic() - started, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [f"{count:,}", f"{pairs:,}", f"{seconds:.0f}", f"{used:.0f}", f"{memory:,.0f}"]


def refresh_speed(*, listings: int) -> Result:
    return Result(
        title="Nightly refresh of recommendations",
        method="`python -m bench.match_refresh`: the expression on DuckDB, files in, pairs out. "
        "Spark gives the same rows (a test, real master and two workers on one host); throughput "
        "of a cluster is not claimed.",
        heads=["listings", "pairs", "seconds", "processor seconds", "MB at most"],
        rows=[measured(DuckDBEngine(), count=listings)],
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.match_refresh")
    parser.add_argument("--listings", type=int, default=200_000)
    options = parser.parse_args()
    print(machine_facts())
    print(refresh_speed(listings=options.listings).markdown())


if __name__ == "__main__":
    main()
