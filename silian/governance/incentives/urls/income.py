"""Addresses of income, statements, distribution plans and pay totals."""

from __future__ import annotations

from django.urls import path, re_path

from silian.governance.incentives.views import distribution as plans
from silian.governance.incentives.views import income as views
from silian.governance.incentives.views import income_statements as statements

PROJECT = "income/projects/<int:project_id>/"
PLAN = "income/plans/<int:plan_id>/"

urlpatterns = [
    path("income/projects/", views.project_list, name="income_projects"),
    path("income/projects/new/", views.project_new, name="income_project_new"),
    path(PROJECT, views.project_detail, name="income_project"),
    path(f"{PROJECT}edit/", views.project_edit, name="income_project_edit"),
    path(f"{PROJECT}shares/new/", views.share_new, name="income_share_new"),
    path(f"{PROJECT}shares/<int:share_id>/drop/", views.share_drop, name="income_share_drop"),
    path(f"{PROJECT}evidence/", views.evidence_add, name="income_evidence"),
    path(f"{PROJECT}confirm/", views.project_confirm, name="income_confirm"),
    path("income/shares/<int:share_id>/correct/", views.share_correct, name="income_share_correct"),
    path("income/statement/", statements.school_statement, name="income_statement"),
    path("income/mine/", statements.own_income, name="own_income"),
    path("income/totals/", statements.region_totals, name="income_totals"),
    path("income/plans/", plans.plan_list, name="distribution_plans"),
    path("income/plans/new/", plans.plan_new, name="distribution_plan_new"),
    path(PLAN, plans.plan_detail, name="distribution_plan"),
    path(f"{PLAN}edit/", plans.plan_edit, name="distribution_plan_edit"),
    path(f"{PLAN}notice/", plans.plan_notice, name="distribution_plan_notice"),
    path(f"{PLAN}object/", plans.plan_object, name="distribution_plan_object"),
    re_path(
        r"^income/plans/(?P<plan_id>\d+)/step/(?P<name>adopt|withdraw)/$",
        plans.plan_step,
        name="distribution_plan_step",
    ),
    path(
        "income/objections/<int:objection_id>/answer/",
        plans.objection_answer,
        name="distribution_objection_answer",
    ),
    path("pay-totals/", statements.pay_total_list, name="pay_totals"),
    path("pay-totals/new/", statements.pay_total_new, name="pay_total_new"),
    path("pay-totals/<int:pay_total_id>/", statements.pay_total_detail, name="pay_total"),
    re_path(
        r"^pay-totals/(?P<pay_total_id>\d+)/step/(?P<name>propose|pass|approve|return)/$",
        statements.pay_total_step,
        name="pay_total_step",
    ),
]
