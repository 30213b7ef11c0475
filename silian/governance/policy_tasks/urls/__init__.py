"""Addresses of the task ledger: one list per aggregate, put together here."""

from __future__ import annotations

from silian.governance.policy_tasks.urls.cases import case_urls
from silian.governance.policy_tasks.urls.lists import list_urls
from silian.governance.policy_tasks.urls.supervision import supervision_urls
from silian.governance.policy_tasks.urls.targets import target_urls
from silian.governance.policy_tasks.urls.tasks import task_urls

app_name = "policy_tasks"
urlpatterns = [*task_urls, *target_urls, *supervision_urls, *list_urls, *case_urls]
