"""Who gets what from the addresses of ranking, meetings, notices, objections and appeals."""

from __future__ import annotations

from typing import Any

from silian.casework.reviews.choices.deciding import ObjectionState
from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.commands.appeals import file_appeal
from silian.casework.reviews.commands.objections import ask_applicant, take_objection
from silian.casework.reviews.models import (
    Appeal,
    Campaign,
    DecidingMeeting,
    Dossier,
    Objection,
    PublicNotice,
)
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public, signed_in
from tests.casework.reviews import stage_deciding as stage
from tests.world import ROLES, World

INVALID, CONFLICT, MOVED = 422, 409, 302
READERS = ("coordinator", "reviewer", "supervisor", "leader")


def some(refused: int = REFUSED, **statuses: int) -> dict[str, int]:
    """Readers of the batch who may not act get a refusal, everybody else nothing."""
    return {
        **dict.fromkeys(ROLES, HIDDEN),
        "anonymous": LOGIN,
        **dict.fromkeys(READERS, refused),
        **statuses,
    }


def ranked(world: World) -> dict[str, Any]:
    found = Campaign.objects.order_by("pk").first()
    return {"campaign_id": (found or stage.batch(world)).pk}


def meeting(world: World) -> dict[str, Any]:
    found = DecidingMeeting.objects.first() or stage.opened(world, stage.batch(world))
    return {"meeting_id": found.pk}


def notice(world: World) -> PublicNotice:
    """Two are shown, the enterprise's first; a third was refused."""
    found = PublicNotice.objects.first()
    return found or stage.noticed(world, stage.batch(world, ["9", "8", "7"], own=True), passing=2)


def notice_id(world: World) -> dict[str, Any]:
    return {"notice_id": notice(world).pk}


def entry(world: World) -> dict[str, Any]:
    return {**notice_id(world), "position": 1}


def untaken(world: World) -> dict[str, Any]:
    found = Objection.objects.filter(state=ObjectionState.RAISED).first()
    return {"objection_id": (found or stage.objected(notice(world))[0]).pk}


def taken(world: World) -> dict[str, Any]:
    """Investigated by the reviewer, the enterprise asked."""
    key = untaken(world)
    objection = Objection.objects.get(pk=key["objection_id"])
    if objection.investigator_id is None:
        take_objection(**key, actor=world.reviewer.actor)
        ask_applicant(**key, question="请说明。", actor=world.reviewer.actor)
    return key


def refused(world: World) -> Dossier:
    found = Dossier.objects.filter(state=DossierState.REJECTED).first()
    if found is None:
        campaign = stage.batch(world, ["6", "8"], own=True)
        stage.decided(world, campaign, passing=1)
        found = campaign.dossiers.get(applicant=world.enterprise.organisation)
    return found


def refused_id(world: World) -> dict[str, Any]:
    return {"dossier_id": refused(world).pk}


def appeal(world: World) -> dict[str, Any]:
    found = Appeal.objects.first() or file_appeal(
        dossier_id=refused(world).pk, text="理由", actor=world.enterprise.actor
    )
    return {"appeal_id": found.pk}


def ranked_dossier(world: World) -> dict[str, Any]:
    found = Dossier.objects.filter(state=DossierState.RANKED).first()
    return {"dossier_id": (found or stage.batch(world).dossiers.order_by("pk")[0]).pk}


def for_everybody(status: int, **given: Any) -> Row:
    return Row(statuses=dict.fromkeys(ROLES, status), **given)


BATCH_ROWS: dict[str, Row] = {
    "reviews:ranking_detail": only(*READERS, otherwise=HIDDEN, kwargs=ranked),
    "reviews:batch_overview": only(*READERS, otherwise=HIDDEN, kwargs=ranked),
    "reviews:ranking_fix": Row(statuses=some(coordinator=MOVED), method="post", kwargs=ranked),
    "reviews:archive_batch": Row(statuses=some(coordinator=MOVED), method="post", kwargs=ranked),
    "reviews:archive_dossier": Row(
        statuses=some(coordinator=MOVED), method="post", kwargs=ranked_dossier
    ),
    "reviews:meeting_call": Row(statuses=some(coordinator=OK), kwargs=ranked),
    "reviews:notice_publish": Row(statuses=some(coordinator=OK), kwargs=ranked),
    "reviews:meeting_detail": Row(statuses=some(OK, reviewer=HIDDEN), kwargs=meeting),
    "reviews:meeting_minutes": Row(statuses=some(OK, reviewer=HIDDEN), kwargs=meeting),
    "reviews:meeting_open": Row(
        statuses=some(reviewer=HIDDEN, coordinator=CONFLICT), method="post", kwargs=meeting
    ),
    "reviews:meeting_vote": Row(statuses=some(reviewer=HIDDEN, leader=OK), kwargs=meeting),
    "reviews:meeting_close": Row(
        statuses=some(reviewer=HIDDEN, coordinator=CONFLICT), kwargs=meeting
    ),
    "reviews:notice_conclude": Row(
        statuses=some(coordinator=CONFLICT), method="post", kwargs=notice_id
    ),
}
PUBLIC_ROWS: dict[str, Row] = {
    "reviews:notice_list": public(),
    "reviews:notice_detail": public(kwargs=notice_id),
    "reviews:notice_entry": public(kwargs=entry),
    "reviews:objection_raise": public(kwargs=entry),
    "reviews:objection_lookup": public(),
}
OBJECTION_ROWS: dict[str, Row] = {
    "reviews:objection_list": signed_in(),
    "reviews:objection_detail": only(*READERS, otherwise=HIDDEN, kwargs=untaken),
    "reviews:objection_take": Row(
        statuses=some(reviewer=MOVED, coordinator=MOVED, supervisor=MOVED),
        method="post",
        kwargs=untaken,
    ),
    "reviews:objection_contact": Row(statuses=some(reviewer=OK), method="post", kwargs=taken),
    "reviews:objection_ask": Row(statuses=some(reviewer=OK), kwargs=taken),
    "reviews:objection_file": Row(statuses=some(reviewer=OK), kwargs=taken),
    "reviews:objection_settle": Row(statuses=some(reviewer=OK), kwargs=taken),
    "reviews:hearing": only("enterprise", otherwise=HIDDEN, kwargs=taken),
}
APPEAL_ROWS: dict[str, Row] = {
    "reviews:appeal_file": only("enterprise", otherwise=HIDDEN, kwargs=refused_id),
    "reviews:appeal_list": signed_in(),
    "reviews:appeal_detail": only("enterprise", *READERS, otherwise=HIDDEN, kwargs=appeal),
    "reviews:appeal_take": Row(
        statuses=some(reviewer=MOVED, coordinator=MOVED, supervisor=MOVED, enterprise=REFUSED),
        method="post",
        kwargs=appeal,
    ),
    "reviews:appeal_settle": Row(statuses=some(enterprise=REFUSED), kwargs=appeal),
}
DECIDING_ROWS: dict[str, Row] = {**BATCH_ROWS, **PUBLIC_ROWS, **OBJECTION_ROWS, **APPEAL_ROWS}
