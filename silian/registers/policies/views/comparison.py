"""Two public documents side by side (政策对照)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import XLSX_TYPE
from silian.registers.policies.exports.comparison import comparison_workbook
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.permissions.library import library_documents_visible_to
from silian.registers.policies.queries.comparison import (
    CITY_KINDS,
    KINDS,
    Comparison,
    comparable_documents,
    comparison_of,
)

PARTS = {"rules": "同类规则", "clauses": "逐条对照"}


@login_not_required
@require_safe
def comparison(request: Request) -> HttpResponse:
    """Choose two documents and see which demands more, rule by rule and clause by clause."""
    chosen = [chosen_document(request, name) for name in ("a", "b")]
    context = {"documents": comparable_documents(request.actor), "chosen": chosen}
    left, right = chosen
    if left is None or right is None or left.pk == right.pk:
        return render(request, "policies/library/comparison_start.html", context)
    found = comparison_of(left=left, right=right, actor=request.actor)
    if request.GET.get("export") == "xlsx":
        return workbook_response(found)
    part = request.GET.get("part", "")
    part = part if part in PARTS else ("clauses" if found.is_version else "rules")
    kinds = KINDS if found.is_version else CITY_KINDS
    only = request.GET.get("show", "")
    only = only if only in {*kinds, "all", "differs"} else default_kind(found)
    context |= {
        "comparison": found,
        "part": part,
        "parts": PARTS,
        "kinds": [(kind, kinds[kind], found.counts[kind]) for kind in kinds],
        "only": only,
        "rows": found.clauses_of(only),
    }
    return render(request, "policies/library/comparison.html", context)


def default_kind(found: Comparison) -> str:
    """Between versions what changed is asked first."""
    return "differs" if found.is_version else "all"


def chosen_document(request: Request, name: str) -> PolicyDocument | None:
    """The public document that the address names; one that is not public does not exist."""
    given = request.GET.get(name, "")
    if not given:
        return None
    rows = library_documents_visible_to(request.actor).select_related("division")
    found = rows.filter(pk=int(given)).first() if given.isdigit() and len(given) < 12 else None
    if found is None:
        raise Http404("没有这份已发布的文件。请回到政策文件库重新选择。")
    return found


def workbook_response(found: Comparison) -> HttpResponse:
    name = f"政策对照 {found.left.reference} {found.right.reference}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition or "attachment"}
    return HttpResponse(comparison_workbook(found), content_type=XLSX_TYPE, headers=headers)
