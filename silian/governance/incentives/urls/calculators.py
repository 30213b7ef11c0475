"""Addresses of the public calculators."""

from __future__ import annotations

from django.urls import path

from silian.governance.incentives.views import calculators as views

urlpatterns = [
    path("calculators/", views.calculator_list, name="calculator_list"),
    path("calculators/<str:rule>/", views.calculator_detail, name="calculator_detail"),
]
