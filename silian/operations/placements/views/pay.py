"""Pay of interns: the list, one month, and what is owed by whom."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Facet
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.sockets import Figure
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.models.pay import PayRecord
from silian.operations.placements.permissions.internships import is_host_clerk
from silian.operations.placements.permissions.pay import (
    is_paid_student,
    may_send_letters,
    pay_records_visible_to,
    reads_pay,
    states_pay,
)
from silian.operations.placements.queries.pay import account_of, facts_of
from silian.operations.placements.queries.pay_lists import (
    PaySums,
    debts,
    for_list,
    in_standing,
    in_trouble,
    months_seen,
    open_alarms_for_list,
    sums_of,
)
from silian.operations.placements.rules.pay import (
    STANDING_LABELS,
    STANDING_TONES,
    PayPart,
    Standing,
    days_in_month,
    standing_of,
    words,
)
from silian.operations.placements.views.names import shown_name

SOURCE = "报酬账与单位填报"


def standing(row: PayRecord) -> Standing:
    return standing_of(facts_of(row), on=timezone.localdate())


def columns(request: Request) -> list[Column]:
    return [
        Column(
            "student",
            "学生",
            lambda row: shown_name(request.actor, row.internship),
            main=True,
        ),
        Column("school_class", "班级", "internship__school_class__name"),
        Column("host", "实习单位", "internship__organisation__name"),
        Column("school", "学校", "internship__school__name", optional=True),
        Column("month", "月份", lambda row: f"{row.month:%Y-%m}", sort="month"),
        Column("due_amount", "应得", sort="due_amount", unit="元", numeric=True, total=True),
        Column("paid_amount", "已付", sort="paid_amount", unit="元", numeric=True, total=True),
        Column("unpaid", "未付", lambda row: row.unpaid, unit="元", numeric=True),
        Column("due_on", "应发日", sort="due_on"),
        Column("paid_on", "到账日", sort="paid_on", optional=True),
        Column(
            "standing",
            "状态",
            lambda row: {
                "label": STANDING_LABELS[standing(row)],
                "tone": STANDING_TONES[standing(row)],
            },
            template="placements/pay/_cell_standing.html",
            export=lambda row: STANDING_LABELS[standing(row)],
        ),
        Column("answer", "学生核对", lambda row: row.get_student_answer_display(), optional=True),
    ]


def pay_table(request: Request, rows: QuerySet[PayRecord]) -> Table:
    return Table(
        request=request,
        name="placements_pay",
        rows=for_list(rows),
        columns=columns(request),
        caption="月度报酬",
        order="-month",
        row_url=lambda row: reverse("placements:pay_detail", args=[row.pk]),
        empty={"missing": "没有符合条件的报酬记录", "why": "月份结束后按在岗学生自动建账。"},
    )


def pay_facets(request: Request, rows: QuerySet[PayRecord]) -> list[Facet]:
    hosts = rows.order_by().values_list(
        "internship__organisation_id", "internship__organisation__name"
    )
    months = [(f"{day:%Y-%m}", f"{day:%Y 年 %-m 月}") for day in months_seen(rows)]
    standings = [(key.value, STANDING_LABELS[key]) for key in Standing if key != Standing.NONE]
    found = [
        facet(request=request, name="month", label="月份", choices=months, single=True),
        facet(request=request, name="standing", label="状态", choices=standings, single=True),
    ]
    if not is_host_clerk(request.actor):
        pairs = [(str(pk), name) for pk, name in hosts.distinct()]
        found.append(facet(request=request, name="host", label="实习单位", choices=pairs))
    return found


def chosen(request: Request, rows: QuerySet[PayRecord], *, text: str) -> QuerySet[PayRecord]:
    """What the filters leave."""
    today = timezone.localdate()
    if request.GET.get("trouble"):
        rows = in_trouble(rows, on=today)
    rows = in_standing(rows, standing=request.GET.get("standing", ""), on=today)
    month = request.GET.get("month", "")
    if len(month) == 7 and month[:4].isdigit() and month[5:].isdigit():
        rows = rows.filter(month__year=int(month[:4]), month__month=int(month[5:]))
    if hosts := [int(pk) for pk in request.GET.getlist("host") if pk.isdigit()]:
        rows = rows.filter(internship__organisation_id__in=hosts)
    named = Q(internship__person__name__icontains=text)
    return rows.filter(named | Q(internship__school_class__name=text)) if text else rows


def figures_of(sums: PaySums, *, trouble: int) -> list[Figure]:
    url = reverse("placements:pay_list")
    return [
        money("应得", sums.due, f"{sums.students} 人，{sums.months} 人月", url),
        money("已付", sums.paid, "按单位填报", f"{url}?standing=paid"),
        money("未付", sums.unpaid, "应得 − 已付，含未到发放日", f"{url}?standing=waiting"),
        Figure(
            label="报酬未到位",
            value=str(trouble),
            unit="人月",
            note="逾期、未足额或学生反映不符",
            url=f"{url}?trouble=1",
            source=SOURCE,
        ),
    ]


def money(label: str, amount: Any, note: str, url: str) -> Figure:
    return Figure(label=label, value=words(amount), unit="元", note=note, url=url, source=SOURCE)


@require_safe
def pay_list(request: Request) -> HttpResponseBase:
    """Months of pay that the reader sees (报酬)."""
    seen = pay_records_visible_to(request.actor)
    if not (reads_pay(request.actor) or seen.exists()):
        raise NotAllowed("报酬由学生本人、学校、实习单位和主管部门查看。")
    bar = FilterBar(
        request=request,
        facets=pay_facets(request, seen),
        placeholder="姓名、班级",
        kept=("trouble",),
    )
    rows = chosen(request, seen, text=bar.text)
    table = pay_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    today = timezone.localdate()
    context = {
        "bar": bar,
        "table": table,
        "figures": figures_of(sums_of(rows), trouble=in_trouble(rows, on=today).count()),
        "debts": debts(request.actor, on=today) if may_send_letters(request.actor) else [],
        "uploads": is_host_clerk(request.actor),
        "watches": reads_pay(request.actor),
        "sends": may_send_letters(request.actor),
        "today": today,
    }
    template = "_list.html" if request.htmx else "list.html"
    return render(request, f"placements/pay/{template}", context)


@require_safe
def pay_detail(request: Request, record_id: int) -> HttpResponse:
    """One month: what was due, what came, what the student says (月度报酬)."""
    rows = for_list(pay_records_visible_to(request.actor))
    row = get_object_or_404(rows.select_related("internship__person__guardian"), pk=record_id)
    state = standing(row)
    is_student = is_paid_student(request.actor, row.internship.person)
    is_host = states_pay(request.actor, row)
    context = {
        "row": row,
        "name": shown_name(request.actor, row.internship),
        "payments": row.payments.select_related("account").order_by("paid_on", "pk"),
        "alarms": row.alarms.order_by("-opened_on", "-pk"),
        "account": account_of(person_id=row.internship.person_id),
        "parts": parts_of(row),
        "month_days": days_in_month(row.month),
        "label": STANDING_LABELS[state],
        "tone": STANDING_TONES[state],
        "is_student": is_student,
        "is_host": is_host,
        "proofs": [] if is_host and not is_student else files_of(row),
        "history": [] if is_host else [entry_of(act) for act in history_of(row)],
    }
    return render(request, "placements/pay/detail.html", context)


def parts_of(row: PayRecord) -> list[PayPart]:
    """The parts of a month in which the pay changed (分段报酬)."""
    return [
        PayPart(
            first=datetime.date.fromisoformat(part["first"]),
            days=part["days"],
            monthly_pay=Decimal(part["monthly_pay"]),
            amount=Decimal(part["amount"]),
        )
        for part in row.parts
    ]


ALARM_COLUMNS = [
    Column("kind", "预警", template="placements/pay/_cell_alarm.html", sort="kind", main=True),
    Column("school_class", "班级", "internship__school_class__name"),
    Column("host", "实习单位", "internship__organisation__name"),
    Column("month", "月份", lambda row: f"{row.pay_record.month:%Y-%m}" if row.pay_record else ""),
    Column("gap", "差额", sort="gap", unit="元", numeric=True, total=True),
    Column("detail", "说明"),
    Column("opened_on", "发现日", sort="opened_on"),
    Column("authority_at", "报主管部门时限", template="placements/pay/_cell_clock.html"),
]


@require_safe
def pay_alarms(request: Request) -> HttpResponseBase:
    """Alarms that stand, the oldest first (报酬预警)."""
    if not reads_pay(request.actor):
        raise NotAllowed("报酬预警由学校、实习单位和主管部门查看。")
    named = Column("student", "学生", lambda row: shown_name(request.actor, row.internship))
    table = Table(
        request=request,
        name="placements_pay_alarms",
        rows=open_alarms_for_list(request.actor),
        columns=[ALARM_COLUMNS[0], named, *ALARM_COLUMNS[1:]],
        caption="未解除的报酬预警",
        order="opened_on",
        row_url=lambda row: (
            reverse("placements:pay_detail", args=[row.pay_record_id]) if row.pay_record_id else ""
        ),
        empty={"missing": "没有未解除的预警", "why": "每天按应发日和到账情况核对一次。"},
    )
    if table.export_wanted:
        return table.export_response()
    return render(request, "placements/pay/alarms.html", {"table": table})
