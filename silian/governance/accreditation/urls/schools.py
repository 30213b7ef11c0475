from __future__ import annotations

from django.urls import path

from silian.governance.accreditation.views import school_acts, schools

urlpatterns = [
    path("schools/", schools.school_list, name="school_list"),
    path("schools/new/", schools.school_new, name="school_new"),
    path("schools/<int:project_id>/", schools.school_detail, name="school_detail"),
    path("schools/<int:project_id>/<slug:name>/", school_acts.school_act, name="school_act"),
    path(
        "conditions/<int:condition_id>/<slug:name>/",
        school_acts.condition_act,
        name="condition_act",
    ),
    path(
        "school-milestones/<int:milestone_id>/done/",
        school_acts.school_milestone_done,
        name="school_milestone_done",
    ),
    path("blocks/<int:block_id>/solve/", school_acts.block_solve, name="block_solve"),
]
