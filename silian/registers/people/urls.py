from __future__ import annotations

from django.urls import path

from silian.registers.people import views

app_name = "people"
urlpatterns = [
    path("", views.person_list, name="person_list"),
    path("new/", views.person_new, name="person_new"),
    path("<int:person_id>/", views.person_detail, name="person_detail"),
    path("<int:person_id>/reveal/", views.person_reveal, name="person_reveal"),
    path("affiliations/<int:affiliation_id>/end/", views.affiliation_end, name="affiliation_end"),
    path("me/", views.my_data, name="my_data"),
    path("me/copy/", views.my_copy, name="my_copy"),
    path("me/consents/", views.consent_give, name="consent_give"),
    path("me/consents/<int:consent_id>/withdraw/", views.consent_withdraw, name="consent_withdraw"),
    path("me/requests/new/", views.request_new, name="request_new"),
    path("requests/", views.request_list, name="request_list"),
    path("requests/<int:request_id>/", views.request_answer, name="request_answer"),
    path("privacy/", views.privacy, name="privacy"),
]
