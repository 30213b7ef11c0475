"""Every act that is written to the audit trail has Chinese words there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from silian.foundation.kernel.audit_labels import action_label

ROOT = Path(__file__).resolve().parents[2]


def recorded_actions(tree: ast.AST) -> Iterator[str]:
    """The codes that calls of ``record`` name in plain text."""
    for node in ast.walk(tree):
        is_record = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record"
        if is_record and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
            yield str(node.args[1].value)


def test_every_recorded_action_has_chinese_words() -> None:
    files = (ROOT / "silian").rglob("*.py")
    found = {code for path in files for code in recorded_actions(ast.parse(path.read_text()))}
    assert len(found) > 100
    assert sorted(code for code in found if action_label(code) == code) == []
