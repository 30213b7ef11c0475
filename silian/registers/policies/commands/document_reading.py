"""What the engine read is written down as rows: clauses, bodies, targets, marks (写入解析结果)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.registers.policies.choices import DocumentState, MarkKind, Medium
from silian.registers.policies.commands.body_finding import BodyFinder
from silian.registers.policies.commands.clause_reading import write_clauses
from silian.registers.policies.gateways.policy_reading import ReadDocument
from silian.registers.policies.models.citations import Citation
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.marks import Mark
from silian.registers.policies.rules.reading import MEDIA, day_of, level_of
from silian.registers.policies.workflow.documents import policy_document as steps

LONGEST_MARK = 400


@transaction.atomic
def read_parsed_document(
    *, document_id: int, reading: ReadDocument, actor: Actor
) -> PolicyDocument | None:
    """Write a reading into the register, in place of an earlier one (写入解析结果).

    None when the document no longer waits for it: reading was cancelled meanwhile.
    """
    document = PolicyDocument.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.state != DocumentState.PARSING:
        return None
    document.state = steps.target("present", state=DocumentState(document.state))
    clear_structure(document)
    write_header(document, reading)
    document.save()
    finder = BodyFinder(document=document, actor=actor)
    clauses = write_clauses(document=document, parsed=reading.parsed, finder=finder)
    write_citations(document, reading.parsed["cites"])
    write_marks(document, parsed=reading.parsed, clauses=clauses)
    record(
        actor,
        "policies.document.read",
        document,
        detail={"clauses": len(clauses), "new_bodies": finder.created},
    )
    return document


def clear_structure(document: PolicyDocument) -> None:
    document.marks.all().delete()
    document.citations.all().delete()
    document.clauses.all().delete()


def write_header(document: PolicyDocument, reading: ReadDocument) -> None:
    """The elements of the format; what the text does not say stays empty."""
    parsed = reading.parsed
    document.text, document.parsed = reading.text, kept_parts(parsed)
    document.medium = MEDIA.get(reading.medium, Medium.TEXT)
    document.page_starts = list(reading.page_starts)
    document.title = (parsed["title"] or parsed["plan_title"] or document.title)[:200]
    document.plan_title = (parsed["plan_title"] or "")[:200]
    document.document_number = (parsed["doc_number"] or "")[:60]
    document.number_printed = (parsed["doc_number_raw"] or "")[:60]
    document.kind = (parsed["doc_kind"] or "")[:40]
    document.issuers = [name[:80] for name in parsed["issuers"]]
    document.addressees = parsed["addressees"] or ""
    document.copied_to = parsed["cc"] or ""
    document.issued_on = day_of(parsed["date"])
    document.date_candidates = [each[:10] for each in parsed["date_candidates"]]
    document.level = level_of(parsed["level"], division=document.division_id)


def kept_parts(parsed: dict[str, Any]) -> dict[str, Any]:
    """Parts of the result that have no table of their own."""
    return {name: value for name, value in parsed.items() if name not in {"clauses", "file"}}


def write_citations(document: PolicyDocument, cites: list[dict[str, Any]]) -> None:
    """Cited documents, joined to the library by their number."""
    numbers = {each["number"] for each in cites if each["number"]}
    known = {
        number: pk
        for number, pk in PolicyDocument.objects.public()
        .filter(document_number__in=numbers)
        .order_by("version")
        .values_list("document_number", "pk")
    }
    Citation.objects.bulk_create(
        Citation(
            document=document,
            title=(each["title"] or each["number"] or "")[:200],
            number=(each["number"] or "")[:60],
            cited_id=known.get(each["number"]),
            start=each["start"],
            end=each["end"],
        )
        for each in cites
    )


def write_marks(document: PolicyDocument, *, parsed: dict[str, Any], clauses: list[Clause]) -> None:
    """Repairs and doubts, each with the clause that it stands in."""
    repairs = [
        new_mark(document, each, kind=MarkKind.REPAIR, readings=[each["reading"]])
        for each in parsed["repairs"]
    ]
    doubts = [
        new_mark(document, each, kind=MarkKind.DOUBT, readings=each["readings"])
        for each in parsed["doubts"]
    ]
    for mark in (*repairs, *doubts):
        mark.clause = next((each for each in clauses if each.start <= mark.start < each.end), None)
    Mark.objects.bulk_create([*repairs, *doubts])


def new_mark(
    document: PolicyDocument, found: dict[str, Any], *, kind: MarkKind, readings: list[str]
) -> Mark:
    return Mark(
        document=document,
        kind=kind,
        cause=found["kind"][:40],
        printed=found["printed"][:LONGEST_MARK],
        readings=[reading[:LONGEST_MARK] for reading in readings],
        reason=found["reason"][:300],
        start=found["start"],
        end=found["end"],
    )


@transaction.atomic
def note_unreadable(*, document_id: int, sentence: str, actor: Actor) -> None:
    """Write down in one sentence why a document could not be read (未能解析)."""
    document = PolicyDocument.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.state != DocumentState.PARSING:
        return
    document.state = steps.target("fail", state=DocumentState(document.state))
    document.failure = sentence[:200]
    document.save(update_fields=["state", "failure"])
    record(actor, "policies.document.unreadable", document, reason=sentence)
