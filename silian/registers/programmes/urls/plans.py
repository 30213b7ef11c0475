"""Addresses of training plans, courses and hours."""

from __future__ import annotations

from django.urls import path

from silian.registers.programmes.views import courses, hours, plans

urlpatterns = [
    path("hours/", hours.hours_list, name="hours_list"),
    path("<int:programme_id>/plans/new/", plans.plan_new, name="plan_new"),
    path("plans/<int:plan_id>/", plans.plan_detail, name="plan_detail"),
    path("plans/<int:plan_id>/edit/", plans.plan_edit, name="plan_edit"),
    path("plans/<int:plan_id>/submit/", plans.plan_submit, name="plan_submit"),
    path("plans/<int:plan_id>/send-back/", plans.plan_send_back, name="plan_send_back"),
    path("plans/<int:plan_id>/answer/", plans.plan_answer, name="plan_answer"),
    path("plans/<int:plan_id>/approve/", plans.plan_approve, name="plan_approve"),
    path("plans/<int:plan_id>/delete/", plans.plan_delete, name="plan_delete"),
    path(
        "plans/<int:plan_id>/against/<int:before_id>/",
        plans.plan_difference,
        name="plan_difference",
    ),
    path("plans/<int:plan_id>/courses/new/", courses.course_new, name="course_new"),
    path("plans/<int:plan_id>/courses/import/", courses.course_import, name="course_import"),
    path("courses/template.xlsx", courses.course_file, name="course_template"),
    path("courses/<int:course_id>/", courses.course_edit, name="course_edit"),
    path("courses/<int:course_id>/remove/", courses.course_remove, name="course_remove"),
]
