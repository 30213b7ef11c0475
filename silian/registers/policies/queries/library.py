"""The public library: its list, its filters, and one document with all that hangs on it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractYear

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.models import StoredFile
from silian.foundation.reference.models import Division
from silian.registers.policies.choices import DocumentState
from silian.registers.policies.gateways.library_search import documents_holding
from silian.registers.policies.models.citations import Citation
from silian.registers.policies.models.clauses import Clause, ClauseBody, ClauseGoal, ClauseTarget
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.permissions.library import (
    library_clauses_visible_to,
    library_documents_visible_to,
)
from silian.registers.policies.rules.library_words import words_asked

KeyT = TypeVar("KeyT")
FORCES = {"in_force": "现行有效", "coming": "尚未施行", "ended": "已替代或废止"}
SHOWN_HITS = 2
HIT_LENGTH = 90
SHOWN_ISSUERS = 20


@dataclass(frozen=True, kw_only=True)
class LibraryQuestion:
    """What a reader of the library asks (检索条件)."""

    text: str = ""
    levels: Sequence[str] = ()
    divisions: Sequence[str] = ()
    years: Sequence[int] = ()
    issuers: Sequence[str] = ()
    forces: Sequence[str] = ()


def library_rows(
    question: LibraryQuestion, *, actor: Actor, on: datetime.date
) -> QuerySet[PolicyDocument]:
    """The documents that answer the question, with what a line shows."""
    rows = narrowed(library_documents_visible_to(actor), question, on=on)
    if question.text:
        rows = documents_holding(rows, text=question.text)
    task = Count("clauses", filter=Q(clauses__is_task=True), distinct=True)
    return (
        rows.defer("text", "parsed", "search_vector")
        .select_related("division")
        .annotate(
            clause_count=Count("clauses", distinct=True),
            task_count=task,
            target_count=Count("clauses__targets", distinct=True),
        )
    )


def narrowed(
    rows: QuerySet[PolicyDocument], question: LibraryQuestion, *, on: datetime.date
) -> QuerySet[PolicyDocument]:
    if question.levels:
        rows = rows.filter(level__in=question.levels)
    if question.divisions:
        places = [Q(division__code__startswith=subtree_prefix(c)) for c in question.divisions]
        rows = rows.filter(any_of(places))
    if question.years:
        rows = rows.filter(issued_on__year__in=question.years)
    if question.issuers:
        rows = rows.filter(issuers__overlap=list(question.issuers))
    if question.forces:
        rows = rows.filter(any_of(force_condition(name, on=on) for name in question.forces))
    return rows


def any_of(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


def force_condition(name: str, *, on: datetime.date) -> Q:
    """In force, not yet, or no longer on a day (效力)."""
    issued = Q(state=DocumentState.ISSUED)
    coming = issued & Q(effective_from__gt=on)
    ended = ~issued | Q(effective_to__lte=on)
    if name == "coming":
        return coming
    return ended if name == "ended" else issued & ~coming & ~Q(effective_to__lte=on)


def force_of(document: PolicyDocument, *, on: datetime.date) -> tuple[str, str]:
    """The word and tone for the state of force of one document."""
    if document.state != DocumentState.ISSUED:
        return document.get_state_display(), "unset"
    if document.effective_to and document.effective_to <= on:
        return "已失效", "unset"
    if document.effective_from and document.effective_from > on:
        return "尚未施行", "info"
    return "现行有效", "ok"


@dataclass(frozen=True, kw_only=True)
class LibraryFacets:
    """What the whole library offers to filter by, with counts (筛选项)."""

    divisions: list[tuple[str, str]]
    years: dict[int, int]
    issuers: dict[str, int]
    levels: dict[str, int]


def library_facets(actor: Actor) -> LibraryFacets:
    """Counted over the public rows alone, so no draft shows in a number."""
    rows = library_documents_visible_to(actor).order_by()
    facts = list(
        rows.annotate(year=ExtractYear("issued_on")).values_list(
            "division_id", "year", "level", "issuers"
        )
    )
    codes = {above for code, *_ in facts for above in levels_of(code)}
    places = Division.objects.filter(pk__in=codes).order_by("code").values_list("pk", "name")
    issuers = counted(name for *_, names in facts for name in names)
    return LibraryFacets(
        divisions=list(places),
        years=dict(sorted(counted(year for _, year, *_ in facts if year).items(), reverse=True)),
        issuers=dict(sorted(issuers.items(), key=lambda item: -item[1])[:SHOWN_ISSUERS]),
        levels=counted(level for _, _, level, _ in facts),
    )


def levels_of(code: str) -> set[str]:
    """A division and those that hold it: 990104 → 990000, 990100, 990104."""
    return {code[:2].ljust(6, "0"), code[:4].ljust(6, "0"), code}


def counted(values: Iterable[KeyT]) -> dict[KeyT, int]:
    return dict(Counter(values))


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A clause in which a word was found, with the words around it (命中条款)."""

    clause: Clause
    before: str
    word: str
    after: str


