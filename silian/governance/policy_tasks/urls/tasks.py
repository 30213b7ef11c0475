"""Addresses of tasks, boards and sheets."""

from __future__ import annotations

from django.urls import URLPattern, path

from silian.governance.policy_tasks.views import (
    bodies,
    milestones,
    task_forms,
    task_pages,
    tasks,
)

task_urls: list[URLPattern] = [
    path("", tasks.task_list, name="task_list"),
    path("mine/", tasks.my_tasks, name="my_tasks"),
    path("drafts/", tasks.task_drafts, name="task_drafts"),
    path("drafts/assign/", tasks.task_assign_many, name="task_assign_many"),
    path("sheet/<slug:kind>/", tasks.task_sheet, name="task_sheet"),
    path("tasks/new/", task_forms.task_new, name="task_new"),
    path("tasks/<int:task_id>/", task_pages.task_detail, name="task_detail"),
    path("tasks/<int:task_id>/arrange/", task_forms.task_arrange, name="task_arrange"),
    path("tasks/<int:task_id>/report/", task_forms.task_report, name="task_report"),
    path("tasks/<int:task_id>/weather/", task_forms.task_weather, name="task_weather"),
    path("tasks/<int:task_id>/parts/new/", task_forms.task_part_new, name="task_part_new"),
    path("tasks/<int:task_id>/milestones/new/", task_forms.milestone_new, name="milestone_new"),
    path("tasks/<int:task_id>/steps/<slug:name>/", task_pages.task_step, name="task_step"),
    path("milestones/<int:milestone_id>/", milestones.milestone_detail, name="milestone_detail"),
    path(
        "milestones/<int:milestone_id>/reach/", task_forms.milestone_reach, name="milestone_reach"
    ),
    path("bodies/", bodies.body_list, name="body_list"),
    path("bodies/<int:body_id>/", bodies.body_board, name="body_board"),
]
