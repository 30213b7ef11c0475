"""The desk's list of policy documents (政策文件)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.saved_views import default_view_redirect
from silian.foundation.ui.tables import Column, Table
from silian.registers.policies.choices import DocumentLevel, DocumentState
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.permissions.documents import (
    documents_on_desk_of,
    may_upload,
    require_official,
)
from silian.registers.policies.queries.documents import (
    DocumentChoice,
    desk_rows,
    facet_counts,
)

MOST_ISSUERS = 12
TONES = {
    DocumentState.PARSING: "info",
    DocumentState.UNREADABLE: "late",
    DocumentState.REVIEWING: "watch",
    DocumentState.ISSUED: "ok",
    DocumentState.SUPERSEDED: "unset",
    DocumentState.REPEALED: "unset",
    DocumentState.WITHDRAWN: "unset",
}


def tone_of(document: PolicyDocument) -> str:
    return TONES[DocumentState(document.state)]


def desk_url(document: PolicyDocument) -> str:
    return reverse("policies:document_desk", kwargs={"document_id": document.pk})


def choice_of(request: Request) -> DocumentChoice:
    chosen = request.GET
    return DocumentChoice(
        text=chosen.get("q", "").strip()[:60].replace("\x00", ""),
        states=[each for each in chosen.getlist("state") if each in DocumentState.values],
        levels=[each for each in chosen.getlist("level") if each in DocumentLevel.values],
        divisions=[each for each in chosen.getlist("division") if each.isdigit()],
        years=[each for each in chosen.getlist("year") if each.isdigit() and len(each) == 4],
        issuers=[each[:80] for each in chosen.getlist("issuer")],
    )


def filter_bar(request: Request, counts: dict[str, dict[str, int]]) -> FilterBar:
    divisions = Division.objects.filter(pk__in=counts["division"]).order_by("pk")
    issuers = sorted(counts["issuer"], key=lambda name: (-counts["issuer"][name], name))
    choices: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("state", "状态", [(s.value, s.label) for s in DocumentState if s in counts["state"]]),
        ("level", "层级", [(s.value, s.label) for s in DocumentLevel if s in counts["level"]]),
        ("division", "适用地区", [(row.pk, row.name) for row in divisions]),
        ("year", "成文年份", [(y, f"{y} 年") for y in sorted(counts["year"], reverse=True)]),
        ("issuer", "发文机关", [(name, name) for name in issuers[:MOST_ISSUERS]]),
    ]
    return FilterBar(
        request=request,
        placeholder="标题或文号",
        facets=[
            facet(request=request, name=name, label=label, choices=given, counts=counts[name])
            for name, label, given in choices
            if given
        ],
    )


def progress_of(row: PolicyDocument) -> str:
    """How far the review is, in words."""
    if row.state != DocumentState.REVIEWING:
        return ""
    return f"{row.confirmed_count} / {row.clause_count}"  # type: ignore[attr-defined]


COLUMNS = [
    Column("title", "文件", value=str, template="policies/_cell_document.html", main=True),
    Column("number", "文号", value="document_number", sort="document_number"),
    Column(
        "state",
        "状态",
        value=lambda row: row.get_state_display(),
        template="policies/_cell_state.html",
        sort="state",
    ),
    Column("review", "已确认条款", value=progress_of, numeric=True),
    Column("doubts", "疑点", value="doubt_count", numeric=True, sort="doubt_count"),
    Column("issued_on", "成文日期", sort="issued_on"),
    Column("division", "适用地区", value="division__name"),
    Column("level", "层级", value=lambda row: row.get_level_display(), sort="level"),
    Column("issuers", "发文机关", value=lambda row: "、".join(row.issuers), optional=True),
    Column("clauses", "条款", value="clause_count", numeric=True, optional=True),
    Column("owner", "录入单位", value="owner__name", optional=True),
    Column("effective_from", "施行日", sort="effective_from", optional=True),
    Column("version", "版次", numeric=True, sort="version", optional=True),
]


def document_table(request: Request, rows: object) -> Table:
    return Table(
        request=request,
        name="policy_documents",
        caption="政策文件",
        rows=rows,  # type: ignore[arg-type]
        order="-issued_on",
        export=True,
        row_url=desk_url,
        columns=COLUMNS,
        empty={
            "missing": "还没有政策文件",
            "why": "上传后自动拆成条款、责任单位和指标",
        },
    )


@require_safe
def document_list(request: Request) -> HttpResponse:
    """All documents that the official may see (政策文件)."""
    require_official(request.actor)
    visible = documents_on_desk_of(request.actor)
    choice = choice_of(request)
    table = document_table(request, desk_rows(visible, choice=choice))
    if table.export_wanted:
        return table.export_response()  # type: ignore[return-value]
    context = {
        "table": table,
        "bar": filter_bar(request, facet_counts(visible, choice=choice)),
        "may_upload": may_upload(request.actor),
    }
    template = "policies/_document_list.html" if request.htmx else "policies/document_list.html"
    return default_view_redirect(request=request) or render(request, template, context)
