"""Address of the public table of rule cases."""

from __future__ import annotations

from django.urls import path

from silian.governance.incentives.views import scenario_tables as views

urlpatterns = [path("rule-cases/", views.rule_cases, name="rule_cases")]
