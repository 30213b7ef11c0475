"""Speed and scores of the matching engine: `python engines/bench/matching.py [--scores]`."""

import argparse
import csv
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ENGINES = Path(__file__).resolve().parents[1]
SHARED = ENGINES.parents[1] / "shared" / "data"
sys.path.insert(0, str(ENGINES))

from silian_engines.matching.duplicates import PostingFacts, duplicate_groups  # noqa: E402
from silian_engines.matching.field_parsing.postings import parse_posting  # noqa: E402
from silian_engines.matching.field_parsing.regions import DivisionTable  # noqa: E402
from silian_engines.matching.listing_checks.checking import listing_findings  # noqa: E402
from silian_engines.matching.listing_checks.findings import ListingKind, Severity  # noqa: E402
from silian_engines.matching.occupation_coding import code_titles  # noqa: E402
from silian_engines.matching.occupation_training import (  # noqa: E402
    cross_validated,
    labelled_titles,
)
from silian_engines.matching.segmentation import index_tokens  # noqa: E402

Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    with (SHARED / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def print_speed(name: str, count: int, work: Callable[[], Any]) -> None:
    """Best of three runs, rows a second."""
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    print(f"| {name} | {count:,} | {count / min(seconds):,.0f} | {count / max(seconds):,.0f} |")


def start_seconds() -> float:
    program = (
        "from silian_engines.matching.occupation_coding import code_title as c; c(title='车工')"
    )
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], cwd=ENGINES, check=True)
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def speed_table(postings: Sequence[Row], divisions: DivisionTable) -> None:
    titles = list({row["title"] for row in postings})
    titles = [f"{title}{number}" for number in range(5) for title in titles]
    facts = [
        PostingFacts(r["id"], r["company"], r["title"], r["city"], r["description"])
        for r in postings
    ]
    today = date(2026, 11, 22)
    print("\n| what | rows | rows/s best | rows/s worst |\n|---|---|---|---|")
    print_speed(
        "occupation coding, all titles new once", len(titles), lambda: code_titles(titles=titles)
    )
    print_speed(
        "fields of a posting",
        len(postings) * 5,
        lambda: [parse_posting(row=r, divisions=divisions, today=today) for r in [*postings] * 5],
    )
    print_speed(
        "listing checks, title and full text",
        len(postings),
        lambda: [
            listing_findings(kind=ListingKind.JOB, title=r["title"], text=r["description"])
            for r in postings
        ],
    )
    print_speed("duplicates", len(facts), lambda: duplicate_groups(postings=facts))
    sample = [r["title"] + r["description"] for r in postings[:2000]]
    print_speed("index tokens of full texts", len(sample), lambda: list(map(index_tokens, sample)))
    print(f"\nImport, load the model and code one title: {start_seconds():.2f} s")


def import_table(postings: Sequence[Row], divisions: DivisionTable) -> None:
    today = date(2026, 11, 22)
    parsed = [parse_posting(row=r, divisions=divisions, today=today) for r in postings]
    total = len(parsed)
    print("\n| import of postings_a.csv | share |\n|---|---|")
    print(f"| with a region | {sum(bool(p.region.code) for p in parsed) / total:.2%} |")
    unplaced = sum(p.region.unplaced for p in parsed)
    print(f"| without a fixed place (异地招聘) | {unplaced / total:.2%} |")
    print(f"| refused | {sum(p.refused for p in parsed) / total:.2%} |")


def alarm_table(postings: Sequence[Row]) -> None:
    alarms: dict[tuple[str, Severity], int] = {}
    for row in postings:
        findings = listing_findings(
            kind=ListingKind.STUDENT_INTERNSHIP, title=row["title"], text=row["description"]
        )
        for key in {(f.code, f.severity) for f in findings}:
            alarms[key] = alarms.get(key, 0) + 1
    print("\n| rule | severity | share of postings |\n|---|---|---|")
    for (code, severity), count in sorted(alarms.items()):
        print(f"| {code} | {severity} | {count / len(postings):.2%} |")


def score_table() -> None:
    labels = labelled_titles(path=SHARED / "jobs" / "job_titles_to_csco_a.csv")
    print("\n| five-fold cross-validation | titles | 大类 | 细类 | first three |")
    print("|---|---|---|---|---|")
    for name, grouped in (("near-duplicates in one fold", True), ("random", False)):
        score = cross_validated(labels=labels, grouped=grouped)
        print(
            f"| {name} | {score.titles:,} | {score.major_group:.3f} | {score.full_code:.3f} "
            f"| {score.among_first_three:.3f} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scores", action="store_true", help="also cross-validate (minutes)")
    arguments = parser.parse_args()
    postings = rows_of("jobs/postings_a.csv")
    divisions = DivisionTable(
        rows=[(r["code"], r["name"]) for r in rows_of("reference/divisions_stats_2023.csv")],
        older_rows=[
            (r["code"], r["name"]) for r in rows_of("reference/divisions_gb2260_mca_201904.csv")
        ],
    )
    speed_table(postings, divisions)
    import_table(postings, divisions)
    alarm_table(postings)
    if arguments.scores:
        score_table()


if __name__ == "__main__":
    main()
