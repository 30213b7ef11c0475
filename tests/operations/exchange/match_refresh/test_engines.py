from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from silian.operations.exchange.commands.match_refresh import named_facts
from silian.operations.exchange.gateways import match_refresh_engines, match_refresh_expression
from silian.operations.exchange.gateways.match_refresh_engines import (
    DuckDBEngine,
    SparkEngine,
    match_engine,
)
from silian.operations.exchange.gateways.match_refresh_expression import FINEST
from silian.operations.exchange.gateways.match_refresh_files import ComparedListing, write_input
from silian.operations.exchange.rules.matching_facts import (
    is_telling,
    match_facts,
    rules_out,
    strength,
)
from tests.operations.exchange.match_refresh.market import (
    ANSWERS,
    made_listings,
    side_of,
    spark_cluster,
)

Row = tuple[int, ...]
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # five Java programs, seconds each


def pairs_of(engine, listings: list[ComparedListing], folder: Path) -> list[Row]:
    folder.mkdir(exist_ok=True)
    count = write_input(folder, listings=listings, counterparts=ANSWERS)
    return list(engine.pairs(folder, count=count))


def opposite(mine: ComparedListing, other: ComparedListing) -> bool:
    return (
        mine.side != other.side
        and mine.organisation != other.organisation
        and (mine.kind, other.kind) in ANSWERS
    )


def shared_points(mine: ComparedListing, other: ComparedListing) -> int:
    """Rare words most, then further majors and the same district."""
    rarity = sum(term % 1_000 for term in set(mine.terms) & set(other.terms))
    majors = len(set(mine.majors) & set(other.majors))
    return min(rarity, 800) + 8 * majors + 10 * (mine.division == other.division)


def test_the_refresh_finds_what_the_rules_find_with_the_same_facts_and_strength(tmp_path):
    listings = made_listings(110, seed=5)
    expected = {}
    for mine in listings:
        for other in listings:
            need, offer = side_of(mine), side_of(other)
            if not opposite(mine, other) or rules_out(need=need, offer=offer):
                continue
            facts = match_facts(need=need, offer=offer)
            met = {fact.code for fact in facts if fact.met}
            only_a_chain_far_away = met & {"occupation", "major", "terms", "place"} == set()
            if is_telling(facts) and not only_a_chain_far_away:
                named = tuple((fact.code, fact.met) for fact in facts)
                score = strength(facts) * FINEST + shared_points(mine, other)
                expected[mine.id, other.id] = (score, named)
    found = {
        (own, other): (score, named_facts(*facts))
        for own, other, score, *facts in pairs_of(DuckDBEngine(), listings, tmp_path)
    }
    assert len(expected) > 300
    assert found == expected


def test_the_best_are_kept_and_among_equals_who_published_first(tmp_path, monkeypatch):
    monkeypatch.setattr(match_refresh_expression, "MOST_HANDED_OVER", 2)
    need = dict(organisation=1, kind=0, side=0, occupation=6180101, chain=0, division=990101)
    need |= dict(city=9901, quantity=None, starts=None, ends=None, turn=0)
    listings = [ComparedListing(id=1, published=1, **need)]
    offer = {**need, "organisation": 2, "side": 1}
    for number, (published, occupation) in {
        2: (9, 6180101), 3: (5, 6180101), 4: (7, 6180101), 5: (1, 6180102),
    }.items():  # fmt: skip
        listings.append(
            ComparedListing(
                id=number, **{**offer, "published": published, "occupation": occupation}
            )
        )
    found = pairs_of(DuckDBEngine(), listings, tmp_path)
    assert [row[1] for row in found if row[0] == 1] == [3, 4]


def test_a_full_block_compares_others_by_turn(tmp_path, monkeypatch):
    monkeypatch.setattr(match_refresh_expression, "MOST_IN_BLOCK", 1)
    same = dict(kind=0, occupation=6180101, chain=0, division=990101, city=9901, published=1)
    same |= dict(quantity=None, starts=None, ends=None)
    need = ComparedListing(id=1, organisation=1, side=0, turn=0, **same)
    offers = [
        ComparedListing(id=number, organisation=2, side=1, turn=turn, **same)
        for number, turn in ((2, 50), (3, 10), (4, 30))
    ]
    found = pairs_of(DuckDBEngine(), [need, *offers], tmp_path)
    assert [row[1] for row in found if row[0] == 1] == [3]


def test_parts_worked_out_one_after_the_other_make_the_whole(tmp_path, monkeypatch):
    listings = made_listings(60, seed=6)
    whole = pairs_of(DuckDBEngine(), listings, tmp_path / "whole")
    monkeypatch.setattr(match_refresh_engines, "LISTINGS_AT_ONCE", 13)
    assert sorted(pairs_of(DuckDBEngine(), listings, tmp_path / "parts")) == whole


def test_an_address_names_its_engine():
    assert match_engine("") == match_engine("duckdb:") == DuckDBEngine()
    spark = match_engine("spark://10.0.0.5:7077?folder=/srv/shared")
    assert spark == SparkEngine(master="spark://10.0.0.5:7077", folder=Path("/srv/shared"))
    with pytest.raises(ValueError, match="no engine"):
        match_engine("mysql://x")


def require_spark():
    """``./test`` brings both in CI, elsewhere ``./test --spark``; where it cannot, it says so."""
    reasons = []
    if not find_spec("pyspark"):
        reasons.append("pyspark is not installed: ./test --spark brings it")
    if not shutil.which("java"):
        reasons.append("there is no java, which Spark runs on")
    if reasons:
        pytest.skip("; ".join(reasons))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_spark_with_two_workers_gives_the_same_rows_as_duckdb(tmp_path, monkeypatch):
    require_spark()
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", QUICK_START)
    listings = made_listings(200, seed=7)
    options = (
        ("spark.driver.host", "127.0.0.1"),
        ("spark.driver.bindAddress", "127.0.0.1"),
        ("spark.executor.memory", "512m"),
        ("spark.sql.shuffle.partitions", "2"),
    )
    with spark_cluster(tmp_path) as master:
        spark = SparkEngine(master=master, folder=tmp_path, options=options)
        by_spark = pairs_of(spark, listings, tmp_path / "spark")
    by_duckdb = pairs_of(DuckDBEngine(), listings, tmp_path / "duckdb")
    assert len(by_duckdb) > 600
    assert by_spark == by_duckdb
    workers = {log.parts[-4] for log in tmp_path.glob("w*/app-*/*/stderr")}
    assert workers == {"w1", "w2"}
