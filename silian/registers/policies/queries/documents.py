"""Reads of documents for the desk: list, counts, versions (政策文件)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.models import StoredFile
from silian.registers.policies.choices import ClauseReview, DocumentState, MarkKind
from silian.registers.policies.models.documents import PolicyDocument

MOST_VERSIONS = 30
HEAVY = ("text", "parsed", "addressees", "copied_to", "search_vector")
OPEN_STATES = (DocumentState.PARSING, DocumentState.UNREADABLE, DocumentState.REVIEWING)


@dataclass(frozen=True, kw_only=True)
class DocumentChoice:
    """What a reader of the list chose; empty means all (筛选条件)."""

    text: str = ""
    states: Sequence[str] = ()
    levels: Sequence[str] = ()
    divisions: Sequence[str] = ()
    years: Sequence[str] = ()
    issuers: Sequence[str] = ()


def conditions(choice: DocumentChoice) -> dict[str, Q]:
    """One condition a facet, so that each facet counts under the others."""
    divisions, years, issuers = Q(), Q(), Q()
    for code in choice.divisions:
        divisions |= Q(division__code__startswith=subtree_prefix(code))
    for year in choice.years:
        years |= Q(issued_on__year=int(year))
    for issuer in choice.issuers:
        issuers |= Q(issuers__contains=[issuer])
    words = Q()
    if choice.text:
        words = (
            Q(title__icontains=choice.text)
            | Q(plan_title__icontains=choice.text)
            | Q(document_number__icontains=choice.text)
        )
    return {
        "text": words,
        "state": Q(state__in=choice.states) if choice.states else Q(),
        "level": Q(level__in=choice.levels) if choice.levels else Q(),
        "division": divisions,
        "year": years,
        "issuer": issuers,
    }


def desk_rows(
    rows: QuerySet[PolicyDocument], *, choice: DocumentChoice
) -> QuerySet[PolicyDocument]:
    """The documents that meet every condition, with their counts; without the heavy columns."""
    for condition in conditions(choice).values():
        rows = rows.filter(condition)
    return (
        rows.select_related("division", "owner")
        .defer(*HEAVY)
        .annotate(
            clause_count=Count("clauses", distinct=True),
            confirmed_count=Count(
                "clauses", filter=Q(clauses__review=ClauseReview.CONFIRMED), distinct=True
            ),
            doubt_count=Count(
                "marks",
                filter=Q(marks__kind=MarkKind.DOUBT, marks__resolved_at__isnull=True),
                distinct=True,
            ),
        )
    )


def facet_counts(
    rows: QuerySet[PolicyDocument], *, choice: DocumentChoice
) -> dict[str, dict[str, int]]:
    """For each facet the number of rows a value would give, the other conditions kept."""
    given = conditions(choice)
    fields = {"state": "state", "level": "level", "division": "division_id", "year": "year"}
    counts: dict[str, dict[str, int]] = {}
    for facet in (*fields, "issuer"):
        others = rows.annotate(year=ExtractYear("issued_on"))
        for name, condition in given.items():
            if name != facet:
                others = others.filter(condition)
        if facet == "issuer":
            counts[facet] = issuer_counts(others)
            continue
        found = others.order_by().values_list(fields[facet]).annotate(Count("pk"))
        counts[facet] = {str(value): number for value, number in found if value}
    return counts


def issuer_counts(rows: QuerySet[PolicyDocument]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for names in rows.order_by().values_list("issuers", flat=True):
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return counts


def waiting_for_review(rows: QuerySet[PolicyDocument]) -> QuerySet[PolicyDocument]:
    """Of the documents that the actor reviews those that still need work (待核对)."""
    return rows.filter(state__in=[DocumentState.REVIEWING, DocumentState.UNREADABLE]).order_by(
        "created_at"
    )


def versions_of(document: PolicyDocument) -> list[PolicyDocument]:
    """The chain that the document stands in, latest first (版次沿革)."""
    earlier: list[PolicyDocument] = []
    later: list[PolicyDocument] = []
    step = document.supersedes
    while step is not None and len(earlier) < MOST_VERSIONS:
        earlier.append(step)
        step = step.supersedes
    following = PolicyDocument.objects.filter(supersedes=document).first()
    while following is not None and len(later) < MOST_VERSIONS:
        later.append(following)
        following = PolicyDocument.objects.filter(supersedes=following).first()
    return [*reversed(later), document, *earlier]


def original_of(document: PolicyDocument) -> StoredFile | None:
    """The file as it came; a version made by amendment has that of the version before."""
    version: PolicyDocument | None = document
    while version is not None:
        original = files_of(version).first()
        if original is not None or version.version == 1:
            return original
        version = version.supersedes
    return None
