from __future__ import annotations

from django.urls import URLPattern, path

from silian.operations.placements.views import order_steps, orders

ORDER = "orders/<int:order_id>/"

order_urls: list[URLPattern] = [
    path("orders/", orders.order_list, name="order_list"),
    path("orders/new/", orders.order_new, name="order_new"),
    path(ORDER, orders.order_detail, name="order_detail"),
    path(f"{ORDER}edit/", orders.order_edit, name="order_edit"),
    path(f"{ORDER}terms/", orders.order_terms, name="order_terms"),
    path(f"{ORDER}agreement/", orders.order_agreement, name="order_agreement"),
    path(f"{ORDER}send/", order_steps.order_send, name="order_send"),
    path(f"{ORDER}close/", order_steps.order_close, name="order_close"),
    path(f"{ORDER}cancel/", order_steps.order_cancel, name="order_cancel"),
    path(f"{ORDER}enrol/", order_steps.order_enrol, name="order_enrol"),
    path(f"{ORDER}trained/", order_steps.order_trained, name="order_trained"),
    path(f"{ORDER}hire/", order_steps.order_hire, name="order_hire"),
    path(f"{ORDER}not-hired/", order_steps.order_not_hired, name="order_not_hired"),
    path(f"{ORDER}members/<int:member_id>/leave/", order_steps.order_leave, name="order_leave"),
]
