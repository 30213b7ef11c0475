"""Steps of the review: each posts, does one thing, and leads back to a clause."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.registers.policies.commands import (
    clause_correction,
    clause_review,
    clause_structure,
    marks,
)
from silian.registers.policies.forms import clauses as forms
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.marks import Mark
from silian.registers.policies.permissions.documents import require_reviewer
from silian.registers.policies.queries.review import Review
from silian.registers.policies.rules.clause_text import cut_places
from silian.registers.policies.views.documents import document_of, posted
from silian.registers.policies.views.review import clause_url, review_page


def clause_in(request: Request, document_id: int, clause_id: int) -> tuple[PolicyDocument, Clause]:
    """A clause of a document that the official reviews."""
    document = document_of(request, document_id)
    require_reviewer(request.actor, document)
    clause = get_object_or_404(Clause, pk=clause_id, document=document)
    clause.document = document
    return document, clause


def back_to(request: Request, document_id: int, clause_id: int) -> HttpResponse:
    query = {"doubts": "1"} if "doubts" in request.GET else {}
    return redirect(clause_url(document_id, clause_id, **query))


def refused(request: Request, clause: Clause, form: Any, name: str) -> HttpResponse:
    """The review again, with the form as it was typed and why it was refused."""
    return review_page(request, clause.document, clause_id=clause.pk, given={name: form})


@require_POST
def clause_confirm(request: Request, document_id: int, clause_id: int) -> HttpResponse:
    """Confirm the clause and go on to the next that waits (确认)."""
    document, clause = clause_in(request, document_id, clause_id)
    clause_review.confirm_clause(clause_id=clause.pk, actor=request.actor)
    review = Review(document)
    later = [item for item in review.waiting if item.clause.order > clause.order]
    following = next(iter(later or review.waiting), None)
    return back_to(request, document.pk, following.pk if following else clause.pk)


@require_POST
def clause_reopen(request: Request, document_id: int, clause_id: int) -> HttpResponse:
    """Take the confirmation back (重新核对)."""
    document, clause = clause_in(request, document_id, clause_id)
    clause_review.reopen_clause(clause_id=clause.pk, actor=request.actor)
    return back_to(request, document.pk, clause.pk)


@require_POST
def confirm_clear(request: Request, document_id: int) -> HttpResponse:
    """Confirm all clauses without doubts (确认没有疑点的条款)."""
    document = document_of(request, document_id)
    clause_review.confirm_clear_clauses(document_id=document.pk, actor=request.actor)
    return redirect("policies:review", document_id=document.pk)


@require_POST
def clause_correct(request: Request, document_id: int, clause_id: int) -> HttpResponse:
    """Correct heading, place, task and deadline (更正条款)."""
    document, clause = clause_in(request, document_id, clause_id)
    form = forms.ClauseForm(request.POST, auto_id="clause-%s")
    done = done_or_refused(
        form,
        lambda: clause_correction.correct_clause(
            clause_id=clause.pk, facts=form.facts(), actor=request.actor
        ),
    )
    if done is None:
        return refused(request, clause, form, "clause_form")
    return back_to(request, document.pk, clause.pk)


@require_POST
def clause_bodies(request: Request, document_id: int, clause_id: int) -> HttpResponse:
    """Correct the responsible bodies (更正责任单位)."""
    document, clause = clause_in(request, document_id, clause_id)
    lines = forms.BodyLines(request.POST, prefix="bodies")
    given = {"body_lines": lines, "bodies_refused": ""}
    if not lines.is_valid():
        return review_page(request, document, clause_id=clause.pk, given=given)
    try:
        clause_correction.set_bodies(
            clause_id=clause.pk, lines=forms.entered_bodies(lines), actor=request.actor
        )
    except DomainError as refusal:
        given["bodies_refused"] = refusal.sentence
        return review_page(request, document, clause_id=clause.pk, given=given)
    return back_to(request, document.pk, clause.pk)


@require_POST
def clause_merge(request: Request, document_id: int, clause_id: int) -> HttpResponse:
    """Join with the next clause (与下一条合并)."""
    document, clause = clause_in(request, document_id, clause_id)
    clause_structure.merge_with_next(clause_id=clause.pk, actor=request.actor)
    return back_to(request, document.pk, clause.pk)


@require_POST
def clause_split(request: Request, document_id: int, clause_id: int) -> HttpResponse:
    """Cut in two at the chosen place (拆分)."""
    document, clause = clause_in(request, document_id, clause_id)
    places = cut_places(document.text, start=clause.start, end=clause.end)
    form = forms.SplitForm(request.POST, places=places)
    if not form.is_valid():
        return refused(request, clause, form, "split_form")
    clause_structure.split_clause(
        clause_id=clause.pk, offset=form.cleaned_data["offset"], actor=request.actor
    )
    return back_to(request, document.pk, clause.pk)


@require_POST
def clause_remove(request: Request, document_id: int, clause_id: int) -> HttpResponse:
    """Take the clause out of the structure (移除条款)."""
    document, clause = clause_in(request, document_id, clause_id)
    clause_structure.remove_clause(
        clause_id=clause.pk, reason=request.POST.get("reason", ""), actor=request.actor
    )
    return redirect("policies:review", document_id=document.pk)


def clause_add(request: Request, document_id: int) -> HttpResponse:
    """Make a clause of lines of the original (添加条款)."""
    document = document_of(request, document_id)
    require_reviewer(request.actor, document)
    form = forms.AddClauseForm(posted(request))
    clause = done_or_refused(
        form,
        lambda: clause_structure.add_clause(
            document_id=document.pk, actor=request.actor, **form.cleaned_data
        ),
    )
    if clause is not None:
        return back_to(request, document.pk, clause.pk)
    context = {"document": document, "form": form}
    status = status_of(form)
    return render(request, "policies/clause_add.html", context, status=status)


@require_POST
def doubt_settle(request: Request, document_id: int, mark_id: int) -> HttpResponse:
    """Choose how a doubtful place is read (选定读法)."""
    document = document_of(request, document_id)
    mark = get_object_or_404(Mark, pk=mark_id, document=document)
    reading = request.POST.get("other", "").strip() or request.POST.get("reading", "")
    marks.settle_doubt(mark_id=mark.pk, reading=reading, actor=request.actor)
    if mark.clause_id is None:
        return redirect("policies:review", document_id=document.pk)
    return back_to(request, document.pk, mark.clause_id)
