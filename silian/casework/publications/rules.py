"""Pure decisions of publications: fingerprints, differences, who may approve."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from silian.casework.publications.choices import ChangeKind

SHA256 = re.compile(r"[0-9a-f]{64}")
Snapshot = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One entry that differs from the last edition (变化)."""

    kind: ChangeKind
    section: str
    key: str
    title: str
    field: str = ""
    before: str = ""
    after: str = ""


def canonical(value: Any) -> bytes:
    """JSON with one spelling, so that the same data has the same fingerprint.

    >>> canonical({"b": 1, "a": "青"}).decode()
    '{"a":"青","b":1}'
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def fingerprint(value: Any) -> str:
    """The SHA-256 of a value's canonical JSON (校验值)."""
    return hashlib.sha256(canonical(value)).hexdigest()


def fault_of_snapshot(snapshot: Snapshot) -> str | None:
    """Why a snapshot cannot be kept, or None: sections with fields, entries with one key each."""
    for section in snapshot.get("sections", []):
        keys = [entry["key"] for entry in section["entries"]]
        double = next((key for key in keys if keys.count(key) > 1), None)
        if double is not None:
            return f"“{section['title']}”中“{double}”出现了两次。每条的编号不能相同，请改后再提交。"
    return None


def changes_between(*, before: Snapshot, after: Snapshot) -> list[Change]:
    """What was added, removed and changed, entry by entry and field by field (与上期比较)."""
    old, new = sections_of(before), sections_of(after)
    changes: list[Change] = []
    for key in [*new, *(key for key in old if key not in new)]:
        changes += section_changes(old.get(key), new.get(key))
    return changes


def sections_of(snapshot: Snapshot) -> dict[str, Mapping[str, Any]]:
    return {section["key"]: section for section in snapshot.get("sections", [])}


def section_changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> list[Change]:
    shown = after or before or {}
    old = {entry["key"]: entry for entry in (before or {}).get("entries", [])}
    new = {entry["key"]: entry for entry in (after or {}).get("entries", [])}
    title, names = shown["title"], dict(shown.get("fields", []))
    changes = [
        whole(ChangeKind.ADDED, title, entry) for key, entry in new.items() if key not in old
    ]
    changes += [
        whole(ChangeKind.REMOVED, title, entry) for key, entry in old.items() if key not in new
    ]
    for key, entry in new.items():
        if key in old:
            changes += entry_changes(title, names, old[key], entry)
    return changes


def whole(kind: ChangeKind, section: str, entry: Mapping[str, Any]) -> Change:
    return Change(kind=kind, section=section, key=entry["key"], title=entry["title"])


def entry_changes(
    section: str, names: Mapping[str, str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Change]:
    pairs = [("名称", before["title"], after["title"])]
    pairs += [
        (label, before["values"].get(name, ""), after["values"].get(name, ""))
        for name, label in names.items()
    ]
    return [
        Change(
            kind=ChangeKind.CHANGED,
            section=section,
            key=after["key"],
            title=after["title"],
            field=label,
            before=str(old),
            after=str(new),
        )
        for label, old, new in pairs
        if str(old) != str(new)
    ]


def reason_not_submittable(*, has_content: bool) -> str | None:
    """Why an edition cannot be handed in: it has neither a file nor entries."""
    if not has_content:
        return "这一期还没有文件，也没有条目。请先上传文件或录入条目，再送审。"
    return None


def reason_not_approvable(*, author_id: int | None, approver_id: int | None) -> str | None:
    """Why this person may not approve: nobody approves their own edition."""
    if approver_id is None or approver_id == author_id:
        return "编制人不能审批自己编制的内容。请由本单位或牵头部门的其他人员审批。"
    return None


def reason_not_publishable(*, needs_approval: bool, approved: bool) -> str | None:
    """Why an edition cannot go out: its kind asks for approval and there is none."""
    if needs_approval and not approved:
        return "这一种类要先审批再发布。请先送审，由另一人批准。"
    return None


def hash_in(text: str) -> str | None:
    """The SHA-256 in what somebody pasted, or None.

    >>> hash_in("SHA-256: " + "A" * 64) == "a" * 64
    True
    """
    found = SHA256.search(text.strip().lower())
    return found.group() if found else None


def rows_as_section(
    *, key: str, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """A sheet as a section of a snapshot: first column the key, second the name."""
    fields = [[f"c{place}", label] for place, label in enumerate(head[2:])]
    entries = [
        {
            "key": row[0],
            "title": row[1] if len(row) > 1 else row[0],
            "values": {
                name: row[place + 2] if len(row) > place + 2 else ""
                for place, (name, _) in enumerate(fields)
            },
        }
        for row in rows
    ]
    return {"key": key, "title": title, "fields": fields, "entries": entries}
