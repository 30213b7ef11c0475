"""Addresses of learning."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from silian.operations.learning.views import (
    awards,
    calls,
    checking,
    collections,
    competitions,
    entrants,
    importing,
    missing,
    promotion_imports,
    promotions,
    public,
    returns,
    standards,
)

app_name = "learning"
ONE_COLLECTION = "fund/collections/<int:collection_id>/"
urlpatterns: list[URLPattern] = [
    path("fund/", public.public_figures, name="public_figures"),
    path("fund/own/", returns.own, name="own"),
    path("fund/calls/", calls.call_list, name="call_list"),
    path("fund/calls/new/", calls.call_new, name="call_new"),
    path("fund/calls/<int:call_id>/", calls.call_detail, name="call_detail"),
    path("fund/calls/<int:call_id>/edit/", calls.call_edit, name="call_edit"),
    path("fund/calls/<int:call_id>/units/", calls.call_units, name="call_units"),
    path(
        "fund/calls/<int:call_id>/units/import/",
        importing.call_units_import,
        name="call_units_import",
    ),
    path(
        "fund/calls/<int:call_id>/units/<int:unit_id>/drop/",
        calls.call_unit_drop,
        name="call_unit_drop",
    ),
    path(
        "fund/calls/<int:call_id>/units/<int:unit_id>/order/",
        missing.call_unit_order,
        name="call_unit_order",
    ),
    path("fund/returns/<int:return_id>/collect/", missing.return_collect, name="return_collect"),
    path("fund/collections/", collections.collection_list, name="collection_list"),
    path(ONE_COLLECTION, collections.collection_detail, name="collection_detail"),
    path(f"{ONE_COLLECTION}take/", collections.collection_take, name="collection_take"),
    path(f"{ONE_COLLECTION}collect/", collections.collection_collect, name="collection_collect"),
    path(f"{ONE_COLLECTION}return/", collections.collection_return, name="collection_return"),
    path("fund/calls/<int:call_id>/issue/", calls.call_issue, name="call_issue"),
    path("fund/calls/<int:call_id>/remind/", calls.call_remind, name="call_remind"),
    path("fund/calls/<int:call_id>/begin/", returns.return_begin, name="return_begin"),
    path(
        "fund/calls/<int:call_id>/import/",
        importing.call_returns_import,
        name="call_returns_import",
    ),
    re_path(
        r"^fund/calls/(?P<call_id>\d+)/template/(?P<kind>units|returns)/$",
        importing.sheet_template,
        name="sheet_template",
    ),
    path("fund/returns/", returns.return_list, name="return_list"),
    path("fund/returns/<int:return_id>/", returns.return_detail, name="return_detail"),
    path("fund/returns/<int:return_id>/edit/", returns.return_edit, name="return_edit"),
    path("fund/returns/<int:return_id>/evidence/", returns.evidence_add, name="evidence_add"),
    path(
        "fund/returns/<int:return_id>/evidence/<int:file_id>/drop/",
        returns.evidence_drop,
        name="evidence_drop",
    ),
    path("fund/returns/<int:return_id>/amend/", returns.return_amend, name="return_amend"),
    re_path(
        r"^fund/returns/(?P<return_id>\d+)/step/(?P<name>submit|withdraw|drop)/$",
        returns.return_step,
        name="return_step",
    ),
    re_path(
        r"^fund/returns/(?P<return_id>\d+)/decide/"
        r"(?P<name>confirm|return|accept|send_back|refuse)/$",
        checking.return_decide,
        name="return_decide",
    ),
    path("fund/returns/<int:return_id>/order/", checking.return_order, name="return_order"),
    path("fund/returns/<int:return_id>/opinion/", checking.return_opinion, name="return_opinion"),
    *[
        path(f"competitions/{address}", view, name=view.__name__)
        for address, view in (
            ("", competitions.competition_calendar),
            ("own/", competitions.competition_list),
            ("new/", competitions.competition_new),
            ("<int:competition_id>/", competitions.competition_detail),
            ("<int:competition_id>/edit/", competitions.competition_edit),
            ("<int:competition_id>/cancel/", competitions.competition_cancel),
            ("<int:competition_id>/object/", competitions.competition_object),
            ("<int:competition_id>/enter/", entrants.competition_enter),
            ("<int:competition_id>/enter/self/", entrants.competition_enter_self),
            ("<int:competition_id>/scores/", entrants.competition_scores),
            ("<int:competition_id>/sessions/new/", entrants.session_new),
            ("<int:competition_id>/sessions/<int:session_id>/", entrants.session_attendance),
            (
                "<int:competition_id>/entrants/<int:entrant_id>/withdraw/",
                entrants.entrant_withdraw,
            ),
            ("<int:competition_id>/entrants/<int:entrant_id>/correct/", entrants.entrant_correct),
        )
    ],
    re_path(
        r"^competitions/(?P<competition_id>\d+)/step/(?P<name>publish|open|hold|results)/$",
        competitions.competition_step,
        name="competition_step",
    ),
    *[
        path(f"promotions/{address}", view, name=view.__name__)
        for address, view in (
            ("", promotions.promotion_list),
            ("new/", promotions.promotion_new),
            ("mine/", promotions.my_skills),
            ("mine/account/", promotions.my_account),
            ("import/", promotion_imports.promotion_import),
            ("import/template/", promotion_imports.promotion_template),
            ("import/<int:import_id>/", promotion_imports.promotion_import_preview),
            ("import/<int:import_id>/take/", promotion_imports.promotion_import_take),
            ("<int:promotion_id>/", promotions.promotion_detail),
            ("<int:promotion_id>/correct/", promotions.promotion_correct),
            ("<int:promotion_id>/account/", promotions.promotion_account),
        )
    ],
    re_path(
        r"^promotions/(?P<promotion_id>\d+)/decide/(?P<name>verify|refuse)/$",
        promotions.promotion_decide,
        name="promotion_decide",
    ),
    *[
        path(f"awards/{address}", view, name=view.__name__)
        for address, view in (
            ("", awards.award_list_list),
            ("new/", awards.award_list_new),
            ("standards/", standards.standards),
            ("office/", standards.office_name),
            ("public/", public.public_award_lists),
            ("public/<int:list_id>/", public.public_award_list),
            ("public/<int:list_id>/object/", public.award_list_object),
            ("<int:list_id>/", awards.award_list_detail),
            ("<int:list_id>/discard/", awards.award_list_discard),
            ("<int:list_id>/pay/", awards.award_list_pay),
            ("<int:list_id>/awards/<int:award_id>/refuse/", awards.award_refuse),
            ("objections/<int:objection_id>/", awards.objection_answer),
        )
    ],
    re_path(
        r"^awards/standards/(?P<name>promotion|competition|term|notice)/$",
        standards.standard_set,
        name="standard_set",
    ),
    re_path(
        r"^awards/(?P<list_id>\d+)/step/(?P<name>notice|approve)/$",
        awards.award_list_step,
        name="award_list_step",
    ),
]
