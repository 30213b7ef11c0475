"""The public table of rule cases: what each rule must give, and what it gives now (规则情形表)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.exports.scenario_tables import (
    expected_cell,
    facts_cell,
    found_cell,
    situation_cell,
)
from silian.governance.incentives.queries.scenario_tables import (
    SOURCES,
    CaseLine,
    lines_of,
    tabs,
)

CELL = "incentives/scenario_tables/_cell_{}.html"


@login_not_required
@require_safe
def rule_cases(request: Request) -> HttpResponseBase:
    """Situations of one place, run when the page is asked for."""
    places = tabs()
    place = request.GET.get("place", SOURCES[0])
    name = next((name for code, name, _ in places if code == place), None)
    if name is None:
        raise Http404
    rule = request.GET.get("rule", "")
    lines = [line for line in lines_of(place) if rule in ("", line.rule)]
    table = case_table(request, lines, name)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table, "place": place, "place_name": name, "tabs": places,
        "count": len(lines), "passed": sum(line.passes for line in lines),
        "rules": len({line.rule for line in lines}), "rule": rule,
    }  # fmt: skip
    template = "_table" if request.htmx else "list"
    return render(request, f"incentives/scenario_tables/{template}.html", context)


def case_table(request: Request, lines: list[CaseLine], place: str) -> Table:
    """The cases with facts, expectation and result; the file holds every column."""
    return Table(
        request=request,
        name="rule_cases",
        rows=lines,
        caption=f"规则情形-{place}",
        columns=FILE_COLUMNS if "export" in request.GET else PAGE_COLUMNS,
        export=True,
    )


def rule_cell(line: CaseLine) -> str:
    return f"{line.rule} {line.rule_title}"


PAGE_COLUMNS = (
    Column("title", "情形", template=CELL.format("case"), main=True),
    Column("facts", "事实", template=CELL.format("facts")),
    Column("checks", "应得与现算", template=CELL.format("checks")),
    Column("verdict", "核对", template=CELL.format("mark")),
)
FILE_COLUMNS = (
    Column("title", "情形", export=situation_cell),
    Column("rule", "规则", export=rule_cell),
    Column("place_name", "地区"),
    Column("on", "日期"),
    Column("facts", "事实", export=facts_cell),
    Column("checks", "应得", export=expected_cell),
    Column("found", "现算", export=found_cell),
    Column("verdict", "核对"),
)
