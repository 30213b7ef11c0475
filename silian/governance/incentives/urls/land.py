"""Addresses of land cases."""

from __future__ import annotations

from django.urls import path, re_path

from silian.governance.incentives.views import land

urlpatterns = [
    path("land/", land.case_list, name="land_cases"),
    path("land/new/", land.case_new, name="land_case_new"),
    path("land/<int:case_id>/", land.case_detail, name="land_case_detail"),
    path("land/<int:case_id>/change/", land.case_change, name="land_case_change"),
    path("land/<int:case_id>/withdraw/", land.case_withdraw, name="land_case_withdraw"),
    re_path(
        r"^land/(?P<case_id>\d+)/(?P<name>complete|plan|approve|refuse|supply|hand_over)/$",
        land.case_step,
        name="land_case_step",
    ),
]
