"""Addresses of zones and pairings."""

from __future__ import annotations

from django.urls import path, re_path

from silian.operations.alliances.views import pairing_actions, pairings, zones

pairing_urls = [
    path("pairings/zones/", zones.zone_list, name="zone_list"),
    path("pairings/zones/gaps/", zones.zone_gaps, name="zone_gaps"),
    path("pairings/zones/new/", zones.zone_new, name="zone_new"),
    path("pairings/zones/<int:zone_id>/", zones.zone_detail, name="zone_detail"),
    path("pairings/zones/<int:zone_id>/edit/", zones.zone_edit, name="zone_edit"),
    path("pairings/zones/<int:zone_id>/close/", zones.zone_close, name="zone_close"),
    path("pairings/", pairings.pairing_list, name="pairing_list"),
    path("pairings/new/", pairings.pairing_new, name="pairing_new"),
    path("pairings/aid/", pairings.aid_new, name="aid_new"),
    path("pairings/<int:pairing_id>/", pairings.pairing_detail, name="pairing_detail"),
    path("pairings/<int:pairing_id>/edit/", pairings.pairing_edit, name="pairing_edit"),
    re_path(
        r"^pairings/(?P<pairing_id>\d+)/step/(?P<name>confirm|return|propose|end)/$",
        pairings.pairing_step,
        name="pairing_step",
    ),
    path("pairings/<int:pairing_id>/actions/", pairing_actions.action_new, name="action_new"),
    path("pairings/actions/<int:action_id>/", pairing_actions.action_result, name="action_result"),
    path("pairings/actions/<int:action_id>/drop/", pairing_actions.action_drop, name="action_drop"),
]
