"""Sheets of promotions: upload, look at each row, take the good ones in."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.form_pages import answer_form, done_or_said, given, page_words
from silian.operations.learning.choices import CertificateLevel
from silian.operations.learning.commands.promotion_imports import read_sheet, take_import
from silian.operations.learning.forms.calls import SheetForm
from silian.operations.learning.models.promotions import PromotionImport
from silian.operations.learning.permissions.skills import enters, imports_visible_to
from silian.operations.learning.rules.promotion_sheet import HEADINGS
from silian.operations.learning.views.words import PROMOTIONS

LEVELS = dict(CertificateLevel.choices)
EXAMPLE = (
    "填 18 位证件号", "与人员登记一致", "6-18-01-01", "四级", "三级", "Y000123000001263000001",
    "发证机构全称", "2026-03-02", "数控车工高级工培训班", "80",
)  # fmt: skip


def require_importer(request: Request) -> None:
    if not enters(request.actor, request.actor.jurisdiction):
        raise NotAllowed("技能等级提升由企业或技能管理部门导入。")


@require_http_methods(["GET", "HEAD", "POST"])
def promotion_import(request: Request) -> HttpResponse:
    """Upload a sheet; nothing is entered before one has looked at each row (导入)."""
    require_importer(request)
    form = SheetForm(*given(request))
    form.fields["file"].help_text = "xlsx 或 csv，第一行是列名。先逐行预览，确认后才登记。"
    return answer_form(
        request,
        form=form,
        page=replace(
            page_words(
                "导入技能等级提升",
                "读取并预览",
                back=PROMOTIONS[1],
                register=PROMOTIONS,
                help="learning/promotion_import",
            ),
            template="learning/promotion_import.html",
        ),
        send=lambda said: read_sheet(
            name=said["file"].name,
            content=said["file"].read(),
            actor=request.actor,
            now=timezone.now(),
            today=timezone.localdate(),
        ),
        done="已读取，请逐行核对。",
    )


@require_safe
def promotion_template(request: Request) -> HttpResponseBase:
    """The columns of the sheet with an example (导入模板)."""
    require_importer(request)
    return file_response(kind="xlsx", name="技能等级提升导入模板", header=HEADINGS, rows=[EXAMPLE])


def visible_import(request: Request, import_id: int) -> PromotionImport:
    return get_object_or_404(imports_visible_to(request.actor), pk=import_id)


@require_safe
def promotion_import_preview(request: Request, import_id: int) -> HttpResponse:
    """Each row, what it would enter or why not (逐行预览)."""
    row = visible_import(request, import_id)
    lines = [
        {**line, "level": LEVELS.get(line["after"], ""), "from": LEVELS.get(line["before"], "")}
        for line in row.rows
    ]
    good = sum(not line["problems"] for line in lines)
    context = {"row": row, "lines": lines, "good": good, "bad": len(lines) - good}
    return render(request, "learning/promotion_preview.html", context)


@require_POST
def promotion_import_take(request: Request, import_id: int) -> HttpResponse:
    """Enter the good rows (确认导入)."""
    row = visible_import(request, import_id)
    return done_or_said(
        request,
        lambda: take_import(import_id=row.pk, actor=request.actor, now=timezone.now()),
        done="已登记，等待另一名人员核验。",
        then=row,
    )
