"""Addresses of signing, links and verification."""

from __future__ import annotations

from django.urls import path

from silian.casework.agreements.views import inbox, links, paper_signatures, signing, verification

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("waiting/", inbox.waiting, name="waiting"),
    path("inbox/confirm/", inbox.sign_confirm, name="sign_confirm"),
    path("inbox/sign/", inbox.sign_many, name="sign_many"),
    path("waiting/remind/", inbox.remind_many, name="remind_many"),
    path("send-many/", inbox.send_many, name="send_many"),
    path("sign/<int:signature_id>/", signing.sign, name="sign"),
    path("sign/<int:signature_id>/refuse/", signing.refuse, name="sign_refuse"),
    path("sign/<int:signature_id>/ask/", signing.ask, name="sign_ask"),
    path(
        "sign/<int:signature_id>/paper/", paper_signatures.paper_signature, name="paper_signature"
    ),
    path("sign/<int:signature_id>/link/", links.link_make, name="link_make"),
    path("questions/<int:question_id>/", signing.answer, name="question_answer"),
    path("links/<int:link_id>/revoke/", links.link_revoke, name="link_revoke"),
    path("s/done/<slug:what>/", links.link_done, name="link_done"),
    path("s/<str:token>/", links.link, name="link"),
    path("s/<str:token>/sign/", links.link_act, {"name": "sign"}, name="link_sign"),
    path("s/<str:token>/refuse/", links.link_act, {"name": "refuse"}, name="link_refuse"),
    path("s/<str:token>/ask/", links.link_act, {"name": "ask"}, name="link_ask"),
    path("check/", verification.check, name="check"),
    path("check/<str:code>/", verification.check_code, name="check_code"),
]
