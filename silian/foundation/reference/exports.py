"""The catalogues as files for others (目录下载)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from silian.foundation.reference.choices import LEVEL_NAMES, Catalogue
from silian.foundation.reference.queries.entries import usable_entries

HEADINGS = ("代码", "名称", "层级", "上级代码", "启用日")


def catalogue_lines(*, catalogue: str) -> Iterator[str]:
    """A catalogue's current entries as CSV lines, with a mark for spreadsheet programs."""
    names = LEVEL_NAMES[catalogue]
    entries = usable_entries(catalogue=catalogue).order_by("code")
    yield "\ufeff" + line(HEADINGS)
    for entry in entries.select_related("parent").iterator(chunk_size=2000):
        code = entry.printed_code if catalogue == Catalogue.MAJOR else entry.code
        above = entry.parent.code if entry.parent else ""
        yield line((code, entry.label, names[entry.level - 1], above, entry.valid_from or ""))


def line(cells: tuple[object, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()
