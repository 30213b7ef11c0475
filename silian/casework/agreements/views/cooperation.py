"""The register of cooperation of schools and enterprises (校企合作登记)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.casework.agreements.choices import (
    AgreementState,
    CooperationForm,
    CooperationLevel,
)
from silian.casework.agreements.models import Agreement
from silian.casework.agreements.permissions.agreements import is_official, may_draft
from silian.casework.agreements.queries.cooperation import (
    CooperationFacts,
    all_facts,
    chosen_ids,
    cooperation_rows,
    facts_of,
    form_counts,
    participation,
)
from silian.casework.agreements.queries.register import (
    ALERT_DAYS,
    ending_within,
    for_list,
    last_day_if_near,
    matching,
    register_rows,
    shown_parties,
    state_counts,
)
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.tables import Column, Table
from silian.registers.organisations.permissions import in_jurisdiction

NOWRAP = "agreements/_cell_nowrap.html"
COLUMNS = (
    Column("title", "合作项目", template="agreements/_cell_title.html", main=True),
    Column("form", "形式", lambda row: facts_of(row).form_label, template=NOWRAP),
    Column("level", "层次", lambda row: facts_of(row).level_label, template=NOWRAP),
    Column("pairing", "结对", lambda row: "结对" if facts_of(row).is_pairing else "—"),
    Column("parties", "各方", shown_parties),
    Column(
        "state",
        "状态",
        lambda row: row.get_state_display(),
        template="agreements/_cell_state.html",
        sort="state",
    ),
    Column("starts_on", "起始日", sort="starts_on", optional=True),
    Column(
        "ends_on",
        "终止日",
        lambda row: last_day_if_near(row, on=timezone.localdate()),
        template="agreements/_cell_end.html",
        sort="ends_on",
        export=lambda row: row.ends_on,
    ),
    Column(
        "investment",
        "企业投入",
        lambda row: facts_of(row).investment,
        unit="元",
        numeric=True,
        optional=True,
    ),
    Column("number", "编号", sort="number", optional=True),
)


@require_safe
def cooperation_list(request: Request) -> HttpResponseBase:
    """Cooperation by form, level and pairing, with who takes part (校企合作登记)."""
    today = timezone.localdate()
    seen = cooperation_rows(register_rows(request.actor))
    facts = all_facts(seen)
    bar = FilterBar(
        request=request, facets=facets(request, seen, facts), placeholder="项目、单位、编号"
    )
    rows = chosen(request, matching(seen, text=bar.text), facts)
    table = cooperation_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    region = in_jurisdiction(request.actor) if is_official(request.actor) else None
    context = {
        "bar": bar,
        "table": table,
        "active": sum(item.state == AgreementState.ACTIVE for item in facts),
        "ending": ending_within(seen, on=today, days=ALERT_DAYS).count(),
        "alert_days": ALERT_DAYS,
        "part": participation(seen, region=region, on=today),
        "by_region": region is not None,
        "chart": form_chart(facts),
        "drafts": may_draft(request.actor),
    }
    template = "agreements/_list.html" if request.htmx else "agreements/cooperation.html"
    return render(request, template, context)


def cooperation_table(request: Request, rows: QuerySet[Agreement]) -> Table:
    return Table(
        request=request,
        name="cooperation",
        rows=for_list(rows),
        caption="校企合作登记",
        columns=list(COLUMNS),
        order="-pk",
        row_url=lambda row: row.get_absolute_url(),
        empty={"title": "没有符合条件的合作协议", "why": "减少筛选条件，或换一个关键词。"},
    )


def form_chart(facts: list[CooperationFacts]) -> Chart:
    counts = form_counts(facts)
    used = [(label, counts[code]) for code, label in CooperationForm.choices if counts[code]]
    used.sort(key=lambda pair: -pair[1])
    return Chart(
        name="cooperation_forms",
        title="生效中的合作按形式",
        unit="份",
        source="校企合作协议登记",
        as_of=timezone.localdate(),
        kind="bars",
        labels=[label for label, _ in used],
        series=[Series("协议", [number for _, number in used])],
    )


def facets(request: Request, rows: QuerySet[Agreement], facts: list[CooperationFacts]) -> list[Any]:
    by_form = Counter(item.form for item in facts)
    by_level = Counter(item.level for item in facts)
    return [
        facet(
            request=request,
            name="form",
            label="形式",
            choices=CooperationForm.choices,
            counts=by_form,
        ),
        facet(
            request=request,
            name="level",
            label="层次",
            choices=CooperationLevel.choices,
            counts=by_level,
        ),
        facet(request=request, name="pairing", label="结对", choices=[("yes", "结对关系")]),
        facet(
            request=request,
            name="state",
            label="状态",
            choices=AgreementState.choices,
            counts=state_counts(rows),
        ),
        facet(request=request, name="ending", label="到期", choices=ENDING, single=True),
    ]


ENDING = [(str(ALERT_DAYS), f"{ALERT_DAYS} 天内到期")]


def chosen(
    request: Request, rows: QuerySet[Agreement], facts: list[CooperationFacts]
) -> QuerySet[Agreement]:
    """What the filters leave; form and level are those of the latest signed terms."""
    forms, levels = request.GET.getlist("form"), request.GET.getlist("level")
    pairing = True if "yes" in request.GET.getlist("pairing") else None
    if forms or levels or pairing:
        ids = chosen_ids(facts, forms=forms, levels=levels, pairing=pairing)
        rows = rows.filter(pk__in=ids)
    if states := request.GET.getlist("state"):
        rows = rows.filter(Q(state__in=states))
    if request.GET.get("ending") == str(ALERT_DAYS):
        rows = ending_within(rows, on=timezone.localdate(), days=ALERT_DAYS)
    return rows
