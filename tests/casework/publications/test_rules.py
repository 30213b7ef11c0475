"""Fingerprints, differences and who may approve, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.casework.publications.choices import ChangeKind
from silian.casework.publications.registry import Kind, register_kind
from silian.casework.publications.rules import (
    changes_between,
    fault_of_snapshot,
    fingerprint,
    hash_in,
    reason_not_approvable,
    reason_not_publishable,
    rows_as_section,
)


def shot(**entries: str) -> dict:
    section = {
        "key": "s",
        "title": "目标",
        "fields": [["now", "现值"]],
        "entries": [
            {"key": key, "title": f"目标 {key}", "values": {"now": value}}
            for key, value in entries.items()
        ],
    }
    return {"sections": [section]}


def test_added_removed_and_changed_entries_are_told_apart() -> None:
    changes = changes_between(before=shot(a="1", b="2", c="3"), after=shot(a="1", b="5", d="9"))
    assert [(change.kind, change.key) for change in changes] == [
        (ChangeKind.ADDED, "d"),
        (ChangeKind.REMOVED, "c"),
        (ChangeKind.CHANGED, "b"),
    ]
    changed = changes[-1]
    assert (changed.field, changed.before, changed.after) == ("现值", "2", "5")


def test_a_section_that_is_gone_counts_as_removed_entries() -> None:
    changes = changes_between(before=shot(a="1"), after={"sections": []})
    assert [(change.kind, change.key) for change in changes] == [(ChangeKind.REMOVED, "a")]


@given(st.dictionaries(st.text("abcdef", min_size=1), st.text(max_size=5), max_size=6))
def test_the_same_snapshot_has_no_changes_and_one_fingerprint(entries: dict[str, str]) -> None:
    first = shot(**entries)
    turned = shot(**dict(reversed(list(entries.items()))))
    assert changes_between(before=first, after=turned) == []
    assert fingerprint(first) == fingerprint(shot(**entries))


def test_an_entry_may_not_stand_twice() -> None:
    section = rows_as_section(
        key="k", title="清单", head=["编号", "名称"], rows=[["1", "甲"], ["1", "乙"]]
    )
    assert "出现了两次" in (fault_of_snapshot({"sections": [section]}) or "")


def test_rows_become_entries_with_their_columns() -> None:
    section = rows_as_section(
        key="k", title="清单", head=["编号", "名称", "责任单位"], rows=[["1", "甲", "市教育局"]]
    )
    assert section["fields"] == [["c0", "责任单位"]]
    assert section["entries"][0]["values"] == {"c0": "市教育局"}


def test_nobody_approves_their_own_edition() -> None:
    assert reason_not_approvable(author_id=1, approver_id=1)
    assert reason_not_approvable(author_id=1, approver_id=None)
    assert reason_not_approvable(author_id=1, approver_id=2) is None


def test_a_kind_that_asks_for_approval_is_not_published_without() -> None:
    assert reason_not_publishable(needs_approval=True, approved=False)
    assert reason_not_publishable(needs_approval=False, approved=False) is None


def test_a_checksum_is_found_in_what_was_pasted() -> None:
    assert hash_in(f"校验值：{'0A' * 32}\n") == "0a" * 32
    assert hash_in("0a" * 31) is None


def test_two_kinds_may_not_share_a_code() -> None:
    with pytest.raises(ValueError, match="share the code"):
        register_kind(Kind(code="list", title="别的", purpose=""))
