"""What loading a file would change: new, renamed, ended."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from silian.foundation.reference.choices import DivisionKind
from silian.foundation.reference.rules.rows import FileRow

# A file that would end more than this share of a catalogue is most likely incomplete.
LARGEST_ENDED_SHARE = 0.1


@dataclass(frozen=True, kw_only=True)
class Stored:
    """An entry as the database has it."""

    code: str
    name: str
    kind: str = DivisionKind.REGULAR
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The difference between a file and the database, for a preview and for the write."""

    added: tuple[FileRow, ...]
    renamed: tuple[tuple[FileRow, str], ...]
    ended: tuple[Stored, ...]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.renamed or self.ended)


def comparison_of(rows: Sequence[FileRow], *, stored: Mapping[str, Stored]) -> Comparison:
    """Compare a whole file with the entries of the same catalogue.

    Only kinds of division that the file speaks of can end: the Ministry's list does not end the
    statistics bureau's zones, and nothing ends the demonstration province.
    """
    codes = {row.code for row in rows}
    kinds = {row.kind for row in rows} - {DivisionKind.DEMONSTRATION}
    added = tuple(row for row in rows if row.code not in stored)
    renamed = tuple(
        (row, stored[row.code].name)
        for row in rows
        if row.code in stored and stored[row.code].name != row.name
    )
    ended = tuple(
        entry
        for code, entry in sorted(stored.items())
        if code not in codes and entry.valid_to is None and entry.kind in kinds
    )
    return Comparison(
        added=added,
        renamed=renamed,
        ended=ended,
        unchanged=len(rows) - len(added) - len(renamed),
    )


def reason_too_much_ends(comparison: Comparison, *, stored: int) -> str | None:
    """Why the file looks incomplete, or None."""
    if stored and len(comparison.ended) > stored * LARGEST_ENDED_SHARE:
        return (
            f"全文件：将停用 {len(comparison.ended)} 条，占现有 {stored} 条的"
            f" {len(comparison.ended) / stored:.0%}，超过 {LARGEST_ENDED_SHARE:.0%}。"
            "请上传完整目录，而不是变更部分。"
        )
    return None


def reason_too_early(valid_from: datetime.date, *, today: datetime.date) -> str | None:
    """Why an edition may not be loaded yet, or None: its names would replace those in force."""
    if valid_from > today:
        return f"启用日 {valid_from} 晚于今天。请在启用日当天或之后载入，此前继续使用现行目录。"
    return None
