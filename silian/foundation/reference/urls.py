"""Addresses of the catalogues."""

from __future__ import annotations

from django.urls import path

from silian.foundation.reference.views import browse, picker, uploads

app_name = "reference"
urlpatterns = [
    path("", browse.index, name="index"),
    path("load/", uploads.upload_list, name="upload_list"),
    path("load/new/", uploads.upload_create, name="upload_create"),
    path("load/<int:upload_id>/", uploads.upload, name="upload"),
    path("load/<int:upload_id>/confirm/", uploads.upload_confirm, name="upload_confirm"),
    path("load/<int:upload_id>/discard/", uploads.upload_discard, name="upload_discard"),
    path("picker/<str:catalogue>/", picker.picker, name="picker"),
    path("<str:catalogue>/", browse.catalogue, name="catalogue"),
    path("<str:catalogue>/download/", browse.download, name="download"),
    path("<str:catalogue>/<str:key>/", browse.entry, name="entry"),
]
