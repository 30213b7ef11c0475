"""Who gets what from the addresses of signing, links and verification."""

from __future__ import annotations

from typing import Any

from silian.casework.agreements.commands.links import make_link
from silian.casework.agreements.commands.questions import ask
from silian.casework.agreements.models import AgreementVersion, SigningLink, SigningQuestion
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public, signed_in
from tests.casework.agreements.signing import stage
from tests.world import ROLES, World

INVALID, CONFLICT = 422, 409
READERS = ("school", "student")
SENDERS = ("enterprise", "rival", "school", "coordinator")
GONE = "0" * 32


def version_of(world: World) -> AgreementVersion:
    return AgreementVersion.objects.order_by("pk").first() or stage.sent(world)


def signature(world: World) -> dict[str, Any]:
    return {"signature_id": stage.signature_of(version_of(world), "student").pk}


def link(world: World) -> dict[str, Any]:
    if not SigningLink.objects.exists():
        make_link(**signature(world), actor=world.school.actor, now=stage.NOW)
    return {"link_id": SigningLink.objects.order_by("pk")[0].pk}


def question(world: World) -> dict[str, Any]:
    found = SigningQuestion.objects.first() or ask(
        **signature(world), actor=world.student.actor, text="住宿怎么安排？", now=stage.NOW
    )
    return {"question_id": found.pk}


def for_everybody(status: int, **given: Any) -> Row:
    return Row(statuses=dict.fromkeys(ROLES, status), **given)


def gone(world: World) -> dict[str, Any]:
    return {"token": GONE}


SIGNING_ROWS: dict[str, Row] = {
    "agreements:inbox": signed_in(),
    "agreements:waiting": only(*SENDERS),
    "agreements:sign": only(*READERS, otherwise=HIDDEN, kwargs=signature),
    "agreements:sign_refuse": only(
        *READERS, status=INVALID, otherwise=HIDDEN, kwargs=signature, method="post"
    ),
    "agreements:sign_ask": only(
        *READERS, status=INVALID, otherwise=HIDDEN, kwargs=signature, method="post"
    ),
    "agreements:sign_confirm": Row(
        statuses={
            **dict.fromkeys(ROLES, REFUSED),
            "anonymous": LOGIN,
            "enterprise": OK,
            "rival": OK,
            "school": OK,
            "coordinator": OK,
        },
        method="post",
        data=lambda world: {"chosen": "0"},
    ),
    "agreements:sign_many": only(
        "enterprise", "rival", "school", "coordinator", status=CONFLICT, method="post"
    ),
    "agreements:remind_many": only(*SENDERS, status=CONFLICT, method="post"),
    "agreements:send_many": only(*SENDERS, status=CONFLICT, method="post"),
    "agreements:question_answer": only("school", otherwise=HIDDEN, kwargs=question),
    "agreements:paper_signature": only("school", otherwise=HIDDEN, kwargs=signature),
    "agreements:link_make": Row(
        statuses={
            **dict.fromkeys(ROLES, HIDDEN),
            "anonymous": LOGIN,
            "school": OK,
            "student": REFUSED,
        },
        kwargs=signature,
        method="post",
    ),
    "agreements:link_revoke": only(
        "school", status=LOGIN, otherwise=HIDDEN, kwargs=link, method="post"
    ),
    "agreements:link": for_everybody(HIDDEN, kwargs=gone),
    "agreements:link_sign": for_everybody(HIDDEN, kwargs=gone, method="post"),
    "agreements:link_refuse": for_everybody(HIDDEN, kwargs=gone, method="post"),
    "agreements:link_ask": for_everybody(HIDDEN, kwargs=gone, method="post"),
    "agreements:link_done": public(kwargs=lambda world: {"what": "signed"}),
    "agreements:check": public(),
    "agreements:check_code": for_everybody(HIDDEN, kwargs=lambda world: {"code": "UNKNOWN"}),
}
