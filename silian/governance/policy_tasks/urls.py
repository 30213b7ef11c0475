from __future__ import annotations

app_name = "policy_tasks"
urlpatterns: list = []
