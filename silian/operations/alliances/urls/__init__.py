"""Addresses of alliances: one list per aggregate, put together here."""

from __future__ import annotations

from django.urls import URLPattern

from silian.operations.alliances.urls.committees import committee_urls
from silian.operations.alliances.urls.conduct import conduct_urls
from silian.operations.alliances.urls.cooperation import cooperation_urls
from silian.operations.alliances.urls.coordination import coordination_urls
from silian.operations.alliances.urls.governance import governance_urls
from silian.operations.alliances.urls.groups import group_urls
from silian.operations.alliances.urls.ownership import ownership_urls
from silian.operations.alliances.urls.pairings import pairing_urls

app_name = "alliances"
urlpatterns: list[URLPattern] = []
urlpatterns += coordination_urls
urlpatterns += [*group_urls, *committee_urls]
urlpatterns += pairing_urls
urlpatterns += cooperation_urls
urlpatterns += ownership_urls
urlpatterns += governance_urls
urlpatterns += conduct_urls
