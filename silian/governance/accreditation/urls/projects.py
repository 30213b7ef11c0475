from __future__ import annotations

from django.urls import path

from silian.governance.accreditation.views import (
    project_acts,
    project_boards,
    project_imports,
    projects,
)

urlpatterns = [
    path("projects/", projects.project_list, name="project_list"),
    path("projects/new/", projects.project_new, name="project_new"),
    path("projects/board/", project_boards.project_board, name="project_board"),
    path("projects/report/", projects.project_report, name="project_report"),
    path("projects/import/", project_imports.project_import, name="project_import"),
    path("projects/import/template/", project_imports.import_template, name="import_template"),
    path("projects/imports/<int:import_id>/", project_imports.import_detail, name="import_detail"),
    path(
        "projects/imports/<int:import_id>/confirm/",
        project_imports.import_confirm,
        name="import_confirm",
    ),
    path("projects/imports/<int:import_id>/drop/", project_imports.import_drop, name="import_drop"),
    path(
        "projects/imports/<int:import_id>/faults/",
        project_imports.import_faults,
        name="import_faults",
    ),
    path("projects/public/", projects.project_public, name="project_public"),
    path("projects/<int:project_id>/", projects.project_detail, name="project_detail"),
    path("projects/<int:project_id>/edit/", projects.project_edit, name="project_edit"),
    path("projects/<int:project_id>/total/", projects.project_total, name="project_total"),
    path("projects/<int:project_id>/<slug:name>/", project_acts.project_act, name="project_act"),
    path("steps/<int:step_id>/<slug:name>/", project_acts.step_act, name="step_act"),
    path(
        "milestones/<int:milestone_id>/<slug:name>/",
        project_acts.milestone_act,
        name="milestone_act",
    ),
    path("findings/<int:finding_id>/cure/", project_acts.finding_cure, name="finding_cure"),
    path("funds/<int:entry_id>/void/", project_acts.fund_void, name="fund_void"),
]
