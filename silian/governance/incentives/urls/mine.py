"""Addresses of an organisation's own entitlements, and of the public guides."""

from __future__ import annotations

from django.urls import path

from silian.governance.incentives.views import guides, mine

urlpatterns = [
    path("mine/", mine.my_entitlements, name="mine"),
    path("mine/facts/", mine.my_facts, name="my_facts"),
    path("mine/tax-pack/", mine.tax_pack, name="tax_pack"),
    path("guides/", guides.guide_list, name="guide_list"),
    path("guides/<str:rule>/", guides.guide_detail, name="guide_detail"),
]
