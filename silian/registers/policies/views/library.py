"""The public library: search, one document with its lines, and its forms for programs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Facet
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.paging import keyset_page
from silian.registers.policies.choices import DocumentLevel
from silian.registers.policies.exports.library import document_json, document_xml
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.permissions.library import library_documents_visible_to
from silian.registers.policies.queries.library import (
    FORCES,
    LibraryQuestion,
    branches_of,
    citations_both_ways,
    document_clauses,
    force_of,
    hits_in,
    library_facets,
    library_rows,
    lines_of,
    original_file,
    versions_of,
)

PAGE_SIZE = 20
SORTS = {"-issued_on": "最新发文", "issued_on": "最早发文", "title": "标题"}
RELEVANCE = "-relevance"
XML_TYPE = "application/akn+xml; charset=utf-8"


@login_not_required
@require_safe
def library(request: Request) -> HttpResponse:
    """Find an issued document by its words, region, year, issuer or force (政策文件库)."""
    today = timezone.localdate()
    bar = FilterBar(
        request=request, facets=facets_of(request), placeholder="标题、文号或正文里的词"
    )
    question = question_of(request, bar)
    rows = library_rows(question, actor=request.actor, on=today)
    sorts = {RELEVANCE: "最相关", **SORTS} if question.text else SORTS
    order = request.GET.get("sort", "")
    order = order if order in sorts else next(iter(sorts))
    page = keyset_page(
        rows=rows,
        order=order,
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    hits = hits_in(page.rows, text=question.text, actor=request.actor)
    context = {
        "bar": bar,
        "page": page,
        "total": rows.count(),
        "rows": [(row, force_of(row, on=today), hits.get(row.pk, [])) for row in page.rows],
        "sorts": sorts,
        "order": order,
    }
    template = "policies/library/_results.html" if request.htmx else "policies/library/list.html"
    return render(request, template, context)


def facets_of(request: Request) -> list[Facet]:
    found = library_facets(request.actor)
    years = {str(year): count for year, count in found.years.items()}
    return [
        facet(request=request, name="force", label="效力", choices=FORCES.items()),
        facet(
            request=request,
            name="level",
            label="层级",
            choices=[pair for pair in DocumentLevel.choices if pair[0] in found.levels],
            counts=found.levels,
        ),
        facet(request=request, name="division", label="地区（含下级）", choices=found.divisions),
        facet(
            request=request,
            name="year",
            label="发文年份",
            choices=[(year, f"{year}年") for year in years],
            counts=years,
        ),
        facet(
            request=request,
            name="issuer",
            label="发文机关",
            choices=[(name, name) for name in found.issuers],
            counts=found.issuers,
        ),
    ]


def question_of(request: Request, bar: FilterBar) -> LibraryQuestion:
    chosen = request.GET.getlist
    return LibraryQuestion(
        text=bar.text,
        levels=chosen("level"),
        divisions=[code for code in chosen("division") if code.isdigit() and len(code) == 6],
        years=[int(year) for year in chosen("year") if year.isdigit() and len(year) == 4],
        issuers=[name.replace("\x00", "") for name in chosen("issuer")],
        forces=[name for name in chosen("force") if name in FORCES],
    )


def public_document(request: Request, document_id: int) -> PolicyDocument:
    rows = library_documents_visible_to(request.actor).select_related("division", "owner")
    return get_object_or_404(rows, pk=document_id)


@login_not_required
@require_safe
def library_document(request: Request, document_id: int) -> HttpResponse:
    """One issued document: text by line, clauses, duties, targets, citations (政策文件)."""
    document = public_document(request, document_id)
    clauses = document_clauses(document)
    cites, cited_by = citations_both_ways(document, actor=request.actor)
    versions = versions_of(document, actor=request.actor)
    context = {
        "document": document,
        "force": force_of(document, on=timezone.localdate()),
        "branches": branches_of(clauses),
        "clauses": clauses,
        "task_count": sum(clause.is_task for clause in clauses),
        "target_count": sum(len(clause.targets.all()) for clause in clauses),
        "lines": lines_of(document, clauses),
        "cites": cites,
        "cited_by": cited_by,
        "versions": versions,
        "previous": next((row for row in versions if row.pk == document.supersedes_id), None),
        "original": original_file(document),
        "permanent": request.build_absolute_uri(request.path),
    }
    return render(request, "policies/library/document.html", context)


@login_not_required
@require_safe
def library_document_json(request: Request, document_id: int) -> JsonResponse:
    """The document as data (JSON)."""
    document = public_document(request, document_id)
    data = document_json(document, document_clauses(document))
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = download_name(document, "json")
    return response


@login_not_required
@require_safe
def library_document_xml(request: Request, document_id: int) -> HttpResponse:
    """The document in Akoma Ntoso (XML)."""
    document = public_document(request, document_id)
    text = document_xml(document, document_clauses(document))
    headers = {"Content-Disposition": download_name(document, "akn.xml")}
    return HttpResponse(text, content_type=XML_TYPE, headers=headers)


def download_name(document: PolicyDocument, ending: str) -> str:
    name = f"{document.reference}.{ending}".replace("/", "-")
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
