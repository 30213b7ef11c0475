"""Pages on which officials decide on a return, and say what their office thinks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.requests import Request
from silian.foundation.reference.jurisdictions import widening
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.operations.learning.commands.checking import (
    accept_correction,
    confirm_return,
    find_refused,
    finding_of,
    give_opinion,
    order_correction,
    return_once,
    send_back,
)
from silian.operations.learning.forms.checking import (
    AcceptForm,
    ConfirmForm,
    OpinionForm,
    OrderForm,
    RefuseForm,
    ReturnOnceForm,
    SendBackForm,
)
from silian.operations.learning.models.returns import FundReturn
from silian.operations.learning.permissions.fund import require_checker, require_consulted
from silian.operations.learning.queries.returns import breaches_of
from silian.operations.learning.views.returns import visible_return
from silian.operations.learning.views.words import RETURNS
from silian.registers.credit.permissions.credit import items_visible_to

DECISIONS: dict[str, tuple[type[Any], Callable[..., FundReturn], str, str]] = {
    "confirm": (ConfirmForm, confirm_return, "确认报告", "已确认。"),
    "return": (ReturnOnceForm, return_once, "退回补正", "已退回，企业会收到补正清单。"),
    "accept": (AcceptForm, accept_correction, "核实已改正", "已核实改正，不记入信用。"),
    "send_back": (SendBackForm, send_back, "退回继续改正", "已退回继续改正。"),
    "refuse": (RefuseForm, find_refused, "认定拒不改正", "已认定，请到信用登记告知并听取申辩。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def return_decide(request: Request, return_id: int, name: str) -> HttpResponse:
    """Confirm, send back, accept or refuse (核对决定)."""
    row = visible_return(request, return_id)
    require_checker(request.actor, row)
    shape, command, title, done = DECISIONS[name]
    form = shape(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(title, title, back=row, register=RETURNS, lead=str(row)),
        send=lambda said: command(
            return_id=row.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done=done,
        then=row,
    )


def order_form(request: Request, *, division: str, text: str) -> OrderForm:
    """An order under an item of the catalogue in use in the region or above it (责令改正)."""
    places = [place for place in widening(division) if place]
    items = items_visible_to(request.actor).filter(is_open=True, division_id__in=places)
    start = {"text": text, "item": items.filter(name__contains="培训经费").first()}
    return OrderForm(request.POST or None, items=items, initial=start)


@require_http_methods(["GET", "HEAD", "POST"])
def return_order(request: Request, return_id: int) -> HttpResponse:
    """Order to correct, under an item of the catalogue (责令改正)."""
    row = visible_return(request, return_id)
    require_checker(request.actor, row)
    findings = "\n".join(finding_of(each) for each in breaches_of(row))
    form = order_form(request, division=row.division_id, text=findings)
    return answer_form(
        request,
        form=form,
        page=page_words("责令改正", "责令改正", back=row, register=RETURNS, lead=str(row)),
        send=lambda said: order_correction(
            return_id=row.pk,
            item_id=said["item"].pk,
            text=said["text"],
            working_days=said["working_days"],
            actor=request.actor,
            now=timezone.now(),
        ),
        done="已责令改正，企业会收到改正要求和期限。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def return_opinion(request: Request, return_id: int) -> HttpResponse:
    """Say what one's office thinks (核对意见)."""
    row, actor = visible_return(request, return_id), request.actor
    require_consulted(actor, row)
    known = row.opinions.filter(organisation_id=actor.organisation_id or 0).first()
    start = {"stance": known.stance, "text": known.text} if known else {}
    form = OpinionForm(request.POST or None, initial=start)
    return answer_form(
        request,
        form=form,
        page=page_words("核对意见", "提交意见", back=row, register=RETURNS, lead=str(row)),
        send=lambda said: give_opinion(return_id=row.pk, actor=actor, now=timezone.now(), **said),
        done="意见已提交。",
        then=row,
    )
