"""Steps of the review on targets and dated goals (更正指标)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused
from silian.registers.policies.commands import clause_targets
from silian.registers.policies.forms import clauses as forms
from silian.registers.policies.models.clauses import ClauseGoal, ClauseTarget
from silian.registers.policies.queries.review import Review
from silian.registers.policies.views.review import other_targets, review_page
from silian.registers.policies.views.review_steps import back_to, clause_in


@require_POST
def target_save(
    request: Request, document_id: int, clause_id: int, target_id: int | None = None
) -> HttpResponse:
    """Add a target or correct one."""
    document, clause = clause_in(request, document_id, clause_id)
    target = get_object_or_404(clause.targets, pk=target_id) if target_id else None
    form = forms.TargetForm(request.POST, others=other_targets(Review(document), target))
    done = done_or_refused(
        form,
        lambda: clause_targets.save_target(
            clause_id=clause.pk, facts=form.facts(), actor=request.actor, target_id=target_id
        ),
    )
    if done is not None:
        return back_to(request, document.pk, clause.pk)
    given = {"target_form": form, "target": target}
    return review_page(request, document, clause_id=clause.pk, given=given)


@require_POST
def target_remove(
    request: Request, document_id: int, clause_id: int, target_id: int
) -> HttpResponse:
    """Take a target away."""
    document, clause = clause_in(request, document_id, clause_id)
    target = get_object_or_404(ClauseTarget, pk=target_id, clause=clause)
    clause_targets.remove_target(target_id=target.pk, actor=request.actor)
    return back_to(request, document.pk, clause.pk)


@require_POST
def goal_save(
    request: Request, document_id: int, clause_id: int, goal_id: int | None = None
) -> HttpResponse:
    """Add a dated goal or correct one."""
    document, clause = clause_in(request, document_id, clause_id)
    goal = get_object_or_404(clause.goals, pk=goal_id) if goal_id else None
    form = forms.GoalForm(request.POST)
    if form.is_valid():
        clause_targets.save_goal(
            clause_id=clause.pk, facts=form.facts(), actor=request.actor, goal_id=goal_id
        )
        return back_to(request, document.pk, clause.pk)
    given = {"goal_form": form, "goal": goal}
    return review_page(request, document, clause_id=clause.pk, given=given)


@require_POST
def goal_remove(request: Request, document_id: int, clause_id: int, goal_id: int) -> HttpResponse:
    """Take a dated goal away."""
    document, clause = clause_in(request, document_id, clause_id)
    goal = get_object_or_404(ClauseGoal, pk=goal_id, clause=clause)
    clause_targets.remove_goal(goal_id=goal.pk, actor=request.actor)
    return back_to(request, document.pk, clause.pk)
