"""Schemes: list, one with its versions and differences, and their life (认定项目)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.reviews.choices.schemes import SchemeVersionState
from silian.casework.reviews.commands.schemes import (
    drop_draft,
    load_built_in_schemes,
    make_scheme,
    open_draft,
    publish_version,
    retire_version,
)
from silian.casework.reviews.forms.scheme_heads import NewSchemeForm
from silian.casework.reviews.gateways.rulebooks import built_in_schemes
from silian.casework.reviews.models import Scheme, SchemeVersion
from silian.casework.reviews.permissions.schemes import (
    may_write,
    may_write_schemes,
    reads_schemes,
    require_writer,
    schemes_visible_to,
)
from silian.casework.reviews.queries.platform_data import known_data
from silian.casework.reviews.queries.scheme_pages import (
    PART_LABELS,
    basis_facts,
    blocks_of,
    consequence_facts,
    procedure_groups,
    tree_lines,
)
from silian.casework.reviews.queries.schemes import latest_version
from silian.casework.reviews.rules.definition import Definition
from silian.casework.reviews.rules.definition_differences import definition_differences
from silian.casework.reviews.rules.definition_faults import faults_of
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.registers.organisations.models import Organisation


@require_safe
def scheme_list(request: Request) -> HttpResponse:
    """Schemes of the region with their state (认定项目)."""
    if not reads_schemes(request.actor):
        raise NotAllowed("认定项目由主管部门查看和制定。")
    rows = (
        schemes_visible_to(request.actor)
        .select_related("division", "owner")
        .prefetch_related("versions")
        .annotate(batches=Count("versions__campaigns", distinct=True))
        .order_by("title", "pk")
    )
    own = {scheme.code for scheme in rows if scheme.division_id == request.actor.jurisdiction}
    context = {
        "schemes": [scheme_line(scheme) for scheme in rows],
        "writes": may_write_schemes(request.actor),
        "lacking": [one.title for code, one in built_in_schemes().items() if code not in own],
    }
    return render(request, "reviews/scheme_list.html", context)


def scheme_line(scheme: Scheme) -> dict[str, Any]:
    versions = {version.state: version for version in scheme.versions.all()}
    return {
        "scheme": scheme,
        "published": versions.get(SchemeVersionState.PUBLISHED),
        "draft": versions.get(SchemeVersionState.DRAFT),
        "purpose": latest_version(scheme).definition.get("purpose", ""),
    }


def visible_scheme(request: Request, scheme_id: int) -> Scheme:
    rows = schemes_visible_to(request.actor).select_related("division", "owner")
    return get_object_or_404(rows.prefetch_related("versions__made_by"), pk=scheme_id)


@require_safe
def scheme_detail(request: Request, scheme_id: int) -> HttpResponse:
    """One scheme: what holds, what is being written, its versions."""
    scheme = visible_scheme(request, scheme_id)
    return version_page(request, scheme, shown_version(scheme))


def shown_version(scheme: Scheme) -> SchemeVersion:
    """The published version, else the newest."""
    versions = list(scheme.versions.all())
    held = [row for row in versions if row.state == SchemeVersionState.PUBLISHED]
    return held[0] if held else latest_version(scheme)


@require_safe
def scheme_version(request: Request, scheme_id: int, number: int) -> HttpResponse:
    """One version as it is kept (方案版本)."""
    scheme = visible_scheme(request, scheme_id)
    return version_page(request, scheme, version_numbered(scheme, number))


def version_numbered(scheme: Scheme, number: int) -> SchemeVersion:
    found = [row for row in scheme.versions.all() if row.number == number]
    if not found:
        raise Http404
    return found[0]


def version_page(request: Request, scheme: Scheme, version: SchemeVersion) -> HttpResponse:
    versions = list(scheme.versions.all())
    drafts = [row for row in versions if row.state == SchemeVersionState.DRAFT]
    draft = drafts[0] if drafts else None
    writes = may_write(request.actor, scheme)
    context = {
        "scheme": scheme,
        "version": version,
        "versions": versions,
        "draft": draft,
        "faults": faults_of(draft.definition, known=known_data()) if draft and writes else [],
        "writes": writes,
        "made_it": bool(draft and draft.made_by_id == request.actor.user_id),
        "has_published": any(row.state == SchemeVersionState.PUBLISHED for row in versions),
        **content_context(version.content),
    }
    return render(request, "reviews/scheme_detail.html", context)


def content_context(content: Definition) -> dict[str, Any]:
    """A definition in words, part by part."""
    return {
        "content": content,
        "tree": tree_lines(content),
        "blocks": [block for part in PART_LABELS for block in blocks_of(content, part)],
        "procedure": procedure_groups(content),
        "consequence": consequence_facts(content),
        "step_basis": basis_facts(content),
    }


@require_safe
def scheme_differences(request: Request, scheme_id: int, before: int, after: int) -> HttpResponse:
    """What changed between two versions (版本差异)."""
    scheme = visible_scheme(request, scheme_id)
    old, new = version_numbered(scheme, before), version_numbered(scheme, after)
    context = {
        "scheme": scheme,
        "old": old,
        "new": new,
        "differences": definition_differences(old.content, new.content),
        "versions": scheme.versions.all(),
    }
    return render(request, "reviews/scheme_differences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_new(request: Request) -> HttpResponse:
    """Start a scheme (新建认定项目)."""
    require_writer(request.actor)
    data, _ = given(request)
    return answer_form(
        request,
        form=NewSchemeForm(data),
        page=FormPage(
            title="新建认定项目",
            button="新建",
            back=reverse("reviews:scheme_list"),
            lead="从内置方案或空白方案开始，建好后逐部分修改，由另一位统筹人员发布。",
            help="reviews/scheme_new",
        ),
        send=lambda said: make_scheme(
            title=said["title"], built_in=said["built_in"], actor=request.actor
        ),
        done="已建立草稿。",
    )


@require_POST
def scheme_load(request: Request) -> HttpResponse:
    """Bring in the built-in schemes that the region lacks (载入内置项目)."""
    require_writer(request.actor)
    owner = get_object_or_404(Organisation, pk=request.actor.organisation_id)
    division = get_object_or_404(Division, pk=request.actor.jurisdiction)
    loaded = load_built_in_schemes(owner=owner, division=division, actor=request.actor)
    messages.success(request, f"已载入 {len(loaded)} 个内置项目草稿，由另一位统筹人员核对后发布。")
    return redirect("reviews:scheme_list")


@require_POST
def scheme_step(request: Request, scheme_id: int, step: str) -> HttpResponse:
    """Revise, publish, retire, or drop the draft (办理)."""
    scheme = visible_scheme(request, scheme_id)
    steps = {"revise": revise, "publish": publish, "retire": retire, "drop": drop}
    if step not in steps:
        raise Http404
    try:
        return steps[step](request, scheme)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect(scheme)


def revise(request: Request, scheme: Scheme) -> HttpResponse:
    open_draft(scheme_id=scheme.pk, actor=request.actor)
    return redirect("reviews:scheme_edit", scheme.pk, "basics")


def publish(request: Request, scheme: Scheme) -> HttpResponse:
    version = publish_version(scheme_id=scheme.pk, actor=request.actor)
    messages.success(request, f"已发布第 {version.number} 版，新批次使用这一版。")
    return redirect(scheme)


def retire(request: Request, scheme: Scheme) -> HttpResponse:
    reason = request.POST.get("reason", "")
    retire_version(scheme_id=scheme.pk, reason=reason, actor=request.actor)
    messages.success(request, "已停用，不能再开新批次，进行中的批次不受影响。")
    return redirect(scheme)


def drop(request: Request, scheme: Scheme) -> HttpResponse:
    drop_draft(scheme_id=scheme.pk, actor=request.actor)
    messages.success(request, "草稿已删除。")
    if Scheme.objects.filter(pk=scheme.pk).exists():
        return redirect(scheme)
    return redirect("reviews:scheme_list")
