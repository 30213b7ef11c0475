"""The review: the original beside its structure, clause by clause (左右对照核对)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Entry
from silian.foundation.ui.histories import entry_of
from silian.registers.policies.choices import DocumentState
from silian.registers.policies.forms import clauses as forms
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.permissions.documents import may_review
from silian.registers.policies.queries.bodies import offered_names
from silian.registers.policies.queries.review import Review, ReviewClause
from silian.registers.policies.rules.change_words import change_words
from silian.registers.policies.rules.clause_text import cut_places
from silian.registers.policies.views.documents import document_of
from silian.registers.policies.views.review_text import marks_shown, original_lines, tree_of

INVALID = 422
SHOWN_CHANGES = 20


@require_GET
def review(request: Request, document_id: int) -> HttpResponse:
    """The review where it was left: at the first clause that waits (核对)."""
    document = document_of(request, document_id)
    refuse_unread(document)
    return review_page(request, document)


@require_GET
def review_clause(request: Request, document_id: int, clause_id: int) -> HttpResponse:
    """The review at one clause."""
    document = document_of(request, document_id)
    refuse_unread(document)
    return review_page(request, document, clause_id=clause_id)


def refuse_unread(document: PolicyDocument) -> None:
    if document.state in (DocumentState.PARSING, DocumentState.UNREADABLE):
        raise Http404("文件还没有解析完成。")


def review_page(
    request: Request,
    document: PolicyDocument,
    *,
    clause_id: int | None = None,
    given: dict[str, Any] | None = None,
) -> HttpResponse:
    """Three panes; ``given`` are forms that were refused, with what was typed in them."""
    found = Review(document)
    doubts_only = "doubts" in request.GET
    item = found.item(clause_id) if clause_id else found.first(doubts_only=doubts_only)
    if clause_id and item is None:
        raise Http404("没有这一条，可能已合并或移除。")
    may_edit = may_review(request.actor, document) and document.state == DocumentState.REVIEWING
    context = {
        "document": document,
        "review": found,
        "item": item,
        "may_edit": may_edit,
        "doubts_only": doubts_only,
        "query": "?doubts=1" if doubts_only else "",
        "tree": tree_of(found, doubts_only=doubts_only),
        "lines": original_lines(found, current=item),
        "shown_marks": marks_shown(found, item),
        **(item_context(request, found, item, may_edit=may_edit) if item else {}),
        **(given or {}),
    }
    template = "policies/_review.html" if request.htmx else "policies/review.html"
    return render(request, template, context, status=INVALID if given else 200)


def item_context(
    request: Request, found: Review, item: ReviewClause, *, may_edit: bool
) -> dict[str, Any]:
    """What the right pane needs for one clause."""
    before, after = found.neighbours(item, doubts_only="doubts" in request.GET)
    context: dict[str, Any] = {
        "previous": before,
        "next": after,
        "held": found.held(item),
        "changes": changes_of(item.clause),
    }
    if not may_edit:
        return context
    clause, text = item.clause, found.document.text
    places = cut_places(text, start=clause.start, end=clause.end)
    context |= {
        "clause_form": forms.ClauseForm.of(clause),
        "body_lines": forms.body_lines_of(item.bodies),
        "body_names": offered_names(division=found.document.division_id),
        "split_form": forms.SplitForm(places=places) if places else None,
    }
    return context | editing(request.GET.get("edit", ""), found=found, item=item)


def changes_of(clause: Clause) -> list[Entry]:
    """What was done to a clause, with what stood before and after (经过)."""
    return [
        entry_of(act, note=change_words(act.detail)) for act in history_of(clause)[:SHOWN_CHANGES]
    ]


def editing(asked: str, *, found: Review, item: ReviewClause) -> dict[str, Any]:
    """The target or goal that ``?edit=target-5`` or ``goal-new`` asks for."""
    kind, _, key = asked.partition("-")
    if kind == "target":
        target = next((each for each in item.targets if str(each.pk) == key), None)
        initial = forms.target_values(target) if target else {"phrase": ""}
        form = forms.TargetForm(initial=initial, others=other_targets(found, target))
        return {"target_form": form, "target": target}
    if kind == "goal":
        goal = next((each for each in item.goals if str(each.pk) == key), None)
        initial = forms.goal_values(goal) if goal else {}
        return {"goal_form": forms.GoalForm(initial=initial), "goal": goal}
    return {}


def other_targets(found: Review, target: Any) -> list[tuple[int, str]]:
    """The targets of the document that this one may repeat."""
    return [
        (each.pk, f"{item.clause.place} {each.title}")
        for item in found.items
        for each in item.targets
        if each.repeats_id is None and (target is None or each.pk != target.pk)
    ]


def clause_url(document_id: int, clause_id: int, **query: str) -> str:
    """The review at one clause, with what the address carries on."""
    address = reverse(
        "policies:review_clause", kwargs={"document_id": document_id, "clause_id": clause_id}
    )
    return f"{address}?{urlencode(query)}" if query else address
