"""What reading a posting finds, and how often it holds."""

import csv
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ENGINES = Path(__file__).resolve().parents[1]
SHARED = ENGINES.parents[1] / "shared" / "data"
sys.path.insert(0, str(ENGINES))

from silian_engines.matching.field_parsing.levels import (  # noqa: E402
    parse_education,
    parse_experience,
)
from silian_engines.matching.posting_reading.reading import (  # noqa: E402
    ReadPosting,
    read_postings,
)
from silian_engines.matching.posting_reading.skills import skills_found  # noqa: E402
from silian_engines.matching.posting_reading.vocabulary import (  # noqa: E402
    skill_of_form,
    skills,
)

Row = dict[str, str]
SHORTEST_TEXT = 80


def rows_of(name: str) -> list[Row]:
    with (SHARED / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def education_line(rows: Sequence[Row], read: Sequence[ReadPosting]) -> str:
    """How often the education read from the text is that of the column."""
    pairs = [
        (column.level, posting.education)
        for row, posting in zip(rows, read, strict=True)
        if row["education"].strip() and (column := parse_education(row["education"])).level
    ]
    told = [(level, found) for level, found in pairs if found]
    right = sum(int(level) == found.value for level, found in told)
    return (
        f"| education as in the column | {len(pairs):,} | {len(told):,} | {right / len(told):.1%} |"
    )


def years_line(rows: Sequence[Row], read: Sequence[ReadPosting]) -> str:
    """How often the years read from the text lie in the column's range."""
    told = right = asked = 0
    for row, posting in zip(rows, read, strict=True):
        column = parse_experience(row["experience"])
        if not row["experience"].strip() or column.problem:
            continue
        asked += 1
        if posting.years:
            told += 1
            most = column.maximum if column.maximum is not None else posting.years.value
            right += column.minimum <= posting.years.value <= max(most, column.minimum)
    return f"| years in the column's range | {asked:,} | {told:,} | {right / told:.1%} |"


def group_line(labelled: Sequence[Row]) -> str:
    """How often a skill in a title of any trade belongs to the labelled occupation."""
    told = right = 0
    for row in labelled:
        found = [f.skill for f in skills_found(row["job_title"]) if not f.skill.is_general]
        told += bool(found)
        right += any(skill.belongs_to(row["csco_code"]) for skill in found)
    return f"| skill serves its occupation | {len(labelled):,} | {told:,} | {right / told:.1%} |"


def main() -> None:
    rows = [r for r in rows_of("jobs/postings_a.csv") if len(r["description"]) > SHORTEST_TEXT]
    started = time.perf_counter()
    read = read_postings(
        titles=[row["title"] for row in rows], texts=[row["description"] for row in rows]
    )
    seconds = time.perf_counter() - started
    found = [len(posting.skills) for posting in read]
    print(f"{len(skills()):,} skills, {len(skill_of_form()):,} spellings")
    print(
        f"{len(rows):,} postings with text in {seconds:.1f} s: {len(rows) / seconds:,.0f} a second"
    )
    share = sum(map(bool, found)) / len(found)
    print(f"{sum(found) / len(found):.1f} skills each; {share:.1%} have one")
    print("\n| what | asked | read | holds |\n|---|---|---|---|")
    print(education_line(rows, read))
    print(years_line(rows, read))
    print(group_line(rows_of("jobs/job_titles_to_csco_a.csv")))


if __name__ == "__main__":
    main()
