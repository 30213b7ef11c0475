"""Editing the draft of a scheme, part by part (修改方案)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from silian.casework.reviews.commands.schemes import save_draft
from silian.casework.reviews.forms.scheme_criteria import GroupForm, ItemForm, NodeForm
from silian.casework.reviews.forms.scheme_heads import (
    HEADS,
    BasicsForm,
    defaults_of,
)
from silian.casework.reviews.forms.scheme_procedure import HeadForm
from silian.casework.reviews.forms.scheme_rows import ROW_FORMS
from silian.casework.reviews.models import Scheme, SchemeVersion
from silian.casework.reviews.permissions.schemes import require_writer
from silian.casework.reviews.queries.platform_data import known_data
from silian.casework.reviews.queries.scheme_pages import (
    LIST_LABELS,
    PART_LABELS,
    PART_OF_LIST,
    block_of,
    blocks_of,
    tree_lines,
)
from silian.casework.reviews.rules.definition import Consequence, Procedure, definition_of
from silian.casework.reviews.rules.definition_edits import (
    TREES,
    node_named,
    row_named,
    with_child,
    with_node,
    with_node_moved,
    with_row,
    with_row_moved,
    without_node,
    without_row,
)
from silian.casework.reviews.rules.definition_faults import faults_of
from silian.casework.reviews.views.schemes import visible_scheme
from silian.foundation.kernel.errors import WrongState
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, status_of

STEPS = {"up": -1, "down": 1, "remove": 0}
AGAIN = "again"  # the button that redraws a form for another kind of scoring or source


def draft_to_edit(request: Request, scheme_id: int) -> tuple[Scheme, SchemeVersion]:
    """The scheme and its draft, for somebody who may write it."""
    scheme = visible_scheme(request, scheme_id)
    require_writer(request.actor, scheme)
    drafts = [row for row in scheme.versions.all() if row.state == "draft"]
    if not drafts:
        raise WrongState("没有草稿。请先在项目页点“修订”，再修改。")
    return scheme, drafts[0]


def keep(
    request: Request, scheme: Scheme, draft: SchemeVersion, definition: Mapping[str, Any]
) -> None:
    """Keep the draft with one change, unless somebody else changed it meanwhile."""
    save_draft(
        scheme_id=scheme.pk, definition=definition, seen=draft.definition, actor=request.actor
    )


def edit_context(scheme: Scheme, draft: SchemeVersion, part: str) -> dict[str, Any]:
    return {
        "scheme": scheme,
        "draft": draft,
        "part": part,
        "part_label": PART_LABELS[part],
        "parts": PART_LABELS.items(),
        "faults": faults_of(draft.definition, known=known_data()),
        "parameters": definition_of(draft.definition).parameters,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_edit(request: Request, scheme_id: int, part: str) -> HttpResponse:
    """One part of the draft: its form, its lists, or the tree."""
    if part not in PART_LABELS:
        raise Http404
    scheme, draft = draft_to_edit(request, scheme_id)
    form = head_form(request, scheme, draft, part)
    if form is not None and done_or_refused(form, lambda: save_head(request, scheme, draft, form)):
        messages.success(request, "已保存草稿。")
        return redirect("reviews:scheme_edit", scheme.pk, part)
    content = definition_of(draft.definition)
    context = {
        **edit_context(scheme, draft, part),
        "form": form,
        "blocks": blocks_of(content, part),
        "tree": tree_lines(content) if part == "criteria" else None,
        "empty_trees": [tree for tree in TREES if getattr(content, tree) is None],
    }
    status = status_of(form) if form is not None else 200
    return render(request, "reviews/scheme_edit.html", context, status=status)


def head_form(request: Request, scheme: Scheme, draft: SchemeVersion, part: str) -> HeadForm | None:
    """The form of a part that has one."""
    maker = HEADS.get(part)
    if maker is None:
        return None
    data = request.POST if request.method == "POST" else None
    initial = head_initial(scheme, draft, part)
    return maker(data, initial=initial, definition=draft.definition)


def head_initial(scheme: Scheme, draft: SchemeVersion, part: str) -> dict[str, Any]:
    if part == "basics":
        return {"title": scheme.title, **draft.definition}
    usual = defaults_of(Procedure if part == "procedure" else Consequence)
    return {**usual, **draft.definition.get(part, {})}


def save_head(
    request: Request, scheme: Scheme, draft: SchemeVersion, form: HeadForm
) -> SchemeVersion:
    definition, title = dict(draft.definition), None
    if isinstance(form, BasicsForm):
        definition, title = {**definition, **form.changes()}, form.cleaned_data["title"]
    else:
        part = "procedure" if "intake_days" in form.fields else "consequence"
        definition[part] = {**definition.get(part, {}), **form.changes()}
    return save_draft(scheme_id=scheme.pk, definition=definition, title=title, actor=request.actor)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_row(request: Request, scheme_id: int, name: str, code: str = "") -> HttpResponse:
    """Write one row of a list, or a new one."""
    if name not in ROW_FORMS:
        raise Http404
    scheme, draft = draft_to_edit(request, scheme_id)
    row = row_named(draft.definition, name, code) if code else None
    if code and row is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = ROW_FORMS[name](data, definition=draft.definition, row=row)
    if form.is_valid():
        keep(request, scheme, draft, with_row(draft.definition, name, form.row(), instead_of=code))
        messages.success(request, "已保存。")
        if "more" in request.POST:
            return redirect("reviews:scheme_row_new", scheme.pk, name)
        return redirect("reviews:scheme_edit", scheme.pk, PART_OF_LIST[name])
    title = f"修改“{row['label']}”" if row else f"新增{LIST_LABELS[name]}"
    context = {
        **edit_context(scheme, draft, PART_OF_LIST[name]),
        "form": form,
        "title": title,
        "is_new": row is None,
    }
    return render(request, "reviews/scheme_row.html", context, status=status_of(form))


@require_POST
def scheme_row_step(
    request: Request, scheme_id: int, name: str, code: str, step: str
) -> HttpResponse:
    """Move a row up or down, or remove it."""
    if name not in ROW_FORMS or step not in STEPS:
        raise Http404
    scheme, draft = draft_to_edit(request, scheme_id)
    held = draft.definition
    changed = (
        without_row(held, name, code)
        if step == "remove"
        else with_row_moved(held, name, code, by=STEPS[step])
    )
    keep(request, scheme, draft, changed)
    if request.htmx:
        context = {"scheme": scheme, "block": block_of(definition_of(changed), name)}
        return render(request, "reviews/_scheme_rows.html", context)
    return redirect("reviews:scheme_edit", scheme.pk, PART_OF_LIST[name])


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_node_new(request: Request, scheme_id: int, parent: str, what: str) -> HttpResponse:
    """Add a group or an item below a group, or start a tree."""
    scheme, draft = draft_to_edit(request, scheme_id)
    makers: dict[str, type[NodeForm]] = {"group": GroupForm, "item": ItemForm}
    above = node_named(draft.definition, parent)
    starts = parent in TREES and not draft.definition.get(parent) and what == "group"
    if what not in makers or not (starts or (above and above.get("kind", "item") != "item")):
        raise Http404
    form = makers[what](posted(request), definition=draft.definition, node=None)
    return node_page(
        request,
        scheme,
        draft,
        form,
        title="新增指标组" if what == "group" else "新增指标",
        changed=lambda: with_child(draft.definition, form.node(), parent=parent),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_node(request: Request, scheme_id: int, code: str) -> HttpResponse:
    """Write one node of the tree."""
    scheme, draft = draft_to_edit(request, scheme_id)
    node = node_named(draft.definition, code)
    if node is None:
        raise Http404
    maker = ItemForm if node.get("kind", "item") == "item" else GroupForm
    form = maker(posted(request), definition=draft.definition, node=node)
    return node_page(
        request,
        scheme,
        draft,
        form,
        title=f"修改“{node['label']}”",
        changed=lambda: with_node(draft.definition, form.node(), instead_of=code),
    )


def posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def node_page(
    request: Request,
    scheme: Scheme,
    draft: SchemeVersion,
    form: NodeForm,
    *,
    title: str,
    changed: Any,
) -> HttpResponse:
    """Show a node's form, keep it, or redraw it for another kind of scoring."""
    redraws = request.method == "POST" and AGAIN in request.POST
    if redraws:
        typed = request.POST.dict() | {"evidence": request.POST.getlist("evidence")}
        form = type(form)(None, definition=draft.definition, node=typed_node(typed))
        form.initial = typed
    elif form.is_valid():
        keep(request, scheme, draft, changed())
        messages.success(request, "已保存。")
        return redirect("reviews:scheme_edit", scheme.pk, "criteria")
    context = {**edit_context(scheme, draft, "criteria"), "form": form, "title": title}
    template = "reviews/_scheme_node_form.html" if request.htmx else "reviews/scheme_node.html"
    return render(request, template, context, status=200 if redraws else status_of(form))


def typed_node(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed so far as a node, so that its form can be drawn again."""
    return {
        "code": typed.get("code", ""),
        "source": {"kind": typed.get("source_kind", "")},
        "scoring": {"kind": typed.get("scoring_kind", "")},
    }


@require_POST
def scheme_node_step(request: Request, scheme_id: int, code: str, step: str) -> HttpResponse:
    """Move a node up or down among its neighbours, or remove it with all below it."""
    if step not in STEPS:
        raise Http404
    scheme, draft = draft_to_edit(request, scheme_id)
    held = draft.definition
    changed = (
        without_node(held, code)
        if step == "remove"
        else with_node_moved(held, code, by=STEPS[step])
    )
    keep(request, scheme, draft, changed)
    if request.htmx:
        content = definition_of(changed)
        context = {
            "scheme": scheme,
            "tree": tree_lines(content),
            "empty_trees": [tree for tree in TREES if getattr(content, tree) is None],
        }
        return render(request, "reviews/_scheme_tree_edit.html", context)
    return redirect("reviews:scheme_edit", scheme.pk, "criteria")
