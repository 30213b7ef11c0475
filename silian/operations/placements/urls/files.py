"""Addresses of files, credit and certificates."""

from __future__ import annotations

from django.urls import path

from silian.operations.placements.views import certificates
from silian.operations.placements.views import practice_files as views

INTERN = "internships/<int:internship_id>/"
CERTIFICATE = "certificates/<int:certificate_id>/"
urlpatterns = [
    path("files/", views.file_list, name="practice_files"),
    path(f"{INTERN}file/", views.practice_file, name="practice_file"),
    path(f"{INTERN}report/", views.report_write, name="report_write"),
    path(f"{INTERN}report/judge/", views.report_judge, name="report_judge"),
    path(f"{INTERN}credit/", views.credit_grant, name="credit_grant"),
    path(f"{INTERN}certificate/", certificates.certificate_issue, name="certificate_issue"),
    path(f"{CERTIFICATE}print/", certificates.certificate_print, name="certificate_print"),
    path(f"{CERTIFICATE}revoke/", certificates.certificate_revoke, name="certificate_revoke"),
    path("certificates/<str:code>/", certificates.certificate_check, name="certificate_check"),
]
