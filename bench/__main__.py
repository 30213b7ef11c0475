"""``python -m bench``: measure everything, print the tables, write docs/benchmarks.md.

``python -m bench search`` measures the search alone and prints its table,
``python -m bench recommendation`` the recommendation.
"""

from __future__ import annotations

import argparse
import datetime
import os
import subprocess
import sys
from pathlib import Path

import psycopg

from bench.report import Result, machine_facts
from config.embedded_postgres import EmbeddedPostgres

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "silian_bench"
CITY_ROWS = 200_000
SEARCH_ROWS = 1_000_000
ENGINE_BENCHES = (
    "engines/bench/matching.py",
    "engines/bench/policy_documents.py",
    "engines/bench/policy_rules.py",
    "engines/bench/assignment.py",
)
RECOMMENDATION = "engines/bench/recommendation.py"
# An interpreter that has bench/requirements-peers.txt; without it the tables say what is missing.
WITH_PEERS = os.environ.get("SILIAN_BENCH_PYTHON", sys.executable)


def prepare_database() -> None:
    """A fresh database with the demonstration city, in a cluster of its own."""
    url = EmbeddedPostgres(folder=ROOT / "var" / "bench-postgres").ensure()
    base = url.rsplit("/", 1)[0]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    os.environ["DATABASE_URL"] = f"{base}/{DATABASE}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    os.environ["SILIAN_DATA_FOLDER"] = str(ROOT / "var" / "bench")
    os.environ["SILIAN_LOG_LEVEL"] = "ERROR"


def build_city(rows: int) -> list[Result]:
    import time

    import django
    from django.core.management import call_command

    from bench.listings import multiply_listings

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("reference", "load", if_empty=True)
    started = time.monotonic()
    call_command("demo")
    seconds = time.monotonic() - started
    multiply_listings(rows)
    city = Result(
        title="Demonstration city",
        method="`silian demo` at scale 1: about 680 organisations, 20,000 people, 3,000 listings, "
        "1,400 negotiations. Bar: 60 seconds.",
        heads=["scale", "seconds"],
        rows=[["1", f"{seconds:.1f}"]],
    )
    return [city]


def engine_tables() -> list[str]:
    """What the engines' own benches print."""
    texts = []
    interpreters = {script: sys.executable for script in ENGINE_BENCHES}
    interpreters[RECOMMENDATION] = WITH_PEERS
    for script, python in interpreters.items():
        done = subprocess.run(
            [python, script], cwd=ROOT, capture_output=True, text=True, check=False
        )
        texts.append(f"## `{script}`\n\n```\n{done.stdout.strip()}\n```\n")
    return texts


def peer_packages() -> list[str]:
    """Where the peers are installed, to be looked up after our own packages."""
    if sys.executable == WITH_PEERS:
        return []
    script = "import site; print('\\n'.join(site.getsitepackages()))"
    done = subprocess.run([WITH_PEERS, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.split()


def search_alone(rows: int) -> int:
    """The search bench in a fresh database that holds nothing but its index."""
    import django
    from django.core.management import call_command

    from bench.search import search_table
    from bench.search_index import fill

    prepare_database()
    django.setup()
    sys.path += peer_packages()
    call_command("migrate", interactive=False, verbosity=0)
    seconds = fill(rows)
    print(machine_facts())
    print(", ".join(f"{name} {value:.0f} s" for name, value in seconds.items()))
    print(search_table(rows=rows).markdown())
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument(
        "part", nargs="?", choices=["all", "search", "recommendation"], default="all"
    )
    parser.add_argument("--rows", type=int, help="number of listings")
    options = parser.parse_args()
    if options.part == "recommendation":
        return subprocess.call([WITH_PEERS, RECOMMENDATION], cwd=ROOT)
    if options.part == "search":
        return search_alone(options.rows or SEARCH_ROWS)
    facts = machine_facts()
    prepare_database()
    results = build_city(options.rows or CITY_ROWS)
    from bench import listings

    results += [listings.import_rate(), listings.search_speed(), listings.page_speed()]
    parts = [result.markdown() for result in results] + engine_tables()
    today = datetime.datetime.now(tz=datetime.UTC).date()
    head = f"# Benchmarks\n\nMeasured on {today} by `python -m bench`: {facts}\n"
    text = "\n".join([head, *parts])
    (ROOT / "docs" / "benchmarks.md").write_text(text)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
