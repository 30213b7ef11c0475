"""A definition from the flat tables of a rulebook (规则册里的认定方案)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from silian.casework.reviews.choices.schemes import FunctionKind, SourceKind
from silian.casework.reviews.rules.definition import PARAMETER

Table = Mapping[str, Any]
# Which shared parameter of ``procedure.toml`` stands for which part of the procedure.
PROCEDURE_PARAMETERS = {
    "intake_days": "intake_days",
    "fix_days": "fix_days",
    "notice_days": "notice_days",
    "objection_days": "objection_days",
    "appeal_days": "appeal_days",
    "appeal_answer_days": "appeal_answer_days",
    "quorum": "quorum",
    "majority": "majority",
}
EXPERT_PARAMETERS = {
    "experts": "experts",
    "expert_days": "expert_days",
    "divergence": "divergence",
    "pass_points": "pass_points",
}
LEVEL_DAYS, VALIDITY = "opinion_days", "validity_months"


def definition_from(book: Table, *, shared: Table) -> dict[str, Any]:
    """The definition of a book, as a version keeps it; ``shared`` are the procedure's parameters.

    Shared parameters are taken over where the definition names them.
    """
    defaults, usual = book.get("defaults", {}), shared.get("defaults", {})
    weighed = below("scored", book.get("criterion", []))
    criteria = [
        criterion(row, usual if row["code"] in weighed else defaults)
        for row in book.get("criterion", [])
    ]
    has_experts = any(by_expert(row) for row in criteria)
    definition: dict[str, Any] = {
        **book["definition"],
        "form": [dict(row) for row in book.get("field", [])],
        "gateway": tree("gateway", criteria),
        "scored": tree("scored", criteria),
        "procedure": procedure(book, has_experts=has_experts),
        "consequence": consequence(book, defaults),
    }
    own = [parameter(row, defaults) for row in book.get("parameter", [])]
    named = {row["code"] for row in own}
    common = [parameter(row, usual) for row in shared.get("parameter", [])]
    wanted = set(texts_in(definition))
    definition["parameters"] = [
        *own,
        *(row for row in common if row["code"] not in named and PARAMETER + row["code"] in wanted),
    ]
    return definition


def below(tree: str, rows: Sequence[Table]) -> set[str]:
    """The codes of a tree: its points are the platform's own unless a row names its document."""
    found = {row["code"] for row in rows if row.get("tree") == tree}
    while more := {row["code"] for row in rows if row.get("parent") in found} - found:
        found |= more
    return found


def basis_of(row: Table, defaults: Table) -> str:
    """Document and clause, the row's own before those of the file."""
    document = row.get("document", defaults.get("document", ""))
    own_document = "document" in row
    clause = row.get("clause", "" if own_document else defaults.get("clause", ""))
    return " ".join(part for part in (document, clause) if part)


def without_place(row: Table) -> dict[str, Any]:
    return {name: said for name, said in row.items() if name not in ("document", "clause")}


def parameter(row: Table, defaults: Table) -> dict[str, Any]:
    whole = {**defaults, **row}
    return {
        "force": whole.get("force", "mandatory"),
        **without_place(row),
        "basis": basis_of(row, defaults),
    }


def criterion(row: Table, defaults: Table) -> dict[str, Any]:
    """One row of the flat list; ``source`` is written ``answer:code`` and without a code."""
    kept = {**without_place(row), "basis": basis_of(row, defaults)}
    if source := kept.pop("source", None):
        kind, _, code = source.partition(":")
        kept["source"] = {"kind": kind, "code": code}
        if kind == SourceKind.EXPERT:
            kept.setdefault("scoring", {"kind": FunctionKind.EXPERT})
    return kept


def tree(name: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The tree that starts at the row of this name; None when the file has none."""
    start = next((row for row in rows if row.get("tree") == name), None)
    return branch(start, rows) if start else None


def branch(row: dict[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    below = [branch(child, rows) for child in rows if child.get("parent") == row["code"]]
    node = {name: said for name, said in row.items() if name not in ("tree", "parent")}
    return {**node, "children": below} if below else node


def by_expert(row: Table) -> bool:
    return bool(row.get("source")) and row["source"]["kind"] == SourceKind.EXPERT


def procedure(book: Table, *, has_experts: bool) -> dict[str, Any]:
    named = {**PROCEDURE_PARAMETERS, **(EXPERT_PARAMETERS if has_experts else {})}
    usual = {part: PARAMETER + code for part, code in named.items()}
    levels = [{"working_days": PARAMETER + LEVEL_DAYS, **level} for level in book.get("level", [])]
    return {**usual, **book.get("procedure", {}), "levels": levels}


def consequence(book: Table, defaults: Table) -> dict[str, Any]:
    lists = {
        part: [
            {**without_place(row), "basis": basis_of(row, defaults)} for row in book.get(table, [])
        ]
        for part, table in (("duties", "duty"), ("exits", "exit"), ("benefits", "benefit"))
    }
    return {"validity_months": PARAMETER + VALIDITY, **book.get("consequence", {}), **lists}


def texts_in(said: Any) -> list[str]:
    """Every text below, wherever it stands."""
    if isinstance(said, str):
        return [said]
    if isinstance(said, Mapping):
        return [text for part in said.values() for text in texts_in(part)]
    if isinstance(said, Sequence):
        return [text for part in said for text in texts_in(part)]
    return []
