"""Pages behind the appropriation: years to open, open numbers, offices by function."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.offices import Function
from silian.governance.incentives.commands.appropriation_settings import open_year, set_number
from silian.governance.incentives.commands.offices import end_office, name_office
from silian.governance.incentives.forms.appropriation import OfficeForm, SettingForm, YearForm
from silian.governance.incentives.models.offices import FunctionOffice
from silian.governance.incentives.permissions.appropriation import (
    require_reader,
    require_setter,
    sets_up,
    settings_visible_to,
)
from silian.governance.incentives.permissions.offices import (
    coordinates,
    offices_visible_to,
    require_office_keeper,
    require_office_reader,
)
from silian.governance.incentives.rules.appropriation import plain

PARTS = "incentives/appropriation/"
YEARS = ("生均拨款核算", "incentives:appropriation_years")
SETTINGS = ("拨款参数", "incentives:appropriation_settings")
OFFICES = ("职能单位", "incentives:offices")
END_OFFICE = Column("end", "办理", template=f"{PARTS}_cell_office.html", export=lambda row: "")


@require_http_methods(["GET", "HEAD", "POST"])
def year_new(request: Request) -> HttpResponse:
    """Open a year (设立拨款年度)."""
    actor, today = request.actor, timezone.localdate()
    require_setter(actor)
    named = {
        row.function: row.organisation_id
        for row in FunctionOffice.objects.filter(
            division_id=actor.jurisdiction, ends_on__isnull=True
        ).order_by("-pk")
    }
    start: dict[str, Any] = {
        "year": today.year,
        "finance": named.get(Function.FINANCE),
        "education": named.get(Function.EDUCATION),
    }
    form = YearForm(request.POST or None, actor=actor, initial=start)
    return answer_form(
        request,
        form=form,
        page=page_words("设立拨款年度", "设立", back=YEARS[1], register=YEARS),
        send=lambda said: open_year(
            division=actor.jurisdiction, actor=actor, today=today, **form.facts()
        ),
        done="已设立，请起草各校核算表。",
    )


@require_safe
def setting_list(request: Request) -> HttpResponseBase:
    """The open numbers of the region with their documents, the corrected ones too (拨款参数)."""
    require_reader(request.actor)
    table = setting_table(request)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "sets": sets_up(request.actor)}
    return render(request, f"{PARTS}settings.html", context)


def setting_table(request: Request) -> Table:
    """Every number with what it is for and where it stands."""
    rows = settings_visible_to(request.actor).select_related("division", "school", "set_by")
    return Table(
        request=request,
        name="appropriation_settings",
        rows=rows,
        caption="拨款参数",
        columns=[
            Column("kind", "参数", lambda row: row.get_kind_display(), sort="kind", main=True),
            Column("scope", "用于", lambda row: row.scope_words),
            Column("value", "数值", lambda row: plain(row.value), numeric=True, sort="value"),
            Column("source", "依据", lambda row: row.source),
            Column("valid_from", "起用日", sort="valid_from"),
            Column("valid_to", "停用日", lambda row: row.valid_to or "长期"),
            Column("standing", "情况", lambda row: "已更正" if row.replaced_at else "有效"),
            Column("division", "地区", "division__name", optional=True),
            Column("reason", "更正理由", optional=True),
            Column("set_by", "设定人", lambda row: row.set_by.name if row.set_by else "",
                   optional=True),
        ],
        order="kind",
        empty={
            "missing": "拨款参数未设定",
            "why": "政策没有写明生均标准和系数；凭本地区文件逐项设定，设定前不计算。",
        },
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def setting_new(request: Request) -> HttpResponse:
    """Set a number by a document (设定拨款参数)."""
    actor = request.actor
    require_setter(actor)
    form = SettingForm(request.POST or None, actor=actor)
    return answer_form(
        request,
        form=form,
        page=page_words("设定拨款参数", "设定", back=SETTINGS[1], register=SETTINGS),
        send=lambda said: set_number(
            division=actor.jurisdiction, said=form.said(), actor=actor, now=timezone.now()
        ),
        done="已设定。拟定中的核算表请重新计算。",
        then=reverse(SETTINGS[1]),
    )


@require_safe
def office_list(request: Request) -> HttpResponseBase:
    """Which office answers for what (职能单位)."""
    require_office_reader(request.actor)
    table = Table(
        request=request,
        name="function_offices",
        rows=offices_visible_to(request.actor).select_related("division", "organisation"),
        caption="职能单位",
        columns=[
            Column("function", "职能", lambda row: row.get_function_display(), sort="function"),
            Column("organisation", "单位", lambda row: row.organisation.display_name, main=True),
            Column("division", "负责地区", "division__name"),
            Column("basis", "依据"),
            Column("starts_on", "起", sort="starts_on"),
            Column("ends_on", "止", lambda row: row.ends_on or "至今"),
            *([END_OFFICE] if coordinates(request.actor) else []),
        ],
        order="function",
        empty={
            "missing": "还没有职能单位",
            "why": "设定后，各部门才能填报和核定。",
        },
    )
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "keeps": coordinates(request.actor)}
    return render(request, f"{PARTS}offices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def office_new(request: Request) -> HttpResponse:
    """Name an office (设定职能单位)."""
    actor = request.actor
    require_office_keeper(actor)
    form = OfficeForm(request.POST or None, actor=actor, initial={"division": actor.jurisdiction})
    return answer_form(
        request,
        form=form,
        page=page_words("设定职能单位", "设定", back=OFFICES[1], register=OFFICES),
        send=lambda said: name_office(
            division=said["division"].pk,
            function=said["function"],
            organisation_id=said["organisation"].pk,
            basis=said["basis"],
            actor=actor,
            today=timezone.localdate(),
        ),
        done="已设定。",
        then=reverse(OFFICES[1]),
    )


@require_POST
def office_end(request: Request, office_id: int) -> HttpResponse:
    """End an office's function (停止)."""
    office = get_object_or_404(offices_visible_to(request.actor), pk=office_id)
    require_office_keeper(request.actor, division=office.division_id)
    return done_or_said(
        request,
        lambda: end_office(office_id=office.pk, actor=request.actor, today=timezone.localdate()),
        done="已停止，原来填报的保留。",
        then=reverse(OFFICES[1]),
    )
