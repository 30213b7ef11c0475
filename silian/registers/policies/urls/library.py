"""Addresses of the public library, parameters, benefits and plans."""

from __future__ import annotations

from django.urls import URLPattern, path

from silian.registers.policies.views import comparison, library, parameters

library_urls: list[URLPattern] = [
    path("library/", library.library, name="library"),
    path("library/<int:document_id>/", library.library_document, name="library_document"),
    path(
        "library/<int:document_id>/data.json",
        library.library_document_json,
        name="library_document_json",
    ),
    path(
        "library/<int:document_id>/akn.xml",
        library.library_document_xml,
        name="library_document_xml",
    ),
    path("compare/", comparison.comparison, name="comparison"),
    path("parameters/", parameters.parameter_list, name="parameter_list"),
    path("parameters/<int:parameter_id>/", parameters.parameter_detail, name="parameter_detail"),
    path("parameters/<int:parameter_id>/set/", parameters.parameter_set, name="parameter_set"),
]
