"""Rows and nodes of a definition are added, changed, moved and removed; the old one stays."""

from __future__ import annotations

from typing import Any

from silian.casework.reviews.rules import definition_edits as edits
from silian.casework.reviews.rules.definition import definition_of
from silian.casework.reviews.rules.definition_differences import definition_differences
from tests.casework.reviews.stage_schemes import sound

ROWS = [{"code": code, "label": code} for code in ("a", "b", "c")]


def codes(data: dict[str, Any], part: str = "form") -> list[str]:
    return [row["code"] for row in edits.rows_of(data, part)]


def test_rows_move_up_and_down_and_stop_at_the_ends() -> None:
    data = {"form": ROWS}
    assert codes(edits.with_row_moved(data, "form", "c", by=-1)) == ["a", "c", "b"]
    assert codes(edits.with_row_moved(data, "form", "a", by=-1)) == ["a", "b", "c"]
    assert codes(edits.with_row_moved(data, "form", "none", by=1)) == ["a", "b", "c"]
    assert codes(data) == ["a", "b", "c"]


def test_a_row_takes_the_place_of_another_or_comes_last() -> None:
    data = {"form": ROWS}
    new = {"code": "x", "label": "新"}
    assert codes(edits.with_row(data, "form", new, instead_of="b")) == ["a", "x", "c"]
    assert codes(edits.with_row(data, "form", new)) == ["a", "b", "c", "x"]
    assert codes(edits.without_row(data, "form", "b")) == ["a", "c"]


def test_lists_of_the_consequence_start_empty() -> None:
    changed = edits.with_row({}, "duties", {"code": "d"})
    assert changed == {"consequence": {"duties": [{"code": "d"}]}}


def nodes(data: dict[str, Any]) -> list[tuple[int, str]]:
    return [(depth, node["code"]) for _, depth, _, node in edits.nodes_in(data)]


def test_a_tree_grows_changes_and_loses_its_nodes() -> None:
    root = {"code": "root", "label": "条件", "kind": "all_of"}
    data = edits.with_child({}, root, parent="gateway")
    for code in ("one", "two"):
        data = edits.with_child(data, {"code": code, "label": code}, parent="root")
    assert nodes(data) == [(0, "root"), (1, "one"), (1, "two")]
    data = edits.with_node(
        data, {"code": "base", "label": "新", "kind": "any_of"}, instead_of="root"
    )
    assert nodes(data) == [(0, "base"), (1, "one"), (1, "two")]
    data = edits.with_node_moved(data, "two", by=-1)
    assert nodes(data) == [(0, "base"), (1, "two"), (1, "one")]
    assert nodes(edits.without_node(data, "two")) == [(0, "base"), (1, "one")]
    assert edits.without_node(data, "base")["gateway"] is None


def test_every_difference_is_named_with_before_and_after() -> None:
    before = sound()
    after = edits.with_row(
        before,
        "parameters",
        {"code": "interns", "label": "人次", "value": "80", "unit": "人次", "basis": "第五条"},
        instead_of="interns",
    )
    after = edits.with_row(after, "form", {"code": "extra", "label": "补充说明"})
    after = {**after, "procedure": {**after["procedure"], "notice_days": "5"}}
    rows = definition_differences(definition_of(before), definition_of(after))
    assert [(row.part, row.place, row.before, row.after) for row in rows] == [
        ("参数", "人次 › 数值", "60", "80"),
        ("申报表", "补充说明", "", "新增"),
        (
            "指标",
            "近三年接收实习 › 评分方法",
            "达到即满足：不低于 60 人次",
            "达到即满足：不低于 80 人次",
        ),
        ("评审程序", "公示期", "7", "5"),
    ]
