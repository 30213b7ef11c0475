from __future__ import annotations

app_name = "alliances"
urlpatterns: list = []
