"""Addresses of the public library, parameters, benefits and plans."""

from __future__ import annotations

from django.urls import URLPattern, path

from silian.registers.policies.views import (
    benefit_desk,
    benefits,
    comparison,
    library,
    parameter_opening,
    parameters,
    plan_records,
)

library_urls: list[URLPattern] = [
    path("library/", library.library, name="library"),
    path("library/<int:document_id>/", library.library_document, name="library_document"),
    path(
        "library/<int:document_id>/data.json",
        library.library_document_json,
        name="library_document_json",
    ),
    path(
        "library/<int:document_id>/akn.xml",
        library.library_document_xml,
        name="library_document_xml",
    ),
    path("compare/", comparison.comparison, name="comparison"),
    path("parameters/", parameters.parameter_list, name="parameter_list"),
    path("parameters/new/", parameter_opening.parameter_open, name="parameter_open"),
    path("parameters/<int:parameter_id>/", parameters.parameter_detail, name="parameter_detail"),
    path("parameters/<int:parameter_id>/set/", parameters.parameter_set, name="parameter_set"),
    path(
        "parameters/<int:parameter_id>/withdraw/",
        parameter_opening.parameter_withdraw,
        name="parameter_withdraw",
    ),
    path("benefits/", benefits.benefit_list, name="benefit_list"),
    path("benefits/tax-guide/", benefits.tax_guide, name="tax_guide"),
    path("benefits/check/", benefits.benefit_check, name="benefit_check"),
    path("benefits/desk/", benefit_desk.benefit_desk, name="benefit_desk"),
    path("benefits/new/", benefit_desk.benefit_new, name="benefit_new"),
    path("benefits/list/publish/", benefit_desk.benefit_list_publish, name="benefit_list_publish"),
    path(
        "benefits/list/<int:edition_id>.xlsx",
        benefit_desk.benefit_list_edition,
        name="benefit_list_edition",
    ),
    path("benefits/publicity/new/", benefit_desk.publicity_new, name="publicity_new"),
    path("benefits/<int:benefit_id>/", benefits.benefit_detail, name="benefit_detail"),
    path("benefits/<int:benefit_id>/edit/", benefit_desk.benefit_edit, name="benefit_edit"),
    path("benefits/<int:benefit_id>/<slug:name>/", benefit_desk.benefit_step, name="benefit_step"),
    path("plans/", plan_records.plan_record_list, name="plan_record_list"),
    path("plans/new/", plan_records.plan_record_new, name="plan_record_new"),
    path("plans/<int:plan_id>/", plan_records.plan_record_detail, name="plan_record_detail"),
    path("plans/<int:plan_id>/edit/", plan_records.plan_record_edit, name="plan_record_edit"),
    path(
        "plans/<int:plan_id>/projects/new/",
        plan_records.plan_project_new,
        name="plan_project_new",
    ),
    path(
        "plans/<int:plan_id>/projects/<int:project_id>/remove/",
        plan_records.plan_project_remove,
        name="plan_project_remove",
    ),
    path(
        "plans/<int:plan_id>/answers/<slug:question>/",
        plan_records.plan_answer,
        name="plan_answer",
    ),
    path(
        "plans/<int:plan_id>/<slug:name>/",
        plan_records.plan_record_step,
        name="plan_record_step",
    ),
]
