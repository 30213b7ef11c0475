"""Addresses of experts, draws, tasks, moderation and site visits."""

from __future__ import annotations

from django.urls import path, re_path

from silian.casework.reviews.views import (
    draws,
    expert_desk,
    expert_pool,
    moderation,
    tasks,
    visits,
)

pool_urls = [
    path("experts/", expert_pool.expert_list, name="expert_list"),
    path("experts/propose/", expert_pool.expert_propose, name="expert_propose"),
    path("experts/import/", expert_pool.expert_import, name="expert_import"),
    path("experts/template/", expert_pool.expert_template, name="expert_template"),
    path("experts/<int:expert_id>/", expert_pool.expert_detail, name="expert_detail"),
    re_path(
        r"^experts/(?P<expert_id>\d+)/step/(?P<name>admit|pause|resume|leave)/$",
        expert_pool.expert_step,
        name="expert_step",
    ),
    path("judging/", expert_desk.expert_desk, name="expert_desk"),
    path("judging/fields/", expert_desk.expert_fields, name="expert_fields"),
    path("judging/interests/new/", expert_desk.interest_declare, name="interest_declare"),
    path("judging/interests/<int:interest_id>/", expert_desk.interest_end, name="interest_end"),
]
draw_urls = [
    path("campaigns/<int:campaign_id>/seed/", draws.draw_seed, name="draw_seed"),
    path("campaigns/<int:campaign_id>/draw/", draws.draw_make, name="draw_make"),
    path("draws/<int:draw_id>/", draws.draw_detail, name="draw_detail"),
    path("draws/<int:draw_id>/record.json", draws.draw_record, name="draw_record"),
]
task_urls = [
    path("tasks/<int:assignment_id>/", tasks.assignment_detail, name="assignment_detail"),
    path("tasks/<int:assignment_id>/accept/", tasks.assignment_accept, name="assignment_accept"),
    path("tasks/<int:assignment_id>/recuse/", tasks.assignment_recuse, name="assignment_recuse"),
    path("tasks/<int:assignment_id>/decline/", tasks.assignment_decline, name="assignment_decline"),
    path("tasks/<int:assignment_id>/score/", tasks.assignment_score, name="assignment_score"),
    path("moderation/<int:dossier_id>/", moderation.moderation_detail, name="moderation_detail"),
    path(
        "moderation/<int:dossier_id>/third/", moderation.moderation_third, name="moderation_third"
    ),
]
visit_urls = [
    path("campaigns/<int:campaign_id>/visits/", visits.visit_choose, name="visit_choose"),
    path("visits/<int:visit_id>/", visits.visit_detail, name="visit_detail"),
    path("visits/<int:visit_id>/arrange/", visits.visit_arrange, name="visit_arrange"),
    path("visits/<int:visit_id>/report/", visits.visit_report, name="visit_report"),
    path("visits/<int:visit_id>/photo/", visits.visit_photo, name="visit_photo"),
    path("visits/<int:visit_id>/sign/", visits.visit_sign, name="visit_sign"),
    path("visits/<int:visit_id>/cancel/", visits.visit_cancel, name="visit_cancel"),
    path("visits/<int:visit_id>/remark/", visits.visit_remark, name="visit_remark"),
]
urlpatterns = [*pool_urls, *draw_urls, *task_urls, *visit_urls]
