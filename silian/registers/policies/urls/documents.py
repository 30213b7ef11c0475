"""Addresses of documents on the desk of officials."""

from __future__ import annotations

from django.urls import URLPattern, path

from silian.registers.policies.views import document_list, documents

ONE = "desk/<int:document_id>/"
document_urls: list[URLPattern] = [
    path("desk/", document_list.document_list, name="document_list"),
    path("desk/upload/", documents.document_upload_page, name="document_upload"),
    path(ONE, documents.document_desk, name="document_desk"),
    path(f"{ONE}pages/<int:page>/", documents.document_page, name="document_page"),
    path(f"{ONE}facts/", documents.document_facts, name="document_facts"),
    path(f"{ONE}issue/", documents.document_issue, name="document_issue"),
    path(f"{ONE}repeal/", documents.document_repeal, name="document_repeal"),
    path(f"{ONE}withdraw/", documents.document_withdraw, name="document_withdraw"),
    path(f"{ONE}amend/", documents.document_amend, name="document_amend"),
    path(f"{ONE}read-again/", documents.document_read_again, name="document_read_again"),
    path(f"{ONE}cancel/", documents.document_cancel, name="document_cancel"),
]
