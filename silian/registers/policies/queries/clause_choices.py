"""Clauses that may be cited as a basis: those of issued documents of a region and above."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.jurisdictions import widening
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.permissions.library import library_clauses_visible_to

NATION = "000000"
Choices = list[tuple[str, list[tuple[int, str]]]]


def citable_clauses(*, division: str, actor: Actor) -> Choices:
    """The clauses by document, as choices of a form; two queries' worth in one."""
    places = [place or NATION for place in widening(division)]
    rows = library_clauses_visible_to(actor).filter(document__division_id__in=places)
    found: dict[str, list[tuple[int, str]]] = {}
    shown = rows.select_related("document").defer(
        "text", "document__text", "document__parsed", "document__search_vector"
    )
    for clause in shown.order_by("-document__division_id", "document_id", "order"):
        title = f"{clause.document.document_number} {clause.document}".strip()
        found.setdefault(title[:60], []).append((clause.pk, words_of(clause)))
    return list(found.items())


def words_of(clause: Clause) -> str:
    return f"{clause.place} {clause.heading}".strip()


def citable_clause(*, clause_id: int | None, actor: Actor) -> Clause | None:
    """The clause when it belongs to an issued document."""
    if clause_id is None:
        return None
    rows = library_clauses_visible_to(actor).select_related("document")
    return rows.filter(pk=clause_id).first()
