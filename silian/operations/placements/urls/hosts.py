"""Addresses of hosts, inspections, posts, plans, declarations and the rules."""

from __future__ import annotations

from django.urls import path

from silian.operations.placements.views import censuses, hosts, inspections, plans, posts, rules

urlpatterns = [
    path("rules/", rules.rule_list, name="rule_list"),
    path("hosts/", hosts.host_list, name="host_list"),
    path("hosts/published/", hosts.host_public_list, name="host_public_list"),
    path("hosts/new/", hosts.host_new, name="host_new"),
    path("hosts/choices/", hosts.organisation_choices, name="organisation_choices"),
    path("hosts/decide/", hosts.host_decide, name="host_decide"),
    path("hosts/publish/", hosts.host_publish, name="host_publish"),
    path("hosts/<int:host_id>/", hosts.host_detail, name="host_detail"),
    path("hosts/<int:host_id>/check/", hosts.host_check, name="host_check"),
    path("hosts/<int:host_id>/inspections/new/", inspections.inspection_new, name="inspection_new"),
    path("hosts/<int:host_id>/<slug:name>/", hosts.host_step, name="host_step"),
    path(
        "inspections/<int:inspection_id>/<slug:name>/",
        inspections.inspection_step,
        name="inspection_step",
    ),
    path("posts/", posts.post_list, name="post_list"),
    path("posts/new/", posts.post_new, name="post_new"),
    path("posts/check/", posts.post_check, name="post_check"),
    path("posts/<int:post_id>/", posts.post_detail, name="post_detail"),
    path("posts/<int:post_id>/edit/", posts.post_edit, name="post_edit"),
    path("posts/<int:post_id>/count/", posts.post_count, name="post_count"),
    path("posts/<int:post_id>/<slug:name>/", posts.post_step, name="post_step"),
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/new/", plans.plan_new, name="plan_new"),
    path("plans/<int:plan_id>/", plans.plan_detail, name="plan_detail"),
    path("plans/<int:plan_id>/edit/", plans.plan_edit, name="plan_edit"),
    path("plans/<int:plan_id>/send/", plans.plan_send, name="plan_send"),
    path("plans/<int:plan_id>/answer/", plans.plan_answer, name="plan_answer"),
    path(
        "plans/<int:plan_id>/hosts/<int:host_id>/drop/", plans.plan_drop_host, name="plan_drop_host"
    ),
    path("plans/<int:plan_id>/<slug:name>/", plans.plan_step, name="plan_step"),
    path("census/", censuses.census_list, name="census_list"),
    path("census/new/", censuses.census_new, name="census_new"),
]
