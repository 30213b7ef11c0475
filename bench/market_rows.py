"""A million made-up listings for measuring search, straight into the index by COPY.

Words follow the trades: an occupation gives its own words and those of its neighbours, general
terms stand everywhere. Texts are put together from phrases cut beforehand, so that a million rows
take minutes; every row goes through the product's own documents, vectors and records.
"""

from __future__ import annotations

import csv
import datetime
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from silian_engines.matching.segmentation import VOCABULARY, index_tokens

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "silian" / "foundation" / "reference" / "data"
NOW = datetime.datetime(2026, 11, 20, 8, tzinfo=datetime.UTC)
KINDS = (
    "job", "internship", "course_package", "technical_problem", "equipment_hours", "order_class",
    "teacher_mentor", "research_result", "training_places", "technical_service", "venue",
    "apprenticeship", "graduate_cohort", "cooperation", "integration_service", "finance_product",
    "demonstration_project", "training",
)  # fmt: skip
LEVELS = ("中职", "高职专科", "本科", "研究生", "")
CHAINS = ("", "新能源汽车", "先进制造", "电子信息", "现代食品", "生物医药", "新材料", "文化旅游")
MARKS = ("", "急招", "长期合作", "校企共建", "2026 届", "带薪", "可住宿")
COMPANIES = 60_000
OWN_PHRASES, GENERAL_PHRASES = 18, 8


@dataclass(kw_only=True)
class Market:
    """Draws listings, the same from the same seed."""

    seed: int = 1
    rng: random.Random = field(init=False)
    trades: list[tuple[str, str]] = field(init=False)
    near: dict[str, list[str]] = field(init=False)
    general: list[str] = field(init=False)
    regions: list[list[str]] = field(init=False)
    industries: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.trades, self.near = trades()
        self.rng.shuffle(self.trades)
        lines = (VOCABULARY / "domain_terms.txt").read_text().splitlines()
        self.general = [word for line in lines if line[0] != "#" for word in line.split()]
        self.regions, self.industries = region_paths(), industry_paths()
        self.rng.shuffle(self.regions)
        self.rng.shuffle(self.industries)

    def skewed(self, size: int) -> int:
        """A place in a list of which the first are chosen most, about by Zipf's law."""
        return min(int(size ** self.rng.random()) - 1, size - 1)

    def phrases(self) -> tuple[str, str, str, list[str]]:
        """Occupation, its name, title and the phrases of the text."""
        code, name = self.trades[self.skewed(len(self.trades))]
        near = self.near[code[:4]]
        own = [near[self.skewed(len(near))] for _ in range(OWN_PHRASES)]
        general = self.rng.choices(self.general, k=GENERAL_PHRASES)
        mark = self.rng.choice(MARKS)
        return code, name, f"{mark} {name} {own[0]}", own + general

    def facts(self, code: str) -> tuple[dict[str, tuple[str, ...]], object]:
        """The filters and the facts of one listing."""
        from silian.foundation.kernel.search.documents import Facts

        rng = self.rng
        filters = {
            "visibility": ("public",) if rng.random() < 0.9 else ("members",),
            "kind": (KINDS[self.skewed(len(KINDS))],),
            "side": ("demand",) if rng.random() < 0.6 else ("supply",),
            "division": tuple(self.regions[self.skewed(len(self.regions))]),
            "chain": tuple(filter(None, [rng.choice(CHAINS)])),
            "industry": tuple(self.industries[self.skewed(len(self.industries))]),
            "occupation": tuple(occupation_path(code)),
            "level": tuple(filter(None, [rng.choice(LEVELS)])),
            "verified": ("yes",) if rng.random() < 0.97 else ("no",),
            "organisation": (str(rng.randrange(COMPANIES)),),
        }
        day = datetime.date(2026, 9, 1) + datetime.timedelta(days=rng.randrange(365))
        facts = Facts(
            published_at=NOW - datetime.timedelta(minutes=rng.randrange(400_000)),
            pay=Decimal(rng.randrange(30, 200) * 100) if rng.random() < 0.7 else None,
            starts_on=day if rng.random() < 0.6 else None,
        )
        return filters, facts


@lru_cache(maxsize=100_000)
def tokens(phrase: str) -> tuple[str, ...]:
    return index_tokens(phrase)


def documents(market: Market, *, rows: int) -> Iterator[object]:
    """The documents of the listings."""
    from silian.foundation.kernel.search.documents import SearchDocument

    for number in range(1, rows + 1):
        code, name, title, words = market.phrases()
        filters, facts = market.facts(code)
        company = tokens(f"青澜{filters['organisation'][0]}号企业")
        yield SearchDocument(
            subject="listing",
            object_id=number,
            title=[word for part in title.split() for word in tokens(part)],
            names=[*company, *tokens(name), *tokens(filters["kind"][0])],
            body=[word for phrase in words for word in tokens(phrase)],
            filters=filters,
            facts=facts,
        )


def trades() -> tuple[list[tuple[str, str]], dict[str, list[str]]]:
    """Occupations by code, and for each middle group the words of its members."""
    found, near = [], defaultdict(list)
    for line in (VOCABULARY / "occupations_2022.txt").read_text().splitlines():
        parts = line.split("\t")
        if line.startswith("#") or len(parts) < 3:
            continue
        near[parts[0][:4]].append(parts[1])
        if parts[2] == "4":
            found.append((parts[0], parts[1]))
    for path in sorted(VOCABULARY.glob("skills_*.txt")):
        group: list[str] = []
        for line in path.read_text().splitlines():
            if line.startswith("["):
                group = [code[:4] for code in line.strip("[]").split()[1:]]
            elif line and line[0] != "#":
                for code in group:
                    near[code] += [name for skill in line.split() for name in skill.split("=")]
    return found, near


def occupation_path(code: str) -> list[str]:
    """A large class, its middle and small groups, and the occupation: 6-18-01-07."""
    parts = code.split("-")
    return ["-".join(parts[:end] + ["00"] * (4 - end)) for end in range(1, 5)]


def region_paths() -> list[list[str]]:
    """The counties of three provinces with their cities and provinces."""
    from silian.foundation.kernel.search.documents import division_path

    with (REFERENCE / "divisions.csv").open() as file:
        codes = [row["code"] for row in csv.DictReader(file) if row["level"] == "3"]
    return [division_path(code) for code in codes if code[:2] in {"41", "61", "14"}]


def industry_paths() -> list[list[str]]:
    """Industries of two levels with their sections."""
    with (REFERENCE / "industries.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if len(row["code"]) > 1]
    return [[row["section"], row["code"]] for row in rows]
