"""Addresses of the metrics."""

from __future__ import annotations

from django.urls import path

from silian.casework.metrics.views import catalogue, disputes, metric, reporting, value

app_name = "metrics"
urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("library/<str:code>/", metric.metric_detail, name="metric_detail"),
    path("library/<str:code>/series/", metric.metric_series, name="metric_series"),
    path("library/<str:code>/recount/", metric.metric_recount, name="metric_recount"),
    path("values/<int:value_id>/", value.value_detail, name="value_detail"),
    path("values/<int:value_id>/dispute/", disputes.value_dispute, name="value_dispute"),
    path("reporting/", reporting.definition_list, name="definition_list"),
    path("reporting/new/", reporting.definition_new, name="definition_new"),
    path("reporting/<int:definition_id>/", reporting.definition_detail, name="definition_detail"),
    path("reporting/<int:definition_id>/edit/", reporting.definition_edit, name="definition_edit"),
    path(
        "reporting/<int:definition_id>/retire/",
        reporting.definition_retire,
        name="definition_retire",
    ),
    path("reporting/<int:definition_id>/values/new/", reporting.value_new, name="value_new"),
    path("disputes/", disputes.dispute_list, name="dispute_list"),
    path("disputes/<int:dispute_id>/", disputes.dispute_detail, name="dispute_detail"),
    path("disputes/<int:dispute_id>/uphold/", disputes.dispute_uphold, name="dispute_uphold"),
    path("disputes/<int:dispute_id>/correct/", disputes.dispute_correct, name="dispute_correct"),
    path("disputes/<int:dispute_id>/withdraw/", disputes.dispute_withdraw, name="dispute_withdraw"),
]
