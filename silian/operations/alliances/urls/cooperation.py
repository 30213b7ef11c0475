"""Addresses of cooperation with other regions and countries."""

from __future__ import annotations

from django.urls import path, re_path

from silian.operations.alliances.views import cooperation, exchanges

cooperation_urls = [
    path("cooperation/", cooperation.cooperation_list, name="cooperation_list"),
    path("cooperation/new/", cooperation.cooperation_new, name="cooperation_new"),
    path(
        "cooperation/statistics/", exchanges.cooperation_statistics, name="cooperation_statistics"
    ),
    path(
        "cooperation/<int:project_id>/", cooperation.cooperation_detail, name="cooperation_detail"
    ),
    path(
        "cooperation/<int:project_id>/edit/", cooperation.cooperation_edit, name="cooperation_edit"
    ),
    path(
        "cooperation/<int:project_id>/year/", cooperation.cooperation_year, name="cooperation_year"
    ),
    re_path(
        r"^cooperation/(?P<project_id>\d+)/step/(?P<name>sign|build|run|end|break_off)/$",
        cooperation.cooperation_step,
        name="cooperation_step",
    ),
    path("cooperation/talents/", exchanges.talent_list, name="talent_list"),
    path("cooperation/talents/new/", exchanges.talent_new, name="talent_new"),
    path("cooperation/talents/<int:talent_id>/leave/", exchanges.talent_leave, name="talent_leave"),
    path("cooperation/forums/new/", exchanges.forum_new, name="forum_new"),
    path("cooperation/forums/<int:forum_id>/", exchanges.forum_detail, name="forum_detail"),
    path("cooperation/forums/<int:forum_id>/session/", exchanges.session_edit, name="session_edit"),
]
