"""Addresses of placements: one list per aggregate, put together here."""

from __future__ import annotations

from django.urls import URLPattern

from silian.operations.placements.urls import assessments, files, insurance, notes, training
from silian.operations.placements.urls.apprenticeships import apprenticeship_urls
from silian.operations.placements.urls.boards import board_urls
from silian.operations.placements.urls.complaints import urlpatterns as complaint_urls
from silian.operations.placements.urls.hosts import urlpatterns as host_urls
from silian.operations.placements.urls.internships import internship_urls
from silian.operations.placements.urls.orders import order_urls
from silian.operations.placements.urls.pay import urlpatterns as pay_urls
from silian.operations.placements.urls.rights import urlpatterns as rights_urls
from silian.operations.placements.urls.rounds import round_urls

app_name = "placements"
urlpatterns: list[URLPattern] = []
urlpatterns += [*insurance.urlpatterns, *training.urlpatterns, *notes.urlpatterns]
urlpatterns += [*assessments.urlpatterns, *files.urlpatterns]
urlpatterns += [*order_urls, *apprenticeship_urls]
urlpatterns += internship_urls
urlpatterns += [*board_urls, *round_urls]
urlpatterns += [*pay_urls, *complaint_urls, *rights_urls]
urlpatterns += host_urls
