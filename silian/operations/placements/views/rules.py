"""The public page of the prohibitions (实习规范)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.operations.placements.gateways.legal_limits import limits_of
from silian.operations.placements.rules.prohibitions.published import published_rules
from silian.registers.policies.queries.parameters import NATION


@login_not_required
@require_safe
def rule_list(request: Request) -> HttpResponse:
    """What is forbidden, by which article, since when, and what the platform does about it."""
    today = timezone.localdate()
    rules = published_rules(limits=limits_of(division=NATION, on=today))
    numbers = [rule for rule in rules if rule.number]
    limits = limits_of(division=NATION, on=today)
    shown = [limits.of(name) for name in NUMBERS]
    context = {
        "strict": [rule for rule in rules if not rule.number],
        "rules": numbers,
        "blocking": sum(rule.is_refused for rule in numbers),
        "limits": [limit for limit in shown if limit],
        "today": today,
    }
    return render(request, "placements/rules/list.html", context)


NUMBERS = (
    "least_age", "earliest_year_of_study", "most_daily_hours", "most_weekly_hours",
    "least_rest_days", "heaviest_labour", "internship_pay_share", "longest_pay_interval",
    "intern_share_of_staff", "intern_share_of_post", "internship_months",
)  # fmt: skip
