"""The desk: drafts, approval, publishing, correcting (编审)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.publications import queries
from silian.casework.publications.choices import EditionState
from silian.casework.publications.commands import steps
from silian.casework.publications.commands.drafting import (
    discard_edition,
    draft_edition,
    edit_edition,
)
from silian.casework.publications.forms import CorrectionForm, EditionForm
from silian.casework.publications.models import Edition
from silian.casework.publications.permissions import (
    editions_on_desk_of,
    editions_visible_to,
    may_draft,
    may_use_desk,
    require_drafter,
    require_editor,
)
from silian.casework.publications.views.reading import (
    COLUMNS,
    chosen,
    edition_page,
    facets_of,
)
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.foundation.ui.tables import Column, Table

STATE = Column(
    "state",
    "状态",
    value=lambda edition: edition.get_state_display(),
    template="publications/_cell_state.html",
    sort="state",
)
DONE = {
    "submit": "已送审，由另一人批准后即可发布。",
    "approve": "已批准，编制单位可以发布。",
    "publish": "已发布。内容今后不再改动，需要更正时另出一期。",
    "return": "已退回，编制人可以看到原因。",
    "withdraw": "已撤下，页面保留并注明原因。",
}


BOXES = {"period_ends_on": "last_day"}


def form_page(request: Request, form: EditionForm, **context: Any) -> HttpResponse:
    template = "publications/edition_form.html"
    return render(request, template, {**context, "form": form}, status=status_of(form))


@require_safe
def edition_desk(request: Request) -> HttpResponseBase:
    """The unit's editions and those that wait for one's approval (编审)."""
    if not may_use_desk(request.actor):
        raise NotAllowed("编审由政府部门的统筹和审核人员办理。公开的内容请看“公开发布”。")
    rows = editions_on_desk_of(request.actor)
    states = facet(request=request, name="state", label="状态", choices=EditionState.choices)
    bar = FilterBar(
        request=request, facets=[states, *facets_of(request, rows)], placeholder="标题、单位"
    )
    table = Table(
        request=request,
        name="edition_desk",
        rows=chosen(request, queries.editions_for_list(rows), text=bar.text),
        columns=[*COLUMNS[:3], STATE, *COLUMNS[3:]],
        caption="编审",
        order="-created_at",
        row_url=lambda edition: edition.get_absolute_url(),
    )
    if table.export_wanted:
        return table.export_response()
    template = "publications/_desk.html" if request.htmx else "publications/desk.html"
    context = {
        "table": table,
        "bar": bar,
        "drafts": may_draft(request.actor),
        "waiting": queries.waiting_for(request.actor, rows=rows).count(),
    }
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def edition_new(request: Request) -> HttpResponse:
    """Write the draft of an edition (编制)."""
    require_drafter(request.actor, division=request.actor.jurisdiction)
    form = EditionForm(
        request.POST or None,
        request.FILES or None,
        initial={"division": request.actor.jurisdiction},
    )
    edition = done_or_refused(
        form,
        lambda: draft_edition(
            kind=form.cleaned_data["kind"],
            division=form.cleaned_data["division"].pk,
            **given_by(form, request=request),
        ),
        boxes=BOXES,
    )
    if edition is not None:
        messages.success(request, f"已存为草稿，期次为 {edition.label}。核对后送审。")
        return redirect(edition)
    return form_page(request, form)


def given_by(form: EditionForm, *, request: Request) -> dict[str, Any]:
    return {
        "title": form.cleaned_data["title"],
        "summary": form.cleaned_data["summary"],
        "period": form.period,
        "snapshot": form.snapshot,
        "files": form.new_files,
        "actor": request.actor,
        "on": timezone.localdate(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edition_edit(request: Request, edition_id: int) -> HttpResponse:
    """Change a draft (修改草稿)."""
    edition = own_edition(request, edition_id)
    initial = EditionForm.initial_from(edition)
    form = EditionForm(
        request.POST or None, request.FILES or None, edition=edition, initial=initial
    )
    edited = done_or_refused(
        form,
        lambda: edit_edition(
            edition_id=edition.pk,
            content=form.content,
            files=form.new_files,
            dropped_file_ids=[int(key) for key in request.POST.getlist("drop") if key.isdecimal()],
            actor=request.actor,
        ),
        boxes=BOXES,
    )
    if edited is not None:
        messages.success(request, "草稿已保存。")
        return redirect(edition)
    return form_page(request, form, edition=edition, files=edition.files.all())


def own_edition(request: Request, edition_id: int) -> Edition:
    """An edition that the actor may write; others are hidden or refused."""
    rows = editions_visible_to(request.actor).select_related("division", "organisation")
    edition = get_object_or_404(rows, pk=edition_id)
    require_editor(request.actor, edition)
    return edition


@require_http_methods(["GET", "HEAD", "POST"])
def edition_correct(request: Request, edition_id: int) -> HttpResponse:
    """Draft a new edition that corrects a published one (更正)."""
    corrected = own_edition(request, edition_id)
    initial = {**EditionForm.initial_from(corrected), "summary": ""}
    form = CorrectionForm(
        request.POST or None, request.FILES or None, corrects=corrected, initial=initial
    )
    edition = done_or_refused(
        form,
        lambda: draft_edition(
            kind=corrected.kind,
            division=corrected.division_id,
            corrects_id=corrected.pk,
            **given_by(form, request=request),
        ),
        boxes=BOXES,
    )
    if edition is not None:
        messages.success(request, f"更正已存为草稿，期次为 {edition.label}。")
        return redirect(edition)
    return form_page(request, form, corrected=corrected)


@require_POST
def edition_step(request: Request, edition_id: int, name: str) -> HttpResponse:
    """Hand in, approve, return, publish or withdraw (送审、批准、退回、发布、撤下)."""
    rows = editions_visible_to(request.actor).select_related("division", "organisation")
    edition = get_object_or_404(rows, pk=edition_id)
    try:
        take_step(request, name=name, edition_id=edition.pk)
    except DomainError as refusal:
        return edition_page(request, edition, refused=refusal)
    messages.success(request, DONE[name])
    return redirect(edition)


def take_step(request: Request, *, name: str, edition_id: int) -> None:
    reason, now = request.POST.get("reason", ""), timezone.now()
    if name == "submit":
        steps.submit_edition(edition_id=edition_id, actor=request.actor, now=now)
    elif name == "approve":
        steps.approve_edition(edition_id=edition_id, actor=request.actor, now=now)
    elif name == "publish":
        steps.publish_edition(edition_id=edition_id, actor=request.actor, now=now)
    elif name == "return":
        steps.return_edition(edition_id=edition_id, reason=reason, actor=request.actor)
    elif name == "withdraw":
        steps.withdraw_edition(edition_id=edition_id, reason=reason, actor=request.actor, now=now)
    else:
        raise Http404("没有这一步。")


@require_POST
def edition_discard(request: Request, edition_id: int) -> HttpResponse:
    """Delete a draft (删除草稿)."""
    edition = own_edition(request, edition_id)
    discard_edition(edition_id=edition.pk, actor=request.actor)
    messages.success(request, f"已删除草稿“{edition.title}”。")
    return redirect("publications:edition_desk")
