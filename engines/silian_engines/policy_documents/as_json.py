"""The document as plain data, with the field names of the labelled examples (输出格式)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from .document import Clause, DatedGoal, NumericTarget, PolicyDocument, Tail


def document_data(*, document: PolicyDocument) -> dict[str, Any]:
    """Everything read from a document, ready for JSON."""
    header = document.header
    return {
        "file": document.file,
        "title": header.title,
        "title_raw": header.title_raw,
        "plan_title": header.plan_title,
        "doc_kind": header.doc_kind,
        "doc_number": header.doc_number,
        "doc_number_raw": header.doc_number_raw,
        "doc_number_status": header.doc_number_status,
        "issuer": header.issuers[0] if header.issuers else None,
        "issuers": list(header.issuers),
        "date": header.date,
        "date_raw": header.date_raw,
        "date_candidates": list(header.date_candidates),
        "print_date": header.print_date,
        "print_date_raw": header.print_date_raw,
        "web_published": header.web_published,
        "level": header.level,
        "region": header.region,
        "addressees": header.addressees,
        "cc": header.cc,
        "copies": header.copies,
        "offsets": {name: list(span) for name, span in header.spans.items()},
        "cites": [_plain(each) for each in document.cites],
        "counts": _counts(document.clauses),
        "departments": _departments(document.clauses),
        "clauses": _clauses_data(document.clauses),
        "table_tasks": [_plain(each) for each in document.table_tasks],
        "roster": [_plain(each) for each in document.roster],
        "repairs": [_plain(each) for each in document.repairs],
        "doubts": [_plain(each) for each in document.doubts],
        "source": document.clauses[0].id.rsplit("-", 1)[0] if document.clauses else None,
    }


def _counts(clauses: tuple[Clause, ...]) -> dict[str, int]:
    tasks = [clause for clause in clauses if clause.tails]
    return {
        "clauses": len(clauses),
        "tasks_with_tail": len(tasks),
        "clauses_without_tail": len(clauses) - len(tasks),
        "clauses_with_lead": sum(1 for clause in tasks if clause.lead),
        "distinct_departments": len({name for clause in tasks for name in clause.departments}),
        "department_assignments": sum(len(clause.departments) for clause in tasks),
        "numeric_targets": sum(len(clause.numeric_targets) for clause in clauses),
        "dated_goals": sum(len(clause.dated_goals) for clause in clauses),
    }


def _departments(clauses: tuple[Clause, ...]) -> list[dict[str, Any]]:
    tasks = Counter(name for clause in clauses for name in clause.departments)
    functions = {
        member.name: member.function
        for clause in clauses
        for tail in clause.tails
        for member in tail.members
    }
    return [
        {"name": name, "tasks": count, "function": functions[name]}
        for name, count in tasks.most_common()
    ]


def _clauses_data(clauses: tuple[Clause, ...]) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = []
    number = 0
    for clause in clauses:
        bound = len(clause.numeric_targets) + len(clause.dated_goals)
        data.append(_clause_data(clause, first_number=number + 1))
        number += bound
    return data


def _clause_data(clause: Clause, *, first_number: int) -> dict[str, Any]:
    tails = clause.tails
    open_ended = next((tail.open_ended_text for tail in tails if tail.open_ended_text), None)
    goals_from = first_number + len(clause.numeric_targets)
    return {
        "id": clause.id,
        "path": list(clause.path),
        "number": clause.number,
        "heading": clause.heading,
        "line_start": clause.line_start,
        "line_end": clause.line_end,
        "start": clause.start,
        "end": clause.end,
        "responsibility": clause.responsibility,
        "mode": "+".join(dict.fromkeys(tail.mode for tail in tails)) or None,
        "departments": list(clause.departments),
        "lead": list(clause.lead),
        "open_ended": open_ended is not None,
        "open_ended_text": open_ended,
        "tail_raw": "".join(tail.raw for tail in tails) or None,
        "tails": [_tail_data(tail) for tail in tails],
        "inline_actors": [_plain(actor) for actor in clause.actors],
        "text": clause.text,
        "numeric_targets": [
            _target_data(target, first_number + index)
            for index, target in enumerate(clause.numeric_targets)
        ],
        "dated_goals": [
            _goal_data(goal, goals_from + index) for index, goal in enumerate(clause.dated_goals)
        ],
    }


def _tail_data(tail: Tail) -> dict[str, Any]:
    data: dict[str, Any] = _plain(tail)
    data["cooperating"] = [member.name for member in tail.members if not member.leads]
    return data


def _target_data(target: NumericTarget, number: int) -> dict[str, Any]:
    data = _plain(target)
    for name in ("effective_from", "horizon", "window", "word_numeral"):
        if data[name] is None:
            del data[name]
    return {"id": f"N{number:02d}", **data}


def _goal_data(goal: DatedGoal, number: int) -> dict[str, Any]:
    data = _plain(goal)
    if data["horizon"] is None:
        del data["horizon"]
    return {"id": f"N{number:02d}", **data}


_SIMPLE = frozenset({str, int, float, bool, type(None), dict})


def _plain(value: Any) -> Any:
    """A value object as JSON types, field by field."""
    if type(value) in _SIMPLE:
        return value
    if isinstance(value, tuple | list):
        return [each if type(each) in _SIMPLE else _plain(each) for each in value]
    return {
        name: each if type(each := getattr(value, name)) in _SIMPLE else _plain(each)
        for name in value.__slots__
    }
