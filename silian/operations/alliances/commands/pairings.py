"""Propose, confirm, return, change and end a pairing; plan its actions and record results."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.alliances.choices.pairings import PairingKind, PairingState
from silian.operations.alliances.events.pairings import (
    PairingAnswered,
    PairingEnded,
    PairingProposed,
)
from silian.operations.alliances.models.pairings import Pairing, PairingAction
from silian.operations.alliances.models.zones import IndustrialZone
from silian.operations.alliances.permissions.keeping import keeps_region
from silian.operations.alliances.permissions.pairings import (
    actions_visible_to,
    pairings_visible_to,
    require_answerer,
    require_changer,
    require_pairing_keeper,
    require_proposer,
)
from silian.operations.alliances.workflow.pairing import pairing as steps
from silian.registers.programmes.models import Programme

WORKING_DAYS_TO_ANSWER = 10  # the platform's promise to the proposing school; no policy sets one


@dataclass(frozen=True, kw_only=True)
class PairingFacts:
    """What is typed about a pairing (结对情况)."""

    kind: str
    zone_id: int | None
    school_id: int | None
    helper_id: str | None
    agreement_reference: str
    starts_on: datetime.date
    ends_on: datetime.date
    plan: str


def refuse_unfit(facts: PairingFacts, *, programmes: Sequence[int]) -> None:
    if facts.ends_on <= facts.starts_on:
        raise DomainError("终止日应晚于起始日，请改终止日。", field="ends_on")
    if programmes and facts.school_id is None:
        raise DomainError("没有院校的结对不填共建专业。", field="programmes")
    offered = Programme.objects.filter(pk__in=programmes, school_id=facts.school_id).count()
    if offered != len(set(programmes)):
        raise DomainError("共建专业应是这所院校开设的专业，请重新选择。", field="programmes")


def place_of(facts: PairingFacts, *, division: str) -> str:
    """Where the pairing counts: the zone's place, or the place that is helped."""
    if facts.kind == PairingKind.ZONE_SCHOOL:
        zone = IndustrialZone.objects.get(pk=facts.zone_id or 0)
        if zone.closed_on is not None:
            raise DomainError("这个产业集聚区已撤销，请另选。", field="zone")
        return str(zone.division_id)
    if facts.helper_id == division:
        raise DomainError("帮扶方和受援方不能是同一个地区。", field="helper")
    return division


def refuse_other_school(facts: PairingFacts, *, place: str, actor: Actor) -> None:
    if not keeps_region(actor, place) and facts.school_id != actor.organisation_id:
        raise NotAllowed("院校只能为本校提出对口合作。")


@transaction.atomic
def propose_pairing(
    *,
    facts: PairingFacts,
    division: str,
    programmes: Sequence[int],
    actor: Actor,
    now: datetime.datetime,
) -> Pairing:
    """Propose a pairing; what the department itself enters needs no answer (提出结对)."""
    require_proposer(actor, kind=facts.kind)
    refuse_unfit(facts, programmes=programmes)
    place = place_of(facts, division=division)
    refuse_other_school(facts, place=place, actor=actor)
    confirmed = keeps_region(actor, place)
    pairing = Pairing(
        **asdict(facts),
        division_id=place,
        state=PairingState.RUNNING if confirmed else PairingState.PROPOSED,
        proposed_by_id=actor.organisation_id or 0,
        proposed_by_user_id=actor.user_id or 0,
        proposed_at=now,
        due_at=site_deadline(now, working_days=WORKING_DAYS_TO_ANSWER).due_at,
    )
    save_once(pairing)
    pairing.programmes.set(programmes)
    record(actor, "alliances.pairing.proposed", pairing)
    publish(PairingProposed(pairing_id=pairing.pk))
    return pairing


def save_once(pairing: Pairing, *, fields: Sequence[str] | None = None) -> None:
    """Save unless the same two sides are paired already."""
    try:
        with transaction.atomic():
            pairing.save(update_fields=fields)
    except IntegrityError as fault:
        if "_once" not in str(fault):
            raise
        raise DomainError("这两方已有待确认或实施中的结对，请在原记录里办理。", field="school")


def locked_pairing(*, pairing_id: int, actor: Actor) -> Pairing:
    rows = pairings_visible_to(actor).select_related("zone", "school", "helper", "division")
    return rows.select_for_update(of=("self",)).get(pk=pairing_id)


@transaction.atomic
def change_pairing(
    *, pairing_id: int, facts: PairingFacts, programmes: Sequence[int], actor: Actor
) -> Pairing:
    """Change the text of a pairing; its two sides stay (修改结对)."""
    pairing = locked_pairing(pairing_id=pairing_id, actor=actor)
    require_changer(actor, pairing)
    refuse_unfit(facts, programmes=programmes)
    values = {name: getattr(facts, name) for name in CHANGEABLE}
    for name, value in values.items():
        setattr(pairing, name, value)
    pairing.save(update_fields=list(values))
    pairing.programmes.set(programmes)
    record(actor, "alliances.pairing.changed", pairing)
    return pairing


CHANGEABLE = ("agreement_reference", "starts_on", "ends_on", "plan")


