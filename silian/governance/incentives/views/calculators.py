"""Public calculators: one for each rule of the place, without login."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from silian_engines.policy_rules.compiled_rule import CompiledRule

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.governance.incentives.choices.benefits import Audience
from silian.governance.incentives.forms.calculators import (
    MOST_ROWS,
    MOST_YEARS,
    CalculatorForm,
    SettingForm,
)
from silian.governance.incentives.gateways.rulebook import (
    Place,
    computed,
    computed_years,
    place_of,
    rule_of,
    rules_of,
    title_of,
)
from silian.governance.incentives.queries.calculations import Answer, answer_of, source_of
from silian.governance.incentives.rules.catalogue import BY_RULE, CALCULATORS, grouped

ROWS_AT_FIRST = 3  # a class of apprentices is longer; the page offers more lines


@dataclass(frozen=True, kw_only=True)
class Line:
    """A calculator as the list shows it (计算器)."""

    rule: str
    title: str
    audiences: str
    results: str
    source: str
    unset: bool


@login_not_required
@require_safe
def calculator_list(request: Request) -> HttpResponse:
    """What one can compute in a place on a day (政策计算器)."""
    form, place, on = setting_of(request)
    rules = rules_of(place=place.code, on=on)
    groups = grouped(each for each in CALCULATORS if each.rule in rules)
    lines = {name: [line_of(rules[e.rule]) for e in rows] for name, rows in groups.items()}
    absent = [title_of(each.rule) for each in CALCULATORS if each.rule not in rules]
    context = {
        "setting": form, "place": place, "on": on, "groups": lines, "count": len(rules),
        "absent": absent, "query": query_of(place, on),
    }  # fmt: skip
    name = "_list.html" if request.htmx else "list.html"
    return render(request, f"incentives/calculators/{name}", context, status=status_of(form))


def setting_of(request: Request) -> tuple[SettingForm, Place, datetime.date]:
    """The place and day of the address; the site's place and today when it names none."""
    own, today = place_of(settings.SITE_JURISDICTION or ""), timezone.localdate()
    typed = {name: request.GET[name] for name in ("place", "on") if name in request.GET}
    form = SettingForm({"place": own.code, "on": today.isoformat(), **typed})
    if not form.is_valid():
        return form, own, today
    code = form.cleaned_data["place"]
    return form, own if code == own.code else place_of(code), form.cleaned_data["on"]


def query_of(place: Place, on: datetime.date) -> str:
    return f"place={place.code}&on={on}"


def line_of(rule: CompiledRule) -> Line:
    audiences = BY_RULE[rule.rule.id].audiences
    return Line(
        rule=rule.rule.id,
        title=rule.rule.title,
        audiences="、".join(str(Audience(each).label) for each in audiences),
        results="、".join(step.title for step in rule.rule.steps if step.output)
        or "、".join(gate.title for gate in rule.rule.gates),
        source=source_of(rule.provisions[0]) if rule.provisions else "",
        unset=bool(rule.text.open),
    )


@login_not_required
@require_safe
def calculator_detail(request: Request, rule: str) -> HttpResponse:
    """One calculator: its facts, and the answer with reasons (测算)."""
    if rule not in BY_RULE:
        raise Http404
    setting, place, on = setting_of(request)
    compiled = rule_of(rule=rule, place=place.code, on=on)
    context: dict[str, Any] = {
        "setting": setting, "place": place, "on": on, "rule": compiled, "rule_id": rule,
        "title": title_of(rule), "query": query_of(place, on),
    }  # fmt: skip
    if compiled is None:
        return render(request, "incentives/calculators/absent.html", context)
    form, answers = calculation_of(request, compiled, place, on)
    context |= {"form": form, "answers": answers, "line": line_of(compiled)}
    context |= {"years": len(form.years), "most_years": MOST_YEARS, "rows": form.rows}
    context |= {"more_rows": min(form.rows * 2, MOST_ROWS), "rosters": has_roster(compiled)}
    status = status_of(form) if setting.is_valid() else status_of(setting)
    return render(request, "incentives/calculators/detail.html", context, status=status)


def has_roster(rule: CompiledRule) -> bool:
    return any(fact.each for fact in rule.rule.inputs)


def calculation_of(
    request: Request, rule: CompiledRule, place: Place, on: datetime.date
) -> tuple[CalculatorForm, list[Answer]]:
    """The form with what was typed, and the answer of each year when it was sent."""
    count = number_of(request, "years", least=0, most=MOST_YEARS, default=0)
    years = list(range(on.year, on.year + count)) if rule.rule.carry and count > 1 else []
    rows = number_of(request, "rows", least=1, most=MOST_ROWS, default=ROWS_AT_FIRST)
    data = request.GET if "compute" in request.GET else None
    form = CalculatorForm(data, rule=rule, years=years, rows=rows)
    answers = done_or_refused(form, lambda: answers_of(form, rule, place))
    return form, answers or []


def answers_of(form: CalculatorForm, rule: CompiledRule, place: Place) -> list[Answer]:
    if not form.years:
        return [answer_of(computed(rule=rule, facts=form.facts()))]
    found = computed_years(rule=rule.rule.id, place=place.code, years=form.facts_by_year())
    return [answer_of(each.outcome, year=each.year) for each in found]


def number_of(request: Request, name: str, *, least: int, most: int, default: int) -> int:
    """A whole number of the address within bounds."""
    typed = request.GET.get(name, "")
    number = int(typed) if typed.isdecimal() and len(typed) < 4 else default
    return max(least, min(most, number))
