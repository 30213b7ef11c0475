"""The labels are complete, varied and about things that exist; the record is only added to."""

from __future__ import annotations

import subprocess
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from silian.operations.exchange.kinds import listing_kinds
from tests.relevance import judging

HERE = Path(__file__).parent
RECORDED = HERE / "recorded.toml"
PARTS = ("queries", "needs")


def recorded(text: str) -> list[dict[str, Any]]:
    return tomllib.loads(text).get("recorded", [])


def test_there_are_enough_questions_over_all_kinds() -> None:
    assert len(judging.queries()) + len(judging.needs()) >= 150
    kinds = {listing.kind for listing in judging.listings().values()}
    assert kinds == set(listing_kinds())
    hard = Counter(query.hard for query in judging.queries())
    assert all(hard[name] >= 4 for name in ("别名", "同义", "方向", "地区", "近邻", "缩写", "错字",
                                            "拼音", "混淆"))  # fmt: skip


def test_every_question_names_what_exists_and_has_an_answer() -> None:
    rows = list(judging.listings().values())
    known = {row.trade for row in rows} | {row.subject for row in rows}
    for query in judging.queries():
        assert known >= {*query.work, *query.about}, query.words
        assert max(judging.query_grade(query, row) for row in rows) >= 2, query.words
    for need in judging.needs():
        assert max(judging.need_grade(need, row) for row in rows) >= 2, need.listing


def test_no_question_stands_twice() -> None:
    words = Counter(query.words for query in judging.queries())
    needs = Counter(need.listing for need in judging.needs())
    assert not [one for one, count in (words + needs).items() if count > 1]


@pytest.mark.parametrize(
    ("words", "title", "grade"),
    [
        ("数控车工", "数控机床销售代表", 0),
        ("数控车工", "CNC 车床操作员", 3),
        ("求租无心磨床", "无心磨床开放共享", 0),
        ("护理床出租", "护理床短期出租", 3),
    ],
)
def test_the_rules_judge_as_the_guide_says(words: str, title: str, grade: int) -> None:
    query = next(one for one in judging.queries() if one.words == words)
    found = [row for row in judging.listings().values() if row.title.startswith(title)]
    assert found
    assert {judging.query_grade(query, row) for row in found} == {grade}


def test_the_measure_is_one_for_the_best_order_and_less_for_any_other() -> None:
    assert judging.ndcg([3, 2, 1], possible=[1, 2, 3, 0]) == 1
    assert 0 < judging.ndcg([0, 3], possible=[3]) < 1
    assert judging.ndcg([], possible=[3]) == 0


def test_the_last_record_is_of_this_set_and_none_of_a_set_falls() -> None:
    rows = recorded(RECORDED.read_text(encoding="utf-8"))
    assert rows[-1]["set"] == judging.fingerprint(), "换了题：在 recorded.toml 末尾另起一条"
    for earlier, later in pairwise(rows):
        assert later["why"]
        if earlier["set"] == later["set"]:
            assert all(later[part] >= earlier[part] for part in PARTS)


def test_the_record_is_only_added_to() -> None:
    """Every version that the history knows is a beginning of the present one."""
    present = recorded(RECORDED.read_text(encoding="utf-8"))
    commits = history("log", "--format=%H", "--", RECORDED.name).split()
    for commit in commits:
        earlier = recorded(history("show", f"{commit}:./{RECORDED.name}"))
        assert present[: len(earlier)] == earlier


def history(*command: str) -> str:
    """What git says; nothing where there is no history, as in an unpacked release."""
    done = subprocess.run(
        ["git", *command], cwd=HERE, capture_output=True, text=True, check=False, timeout=20
    )
    return done.stdout if done.returncode == 0 else ""
