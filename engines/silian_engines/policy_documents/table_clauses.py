"""Rows of a table as clauses, where the running text assigns nothing (分工表中的任务)."""

from __future__ import annotations

from dataclasses import replace

from .clause_text import ClauseText
from .deadlines import TimePhrase
from .document import Clause, TableTask, Tail
from .goals import numbers_and_goals
from .traced_text import compact


def with_rows_as_clauses(
    *, clauses: tuple[Clause, ...], rows: tuple[TableTask, ...], source: str, token: str
) -> tuple[Clause, ...]:
    """The clauses, and after them the rows when no clause has a tail of its own."""
    if any(clause.tails for clause in clauses):
        return clauses
    first = len(clauses) + 1
    made = [_clause(row, source) for row in rows]
    return (
        *clauses,
        *(replace(each, id=f"{token}-{at:02d}") for at, each in enumerate(made, first)),
    )


def _clause(row: TableTask, source: str) -> Clause:
    """One row: its task is the heading, its aim the text, its bodies the tail."""
    text = compact(source=source, start=row.text_start, end=row.text_end)
    due = TimePhrase(0, 0, year=row.deadline) if row.deadline else None
    targets, goals, _ = numbers_and_goals(
        clause=ClauseText(text, [], 0, 0, (0,), (0,)), skipped=(), inherited=due
    )
    line = source.count("\n", 0, row.start) + 1
    return Clause(
        path=(*((row.section,) if row.section else ()), row.title),
        number=row.number,
        heading=row.title,
        text=text.text,
        line_start=line,
        line_end=line,
        start=row.start,
        end=row.end,
        tails=(_tail(row, source),),
        numeric_targets=tuple(targets),
        dated_goals=tuple(goals),
    )


def _tail(row: TableTask, source: str) -> Tail:
    start, end = row.members[0].start, row.members[-1].end
    return Tail(
        raw=compact(source=source, start=start, end=end).text,
        mode="+".join(dict.fromkeys(member.role for member in row.members)),
        members=row.members,
        open_ended_text=row.open_ended_text,
        due=row.due,
        start=start,
        end=end,
    )
