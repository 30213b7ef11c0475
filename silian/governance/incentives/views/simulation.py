"""Simulation for officials: change a number, see cost, winners and losers; keep, compare, draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.form_pages import FormPage, answer_form, done_or_refused, given, status_of
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.commands.scenarios import draft_provision, save_scenario
from silian.governance.incentives.exports.simulation import HEADER, rows_of
from silian.governance.incentives.forms.simulation import DraftForm, SaveForm, SimulationForm
from silian.governance.incentives.gateways.rulebook import Place, place_of, places
from silian.governance.incentives.models import Scenario
from silian.governance.incentives.permissions.incentives import (
    drafts_visible_to,
    may_simulate,
    require_simulating,
    require_simulation_reader,
    scenarios_visible_to,
)
from silian.governance.incentives.queries.scenarios import (
    compared,
    outcome_of,
    scenarios_for_list,
)
from silian.governance.incentives.queries.simulation import (
    Simulation,
    change_named,
    changes_of,
    simulate,
)
from silian.governance.incentives.views.charts import difference_chart
from silian.governance.incentives.views.mine import year_of

PARTS = "incentives/simulation/"


@require_safe
def simulation(request: Request) -> HttpResponseBase:
    """Choose a number, change it, see what follows (政策模拟)."""
    require_simulation_reader(request.actor)
    place, year = place_chosen(request), year_of(request)
    form = SimulationForm(
        request.GET if "change" in request.GET else None,
        changes=changes_of(place=place.code, year=year),
    )
    found = done_or_refused(form, lambda: run(request, form.cleaned_data, place, year))
    if found and request.GET.get("export") == "xlsx":
        rows = rows_of(found.total, found.counties, found.sizes)
        return file_response(kind="xlsx", name="政策模拟", header=HEADER, rows=rows)
    context: dict[str, Any] = {
        "form": form, "place": place, "places": places(), "year": year, "found": found,
        "saves": may_simulate(request.actor), "save_form": SaveForm(),
        "saved": scenarios_visible_to(request.actor).count(), "typed": form.data,
    }  # fmt: skip
    if found:
        context |= result_context(found)
    return render(request, f"{PARTS}run.html", context, status=status_of(form))


def result_context(found: Simulation) -> dict[str, Any]:
    return {
        "total": found.total, "counties": found.counties, "sizes": found.sizes,
        "unknown": found.unknown, "chart": difference_chart(found.counties),
    }  # fmt: skip


def place_chosen(request: Request) -> Place:
    """The rulebook of the address; the region's own when it names none."""
    code = request.POST.get("place") or request.GET.get("place", "")
    if not code:
        return place_of(request.actor.jurisdiction)
    if code not in dict(places()):
        raise Http404
    return place_of(code)


def run(request: Request, typed: dict[str, Any], place: Place, year: int) -> Simulation:
    return simulate(
        change=change_named(typed["change"], place=place.code, year=year),
        after=typed["after"],
        division=request.actor.jurisdiction,
        year=year,
        today=timezone.localdate(),
    )


@require_POST
def scenario_save(request: Request) -> HttpResponse:
    """Keep what was simulated under a name (保存方案)."""
    require_simulating(request.actor)
    form = SaveForm(request.POST)
    place, typed = place_chosen(request), request.POST
    if not form.is_valid():
        raise DomainError("给方案起个名称，便于比较；名称最多 60 个字。")
    year = typed.get("year", "")
    scenario = save_scenario(
        title=form.cleaned_data["title"],
        change=typed.get("change", ""),
        after=typed.get("after", ""),
        place=place.code,
        year=int(year) if year.isdecimal() and len(year) == 4 else timezone.localdate().year,
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, "方案已保存。")
    return redirect(scenario)


@require_safe
def scenario_list(request: Request) -> HttpResponseBase:
    """The saved simulations of the region; two of them can be compared (模拟方案)."""
    require_simulation_reader(request.actor)
    rows = scenarios_for_list(scenarios_visible_to(request.actor))
    table = scenario_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    name = "_scenarios.html" if request.htmx else "scenarios.html"
    context = {"table": table, "choices": rows[:50], "count": rows.count()}
    return render(request, f"{PARTS}{name}", context)


