"""Pages: order a firm to report, tell the collector, take down what was collected."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.operations.learning.commands.missing import order_report, tell_collector
from silian.operations.learning.forms.checking import CollectionForm
from silian.operations.learning.permissions.fund import require_checker, require_manager
from silian.operations.learning.queries.returns import collection_for
from silian.operations.learning.views.calls import visible_call
from silian.operations.learning.views.checking import order_form
from silian.operations.learning.views.returns import visible_return
from silian.operations.learning.views.words import CALLS, RETURNS


@require_http_methods(["GET", "HEAD", "POST"])
def call_unit_order(request: Request, call_id: int, unit_id: int) -> HttpResponse:
    """Order a firm that did not report to do so (责令报送)."""
    call = visible_call(request, call_id)
    require_manager(request.actor, call)
    unit = get_object_or_404(call.units.select_related("organisation"), pk=unit_id)
    text = f"请在期限内报送{call.title}。"
    form = order_form(request, division=unit.organisation.division_id, text=text)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "责令报送",
            "责令报送",
            back=call,
            register=CALLS,
            lead=unit.organisation.display_name,
            help="learning/order_report",
        ),
        send=lambda said: order_report(
            call_id=call.pk,
            unit_id=unit.pk,
            item_id=said["item"].pk,
            text=said["text"],
            working_days=said["working_days"],
            actor=request.actor,
            now=timezone.now(),
        ),
        done="已责令报送，企业会收到期限；期满不报的在信用登记里认定。",
        then=call,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def return_collect(request: Request, return_id: int) -> HttpResponse:
    """Tell the collecting government what is owed (移送收取)."""
    row, actor = visible_return(request, return_id), request.actor
    require_checker(actor, row)
    owed = collection_for(row)
    lead = f"按 {owed.clause} 应收取 {owed.amount:,} 元" if owed else "没有应收取的金额"
    form = CollectionForm(request.POST or None, division=row.division_id)
    return answer_form(
        request,
        form=form,
        page=page_words("移送收取", "移送", back=row, register=RETURNS, lead=lead),
        send=lambda said: tell_collector(
            return_id=row.pk,
            collector_id=said["collector"].pk,
            text=said["text"],
            actor=actor,
            now=timezone.now(),
        ),
        done="已移送，收取部门和企业会收到金额和条款。平台不收款。",
        then=row,
    )
