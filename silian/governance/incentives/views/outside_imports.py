"""Bring in a list of subsidies paid elsewhere: template, look-through, confirmation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.form_pages import done_or_refused, given, status_of
from silian.governance.incentives.commands.outside_payments import (
    import_payments,
    preview_payments,
)
from silian.governance.incentives.forms.outside_payments import ListForm
from silian.governance.incentives.permissions.outside_payments import require_registering
from silian.governance.incentives.rules.outside_payments import COLUMNS, PaymentLine
from silian.governance.incentives.views.sealed_previews import opened, sealed

PARTS = "incentives/outside_payments/"
SALT = "incentives.outside_payments.import"
SHOWN = 200  # lines on one page; those with something to say stand first
EXAMPLE = (
    "张三", "110101199003074258", "技能提升补贴", "", "高级工", "2025-03-01", "2025-04-30",
    "1500.00", "失业保险经办机构", "2025 年第二批发放名册", "2025-06-20",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def payment_import(request: Request) -> HttpResponse:
    """Read a list, show every line, write when it is confirmed (导入)."""
    actor = request.actor
    require_registering(actor)
    if request.method == "POST" and "looked_at" in request.POST:
        return import_confirmed(request)
    form = ListForm(*given(request))
    lines = done_or_refused(
        form,
        lambda: preview_payments(actor=actor, today=timezone.localdate(), **content_of(form)),
    )
    return import_page(request, form, lines or [])


def content_of(form: ListForm) -> dict[str, Any]:
    upload = form.cleaned_data["file"]
    return {"name": upload.name or "", "content": upload.read()}


def import_page(request: Request, form: ListForm, lines: list[PaymentLine]) -> HttpResponse:
    wrong = sum(bool(line.problems) for line in lines)
    new = sum(line.is_new for line in lines)
    name = form.cleaned_data["file"].name if lines else ""
    order = sorted(lines, key=lambda line: (not line.problems, not line.known, line.number))
    context = {
        "form": form, "lines": order[:SHOWN], "count": len(lines), "wrong": wrong, "new": new,
        "known": len(lines) - wrong - new, "hidden": max(0, len(lines) - SHOWN),
        "kept": "" if wrong or not lines else kept(name, lines),
    }  # fmt: skip
    status = 422 if wrong else status_of(form)
    return render(request, f"{PARTS}import.html", context, status=status)


def kept(name: str, lines: list[PaymentLine]) -> str:
    """What was looked at: the file's name, and its lines with their numbers."""
    return sealed([name, [{**line.cells, "行号": str(line.number)} for line in lines]], salt=SALT)


def import_confirmed(request: Request) -> HttpResponse:
    """Write what the reader looked at; what was changed on the way is refused (确认导入)."""
    back = redirect("incentives:outside_payment_import")
    try:
        name, rows = opened(request.POST["looked_at"], salt=SALT)
        batch = import_payments(
            file_name=name, rows=rows, actor=request.actor, now=timezone.now(),
            today=timezone.localdate(),
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return back
    messages.success(
        request, f"共 {batch.lines} 行：新增 {batch.added} 笔，已有 {batch.known} 笔没有重复写入。"
    )
    return redirect(f"{reverse('incentives:outside_payments')}?batch={batch.pk}")


@require_safe
def payment_template(request: Request) -> HttpResponseBase:
    """The columns as a file to fill in, with one line as an example (模板)."""
    require_registering(request.actor)
    return file_response(
        kind="xlsx", name="其他渠道补贴发放名单模板", header=COLUMNS, rows=[EXAMPLE]
    )
