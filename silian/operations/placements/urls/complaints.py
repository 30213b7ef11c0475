"""Addresses of complaints and cases."""

from __future__ import annotations

from django.urls import path

from silian.operations.placements.views import complaint_filing, complaints, violations

urlpatterns = [
    path("complaints/", complaints.complaint_list, name="complaint_list"),
    path("complaints/anonymous/", complaint_filing.complaint_anonymous, name="complaint_anonymous"),
    path("complaints/lookup/", complaint_filing.complaint_lookup, name="complaint_lookup"),
    path("complaints/<int:complaint_id>/", complaints.complaint_detail, name="complaint_detail"),
    path(
        "complaints/<int:complaint_id>/steps/<slug:name>/",
        complaints.complaint_step,
        name="complaint_step",
    ),
    path(
        "complaints/<int:complaint_id>/own/<slug:name>/",
        complaint_filing.complaint_own_step,
        name="complaint_own_step",
    ),
    path(
        "internships/<int:internship_id>/complain/",
        complaint_filing.complaint_new,
        name="complaint_new",
    ),
    path("violations/", violations.case_list, name="case_list"),
    path("violations/new/", violations.case_new, name="case_new"),
    path("violations/<int:case_id>/", violations.case_detail, name="case_detail"),
    path("violations/<int:case_id>/close/", violations.case_close, name="case_close"),
]
