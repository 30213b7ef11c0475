"""``python -m bench``: measure everything, print the tables, write docs/benchmarks.md."""

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
ENGINE_BENCHES = (
    "engines/bench/matching.py",
    "engines/bench/policy_documents.py",
    "engines/bench/policy_rules.py",
    "engines/bench/assignment.py",
)


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
    for script in ENGINE_BENCHES:
        done = subprocess.run(
            [sys.executable, script], cwd=ROOT, capture_output=True, text=True, check=False
        )
        texts.append(f"## `{script}`\n\n```\n{done.stdout.strip()}\n```\n")
    return texts


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rows", type=int, default=200_000, help="number of listings")
    options = parser.parse_args()
    facts = machine_facts()
    prepare_database()
    results = build_city(options.rows)
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