@transaction.atomic
def confirm_pairing(*, pairing_id: int, actor: Actor) -> Pairing:
    """Confirm what a school proposed (确认对口合作)."""
    pairing = locked_pairing(pairing_id=pairing_id, actor=actor)
    require_answerer(actor, pairing)
    pairing.state = steps.target("confirm", state=PairingState(pairing.state))
    pairing.answer = ""
    return answered(pairing, verb="confirmed", actor=actor)


@transaction.atomic
def return_pairing(*, pairing_id: int, answer: str, actor: Actor) -> Pairing:
    """Send a proposal back with the reason (退回)."""
    pairing = locked_pairing(pairing_id=pairing_id, actor=actor)
    require_answerer(actor, pairing)
    refuse_wordless(answer, "请写明退回的理由，院校会看到。")
    pairing.state = steps.target("return", state=PairingState(pairing.state))
    pairing.answer = answer.strip()[:300]
    return answered(pairing, verb="returned", actor=actor)


def answered(pairing: Pairing, *, verb: str, actor: Actor) -> Pairing:
    pairing.save(update_fields=["state", "answer"])
    record(actor, f"alliances.pairing.{verb}", pairing, reason=pairing.answer)
    publish(PairingAnswered(pairing_id=pairing.pk))
    return pairing


def refuse_wordless(text: str, sentence: str) -> None:
    if not text.strip():
        raise DomainError(sentence, field="reason")


@transaction.atomic
def propose_again(*, pairing_id: int, actor: Actor, now: datetime.datetime) -> Pairing:
    """Hand a returned proposal in again, with a new clock (再次提交)."""
    pairing = locked_pairing(pairing_id=pairing_id, actor=actor)
    require_changer(actor, pairing)
    pairing.state = steps.target("propose", state=PairingState(pairing.state))
    pairing.answer, pairing.proposed_at = "", now
    pairing.due_at = site_deadline(now, working_days=WORKING_DAYS_TO_ANSWER).due_at
    save_once(pairing, fields=["state", "answer", "proposed_at", "due_at"])
    record(actor, "alliances.pairing.proposed", pairing)
    publish(PairingProposed(pairing_id=pairing.pk))
    return pairing


@transaction.atomic
def end_pairing(*, pairing_id: int, ended_on: datetime.date, reason: str, actor: Actor) -> Pairing:
    """End a running pairing before or at its last day (结束结对)."""
    pairing = locked_pairing(pairing_id=pairing_id, actor=actor)
    require_pairing_keeper(actor, pairing)
    refuse_wordless(reason, "请写明结束的理由和后续安排。")
    pairing.state = steps.target("end", state=PairingState(pairing.state))
    pairing.answer, pairing.ended_on = reason.strip()[:300], ended_on
    pairing.save(update_fields=["state", "answer", "ended_on"])
    record(actor, "alliances.pairing.ended", pairing, reason=pairing.answer)
    publish(PairingEnded(pairing_id=pairing.pk))
    return pairing


@transaction.atomic
def plan_action(
    *, pairing_id: int, title: str, due_on: datetime.date, actor: Actor
) -> PairingAction:
    """Plan something for a running pairing to do by a day (安排行动)."""
    pairing = locked_pairing(pairing_id=pairing_id, actor=actor)
    require_pairing_keeper(actor, pairing)
    if pairing.state != PairingState.RUNNING:
        raise DomainError(f"当前为“{pairing.get_state_display()}”，确认后才能安排行动。")
    if not pairing.starts_on <= due_on < pairing.ends_on:
        raise DomainError("完成期限应在合作期内，请改期限。", field="due_on")
    action = PairingAction.objects.create(pairing=pairing, title=title.strip(), due_on=due_on)
    record(actor, "alliances.pairing_action.planned", action)
    return action


def locked_action(*, action_id: int, actor: Actor) -> PairingAction:
    rows = actions_visible_to(actor).select_related("pairing__zone")
    action = rows.select_for_update(of=("self",)).get(pk=action_id)
    require_pairing_keeper(actor, action.pairing)
    return action


@transaction.atomic
def record_result(
    *,
    action_id: int,
    done_on: datetime.date,
    result: str,
    people: int | None,
    actor: Actor,
    today: datetime.date,
) -> PairingAction:
    """Say when an action was done and what came of it (登记成效)."""
    action = locked_action(action_id=action_id, actor=actor)
    if done_on > today:
        raise DomainError("完成日不能晚于今天。", field="done_on")
    action.done_on, action.result, action.people = done_on, result.strip(), people
    action.save(update_fields=["done_on", "result", "people"])
    record(actor, "alliances.pairing_action.done", action)
    return action


@transaction.atomic
def drop_action(*, action_id: int, actor: Actor) -> Pairing:
    """Take out an action that was not done (删除行动)."""
    action = locked_action(action_id=action_id, actor=actor)
    if action.done_on is not None:
        raise DomainError("已登记成效的行动不能删除。")
    record(actor, "alliances.pairing_action.dropped", action)
    pairing = action.pairing
    action.delete()
    return pairing
