from __future__ import annotations

from django.urls import path

from silian.operations.exchange.views import hall

app_name = "exchange"
urlpatterns = [
    # the hall
    path("", hall.hall, name="hall"),
    # listings
    # negotiations and deals
]
