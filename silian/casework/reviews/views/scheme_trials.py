"""A scheme tried out: the form as applicants see it, the last batch judged anew (预览、试算)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.casework.reviews.models import SchemeVersion
from silian.casework.reviews.queries.dry_run import dry_run, last_batch
from silian.casework.reviews.queries.scheme_pages import tree_lines
from silian.casework.reviews.rules.definition import Definition, FormField
from silian.casework.reviews.rules.form import visible_fields
from silian.casework.reviews.views.schemes import version_numbered, visible_scheme
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.typed_fields import NO, YES, field_of, fields_by_group

OTHER_GROUP = "申报内容"


class PreviewForm(forms.Form):
    """The questions that the answers so far lead to; nothing is kept (预览)."""

    def __init__(self, initial: dict[str, Any], *, fields: list[FormField]) -> None:
        super().__init__(initial=initial)
        for field in fields:
            self.fields[field.code] = field_of(field)
            if field.evidence:
                self.fields[field.code].help_text = f"{field.help}须附佐证文件。"
        self.fieldsets = fields_by_group(fields, otherwise=OTHER_GROUP)


@require_safe
def scheme_preview(request: Request, scheme_id: int, number: int) -> HttpResponse:
    """The form and criteria of a version as an applicant sees them (预览)."""
    scheme = visible_scheme(request, scheme_id)
    version = version_numbered(scheme, number)
    asked = visible_fields(version.content, typed_answers(request, version.content))
    context = {
        "scheme": scheme,
        "version": version,
        "form": PreviewForm(request.GET.dict(), fields=asked),
        "asked": len(asked),
        "questions": len(version.content.form),
        "tree": tree_lines(version.content),
    }
    template = "reviews/_scheme_preview.html" if request.htmx else "reviews/scheme_preview.html"
    return render(request, template, context)


def typed_answers(request: Request, content: Definition) -> dict[str, Any]:
    """Answers in the address, so that routing can be tried without keeping anything."""
    words = {YES: True, NO: False}
    return {
        field.code: words.get(request.GET[field.code], request.GET[field.code])
        if field.type == "yes_no"
        else request.GET[field.code]
        for field in content.form
        if request.GET.get(field.code)
    }


@require_safe
def scheme_dry_run(request: Request, scheme_id: int, number: int) -> HttpResponse:
    """What this version would have made of the last batch (试算)."""
    scheme = visible_scheme(request, scheme_id)
    version: SchemeVersion = version_numbered(scheme, number)
    campaign = last_batch(scheme)
    run = (
        dry_run(campaign=campaign, definition=version.content, on=timezone.localdate())
        if campaign
        else None
    )
    context = {"scheme": scheme, "version": version, "run": run}
    return render(request, "reviews/scheme_dry_run.html", context)
