"""Addresses of standards, joint works and enterprises in teaching."""

from __future__ import annotations

from django.urls import path

from silian.registers.programmes.views import participation, standards

urlpatterns = [
    path("standards/", standards.standard_list, name="standard_list"),
    path("standards/new/", standards.standard_new, name="standard_new"),
    path("standards/<int:standard_id>/", standards.standard_detail, name="standard_detail"),
    path("standards/<int:standard_id>/versions/new/", standards.version_new, name="version_new"),
    path("versions/<int:version_id>/submit/", standards.version_submit, name="version_submit"),
    path("versions/<int:version_id>/review/", standards.version_review, name="version_review"),
    path(
        "versions/<int:version_id>/withdraw/", standards.version_withdraw, name="version_withdraw"
    ),
    path("<int:programme_id>/works/new/", standards.joint_work_new, name="joint_work_new"),
    path("matrix/", participation.participation_matrix_page, name="participation_matrix"),
    path("participations/", participation.participation_list, name="participation_list"),
    path(
        "participations/<int:participation_id>/",
        participation.participation_detail,
        name="participation_detail",
    ),
    path(
        "<int:programme_id>/participations/new/",
        participation.participation_new,
        name="participation_new",
    ),
    path(
        "participations/<int:participation_id>/evidence/",
        participation.participation_evidence,
        name="participation_evidence",
    ),
    path(
        "participations/<int:participation_id>/confirm/",
        participation.participation_confirm,
        name="participation_confirm",
    ),
    path("<int:programme_id>/modules/new/", participation.task_module_new, name="task_module_new"),
]
