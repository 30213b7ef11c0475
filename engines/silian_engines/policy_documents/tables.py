"""Tables that divide the tasks of a plan among bodies (任务分工表)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .clause_text import ClauseText
from .deadlines import last_year_of
from .document import Doubt, Findings, Member, TableTask
from .lines import ROW, Line
from .table_cells import Cell, rows_of
from .tail_grammar import grouped
from .tails import members_of
from .traced_text import TracedText

_NUMBER, _SECTION, _TASK, _TEXT, _BODIES, _DUE, _OTHER = (
    "number", "section", "task", "text", "bodies", "due", "other",
)  # fmt: skip
_COLUMNS = (
    (_NUMBER, re.compile(r"^(?:序号|编号|序)$")),
    (_OTHER, re.compile(r"责任人|责任领导|分管领导|牵头领导|市领导|联系人|备注|完成情况")),
    (_DUE, re.compile(r"时限|时间|期限|进度|时序|年限")),
    (_BODIES, re.compile(r"单位|部门|主体|牵头|配合|责任|处室|科室")),
    (_SECTION, re.compile(r"类别|类型|板块|领域|方面|一级|分类|章节")),
    (_TASK, re.compile(r"任务|事项|项目|名称|二级|要点|条款|工程")),
    (_TEXT, re.compile(r"内容|措施|举措|要求|目标|说明|成果|指标")),
)
_FIRST_LEADS = re.compile(r"首位|第一|排(?:名|列)")


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column of the table holds, by its heading."""

    holds: str
    label: str


def table_tasks_of(
    *, lines: list[Line], source: str, findings: Findings, seen: frozenset[str]
) -> tuple[TableTask, ...]:
    """The tasks of every table whose heading names bodies."""
    tasks: list[TableTask] = []
    for table in _tables(lines):
        rows = rows_of(lines=table, source=source)
        columns = _columns(rows[0]) if rows else None
        if columns is None:
            continue
        reader = _Reader(columns, findings, seen)
        tasks.extend(task for row in rows[1:] if (task := reader.task(row)) is not None)
    return tuple(tasks)


def _tables(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of table rows."""
    run: list[Line] = []
    for line in lines:
        if line.kind == ROW:
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _columns(heading: list[Cell]) -> list[_Column] | None:
    """What each column holds, or None for a table that assigns no bodies."""
    columns = [_Column(_holds(cell.text), cell.text) for cell in heading]
    held = [column.holds for column in columns]
    if _BODIES not in held or not {_TASK, _TEXT} & {*held}:
        return None
    return columns


def _holds(heading: str) -> str:
    return next((holds for holds, words in _COLUMNS if words.search(heading)), _OTHER)


class _Reader:
    """Reads rows one after another; a cell left empty repeats the section above it."""

    def __init__(self, columns: list[_Column], findings: Findings, seen: frozenset[str]) -> None:
        self._columns = columns
        self._findings = findings
        self._seen = seen
        self._section = ""
        self._last_number: int | None = None

    def task(self, row: list[Cell]) -> TableTask | None:
        """The task of one row, or None for a row without task or bodies."""
        cells = list(zip(self._columns, row, strict=False))
        task, words = _first(cells, _TASK), _first(cells, _TEXT)
        named = task or words
        members, open_ended = self._members(cells)
        self._section = _first_text(cells, _SECTION) or self._section
        number = _first_text(cells, _NUMBER)
        if named is None or not members:
            return None
        said = words or named
        self._check_number(number, row)
        due = _first_text(cells, _DUE)
        return TableTask(
            number=number,
            section=self._section or None,
            title=named.text,
            text=said.text,
            text_start=said.start,
            text_end=said.end,
            members=members,
            open_ended_text=open_ended,
            due=due,
            deadline=last_year_of(due),
            start=row[0].start,
            end=row[-1].end,
        )

    def _members(self, cells: list[tuple[_Column, Cell]]) -> tuple[tuple[Member, ...], str | None]:
        members: list[Member] = []
        open_ended: str | None = None
        for column, cell in cells:
            if column.holds != _BODIES or not cell.text:
                continue
            groups = grouped(cell.text, label=_role(column.label))
            found = members_of(
                clause=_standing_alone(cell.traced),
                content_start=0,
                groups=groups,
                findings=self._findings,
                seen=self._seen,
            )
            if found and _FIRST_LEADS.search(column.label) and "牵头" in column.label:
                found = (_leading(found[0]), *found[1:])
            members.extend(found)
            open_ended = open_ended or next(
                (words.open_ended for words in groups.words if words.open_ended), None
            )
        return tuple(members), open_ended

    def _check_number(self, printed: str | None, row: list[Cell]) -> None:
        """A number out of order is doubted: digits are easily misread."""
        if printed is None or not printed.isdigit():
            return
        number, last = int(printed), self._last_number
        self._last_number = number
        if last is not None and number not in (last + 1, 1):
            cell = row[[column.holds for column in self._columns].index(_NUMBER)]
            start, end = cell.traced.span(0, len(cell.text))
            reason = "分工表序号不连续，请核对原件"
            doubt = Doubt("table_number", printed, (str(last + 1),), start, end, reason)
            self._findings.doubts.append(doubt)


def _first(cells: list[tuple[_Column, Cell]], holds: str) -> Cell | None:
    """The first cell with words in a column of this kind."""
    return next((cell for column, cell in cells if column.holds == holds and cell.text), None)


def _first_text(cells: list[tuple[_Column, Cell]], holds: str) -> str | None:
    cell = _first(cells, holds)
    return cell.text if cell else None


def _role(heading: str) -> str:
    """The role that a column gives its bodies; one that only ranks them leads nobody."""
    if _FIRST_LEADS.search(heading):
        return "责任单位"
    return re.sub(r"[（(].*$", "", heading)


def _leading(member: Member) -> Member:
    return Member(
        name=member.name,
        printed=member.printed,
        role=member.role,
        leads=True,
        function=member.function,
        start=member.start,
        end=member.end,
    )


def _standing_alone(traced: TracedText) -> ClauseText:
    return ClauseText(traced, [], 0, 0, (0,), (0,))
