"""Changes to a definition as it is kept, one row or node at a time (修改方案).

Every function gives a new definition and leaves the old one as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

Data = dict[str, Any]
PLACES: dict[str, tuple[str, ...]] = {
    "parameters": ("parameters",),
    "form": ("form",),
    "levels": ("procedure", "levels"),
    "duties": ("consequence", "duties"),
    "exits": ("consequence", "exits"),
    "benefits": ("consequence", "benefits"),
}
TREES = ("gateway", "scored")


def rows_of(data: Mapping[str, Any], part: str) -> list[Data]:
    """The rows of a list of the definition, in order."""
    at: Any = data
    for name in PLACES[part]:
        at = at.get(name) or ({} if name != PLACES[part][-1] else [])
    return list(at)


def with_rows(data: Mapping[str, Any], part: str, rows: Sequence[Data]) -> Data:
    changed = deepcopy(dict(data))
    at = changed
    for name in PLACES[part][:-1]:
        at = at.setdefault(name, {})
    at[PLACES[part][-1]] = list(rows)
    return changed


def row_named(data: Mapping[str, Any], part: str, code: str) -> Data | None:
    return next((row for row in rows_of(data, part) if row.get("code") == code), None)


def with_row(data: Mapping[str, Any], part: str, row: Data, *, instead_of: str = "") -> Data:
    """The row in place of another one, or at the end."""
    rows = rows_of(data, part)
    codes = [held.get("code") for held in rows]
    if instead_of in codes:
        rows[codes.index(instead_of)] = row
    else:
        rows.append(row)
    return with_rows(data, part, rows)


def without_row(data: Mapping[str, Any], part: str, code: str) -> Data:
    return with_rows(data, part, [row for row in rows_of(data, part) if row.get("code") != code])


def with_row_moved(data: Mapping[str, Any], part: str, code: str, *, by: int) -> Data:
    return with_rows(data, part, moved(rows_of(data, part), code, by=by))


def moved(rows: Sequence[Data], code: str, *, by: int) -> list[Data]:
    """The rows with one of them a place up or down; at the end it stays."""
    kept = list(rows)
    codes = [row.get("code") for row in kept]
    if code not in codes:
        return kept
    at = codes.index(code)
    to = max(0, min(at + by, len(kept) - 1))
    kept.insert(to, kept.pop(at))
    return kept


def nodes_in(data: Mapping[str, Any]) -> Iterator[tuple[str, int, str, Data]]:
    """Every node of both trees: tree, depth, code of its parent, node."""
    for tree in TREES:
        if data.get(tree):
            for depth, parent, node in walked(data[tree]):
                yield tree, depth, parent, node


def walked(node: Data, depth: int = 0, parent: str = "") -> Iterator[tuple[int, str, Data]]:
    yield depth, parent, node
    for child in node.get("children") or []:
        yield from walked(child, depth + 1, node["code"])


def node_named(data: Mapping[str, Any], code: str) -> Data | None:
    return next((node for *_, node in nodes_in(data) if node["code"] == code), None)


def with_node(data: Mapping[str, Any], node: Data, *, instead_of: str) -> Data:
    """The node in place of another one; the children stay below it."""
    return changed_trees(data, lambda held: merged(held, node, instead_of))


def merged(held: Data, node: Data, instead_of: str) -> Data:
    if held["code"] != instead_of:
        return held
    kept = {"children": held["children"]} if held.get("children") else {}
    return {**node, **kept}


def with_child(data: Mapping[str, Any], node: Data, *, parent: str) -> Data:
    """The node as the last one below a group; a tree that is empty starts with it."""
    if parent in TREES and not data.get(parent):
        return {**deepcopy(dict(data)), parent: node}

    def grown(held: Data) -> Data:
        if held["code"] != parent:
            return held
        return {**held, "children": [*(held.get("children") or []), node]}

    return changed_trees(data, grown)


def without_node(data: Mapping[str, Any], code: str) -> Data:
    """Without a node and all below it; without its root a tree is gone."""
    kept = deepcopy(dict(data))
    for tree in TREES:
        if (kept.get(tree) or {}).get("code") == code:
            kept[tree] = None

    def pruned(held: Data) -> Data:
        children = [child for child in held.get("children") or [] if child["code"] != code]
        return {**held, "children": children} if held.get("children") else held

    return changed_trees(kept, pruned)


def with_node_moved(data: Mapping[str, Any], code: str, *, by: int) -> Data:
    """A node one place up or down among its neighbours."""

    def reordered(held: Data) -> Data:
        if not held.get("children"):
            return held
        return {**held, "children": moved(held["children"], code, by=by)}

    return changed_trees(data, reordered)


def changed_trees(data: Mapping[str, Any], change: Any) -> Data:
    changed = deepcopy(dict(data))
    for tree in TREES:
        if changed.get(tree):
            changed[tree] = changed_node(changed[tree], change)
    return changed


def changed_node(node: Data, change: Any) -> Data:
    node = change(node)
    if node.get("children"):
        node = {**node, "children": [changed_node(child, change) for child in node["children"]]}
    return node
