"""Addresses of products, needs, talks and the list recommended to banks."""

from __future__ import annotations

from django.urls import path

from silian.governance.incentives.views import (
    finance_deals,
    finance_recommendations,
    finance_totals,
    needs,
    products,
)

urlpatterns = [
    path("finance/products/", products.product_list, name="finance_products"),
    path("finance/products/new/", products.product_new, name="finance_product_new"),
    path("finance/products/<int:product_id>/", products.product_detail, name="finance_product"),
    path(
        "finance/products/<int:product_id>/edit/",
        products.product_edit,
        name="finance_product_edit",
    ),
    path(
        "finance/products/<int:product_id>/publish/",
        products.product_publish,
        name="finance_product_publish",
    ),
    path(
        "finance/products/<int:product_id>/withdraw/",
        products.product_withdraw,
        name="finance_product_withdraw",
    ),
    path("finance/needs/", needs.need_list, name="finance_needs"),
    path("finance/needs/new/", needs.need_new, name="finance_need_new"),
    path("finance/needs/<int:need_id>/", needs.need_detail, name="finance_need"),
    path("finance/needs/<int:need_id>/edit/", needs.need_edit, name="finance_need_edit"),
    path("finance/needs/<int:need_id>/step/<str:name>/", needs.need_step, name="finance_need_step"),
    path("finance/needs/<int:need_id>/act/<str:name>/", needs.need_act, name="finance_need_act"),
    path("finance/deals/", finance_deals.deal_list, name="finance_deals"),
    path("finance/deals/<int:answer_id>/", finance_deals.deal_detail, name="finance_deal"),
    path(
        "finance/deals/<int:answer_id>/act/<str:name>/",
        finance_deals.deal_act,
        name="finance_deal_act",
    ),
    path(
        "finance/records/<int:record_id>/correct/",
        finance_deals.record_correct,
        name="finance_record_correct",
    ),
    path(
        "finance/recommended/",
        finance_recommendations.recommendation_list,
        name="recommendations",
    ),
    path(
        "finance/recommended/candidates/",
        finance_recommendations.candidate_list,
        name="recommendation_candidates",
    ),
    path(
        "finance/recommended/issue/",
        finance_recommendations.recommendation_issue,
        name="recommendation_issue",
    ),
    path(
        "finance/recommended/new/<int:need_id>/",
        finance_recommendations.recommendation_new,
        name="recommendation_new",
    ),
    path(
        "finance/recommended/<int:recommendation_id>/",
        finance_recommendations.recommendation_detail,
        name="recommendation",
    ),
    path(
        "finance/recommended/<int:recommendation_id>/act/<str:name>/",
        finance_recommendations.recommendation_act,
        name="recommendation_act",
    ),
    path("finance/totals/", finance_totals.finance_totals, name="finance_totals"),
    path("finance/leverage/", finance_totals.fund_leverage, name="fund_leverage"),
]
