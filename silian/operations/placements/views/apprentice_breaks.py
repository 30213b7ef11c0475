"""Pages for breaks of an apprentice's training."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form
from silian.operations.placements.commands.apprentice_breaks import correct_break, record_break
from silian.operations.placements.forms.apprentice_breaks import BreakForm, CorrectionForm
from silian.operations.placements.models import ApprenticeBreak
from silian.operations.placements.permissions.apprenticeships import require_side
from silian.operations.placements.views.apprentices import step_page, visible_apprentice

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
def break_new(request: Request, apprentice_id: int) -> HttpResponse:
    """Days on which the apprentice was not trained (登记中断)."""
    row = visible_apprentice(request, apprentice_id)
    require_side(request.actor, row.apprenticeship)
    return answer_form(
        request,
        form=BreakForm(request.POST or None),
        page=step_page(row, "登记培训中断", "登记"),
        send=lambda given: record_break(
            apprentice_id=row.pk, actor=request.actor, today=timezone.localdate(), **given
        ),
        done="中断已登记。",
        then=row.get_absolute_url(),
    )


@GET_OR_POST
def break_correct(request: Request, apprentice_id: int, break_id: int) -> HttpResponse:
    """End a break or put it right (恢复培训、更正中断)."""
    row = visible_apprentice(request, apprentice_id)
    require_side(request.actor, row.apprenticeship)
    found = get_object_or_404(ApprenticeBreak, pk=break_id, apprentice=row)
    initial = {"starts_on": found.starts_on, "ends_on": found.ends_on}
    return answer_form(
        request,
        form=CorrectionForm(request.POST or None, initial=initial),
        page=step_page(row, "恢复培训或更正中断"),
        send=lambda given: correct_break(
            break_id=found.pk, actor=request.actor, today=timezone.localdate(), **given
        ),
        done="中断记录已保存。",
        then=row.get_absolute_url(),
    )
