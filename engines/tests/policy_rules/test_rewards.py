"""Rows that say which result leads to which reward: complete and with a clause."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from silian_engines.policy_rules.errors import RulebookFault
from silian_engines.policy_rules.jurisdictions import load_jurisdiction
from silian_engines.policy_rules.reading import RULEBOOKS, folders
from silian_engines.policy_rules.rewards import (
    RESTRICTION,
    REWARD_MEASURES,
    reward_rules,
    rewards_in,
)

ON = date(2026, 3, 18)
CLAUSES = {
    "530300": {"一（三）2", "二（一）2", "三（二）", "二（五）4"},
    "500154": {"15", "22", "24", "9"},
    "520000": {"四（五）", "五（一）", "五（二）"},
    "620200": {"（二十一）", "（十一）"},
    "411200": {"二（二）", "五（三）", "六（一）", "六（二）", "三（三）", "三（四）"},
}
ROW = """
[defaults]
document = "某发〔2020〕1号"
valid_from = 2020-01-01
evidence = "P4"
review_by = 2027-06-30
[[{effect}]]
id = "one"
title = "某项"
measure = "{measure}"
sources = ["{source}"]
subjects = ["school"]
condition = "条件未设定"
force = "{force}"
clause = "{clause}"
"""


@pytest.mark.parametrize("code", CLAUSES)
def test_each_of_the_five_policies_names_its_clauses(code: str) -> None:
    own = [each for each in reward_rules(jurisdiction=code, on=ON) if each.jurisdiction == code]
    assert {each.clause for each in own} == CLAUSES[code]
    book = load_jurisdiction(code=code)
    paths = {task.path for task in book.tasks}
    assert all(each.clause in paths for each in own)
    assert {each.document for each in own} == {book.document.number}


def test_every_measure_of_the_mechanism_has_a_row_somewhere() -> None:
    found = {each.measure for code in CLAUSES for each in reward_rules(jurisdiction=code, on=ON)}
    assert set(REWARD_MEASURES) <= found


def test_a_county_follows_its_city_and_a_day_before_the_document_has_none() -> None:
    assert reward_rules(jurisdiction="411221", on=ON) == reward_rules(jurisdiction="411200", on=ON)
    assert reward_rules(jurisdiction="411200", on=date(2020, 1, 1)) == ()


def test_restrictions_bind_and_amounts_that_nobody_set_are_unset() -> None:
    rows = [each for code in CLAUSES for each in reward_rules(jurisdiction=code, on=ON)]
    assert all(not each.is_soft for each in rows if each.effect == RESTRICTION)
    assert {each.amount for each in rows} == {"", "未设定"}


def test_every_file_is_read_and_reviewed_in_time() -> None:
    known = folders(folder=RULEBOOKS)
    rows = [
        row
        for code, (_, folder) in known.items()
        for row in rewards_in(folder=folder, jurisdiction=code)
    ]
    assert len(rows) > 40
    today = date.today()  # noqa: DTZ011
    assert all(row.review_by > today for row in rows)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"clause": ""}, "缺少 clause"),
        ({"source": "rumour"}, "来源“rumour”不认识"),
        ({"measure": "gift"}, "事项“gift”不认识"),
        ({"force": "maybe"}, "力度不认识"),
        (
            {"effect": "restriction", "measure": "apply_suspended", "force": "encouraged"},
            "软性规定只形成差距",
        ),
    ],
)
def test_a_faulty_row_is_refused(tmp_path: Path, changed: dict[str, str], sentence: str) -> None:
    shutil.copy(RULEBOOKS / "index.toml", tmp_path)
    values = {
        "effect": "reward",
        "measure": "plaque",
        "source": "project",
        "force": "mandatory",
        "clause": "一",
        **changed,
    }
    (tmp_path / "rewards.toml").write_text(ROW.format(**values), encoding="utf-8")
    with pytest.raises(RulebookFault, match=sentence):
        rewards_in(folder=tmp_path, jurisdiction="411200")
