"""The addresses of the policy register, one list per aggregate."""

from __future__ import annotations

from silian.registers.policies.urls.bodies import body_urls
from silian.registers.policies.urls.documents import document_urls
from silian.registers.policies.urls.library import library_urls
from silian.registers.policies.urls.review import review_urls

app_name = "policies"
urlpatterns = [*document_urls, *review_urls, *body_urls, *library_urls]
