"""Bring in a list of another authority: template, look-through, confirmation."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.form_pages import done_or_refused, given, status_of
from silian.governance.incentives.choices.comparison_records import ComparisonKind, Completeness
from silian.governance.incentives.commands.comparison_records import import_list, preview_list
from silian.governance.incentives.forms.comparison_records import ComparisonListForm
from silian.governance.incentives.permissions.comparison_records import require_importing
from silian.governance.incentives.rules.comparison_records import COLUMNS, ListSaid, RecordLine
from silian.governance.incentives.views.sealed_previews import opened, sealed

PARTS = "incentives/comparison_records/"
SALT = "incentives.comparison_records.import"
SHOWN = 200  # lines on one page; those with something to say stand first
NUMBER = "110101199003074258"
UNIT = ("91110000600037341L", "示例制造有限公司")
EXAMPLES = {
    ComparisonKind.INSURED: ("张三", NUMBER, *UNIT, "2025-03"),
    ComparisonKind.PAYROLL: ("张三", NUMBER, *UNIT, "2025-03"),
    ComparisonKind.DEATH: ("张三", NUMBER, "2025-03-18"),
    ComparisonKind.PRISON: ("张三", NUMBER, "2024-06-01", "2025-05-31"),
    ComparisonKind.PUBLIC: ("张三", NUMBER, "示例事业单位", "2020-09-01", ""),
}
DATES = ("as_of", "covers_from", "covers_until", "kept_until")


@require_http_methods(["GET", "HEAD", "POST"])
def comparison_import(request: Request) -> HttpResponse:
    """Read a list, show every line, write when it is confirmed (导入)."""
    require_importing(request.actor)
    if request.method == "POST" and "looked_at" in request.POST:
        return import_confirmed(request)
    form = ComparisonListForm(*given(request))
    lines = done_or_refused(
        form,
        lambda: preview_list(
            said=form.said(), actor=request.actor, today=timezone.localdate(), **content_of(form)
        ),
    )
    return import_page(request, form, lines or [])


def content_of(form: ComparisonListForm) -> dict[str, Any]:
    upload = form.cleaned_data["file"]
    return {"name": upload.name or "", "content": upload.read()}


def import_page(
    request: Request, form: ComparisonListForm, lines: list[RecordLine]
) -> HttpResponse:
    wrong = sum(bool(line.problems) for line in lines)
    said = form.said() if lines else None
    order = sorted(lines, key=lambda line: (not line.problems, not line.same_as, line.number))
    context = {
        "form": form, "said": said, "lines": order[:SHOWN], "count": len(lines), "wrong": wrong,
        "repeated": sum(bool(line.same_as) for line in lines),
        "hidden": max(0, len(lines) - SHOWN), "kinds": ComparisonKind,
        "kind": ComparisonKind(said.kind).label if said else "",
        "completeness": Completeness(said.completeness).label if said else "",
        "kept": kept(form, said, lines) if said and not wrong else "",
    }  # fmt: skip
    status = 422 if wrong else status_of(form)
    return render(request, f"{PARTS}import.html", context, status=status)


def kept(form: ComparisonListForm, said: ListSaid, lines: list[RecordLine]) -> str:
    """What was looked at: the list as typed, and its lines."""
    about = {name: str(value or "") for name, value in asdict(said).items()}
    rows = [[line.number, *line.cells.values()] for line in lines]
    return sealed([form.cleaned_data["file"].name, about, rows], salt=SALT)


def list_again(about: dict[str, str]) -> ListSaid:
    """The list as typed, from what the page carried."""
    days = {
        name: datetime.date.fromisoformat(about[name]) if about[name] else None for name in DATES
    }
    return ListSaid(**{**about, **days})  # type: ignore[arg-type]


def import_confirmed(request: Request) -> HttpResponse:
    """Write what the reader looked at; what was changed on the way is refused (确认导入)."""
    try:
        name, about, rows = opened(request.POST["looked_at"], salt=SALT)
        said = list_again(about)
        cells = [(row[0], dict(zip(COLUMNS[said.kind], row[1:], strict=True))) for row in rows]
        row = import_list(
            said=said, file_name=name, rows=cells, actor=request.actor, now=timezone.now(),
            today=timezone.localdate(),
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("incentives:comparison_import")
    messages.success(request, f"已导入 {row.added} 条，正在与办理中的申领比对。")
    return redirect(row)


@require_safe
def comparison_template(request: Request, kind: str) -> HttpResponseBase:
    """The columns of a kind as a file to fill in, with one line as an example (模板)."""
    require_importing(request.actor)
    chosen = ComparisonKind(kind)
    return file_response(
        kind="xlsx", name=f"{chosen.label}模板", header=COLUMNS[kind], rows=[EXAMPLES[chosen]]
    )
