from __future__ import annotations

from django.urls import path

from silian.governance.accreditation.views import approvals, guide

urlpatterns = [
    path("guide/", guide.matter_list, name="matter_list"),
    path("guide/ours/", guide.matters_kept, name="matters_kept"),
    path("guide/new/", guide.matter_new, name="matter_new"),
    path("guide/<int:matter_id>/", guide.matter_detail, name="matter_detail"),
    path("guide/<int:matter_id>/edit/", guide.matter_edit, name="matter_edit"),
    path("guide/<int:matter_id>/publish/", guide.matter_publish, name="matter_publish"),
    path("guide/<int:matter_id>/withdraw/", guide.matter_withdraw, name="matter_withdraw"),
    path("guide/<int:matter_id>/form/", guide.matter_form, name="matter_form"),
    path("guide/<int:matter_id>/apply/", approvals.case_new, name="case_new"),
    path("cases/", approvals.case_list, name="case_list"),
    path("cases/<int:case_id>/", approvals.case_detail, name="case_detail"),
    path("cases/<int:case_id>/<slug:name>/", approvals.case_act, name="case_act"),
]
