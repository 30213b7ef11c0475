"""Configuring kinds of agreement in the browser (协议类别)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.agreements.choices import KindVersionState
from silian.casework.agreements.commands.kinds import (
    open_or_close_kind,
    publish_kind,
    save_kind,
)
from silian.casework.agreements.forms.kinds import KindEditor
from silian.casework.agreements.models import ConfiguredKind, KindVersion
from silian.casework.agreements.permissions.agreements import is_official
from silian.casework.agreements.permissions.kinds import (
    configured_kinds_visible_to,
    may_configure,
    require_configurer,
)
from silian.casework.agreements.queries.kinds import built
from silian.casework.agreements.queries.texts import preview_text
from silian.casework.agreements.registry import AgreementKind, declared_kinds
from silian.casework.agreements.rules.kind_definitions import faults_of
from silian.casework.agreements.rules.values import normalised_terms
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.foundation.ui.typed_fields import field_of, fields_by_group


@require_safe
def kind_list(request: Request) -> HttpResponse:
    """Kinds declared by the platform and those of the region (协议类别)."""
    if not is_official(request.actor):
        raise NotAllowed("协议类别由主管部门查看和制定。")
    rows = configured_kinds_visible_to(request.actor).select_related("division", "owner")
    context = {
        "declared": declared_kinds(),
        "configured": rows.prefetch_related("versions"),
        "configures": may_configure(request.actor),
    }
    return render(request, "agreements/kind_list.html", context)


def visible_kind(request: Request, kind_id: int) -> ConfiguredKind:
    rows = configured_kinds_visible_to(request.actor).select_related("division", "owner")
    return get_object_or_404(rows.prefetch_related("versions"), pk=kind_id)


def latest(kind: ConfiguredKind) -> KindVersion:
    return max(kind.versions.all(), key=lambda version: version.number)


@require_safe
def kind_detail(request: Request, kind_id: int) -> HttpResponse:
    """One kind with its versions, its faults and the text as it would read (预览)."""
    kind = visible_kind(request, kind_id)
    version = latest(kind)
    faults = faults_of(version.definition)
    context = {
        "kind": kind,
        "version": version,
        "faults": faults,
        "text": "" if faults else preview_text(kind=built(version), terms={}),
        "built": None if faults else built(version),
        "is_draft": version.state == KindVersionState.DRAFT,
        "configures": may_configure(request.actor) and request.actor.covers(kind.division_id),
    }
    return render(request, "agreements/kind_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def kind_new(request: Request) -> HttpResponse:
    """Start a kind (新增类别)."""
    require_configurer(request.actor)
    editor = KindEditor(request.POST if request.method == "POST" else None)
    return edited(request, editor, kind=None)


@require_http_methods(["GET", "HEAD", "POST"])
def kind_edit(request: Request, kind_id: int) -> HttpResponse:
    """Write the next version of a kind (修改类别)."""
    kind = visible_kind(request, kind_id)
    require_configurer(request.actor, kind)
    editor = KindEditor(
        request.POST if request.method == "POST" else None,
        label=kind.label,
        purpose=kind.purpose,
        definition=latest(kind).definition,
    )
    return edited(request, editor, kind=kind)


def edited(request: Request, editor: KindEditor, *, kind: ConfiguredKind | None) -> HttpResponse:
    """Show the editor, or keep what was typed and show the result."""
    if request.method == "POST" and editor.is_valid():
        saved = done_or_refused(
            editor.head,
            lambda: save_kind(
                actor=request.actor,
                label=editor.head.cleaned_data["label"],
                purpose=editor.head.cleaned_data["purpose"],
                definition=editor.definition(),
                kind_id=kind.pk if kind else None,
            ),
        )
        if saved is not None:
            messages.success(request, "已保存草稿。")
            return redirect(after_saving(request), saved.pk)
    status = 422 if request.method == "POST" else 200
    context = {"editor": editor, "kind": kind}
    return render(request, "agreements/kind_form.html", context, status=status)


def after_saving(request: Request) -> str:
    """On to more rows, or to the preview."""
    return "agreements:kind_edit" if "more" in request.POST else "agreements:kind_detail"


class TrialForm(forms.Form):
    """Every term of a kind, to try it out (试填)."""

    def __init__(self, *args: Any, kind: AgreementKind, **options: Any) -> None:
        super().__init__(*args, **options)
        for term in kind.all_terms:
            self.fields[term.code] = field_of(term)
        self.fieldsets = fields_by_group(kind.all_terms)


@require_http_methods(["GET", "HEAD", "POST"])
def kind_trial(request: Request, kind_id: int) -> HttpResponse:
    """Fill a kind in and read the text; nothing is kept (试运行)."""
    kind = visible_kind(request, kind_id)
    version = latest(kind)
    if faults_of(version.definition):
        messages.error(request, "定义还有缺漏，改好后再试填。")
        return redirect("agreements:kind_detail", kind.pk)
    declared = built(version)
    form = TrialForm(request.POST if request.method == "POST" else None, kind=declared)
    text = ""
    if request.method == "POST" and form.is_valid():
        terms = normalised_terms(declared, form.cleaned_data)
        text = preview_text(kind=declared, terms=terms)
    context = {"kind": kind, "version": version, "form": form, "text": text}
    return render(request, "agreements/kind_trial.html", context, status=status_of(form))


@require_POST
def kind_publish(request: Request, kind_id: int) -> HttpResponse:
    """Publish the draft of a kind (发布)."""
    kind = visible_kind(request, kind_id)
    publish_kind(kind_id=kind.pk, actor=request.actor, now=timezone.localtime())
    messages.success(request, "已发布，新起草的协议使用这一版。")
    return redirect("agreements:kind_detail", kind.pk)


@require_POST
def kind_open(request: Request, kind_id: int, is_open: str) -> HttpResponse:
    """Offer a kind for new agreements, or no longer (启用、停用)."""
    kind = visible_kind(request, kind_id)
    open_or_close_kind(kind_id=kind.pk, actor=request.actor, is_open=is_open == "open")
    messages.success(request, "已启用。" if is_open == "open" else "已停用，现有协议不受影响。")
    return redirect("agreements:kind_detail", kind.pk)