def scenario_table(request: Request, rows: Any) -> Table:
    return Table(
        request=request,
        name="incentive_scenarios",
        rows=rows,
        caption="模拟方案",
        columns=[
            Column("title", "方案", main=True, sort="title"),
            Column("parameter_title", "改哪个数"),
            Column("before_words", "现行", numeric=True),
            Column("after_words", "模拟", numeric=True),
            Column("difference", "增减（元）", value=difference_of, numeric=True),
            Column("year", "年度", value=lambda row: str(row.year), sort="year"),
            Column("draft_count", "草案", numeric=True),
            Column("saved_at", "保存时间", sort="saved_at"),
        ],
        order="-saved_at",
        row_url=lambda row: row.get_absolute_url(),
        empty={"title": "还没有保存的方案", "why": "模拟后起个名称保存，就能比较和拟稿。"},
    )


def difference_of(row: Scenario) -> str:
    return f"{outcome_of(row).total.difference:,f}"


@require_safe
def scenario_detail(request: Request, scenario_id: int) -> HttpResponseBase:
    """One saved simulation as it was frozen, with its drafts (方案)."""
    require_simulation_reader(request.actor)
    rows = scenarios_for_list(scenarios_visible_to(request.actor))
    scenario = get_object_or_404(rows, pk=scenario_id)
    found = outcome_of(scenario)
    if request.GET.get("export") == "xlsx":
        lines = rows_of(found.total, found.counties, found.sizes)
        return file_response(kind="xlsx", name=scenario.title, header=HEADER, rows=lines)
    context = {
        "scenario": scenario, "total": found.total, "counties": found.counties,
        "sizes": found.sizes, "unknown": found.unknown, "saves": may_simulate(request.actor),
        "chart": difference_chart(found.counties, as_of=scenario.saved_at),
        "drafts": drafts_visible_to(request.actor).filter(scenario=scenario),
    }  # fmt: skip
    return render(request, f"{PARTS}detail.html", context)


@require_safe
def scenario_compare(request: Request) -> HttpResponse:
    """Two saved simulations side by side (对比方案)."""
    require_simulation_reader(request.actor)
    rows = scenarios_for_list(scenarios_visible_to(request.actor))
    pair = [get_object_or_404(rows, pk=number(request, name)) for name in ("first", "second")]
    first, second = (outcome_of(each) for each in pair)
    context = {
        "first": pair[0], "second": pair[1],
        "groups": [
            ("合计", compared([first.total], [second.total])),
            ("按地区", compared(first.counties, second.counties)),
            ("按规模", compared(first.sizes, second.sizes)),
        ],
    }  # fmt: skip
    return render(request, f"{PARTS}compare.html", context)


def number(request: Request, name: str) -> int:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


@require_http_methods(["GET", "HEAD", "POST"])
def draft_create(request: Request, scenario_id: int) -> HttpResponse:
    """Write a dated sentence for the rulebook from a simulation (拟稿)."""
    require_simulating(request.actor)
    scenario = get_object_or_404(scenarios_visible_to(request.actor), pk=scenario_id)
    page = FormPage(
        title="由方案拟稿",
        lead=f"{scenario.parameter_title}：{scenario.before_words} 改为 "
        f"{scenario.after_words}；不改变现行规则",
        button="生成草案",
        back=scenario.get_absolute_url(),
        crumbs=[(scenario.title, scenario.get_absolute_url())],
        help="incentives/draft",
    )
    return answer_form(
        request,
        form=DraftForm(given(request)[0]),
        page=page,
        send=lambda typed: draft_provision(
            scenario_id=scenario.pk, actor=request.actor, now=timezone.now(), **typed
        ),
        done="草案已生成，可以下载。",
        then=scenario,
    )


@require_safe
def draft_download(request: Request, draft_id: int) -> HttpResponse:
    """The draft as a file of the rulebook's kind (下载草案)."""
    require_simulation_reader(request.actor)
    draft = get_object_or_404(drafts_visible_to(request.actor), pk=draft_id)
    name = f"草案-{draft.pk}.toml"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition or "attachment"}
    return HttpResponse(draft.text, content_type="application/toml; charset=utf-8", headers=headers)
