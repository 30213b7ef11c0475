"""What searches suggest: an official registers it as a demand or leaves it aside (建议需求)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.operations.exchange.choices import DemandSuggestionState
from silian.operations.exchange.commands.demand_suggestion import (
    dismiss_suggestion,
    take_up_suggestion,
)
from silian.operations.exchange.forms.demand_suggestion import SuggestedDemandForm
from silian.operations.exchange.models.demand_suggestion import DemandSuggestion
from silian.operations.exchange.permissions.search_analytics import (
    demand_suggestions_visible_to,
    may_decide_suggestions,
    require_analyst,
)
from silian.operations.exchange.views.form_pages import field_of, form_page


def suggestion_of(request: Request, suggestion_id: int) -> DemandSuggestion:
    require_analyst(request.actor)
    rows = demand_suggestions_visible_to(request.actor)
    return get_object_or_404(
        rows.select_related("division", "occupation", "demand"), pk=suggestion_id
    )


def suggestion_page(
    request: Request, suggestion: DemandSuggestion, *, form: SuggestedDemandForm
) -> HttpResponse:
    waiting = suggestion.state == DemandSuggestionState.SUGGESTED
    context = {
        "suggestion": suggestion,
        "decides": waiting and may_decide_suggestions(request.actor),
    }
    return form_page(request, "exchange/demand_suggestion.html", form=form, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def demand_suggestion(request: Request, suggestion_id: int) -> HttpResponse:
    """The evidence, and the form that registers it as an open demand."""
    suggestion = suggestion_of(request, suggestion_id)
    form = SuggestedDemandForm(
        request.POST or None, initial=SuggestedDemandForm.initial_of(suggestion)
    )
    if request.method == "POST" and form.is_valid():
        try:
            demand = take_up_suggestion(
                suggestion_id=suggestion.pk,
                missed=form.missed(),
                actor=request.actor,
                now=timezone.localtime(),
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, "已登记并公开，等院校、基地和企业承接。")
            return redirect("exchange:unmet_demand_detail", demand_id=demand.pk)
    return suggestion_page(request, suggestion, form=form)


@require_POST
def demand_suggestion_dismiss(request: Request, suggestion_id: int) -> HttpResponse:
    """Leave the suggestion aside with a reason (不采用)."""
    suggestion = suggestion_of(request, suggestion_id)
    try:
        dismiss_suggestion(
            suggestion_id=suggestion.pk,
            reason=request.POST.get("reason", ""),
            actor=request.actor,
            now=timezone.localtime(),
        )
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("exchange:demand_suggestion", suggestion_id=suggestion.pk)
    messages.success(request, f"已记下不采用“{suggestion.term}”的理由。")
    return redirect("exchange:search_analytics")
