"""Addresses of cohorts, classes, students and rosters."""

from __future__ import annotations

from django.urls import path, re_path

from silian.registers.programmes.views import classes, rosters

urlpatterns = [
    path("classes/", classes.class_list, name="class_list"),
    path("classes/<int:class_id>/", classes.class_detail, name="class_detail"),
    path("classes/<int:class_id>/edit/", classes.class_edit, name="class_edit"),
    path("<int:programme_id>/cohorts/new/", classes.cohort_new, name="cohort_new"),
    path("cohorts/<int:cohort_id>/", classes.cohort_detail, name="cohort_detail"),
    path("cohorts/<int:cohort_id>/graduate/", classes.cohort_graduate, name="cohort_graduate"),
    path("cohorts/<int:cohort_id>/classes/new/", classes.class_new, name="class_new"),
    path("members/<int:member_id>/move/", classes.member_move, name="member_move"),
    re_path(
        r"^members/(?P<member_id>\d+)/(?P<step>take_leave|return|leave)/$",
        classes.member_step,
        name="member_step",
    ),
    path("rosters/", rosters.roster_list, name="roster_list"),
    path("rosters/new/", rosters.roster_new, name="roster_new"),
    path("rosters/template.xlsx", rosters.roster_file, name="roster_template"),
    path("rosters/<int:roster_id>/", rosters.roster_detail, name="roster_detail"),
    path("rosters/<int:roster_id>/confirm/", rosters.roster_confirm, name="roster_confirm"),
    path("rosters/<int:roster_id>/drop/", rosters.roster_drop, name="roster_drop"),
    path("rosters/<int:roster_id>/problems.csv", rosters.roster_problems, name="roster_problems"),
]
