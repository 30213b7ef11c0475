"""Addresses of programmes, construction projects, pathways and seats."""

from __future__ import annotations

from django.urls import path, re_path

from silian.registers.programmes.views import chains, constructions, pathways, picking, programmes

urlpatterns = [
    path("", programmes.programme_list, name="programme_list"),
    path("new/", programmes.programme_new, name="programme_new"),
    path("<int:programme_id>/", programmes.programme_detail, name="programme_detail"),
    path("<int:programme_id>/edit/", programmes.programme_edit, name="programme_edit"),
    path("<int:programme_id>/history/", programmes.programme_history, name="programme_history"),
    re_path(
        r"^(?P<programme_id>\d+)/(?P<step>open|pause|resume|close)/$",
        programmes.programme_step,
        name="programme_step",
    ),
    path("constructions/", constructions.construction_list, name="construction_list"),
    path(
        "<int:programme_id>/constructions/new/",
        constructions.construction_new,
        name="construction_new",
    ),
    re_path(
        r"^constructions/(?P<construction_id>\d+)/(?P<step>build|accept|end)/$",
        constructions.construction_step,
        name="construction_step",
    ),
    path("chains/", chains.chain_list, name="chain_list"),
    path("chains/<str:name>/", chains.chain, name="chain"),
    path("pathways/", pathways.pathway_list, name="pathway_list"),
    path("pathways/<int:pathway_id>/", pathways.pathway_detail, name="pathway_detail"),
    path("pathways/<int:pathway_id>/confirm/", pathways.pathway_confirm, name="pathway_confirm"),
    path("pathways/<int:pathway_id>/end/", pathways.pathway_end, name="pathway_end"),
    path("<int:programme_id>/pathways/new/", pathways.pathway_new, name="pathway_new"),
    path("<int:programme_id>/enrolments/new/", pathways.enrolment_new, name="enrolment_new"),
    path("enrolments/<int:enrolment_id>/", pathways.enrolment_edit, name="enrolment_edit"),
    re_path(r"^pick/(?P<kind>enterprise|school)/$", picking.pick, name="pick"),
]
