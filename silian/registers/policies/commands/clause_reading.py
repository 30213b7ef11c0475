"""Clauses of a reading as rows, with their bodies, targets and goals (写入条款)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from silian.registers.policies.commands.body_finding import BodyFinder
from silian.registers.policies.models.clauses import (
    Clause,
    ClauseBody,
    ClauseGoal,
    ClauseTarget,
)
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.rules import reading as rules
from silian.registers.policies.rules.clause_text import sentence_around

Parsed = dict[str, Any]


def write_clauses(*, document: PolicyDocument, parsed: Parsed, finder: BodyFinder) -> list[Clause]:
    """Every clause with what hangs on it; the same number of statements for any document."""
    found = parsed["clauses"]
    due = table_deadlines(parsed)
    clauses = Clause.objects.bulk_create(
        new_clause(document, each, order=order, due=due.get(each["id"]))
        for order, each in enumerate(found, start=1)
    )
    pairs = list(zip(clauses, found, strict=True))
    finder.prepare(
        (member["name"], member["function"] or "")
        for _, each in pairs
        for member, _ in responsible(each)
    )
    ClauseBody.objects.bulk_create(
        body for clause, each in pairs for body in new_bodies(clause, each, finder=finder)
    )
    write_targets(pairs)
    ClauseGoal.objects.bulk_create(
        new_goal(clause, goal) for clause, each in pairs for goal in each["dated_goals"]
    )
    return clauses


def table_deadlines(parsed: Parsed) -> dict[str, datetime.date]:
    """Deadlines that an annexed table of tasks gives to clauses (任务分工表的完成时限)."""
    days = {
        row["clause"]: rules.last_day(row.get("deadline") or row.get("due"))
        for row in parsed.get("table_tasks", [])
        if row.get("clause")
    }
    return {clause: day for clause, day in days.items() if day}


def new_clause(
    document: PolicyDocument, found: Parsed, *, order: int, due: datetime.date | None
) -> Clause:
    written = next((tail["due"] for tail in found["tails"] if tail["due"]), None)
    return Clause(
        document=document,
        order=order,
        path=[part[:120] for part in found["path"]],
        number=(found["number"] or "")[:20],
        heading=found["heading"][:200],
        text=found["text"],
        start=found["start"],
        end=found["end"],
        line_start=found["line_start"],
        line_end=found["line_end"],
        responsibility=rules.responsibility(found["responsibility"]),
        tail=(found["tail_raw"] or "")[:400],
        open_ended=found["open_ended"],
        is_task=found["responsibility"] != "none",
        due_on=rules.last_day(written) or due,
    )


def responsible(found: Parsed) -> Iterator[tuple[Parsed, str]]:
    """The bodies of a clause with their role: of its tails, else of its running text."""
    for tail in found["tails"]:
        for member in tail["members"]:
            role = rules.body_role(
                printed=member["role"], leads=member["leads"], mode=tail["mode"] or ""
            )
            yield member, role
    if not found["tails"]:
        for actor in found["inline_actors"]:
            yield actor, rules.inline_role(words=actor["role"] or "")


def new_bodies(clause: Clause, found: Parsed, *, finder: BodyFinder) -> Iterator[ClauseBody]:
    seen: set[tuple[str, str]] = set()
    for order, (member, role) in enumerate(responsible(found), start=1):
        if (member["name"], role) in seen:
            continue
        seen.add((member["name"], role))
        yield ClauseBody(
            clause=clause,
            order=order,
            body=finder.body(member["name"]),
            printed=(member.get("printed") or member["name"])[:80],
            role=role,
            start=member["start"],
            end=member["end"],
        )


def write_targets(pairs: list[tuple[Clause, Parsed]]) -> None:
    """The targets, then which of them says again what an earlier one has said."""
    flat = [
        (clause, target, order)
        for clause, each in pairs
        for order, target in enumerate(each["numeric_targets"], start=1)
    ]
    rows = ClauseTarget.objects.bulk_create(
        new_target(clause, target, order=order) for clause, target, order in flat
    )
    repeating = []
    for place, (_, target, _) in enumerate(flat):
        first = next((i for i in range(place) if rules.is_same_target(flat[i][1], target)), None)
        if first is not None:
            rows[place].repeats = rows[first]
            repeating.append(rows[place])
    ClauseTarget.objects.bulk_update(repeating, ["repeats"])


def new_target(clause: Clause, found: Parsed, *, order: int) -> ClauseTarget:
    low, high, comparator = rules.bounds(values=found["values"], operator=found["op"])
    return ClauseTarget(
        clause=clause,
        order=order,
        title=rules.target_title(found["phrase"]),
        phrase=found["phrase"][:300],
        low=low,
        high=high,
        unit=(found["unit"] or "")[:20],
        comparator=comparator,
        force=rules.force(found["force"]),
        deadline_on=deadline_of(clause, found),
        effective_from_on=rules.first_day(found.get("effective_from")),
        start=found["start"],
        end=found["end"],
    )


def new_goal(clause: Clause, found: Parsed) -> ClauseGoal:
    return ClauseGoal(
        clause=clause,
        title=found["phrase"][:120],
        phrase=found["phrase"][:300],
        deadline_on=deadline_of(clause, found),
        start=found["start"],
        end=found["end"],
    )


def deadline_of(clause: Clause, found: Parsed) -> datetime.date | None:
    """The deadline of a target or goal, to the month where its sentence names one."""
    words = sentence_around(clause.document.text, start=found["start"], end=found["end"])
    return rules.deadline(found["deadline"], words=words)
