"""A public document as data: JSON for programs, Akoma Ntoso XML for legal systems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from silian_engines.policy_documents import document as engine
from silian_engines.policy_documents.akoma_ntoso import akoma_ntoso

from silian.registers.policies.choices import LEADING_ROLES
from silian.registers.policies.models.clauses import Clause, ClauseBody, ClauseTarget
from silian.registers.policies.models.documents import PolicyDocument

JSON_FORMAT = "silian-policy-1"


def document_json(document: PolicyDocument, clauses: Sequence[Clause]) -> dict[str, Any]:
    """The document as reviewed: header, clauses, duties, targets, goals (JSON 输出)."""
    return {
        "format": JSON_FORMAT,
        "title": document.title,
        "plan_title": document.plan_title,
        "doc_number": document.document_number,
        "doc_number_raw": document.number_printed,
        "issuers": document.issuers,
        "date": day(document.issued_on),
        "level": document.level,
        "region": document.division_id,
        "region_name": document.division.name,
        "state": document.state,
        "version": document.version,
        "effective_from": day(document.effective_from),
        "effective_to": day(document.effective_to),
        "addressees": document.addressees,
        "cc": document.copied_to,
        "source_text": document.text,
        "clauses": [clause_json(clause) for clause in clauses],
    }


def day(value: Any) -> str | None:
    return value.isoformat() if value else None


def clause_json(clause: Clause) -> dict[str, Any]:
    bodies = list(clause.bodies.all())
    return {
        "path": clause.path,
        "number": clause.number,
        "heading": clause.heading,
        "line_start": clause.line_start,
        "line_end": clause.line_end,
        "start": clause.start,
        "end": clause.end,
        "responsibility": clause.responsibility,
        "departments": [named(body) for body in bodies],
        "lead": [named(body) for body in bodies if body.role in LEADING_ROLES],
        "open_ended": clause.open_ended,
        "tail_raw": clause.tail or None,
        "text": clause.text,
        "numeric_targets": [target_json(target) for target in clause.targets.all()],
        "dated_goals": [
            {"phrase": goal.phrase, "deadline": day(goal.deadline_on)}
            for goal in clause.goals.all()
        ],
    }


def named(body: ClauseBody) -> str:
    return body.body.name if body.body else body.printed


def target_json(target: ClauseTarget) -> dict[str, Any]:
    return {
        "rule": target.rule or None,
        "title": target.title,
        "phrase": target.phrase,
        "values": values_of(target),
        "unit": target.unit,
        "op": target.comparator,
        "force": target.force,
        "deadline": day(target.deadline_on),
        "effective_from": day(target.effective_from_on),
    }


def values_of(target: ClauseTarget) -> list[float | int]:
    """The numbers of a target, whole ones without a fraction."""
    found = dict.fromkeys(v for v in (target.low, target.high) if v is not None)
    return [int(v) if v == v.to_integral_value() else float(v) for v in found]


def document_xml(document: PolicyDocument, clauses: Sequence[Clause]) -> str:
    """The document as reviewed, in Akoma Ntoso 3.0 (公文 XML 输出)."""
    header = engine.Header(
        title=document.title,
        title_raw=document.title,
        plan_title=document.plan_title or None,
        doc_kind=document.kind or None,
        doc_number=document.document_number or None,
        doc_number_raw=document.number_printed or None,
        issuers=tuple(document.issuers),
        date=day(document.issued_on),
        date_raw=f"{document.issued_on:%Y年%-m月%-d日}" if document.issued_on else None,
        addressees=document.addressees or None,
        cc=document.copied_to or None,
    )
    parsed = engine.PolicyDocument(
        file=str(document.pk),
        text=document.text,
        header=header,
        clauses=tuple(clause_of_engine(clause) for clause in clauses),
        cites=(),
        roster=(),
        repairs=(),
        doubts=(),
    )
    return akoma_ntoso(document=parsed)


def clause_of_engine(clause: Clause) -> engine.Clause:
    title = f"{clause.number}{clause.heading}"
    path = tuple(clause.path) or (title,)
    return engine.Clause(
        path=path,
        number=clause.number or None,
        heading=clause.heading,
        text=clause.text,
        line_start=clause.line_start,
        line_end=clause.line_end,
        start=clause.start,
        end=clause.end,
        tails=tuple(tails_of(clause)),
        numeric_targets=tuple(target_of_engine(target) for target in clause.targets.all()),
        id=str(clause.pk),
    )


def tails_of(clause: Clause) -> list[engine.Tail]:
    members = tuple(
        engine.Member(
            name=named(body),
            printed=body.printed,
            role=body.role,
            leads=body.role in LEADING_ROLES,
            function=body.body.function if body.body else None,
            start=body.start or 0,
            end=body.end or 0,
        )
        for body in clause.bodies.all()
    )
    if not members:
        return []
    return [
        engine.Tail(
            raw=clause.tail,
            mode=clause.responsibility,
            members=members,
            open_ended_text="等" if clause.open_ended else None,
            due=day(clause.due_on),
            start=clause.start,
            end=clause.end,
        )
    ]


def target_of_engine(target: ClauseTarget) -> engine.NumericTarget:
    return engine.NumericTarget(
        phrase=target.phrase,
        values=tuple(values_of(target)),
        unit=target.unit,
        op=target.comparator,
        kind="",
        force=target.force,
        deadline=str(target.deadline_on.year) if target.deadline_on else None,
        start=target.start or 0,
        end=target.end or 0,
    )
