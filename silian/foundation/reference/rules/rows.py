"""One line of a catalogue file, read without judging it."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from silian.foundation.reference.choices import Catalogue, DivisionKind
from silian.foundation.reference.rules.codes import (
    education_level_of,
    level_of,
    parent_of,
    section_of,
    tidy_code,
)

# What official files call their columns.
HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("代码", "行政区划代码", "行业代码", "职业编码", "专业代码"),
    "name": ("名称", "单位名称", "行业名称", "职业名称", "专业名称", "类别名称"),
    "level": ("层级", "级别"),
    "parent": ("上级代码", "parent_code"),
    "marks": ("标识", "mark"),
}
BEYOND_THE_LAST_COLUMN = "…"
FILLER_NAMES = ("市辖区", "县")
FILLER_PHRASE = "直辖县级行政区划"
PLACES_WITHOUT_CHILDREN = (DivisionKind.FILLER, DivisionKind.STATISTICAL)


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """An entry as a file gives it, with everything derivable from its code filled in."""

    line: int
    code: str
    name: str
    given_level: int | None = None
    given_parent: str = ""
    level: int = 0
    bottom_level: int = 0
    parent: str = ""
    kind: str = DivisionKind.REGULAR
    marks: str = ""
    is_name_missing: bool = False
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    successors: tuple[str, ...] = ()
    former_name: str = ""
    renamed_on: datetime.date | None = None
    basis: str = ""

    @property
    def section(self) -> str:
        return section_of(self.code) or ""

    @property
    def education_level(self) -> str:
        return education_level_of(self.code) or ""


class UnreadableFile(ValueError):
    """The file is not a table with a code and a name column; the text says why, in Chinese."""


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 or, as offices still write it, GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile("文件编码无法识别。请另存为 UTF-8 或 GB18030 编码的 CSV 后重新上传。")


def rows_of(text: str, *, catalogue: str) -> list[FileRow]:
    """The rows of a CSV table; an entry printed at several levels becomes one row."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), restkey=BEYOND_THE_LAST_COLUMN)
    try:
        raw = list(raw_rows(reader, catalogue=catalogue))
    except csv.Error as reason:
        raise UnreadableFile(
            f"第 {reader.line_num} 行：表格无法读取。请用表格软件另存为 CSV 后重新上传。"
        ) from reason
    return placed(merged(raw), catalogue=catalogue)


def raw_rows(reader: csv.DictReader[str], *, catalogue: str) -> Iterator[FileRow]:
    columns = columns_of(reader.fieldnames or [])
    missing = [HEADINGS[name][0] for name in ("code", "name") if name not in columns]
    if missing:
        raise UnreadableFile(
            f"第 1 行：缺少“{'”“'.join(missing)}”列。请在首行写明列名，例如“代码,名称”。"
        )
    for record in reader:
        record.pop(BEYOND_THE_LAST_COLUMN, None)
        if any((value or "").strip() for value in record.values()):
            yield row_of(record, columns=columns, catalogue=catalogue, line=reader.line_num)


def columns_of(fieldnames: Iterable[str]) -> dict[str, str]:
    """Which heading of the file stands for which of our columns."""
    tidy = {name.strip(): name for name in fieldnames if name}
    found = dict(tidy)
    for ours, theirs in HEADINGS.items():
        heading = next((tidy[name] for name in (ours, *theirs) if name in tidy), None)
        if heading is not None:
            found[ours] = heading
    return found


def row_of(
    record: Mapping[str, str | None], *, columns: Mapping[str, str], catalogue: str, line: int
) -> FileRow:
    def cell(name: str) -> str:
        return (record.get(columns.get(name, "")) or "").strip()

    code = cell("code").upper()
    marks = cell("marks").upper() + ("K" if code.endswith("K") else "")
    return FileRow(
        line=line,
        code=tidy_code(catalogue=catalogue, code=code),
        name=cell("name"),
        given_level=int(cell("level")) if cell("level").isdecimal() else None,
        given_parent=tidy_code(catalogue=catalogue, code=cell("parent")) if cell("parent") else "",
        bottom_level=int(cell("bottom_level")) if cell("bottom_level").isdecimal() else 0,
        kind=cell("kind") or kind_of(code, cell("name")),
        marks=marks,
        is_name_missing=cell("note") == "missing",
        valid_from=day(cell("valid_from"), line=line),
        valid_to=day(cell("valid_to"), line=line),
        successors=tuple(cell("successors").split()),
        former_name=cell("former_name"),
        renamed_on=day(cell("renamed_on"), line=line),
        basis=cell("basis"),
    )


def kind_of(code: str, name: str) -> str:
    """What a division code of a statistics file stands for, when the file does not say.

    Basis: 《统计用区划代码和城乡划分代码编制规则》: 71—79 are development zones and the like.
    """
    if name in FILLER_NAMES or FILLER_PHRASE in name:
        return DivisionKind.FILLER
    is_zone = len(code) == 6 and code.isdigit() and code[4] == "7" and code[5] != "0"
    return DivisionKind.STATISTICAL if is_zone else DivisionKind.REGULAR


def day(text: str, *, line: int) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError as reason:
        raise UnreadableFile(
            f"第 {line} 行：日期“{text}”无法识别。请写成 2026-01-01 的格式。"
        ) from reason


def merged(rows: Iterable[FileRow]) -> list[FileRow]:
    """Fold rows that repeat a code and a name at another level into one that spans both.

    441900 东莞市 is a city and, having no counties, stands again as its own county; 2-03-01-00 is
    an occupation and the only one of its group. A repetition at the same level stays, as a fault.
    """
    kept: list[FileRow] = []
    places: dict[tuple[str, str], int] = {}
    for row in rows:
        place = places.setdefault((row.code, row.name), len(kept))
        first = kept[place] if place < len(kept) else None
        if first is None or row.given_level == first.given_level or row.given_level is None:
            kept.append(row)
            continue
        levels = [level for level in (first.given_level, row.given_level) if level is not None]
        kept[place] = replace(
            first,
            given_level=min(levels),
            bottom_level=max([*levels, first.bottom_level]),
            marks=first.marks + row.marks,
        )
    return kept


def placed(rows: Iterable[FileRow], *, catalogue: str) -> list[FileRow]:
    """Rows with their level and parent, derived from the code."""
    rows = list(rows)
    known = {row.code for row in rows if row.kind not in PLACES_WITHOUT_CHILDREN}
    return [place(row, catalogue=catalogue, known=known) for row in rows]


def place(row: FileRow, *, catalogue: str, known: set[str]) -> FileRow:
    try:
        level = level_of(catalogue=catalogue, code=row.code)
        parent = parent_of(catalogue=catalogue, code=row.code, known=known)
    except (ValueError, IndexError):
        return row
    bottom = max(row.bottom_level, level)
    if catalogue == Catalogue.OCCUPATION and row.given_level == len(row.code.split("-")):
        bottom = row.given_level
    return replace(row, level=level, bottom_level=bottom, parent=parent)
