"""Addresses of the organisation register."""

from __future__ import annotations

from django.urls import path, register_converter

from silian.registers.organisations.views import (
    directory,
    members,
    profile,
    registration,
    roles,
    tokens,
    verification,
)

app_name = "organisations"


class OneOf:
    """A step named in the address; others are no address at all."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class LifeStep(OneOf):
    regex = "verify|reject|suspend|resume|close"


class Decision(OneOf):
    regex = "confirm|refuse"


register_converter(LifeStep, "organisation_step")
register_converter(Decision, "decision")

urlpatterns = [
    path("", directory.directory, name="directory"),
    path("<int:organisation_id>/", directory.detail, name="detail"),
    path("<int:organisation_id>/join/", members.join, name="join"),
    path("register/", registration.register, name="register"),
    path("register/manager/", registration.register_manager, name="register_manager"),
    path("identities/", members.mine, name="mine"),
    path("identities/switch/", members.switch, name="switch"),
    path("mine/profile/", profile.profile, name="profile"),
    path("mine/profile/edit/", profile.profile_edit, name="profile_edit"),
    path("mine/profile/identity/", profile.identity_edit, name="identity_edit"),
    path("mine/profile/service/", profile.service_edit, name="service_edit"),
    path("mine/profile/rename/", profile.rename, name="rename"),
    path("mine/profile/history/", profile.history, name="history"),
    path("mine/documents/", profile.documents, name="documents"),
    path("mine/documents/add/", profile.document_add, name="document_add"),
    path(
        "mine/documents/<int:document_id>/remove/", profile.document_remove, name="document_remove"
    ),
    path("mine/submit/", profile.submit, name="submit"),
    path("mine/members/", members.member_list, name="member_list"),
    path("mine/members/invite/", members.invite, name="invite"),
    path("mine/members/<int:membership_id>/", members.member, name="member"),
    path("mine/members/<int:membership_id>/role/", members.member_role, name="member_role"),
    path("mine/members/<int:membership_id>/end/", members.member_end, name="member_end"),
    path(
        "mine/invitations/<int:invitation_id>/withdraw/",
        members.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("identities/<int:membership_id>/leave/", members.leave, name="leave"),
    path("identities/delegate/", members.delegate, name="delegate"),
    path(
        "identities/delegations/<int:membership_id>/end/",
        members.delegation_end,
        name="delegation_end",
    ),
    path("mine/tokens/", tokens.tokens, name="tokens"),
    path("mine/tokens/create/", tokens.token_create, name="token_create"),
    path("mine/tokens/<int:token_id>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("invitations/<str:secret>/", members.invitation, name="invitation"),
    path("verification/", verification.queue, name="queue"),
    path("verification/all/", verification.supervised, name="supervised"),
    path("verification/<int:organisation_id>/", verification.verification, name="verification"),
    path("verification/<int:organisation_id>/merge/", verification.merge, name="merge"),
    path(
        "verification/<int:organisation_id>/<organisation_step:name>/",
        verification.step,
        name="step",
    ),
    path(
        "verification/renamings/<int:renaming_id>/<decision:name>/",
        verification.rename_decide,
        name="rename_decide",
    ),
    path("roles/", roles.roles, name="roles"),
    path("roles/proposals/", roles.proposals, name="proposals"),
    path("roles/propose/", roles.propose, name="propose"),
    path("roles/<int:membership_id>/end/", roles.role_end, name="role_end"),
    path("roles/proposals/<int:proposal_id>/<decision:name>/", roles.decide, name="decide"),
]
