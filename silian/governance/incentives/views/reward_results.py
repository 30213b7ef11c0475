"""Pages of the rule table and of evaluation results."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from silian_engines.policy_rules.rewards import SOURCES, SUBJECTS

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, given, page_words
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.rewards import ResultLevel, ResultSource
from silian.governance.incentives.commands.reward_results import collect_now, enter_result
from silian.governance.incentives.forms.rewards import ResultForm
from silian.governance.incentives.gateways.reward_rules import (
    MEASURES,
    places_with_rules,
    rules_at,
)
from silian.governance.incentives.gateways.rulebook import place_of
from silian.governance.incentives.models.reward_results import EvaluationResult
from silian.governance.incentives.permissions.rewards import (
    oversees_rewards,
    proposes_rewards,
    reads_own_rewards,
    require_proposer,
    results_visible_to,
)
from silian.governance.incentives.queries.reward_sources import sources_without_reader
from silian.governance.incentives.queries.rewards import unused, use_numbers, with_uses
from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models import Organisation

REGISTER = ("评价结果", "incentives:reward_results")
FOLDER = "incentives/rewards"


@login_not_required
@require_safe
def reward_rules(request: Request) -> HttpResponseBase:
    """Which result leads to what, for one place, with clause (激励规定表)."""
    today = timezone.localdate()
    known = places_with_rules(on=today)
    asked = request.GET.get("place") or place_of(request.actor.jurisdiction).code
    place = asked if asked in dict(known) else known[0][0]
    table = rule_table(request, rows=[row_of(rule) for rule in rules_at(place, on=today)])
    if table.export_wanted:
        return table.export_response()
    missing = sources_without_reader()
    context = {"table": table, "places": known, "place": place, "missing": missing}
    context["place_name"] = dict(known)[place]
    template = f"{FOLDER}/_rules.html" if request.htmx else f"{FOLDER}/rules.html"
    return render(request, template, context)


def row_of(rule: Any) -> dict[str, Any]:
    """One row in words."""
    missing = {str(source) for source in sources_without_reader()}
    sources = [SOURCES[each] + ("（尚无来源）" if each in missing else "") for each in rule.sources]
    levels = [ResultLevel(each).label for each in rule.levels]
    return {
        "title": rule.title,
        "effect": "激励" if rule.effect == "reward" else "约束",
        "measure": MEASURES[rule.measure],
        "sources": "、".join(sources),
        "subjects": "、".join(SUBJECTS[each] for each in rule.subjects),
        "condition": rule.condition,
        "levels": "、".join(levels) or "未设定",
        "amount": rule.amount,
        "force": rule.force,
        "place": f"{rule.document} {rule.clause}",
        "valid_from": rule.valid_from,
    }


def rule_table(request: Request, *, rows: list[dict[str, Any]]) -> Table:
    return Table(
        request=request,
        name="reward_rules",
        rows=rows,
        caption="评价结果与激励、约束",
        columns=[
            Column("title", "规定", template=f"{FOLDER}/_cell_rule.html", main=True),
            Column("effect", "方向"),
            Column("measure", "事项"),
            Column("sources", "结果来源"),
            Column("subjects", "对象"),
            Column("levels", "等次"),
            Column("force", "力度", template=f"{FOLDER}/_cell_force.html"),
            Column("place", "文件和条款"),
            Column("valid_from", "施行日", optional=True),
        ],
        export=True,
    )


@require_safe
def result_list(request: Request) -> HttpResponseBase:
    """The results of a region or of one's own unit, with where they were used (评价结果)."""
    actor = request.actor
    if not (oversees_rewards(actor) or reads_own_rewards(actor)):
        raise NotAllowed("评价结果由主管部门和被评价的单位查看。")
    bar = FilterBar(
        request=request,
        placeholder="单位",
        facets=[
            facet(request=request, name="source", label="来源", choices=ResultSource.choices),
            facet(request=request, name="level", label="等次", choices=ResultLevel.choices),
            facet(request=request, name="use", label="运用", choices=[("no", "尚未运用")]),
        ],
    )
    table = result_table(request, filtered(request, bar))
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "proposes": proposes_rewards(actor)}
    context["oversees"] = oversees_rewards(actor)
    if oversees_rewards(actor):
        context["numbers"] = use_numbers(actor, on=timezone.localdate())
        context["missing"] = sources_without_reader()
    template = f"{FOLDER}/_listed.html" if request.htmx else f"{FOLDER}/results.html"
    return render(request, template, context)


def filtered(request: Request, bar: FilterBar) -> QuerySet[EvaluationResult]:
    rows = results_visible_to(request.actor)
    for name in ("source", "level"):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": wanted})
    if request.GET.get("use") == "no":
        rows = unused(rows)
    if bar.text:
        rows = rows.filter(subject_name__icontains=bar.text.replace("\x00", "")[:60])
    return with_uses(rows)


def result_table(request: Request, rows: QuerySet[EvaluationResult]) -> Table:
    return Table(
        request=request,
        name="reward_results",
        rows=rows,
        caption="评价结果",
        columns=[
            Column("subject_name", "评价对象", main=True),
            Column("source", "来源", lambda row: row.get_source_display(), sort="source"),
            Column("level", "等次", template=f"{FOLDER}/_cell_level.html", sort="level"),
            Column("words", "结果"),
            Column("score", "得分", numeric=True, sort="score", optional=True),
            Column("decided_on", "结果日", sort="decided_on"),
            Column("valid_until", "有效期止", optional=True),
            Column("use_count", "运用", template=f"{FOLDER}/_cell_use.html", numeric=True),
        ],
        order="-decided_on",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={
            "missing": "还没有评价结果",
            "why": "归集后列出认定、考核、验收和信用结果；平台没有来源的由主管部门录入。",
        },
    )


@require_safe
def result_detail(request: Request, result_id: int) -> HttpResponse:
    """One result, where it came from, where it was used (运用台账)."""
    rows = results_visible_to(request.actor).select_related("organisation", "entered_for")
    result = get_object_or_404(rows, pk=result_id)
    context = {
        "result": result,
        "uses": result.uses.select_related("decision", "restriction"),
        "files": files_of(result),
        "oversees": oversees_rewards(request.actor),
        "proposes": proposes_rewards(request.actor) and result.tone == "late",
    }
    return render(request, f"{FOLDER}/result.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def result_new(request: Request) -> HttpResponse:
    """Enter a result that no module keeps (录入评价结果)."""
    actor = request.actor
    require_proposer(actor, division=actor.jurisdiction)
    form = ResultForm(
        *given(request),
        units=Organisation.objects.filter(
            state=OrganisationState.VERIFIED,
            division__code__startswith=subtree_prefix(actor.jurisdiction),
        ).order_by("name"),
        sources=[(str(each), each.label) for each in sources_without_reader()],
    )
    return answer_form(
        request,
        form=form,
        page=page_words(
            "录入评价结果",
            "录入",
            back=REGISTER[1],
            register=REGISTER,
            lead="平台还没有来源的评价，凭结果文件录入。",
        ),
        send=lambda said: enter_result(
            organisation_id=said.pop("organisation").pk, actor=actor, now=timezone.now(), **said
        ),
        done="已录入。",
    )


@require_POST
def result_collect(request: Request) -> HttpResponse:
    """Read the sources of the region now (立即归集)."""
    changed = collect_now(actor=request.actor, now=timezone.now())
    messages.success(request, f"已归集，新增或变化 {changed} 条。")
    return redirect("incentives:reward_results")