def hits_in(
    documents: Sequence[PolicyDocument], *, text: str, actor: Actor
) -> Mapping[int, list[Hit]]:
    """Up to two clauses of each document that hold a word asked; one query for the page."""
    words = sorted((w for w in words_asked(text) if len(w) > 1), key=len, reverse=True)
    if not words or not documents:
        return {}
    holding = any_of(Q(text__icontains=word) | Q(heading__icontains=word) for word in words)
    rows = library_clauses_visible_to(actor).filter(holding, document__in=documents)
    found: dict[int, list[Hit]] = {}
    for clause in rows.order_by("document_id", "order"):
        hits = found.setdefault(clause.document_id, [])
        if len(hits) < SHOWN_HITS:
            hits.append(hit_of(clause, words))
    return found


def hit_of(clause: Clause, words: Sequence[str]) -> Hit:
    text = " ".join(clause.text.split())
    word = next((w for w in words if w in text.lower()), "")
    at = text.lower().find(word) if word else 0
    start = max(0, at - HIT_LENGTH // 3)
    end = at + len(word)
    return Hit(
        clause=clause,
        before=("…" if start else "") + text[start:at],
        word=text[at:end],
        after=text[end : end + HIT_LENGTH] + ("…" if len(text) > end + HIT_LENGTH else ""),
    )


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A heading of the clause tree with what stands below it (条款目录)."""

    titles: list[str]
    clauses: list[tuple[Clause, str]] = field(default_factory=list)


def document_clauses(document: PolicyDocument) -> list[Clause]:
    """The clauses with bodies, targets and goals; four queries for any length."""
    bodies = ClauseBody.objects.select_related("body").order_by("order")
    rows = document.clauses.order_by("order").prefetch_related(
        Prefetch("bodies", queryset=bodies),
        Prefetch("targets", queryset=ClauseTarget.objects.order_by("order")),
        Prefetch("goals", queryset=ClauseGoal.objects.order_by("pk")),
    )
    return list(rows)


def words_alone(clause: Clause) -> str:
    """The text without the number and heading that stand above it on the page."""
    title = f"{clause.number}{clause.heading}"
    text = clause.text.strip()
    rest = text.removeprefix(title) if clause.heading else text
    return rest.lstrip("。．. \n") or text


def branches_of(clauses: Iterable[Clause]) -> list[Branch]:
    """Clauses under the headings that change from one to the next."""
    found: list[Branch] = []
    shown: list[str] = []
    for clause in clauses:
        above = [title for title in clause.path if title != own_title(clause)]
        if not found or above != shown:
            kept = common_length(above, shown)
            found.append(Branch(titles=above[kept:]))
            shown = above
        found[-1].clauses.append((clause, words_alone(clause)))
    return found


def own_title(clause: Clause) -> str:
    return clause.path[-1] if clause.path and clause.heading in clause.path[-1] else ""


def common_length(a: Sequence[str], b: Sequence[str]) -> int:
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the original with its number (原文行)."""

    number: int
    text: str
    clause_id: int | None


def lines_of(document: PolicyDocument, clauses: Sequence[Clause]) -> list[Line]:
    """The original line by line; the first line of each clause knows its clause."""
    first = {clause.line_start: clause.pk for clause in clauses if clause.line_start}
    texts = document.text.replace("\r\n", "\n").split("\n")
    return [
        Line(number=number, text=text, clause_id=first.get(number))
        for number, text in enumerate(texts, start=1)
    ]


def citations_both_ways(
    document: PolicyDocument, *, actor: Actor
) -> tuple[list[Citation], list[Citation]]:
    """What the document cites, and which public documents cite it (引用、被引用)."""
    public = library_documents_visible_to(actor)
    cites = list(document.citations.select_related("cited").order_by("start"))
    for citation in cites:
        if citation.cited is not None and not citation.cited.is_public:
            citation.cited = None
    cited_by = Citation.objects.filter(cited=document, document__in=public)
    return cites, list(cited_by.select_related("document__division").order_by("-document_id"))


def versions_of(document: PolicyDocument, *, actor: Actor) -> list[PolicyDocument]:
    """The public versions of a document, newest first (历次版本)."""
    rows = library_documents_visible_to(actor).defer("text", "parsed", "search_vector")
    known = {row.pk: row for row in rows.filter(division_id=document.division_id)}
    following = {row.supersedes_id: row.pk for row in known.values() if row.supersedes_id}
    last = document.pk
    while last in following:
        last = following[last]
    chain: list[PolicyDocument] = []
    place: int | None = last
    while place is not None and place in known:
        chain.append(known[place])
        place = known[place].supersedes_id
    return chain


def original_file(document: PolicyDocument) -> StoredFile | None:
    """The uploaded original of a public document."""
    return files_of(document).first() if document.is_public else None
