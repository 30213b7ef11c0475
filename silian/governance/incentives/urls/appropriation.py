"""Addresses of the appropriation, of the surcharge and of offices by function."""

from __future__ import annotations

from django.urls import path, re_path

from silian.governance.incentives.views import appropriation as views
from silian.governance.incentives.views import appropriation_settings as settings
from silian.governance.incentives.views import surcharge

HOME = "appropriation/"
SHEET = f"{HOME}sheets/<int:sheet_id>/"
STEP = r"step/(?P<name>submit|pass|return|approve|publish)/$"
BULK = r"step/(?P<name>submit|pass|approve|publish)/$"

urlpatterns = [
    path(HOME, views.year_list, name="appropriation_years"),
    path(f"{HOME}new/", settings.year_new, name="appropriation_year_new"),
    path(f"{HOME}own/", views.own_sheets, name="own_appropriation"),
    path(f"{HOME}settings/", settings.setting_list, name="appropriation_settings"),
    path(f"{HOME}settings/new/", settings.setting_new, name="appropriation_setting_new"),
    path(f"{HOME}<int:year_id>/", views.year_detail, name="appropriation_year"),
    path(f"{HOME}<int:year_id>/draft/", views.year_draft, name="appropriation_draft"),
    re_path(
        rf"^appropriation/(?P<year_id>\d+)/{BULK}", views.year_step, name="appropriation_step_all"
    ),
    path(SHEET, views.sheet_detail, name="appropriation_sheet"),
    path(f"{SHEET}recount/", views.sheet_recount, name="appropriation_recount"),
    path(f"{SHEET}correct/", views.sheet_correct, name="appropriation_correct"),
    re_path(
        rf"^appropriation/sheets/(?P<sheet_id>\d+)/{STEP}",
        views.sheet_step,
        name="appropriation_step",
    ),
    path("offices/", settings.office_list, name="offices"),
    path("offices/new/", settings.office_new, name="office_new"),
    path("offices/<int:office_id>/end/", settings.office_end, name="office_end"),
    path("surcharge/", surcharge.report, name="surcharge"),
    path("surcharge/entries/", surcharge.entry_list, name="surcharge_entries"),
    path("surcharge/entries/new/", surcharge.entry_new, name="surcharge_entry_new"),
    path(
        "surcharge/entries/<int:entry_id>/correct/",
        surcharge.entry_correct,
        name="surcharge_entry_correct",
    ),
    path("surcharge/import/", surcharge.entry_import, name="surcharge_import"),
    path("surcharge/template/", surcharge.entry_template, name="surcharge_template"),
]
