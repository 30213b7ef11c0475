"""Pages of the catalogue of scarce occupations."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.commands.scarce_lists import (
    publish_scarce_list,
    withdraw_scarce_list,
)
from silian.governance.incentives.forms.outside_payments import WithdrawPaymentForm
from silian.governance.incentives.forms.scarce_lists import ScarceListForm
from silian.governance.incentives.models.scarce_lists import ScarceList
from silian.governance.incentives.permissions.outside_payments import (
    registers_payments,
    require_registering,
)
from silian.governance.incentives.permissions.scarce_lists import (
    require_scarce_reader,
    scarce_lists_visible_to,
)

PARTS = "incentives/scarce_lists/"
REGISTER = ("紧缺职业目录", "incentives:scarce_lists")
ONE_DAY = datetime.timedelta(days=1)


@require_safe
def scarce_list_list(request: Request) -> HttpResponseBase:
    """Editions of the region with their rates and sources, newest first (紧缺职业目录)."""
    require_scarce_reader(request.actor)
    rows = scarce_lists_visible_to(request.actor).select_related("division", "office")
    registers = registers_payments(request.actor)
    table = scarce_table(request, rows, registers=registers)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "registers": registers}
    return render(request, f"{PARTS}{'_list' if request.htmx else 'list'}.html", context)


def scarce_table(request: Request, rows: QuerySet[ScarceList], *, registers: bool) -> Table:
    today = timezone.localdate()
    columns = [
        Column("title", "目录", main=True, template=f"{PARTS}_cell_title.html",
               export=lambda row: row.title),
        Column("division", "地区", "division__name"),
        Column("codes", "职业", lambda row: len(row.codes), numeric=True, unit="个"),
        Column("rate", "上浮", numeric=True,
               value=lambda row: "未设定" if row.rate is None else f"{row.rate.normalize():f}%"),
        Column("source", "文号"),
        Column("place", "条款"),
        Column("valid_from", "有效期起", sort="valid_from"),
        Column("last_day", "有效期止", value=lambda row: row.valid_to - ONE_DAY, sort="valid_to"),
        Column("state", "状态", value=lambda row: state_of(row, today)),
    ]  # fmt: skip
    if registers:
        columns.append(
            Column("act", "办理", template=f"{PARTS}_cell_act.html", export=lambda row: "")
        )
    return Table(
        request=request, name="scarce_lists", rows=rows, caption="紧缺职业目录", columns=columns,
        order="-valid_from",
        empty={"missing": "没有紧缺职业目录", "why": "登记后，目录内高级工以上的补贴按比例上浮。"},
    )  # fmt: skip


def state_of(row: ScarceList, today: datetime.date) -> str:
    """Withdrawn, coming, in force or over."""
    if row.withdrawn_at is not None:
        return f"已撤销：{row.reason}"
    if today < row.valid_from:
        return "未生效"
    return "有效" if today < row.valid_to else "已到期"


@require_http_methods(["GET", "HEAD", "POST"])
def scarce_list_new(request: Request) -> HttpResponse:
    """Register an edition (登记目录)."""
    actor = request.actor
    require_registering(actor)
    form = ScarceListForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("登记紧缺职业目录", "登记", back=REGISTER[1], register=REGISTER),
        send=lambda said: publish_scarce_list(said=form.said(), actor=actor, now=timezone.now()),
        done="已登记，新起草的学徒补贴申领按这份目录测算。",
        then=reverse(REGISTER[1]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def scarce_list_withdraw(request: Request, list_id: int) -> HttpResponse:
    """Withdraw a wrong edition (撤销)."""
    require_registering(request.actor)
    row = get_object_or_404(scarce_lists_visible_to(request.actor), pk=list_id)
    return answer_form(
        request,
        form=WithdrawPaymentForm(request.POST or None),
        page=page_words("撤销紧缺职业目录", "撤销", back=REGISTER[1], register=REGISTER,
                        lead=f"{row.title}，已经按它测算的申领不变"),
        send=lambda said: withdraw_scarce_list(
            list_id=row.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done="已撤销。",
        then=reverse(REGISTER[1]),
    )  # fmt: skip
