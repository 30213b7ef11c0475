"""The addresses of incentives."""

from __future__ import annotations

from silian.governance.incentives.urls import calculators, mine, simulation

app_name = "incentives"
urlpatterns = [*calculators.urlpatterns, *mine.urlpatterns, *simulation.urlpatterns]
