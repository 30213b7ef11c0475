"""Addresses of groups, their ledgers, filings and lists; the public directory."""

from __future__ import annotations

from django.urls import path

from silian.operations.alliances.views import (
    assessments,
    consortia,
    contributions,
    group_directory,
    group_members,
    group_steps,
    groups,
)

directory_urls = [
    path("groups/directory/", group_directory.group_directory, name="group_directory"),
    path("groups/directory/<int:group_id>/", group_directory.group_public, name="group_public"),
    path(
        "groups/directory/<int:group_id>/lists/<slug:kind>/",
        group_directory.group_list_public,
        name="group_list_public",
    ),
]
register_urls = [
    path("groups/", groups.group_list, name="group_list"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/<int:group_id>/", groups.group_detail, name="group_detail"),
    path("groups/<int:group_id>/edit/", groups.group_edit, name="group_edit"),
    path("groups/<int:group_id>/charter/", group_steps.group_charter, name="group_charter"),
    path("groups/<int:group_id>/entity/", group_steps.group_entity, name="group_entity"),
    path("groups/<int:group_id>/start/", group_steps.group_start, name="group_start"),
    path("groups/<int:group_id>/stop/<slug:name>/", group_steps.group_stop, name="group_stop"),
    path("groups/<int:group_id>/resume/", group_steps.group_resume, name="group_resume"),
    path(
        "groups/<int:group_id>/designations/new/",
        group_steps.designation_new,
        name="designation_new",
    ),
    path(
        "groups/designations/<int:designation_id>/end/",
        group_steps.designation_end,
        name="designation_end",
    ),
]
member_urls = [
    path("groups/<int:group_id>/apply/", group_members.group_apply, name="group_apply"),
    path("groups/<int:group_id>/invite/", group_members.member_invite, name="member_invite"),
    path(
        "groups/members/<int:member_id>/<slug:name>/",
        group_members.member_step,
        name="member_step",
    ),
    path("groups/<int:group_id>/council/new/", group_members.council_new, name="council_new"),
    path("groups/council/<int:post_id>/end/", group_members.council_end, name="council_end"),
]
ledger_urls = [
    path("groups/<int:group_id>/targets/new/", contributions.target_new, name="target_new"),
    path("groups/targets/<int:target_id>/note/", contributions.target_note, name="target_note"),
    path("groups/targets/<int:target_id>/drop/", contributions.target_drop, name="target_drop"),
    path("groups/<int:group_id>/ledger/", contributions.group_ledger, name="group_ledger"),
    path(
        "groups/<int:group_id>/ledger/new/",
        contributions.contribution_new,
        name="contribution_new",
    ),
    path(
        "groups/contributions/<int:contribution_id>/",
        contributions.contribution_detail,
        name="contribution_detail",
    ),
    path(
        "groups/contributions/<int:contribution_id>/<slug:name>/",
        contributions.contribution_step,
        name="contribution_step",
    ),
    path("groups/weights/", assessments.weight_list, name="weight_list"),
    path("groups/weights/new/", assessments.weight_new, name="weight_new"),
    path(
        "groups/<int:group_id>/assessments/new/",
        assessments.assessment_new,
        name="assessment_new",
    ),
    path(
        "groups/assessments/<int:assessment_id>/",
        assessments.assessment_detail,
        name="assessment_detail",
    ),
    path(
        "groups/assessments/<int:assessment_id>/correct/",
        assessments.assessment_correct,
        name="assessment_correct",
    ),
]
record_urls = [
    path("groups/<int:group_id>/records/", consortia.group_records, name="group_records"),
    path("groups/filings/", consortia.filing_list, name="filing_list"),
    path("groups/<int:group_id>/reports/new/", consortia.report_new, name="report_new"),
    path("groups/reports/<int:report_id>/", consortia.report_detail, name="report_detail"),
    path("groups/reports/<int:report_id>/accept/", consortia.report_accept, name="report_accept"),
    path("groups/reports/<int:report_id>/return/", consortia.report_return, name="report_return"),
    path("groups/<int:group_id>/removal/", consortia.removal_propose, name="removal_propose"),
    path(
        "groups/removals/<int:proposal_id>/decide/",
        consortia.removal_decide,
        name="removal_decide",
    ),
    path("groups/<int:group_id>/lists/<slug:kind>/edit/", consortia.list_edit, name="list_edit"),
    path("groups/lists/<int:edition_id>/publish/", consortia.list_publish, name="list_publish"),
]
group_urls = [*directory_urls, *register_urls, *member_urls, *ledger_urls, *record_urls]
