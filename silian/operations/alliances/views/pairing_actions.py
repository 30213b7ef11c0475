"""Planning what a pairing does, and recording what came of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.operations.alliances.commands.pairings import drop_action, plan_action, record_result
from silian.operations.alliances.forms.pairings import ActionForm, ResultForm
from silian.operations.alliances.models.pairings import PairingAction
from silian.operations.alliances.permissions.pairings import (
    actions_visible_to,
    require_pairing_keeper,
)
from silian.operations.alliances.views.pairings import REGISTER, visible_pairing


@require_http_methods(["GET", "HEAD", "POST"])
def action_new(request: Request, pairing_id: int) -> HttpResponse:
    """Plan an action (安排行动)."""
    pairing = visible_pairing(request, pairing_id)
    require_pairing_keeper(request.actor, pairing)
    form = ActionForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("安排行动", "安排", back=pairing, register=REGISTER, lead=pairing.title),
        send=lambda said: plan_action(pairing_id=pairing.pk, actor=request.actor, **said),
        done="已安排，到期前会列入双方待办。",
        then=pairing,
    )


def visible_action(request: Request, action_id: int) -> PairingAction:
    related = ("pairing__zone", "pairing__school", "pairing__helper", "pairing__division")
    rows = actions_visible_to(request.actor).select_related(*related)
    return get_object_or_404(rows, pk=action_id)


@require_http_methods(["GET", "HEAD", "POST"])
def action_result(request: Request, action_id: int) -> HttpResponse:
    """Record what came of an action (登记成效)."""
    action, today = visible_action(request, action_id), timezone.localdate()
    require_pairing_keeper(request.actor, action.pairing)
    start = {"done_on": action.done_on or today, "result": action.result, "people": action.people}
    form = ResultForm(request.POST or None, initial=start)
    page = page_words("登记成效", "登记", back=action.pairing, register=REGISTER, lead=action.title)
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: record_result(
            action_id=action.pk, actor=request.actor, today=today, **said
        ),
        done="成效已登记。",
        then=action.pairing,
    )


@require_POST
def action_drop(request: Request, action_id: int) -> HttpResponse:
    """Take an action out (删除行动)."""
    action = visible_action(request, action_id)
    return done_or_said(
        request,
        lambda: drop_action(action_id=action.pk, actor=request.actor),
        done="已删除。",
        then=action.pairing,
    )
