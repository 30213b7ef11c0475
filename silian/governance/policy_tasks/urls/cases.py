from __future__ import annotations

from django.urls import URLPattern, path

from silian.governance.policy_tasks.views import case_spreading, case_steps, cases

CASE = "cases/<int:case_id>/"

case_urls: list[URLPattern] = [
    path("cases/", cases.case_library, name="case_library"),
    path("cases/mine/", cases.case_list, name="case_list"),
    path("cases/new/", case_steps.case_new, name="case_new"),
    path(CASE, cases.case_detail, name="case_detail"),
    path(f"{CASE}edit/", case_steps.case_edit, name="case_edit"),
    path(f"{CASE}submit/", case_steps.case_submit, name="case_submit"),
    path(f"{CASE}return/", case_steps.case_return, name="case_return"),
    path(f"{CASE}withdraw/", case_steps.case_withdraw, name="case_withdraw"),
    path(f"{CASE}steps/<slug:name>/", case_steps.case_step, name="case_step"),
    path(f"{CASE}adopt/", case_spreading.case_adopt, name="case_adopt"),
    path(f"{CASE}result/", case_spreading.case_adoption_result, name="case_adoption_result"),
    path(f"{CASE}rollout/", case_spreading.case_rollout_new, name="case_rollout_new"),
    path(
        "cases/rollouts/<int:rollout_id>/",
        case_spreading.case_rollout_decide,
        name="case_rollout_decide",
    ),
    path(f"{CASE}publicity/", case_spreading.case_publicity_new, name="case_publicity_new"),
    path(
        f"{CASE}publicity/<int:item_id>/",
        case_spreading.case_publicity_count,
        name="case_publicity_count",
    ),
]
