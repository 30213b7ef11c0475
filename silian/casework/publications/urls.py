from __future__ import annotations

from django.urls import path

from silian.casework.publications.views import editing, reading

app_name = "publications"
urlpatterns = [
    path("", reading.edition_list, name="edition_list"),
    path("feed.atom", reading.edition_feed, name="edition_feed"),
    path("verify/", reading.edition_verify, name="edition_verify"),
    path("desk/", editing.edition_desk, name="edition_desk"),
    path("new/", editing.edition_new, name="edition_new"),
    path("<int:edition_id>/", reading.edition_detail, name="edition_detail"),
    path("<int:edition_id>/data.json", reading.edition_data, name="edition_data"),
    path("<int:edition_id>/files/<int:file_id>/", reading.edition_file, name="edition_file"),
    path("<int:edition_id>/edit/", editing.edition_edit, name="edition_edit"),
    path("<int:edition_id>/correct/", editing.edition_correct, name="edition_correct"),
    path("<int:edition_id>/discard/", editing.edition_discard, name="edition_discard"),
    path("<int:edition_id>/steps/<slug:name>/", editing.edition_step, name="edition_step"),
]
