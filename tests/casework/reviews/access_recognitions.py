"""Who gets what from the addresses of recognitions, duties, removals and the catalogue."""

from __future__ import annotations

from typing import Any

from silian.casework.reviews.choices.recognitions import DutyKind
from silian.casework.reviews.commands.duties import Work, make_duties, submit_duty
from silian.casework.reviews.commands.rechecks import make_recheck
from silian.casework.reviews.commands.removals import Charge, propose_removal, suggest_removal
from silian.casework.reviews.models import Campaign, Duty, Recheck, Recognition, Removal
from silian.foundation.kernel.actors import system_actor
from tests.access import HIDDEN, OK, Row, only, public, signed_in
from tests.casework.reviews import stage, stage_recognitions
from tests.world import World

INVALID, MOVED = 422, 302
KEEPERS = ("coordinator", "reviewer")
WATCHERS = ("supervisor", "leader")
SEEN_BY = (*KEEPERS, *WATCHERS, "enterprise")
CHARGE = Charge(exit_code="false_information", facts="年报不实", basis="第二十条")


def recognition(world: World) -> Recognition:
    """The enterprise's status, four hundred days old, with its duties."""
    found = Recognition.objects.filter(holder=world.enterprise.organisation).first()
    if found is None:
        version = stage.published(world, code="kept", consequence=stage_recognitions.CONSEQUENCE)
        campaign = stage.open_campaign(world, version=version, title="已结束的批次")
        found = stage_recognitions.recognised(campaign, world.enterprise.organisation)
        make_duties(recognition=found, on=campaign.opens_on)
    return found


def one(world: World) -> dict[str, Any]:
    return {"recognition_id": recognition(world).pk}


def act(name: str) -> Any:
    return lambda world: {**one(world), "name": name}


def duty(world: World) -> dict[str, Any]:
    rows = recognition(world).duties.exclude(kind=DutyKind.RECHECK)
    return {"duty_id": rows.order_by("pk")[0].pk}


def sent_duty(world: World) -> dict[str, Any]:
    rows = recognition(world).duties.exclude(kind=DutyKind.RECHECK)
    row: Duty = rows.order_by("pk")[1]
    if row.submitted_at is None:
        submit_duty(duty_id=row.pk, work=Work(text="报告"), actor=world.enterprise.actor)
    return {"duty_id": row.pk}


def removal(world: World) -> dict[str, Any]:
    row = recognition(world)
    found: Removal = row.removals.first() or propose_removal(
        recognition_id=row.pk, charge=CHARGE, actor=world.coordinator.actor
    )
    return {"removal_id": found.pk}


def suggestion(world: World) -> dict[str, Any]:
    """A suggestion of the platform on another status, hidden from its holder."""
    found = Removal.objects.filter(state="suggested").first()
    if found is None:
        campaign = recognition(world).dossier.campaign
        row = stage_recognitions.recognised(campaign, stage.enterprises(1, prefix="乙")[0])
        found = suggest_removal(recognition_id=row.pk, charge=CHARGE, years=[2024])
    assert found is not None
    return {"removal_id": found.pk}


def recheck(world: World) -> dict[str, Any]:
    row = recognition(world)
    day = Campaign.objects.get(pk=row.dossier.campaign_id).opens_on
    found: Recheck | None = row.rechecks.first() or make_recheck(
        recognition=row, year=day.year, on=day, actor=system_actor()
    )
    assert found is not None
    return {"recheck_id": found.pk}


def code(world: World) -> dict[str, Any]:
    return {"code": recognition(world).check_code}


def seen(**given: Any) -> Row:
    return only(*SEEN_BY, otherwise=HIDDEN, **given)


def kept(**given: Any) -> Row:
    return only(*KEEPERS, otherwise=HIDDEN, **given)


def held(**given: Any) -> Row:
    return only("enterprise", otherwise=HIDDEN, **given)


RECOGNITION_ROWS: dict[str, Row] = {
    "reviews:recognition_list": signed_in(OK),
    "reviews:recognition_detail": seen(kwargs=one),
    "reviews:recognition_certificate": seen(kwargs=one, status=MOVED),
    "reviews:recognition_act": kept(kwargs=act("suspend")),
    "reviews:removal_propose": kept(kwargs=one),
    "reviews:recheck_make": kept(kwargs=one, method="post", status=MOVED),
    "reviews:removal_detail": only(*KEEPERS, "enterprise", otherwise=HIDDEN, kwargs=removal),
    "reviews:removal_take_up": kept(kwargs=suggestion),
    "reviews:removal_reply": held(kwargs=removal),
    "reviews:removal_decide": kept(kwargs=removal),
    "reviews:duty_list": signed_in(OK),
    "reviews:duty_detail": seen(kwargs=duty),
    "reviews:duty_submit": held(kwargs=duty),
    "reviews:duty_check": kept(kwargs=sent_duty),
    "reviews:recheck_detail": seen(kwargs=recheck),
    "reviews:catalogue": public(),
    "reviews:catalogue_draft": only(otherwise=HIDDEN, method="post"),
    "reviews:recognition_check": public(),
    "reviews:recognition_check_code": public(kwargs=code),
}
