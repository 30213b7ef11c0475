"""Take a recognition away: one proposes, the holder is heard, another decides."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.recognitions import OPEN_REMOVALS, ActKind, RemovalState
from silian.casework.reviews.commands.recognitions import Grounds, ended, locked_recognition
from silian.casework.reviews.events.duties import RemovalMoved
from silian.casework.reviews.models import Ban, Recognition, RecognitionAct, Removal
from silian.casework.reviews.permissions.recognitions import require_holder, require_keeper
from silian.casework.reviews.rules.recognitions import years_later
from silian.casework.reviews.workflow.recognition import LIVING
from silian.casework.reviews.workflow.removal import removal as table
from silian.foundation.kernel import files
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline

MISSED_DUTIES = "missed_duties"
OTHER_EXIT = "other"


@dataclass(frozen=True, kw_only=True)
class Charge:
    """What is held against a holder (取消的事实与依据)."""

    exit_code: str
    facts: str
    basis: str = ""
    uploads: Sequence[UploadedFile[bytes]] = field(default_factory=tuple)


@transaction.atomic
def propose_removal(*, recognition_id: int, charge: Charge, actor: Actor) -> Removal:
    """Propose to take a recognition away and tell the holder, who may speak (告知拟取消)."""
    recognition = locked_recognition(recognition_id)
    require_keeper(actor, recognition)
    removal = opened(recognition, charge=charge, years=[])
    return told(removal, recognition=recognition, charge=charge, actor=actor)


@transaction.atomic
def suggest_removal(*, recognition_id: int, charge: Charge, years: Sequence[int]) -> Removal | None:
    """Let the platform suggest a removal after missed years; None when one was for them before."""
    recognition = locked_recognition(recognition_id)
    known = recognition.removals.all()
    if any(row.is_open or set(years) <= set(row.years) for row in known):
        return None
    removal = opened(recognition, charge=charge, years=years)
    record(system_actor(), "reviews.removal.suggested", recognition, reason=charge.facts)
    publish(RemovalMoved(removal_id=removal.pk, state=removal.state))
    return removal


def opened(recognition: Recognition, *, charge: Charge, years: Sequence[int]) -> Removal:
    if recognition.state not in LIVING:
        raise WrongState(f"当前为“{recognition.get_state_display()}”，不能取消。")
    if recognition.removals.filter(state__in=sorted(OPEN_REMOVALS)).exists():
        raise WrongState("这项认定的取消程序正在办理，请在原程序中办理。")
    if not charge.facts.strip():
        raise DomainError("请写明事实与理由。", field="facts")
    return Removal.objects.create(
        recognition=recognition,
        state=RemovalState.SUGGESTED,
        exit_code=charge.exit_code,
        facts=charge.facts.strip(),
        basis=charge.basis.strip(),
        years=list(years),
        proposed_at=timezone.now(),
    )


@transaction.atomic
def take_up_removal(*, removal_id: int, charge: Charge, actor: Actor) -> Removal:
    """Check a suggestion of the platform and tell the holder (核实并告知)."""
    removal, recognition = locked_removal(removal_id)
    require_keeper(actor, recognition)
    return told(removal, recognition=recognition, charge=charge, actor=actor)


def told(removal: Removal, *, recognition: Recognition, charge: Charge, actor: Actor) -> Removal:
    """Give the notice: from now the holder's days run."""
    now = timezone.now()
    campaign = recognition.dossier.campaign
    days = campaign.values.days(campaign.content.consequence.reply_days) or 0
    removal.state = table.target("take_up", state=RemovalState(removal.state))
    removal.exit_code, removal.facts = charge.exit_code, charge.facts.strip()
    removal.basis = charge.basis.strip()
    removal.proposed_by_id = actor.user_id
    removal.noticed_at = now
    removal.reply_by = site_deadline(now, working_days=days).due_on
    removal.save()
    for upload in charge.uploads:
        files.store_upload(upload=upload, subject=removal, actor=actor)
    return moved(removal, recognition=recognition, actor=actor, verb="noticed")


def locked_removal(removal_id: int) -> tuple[Removal, Recognition]:
    """The proceeding with its recognition, both locked, the recognition first."""
    recognition_id = Removal.objects.values_list("recognition_id", flat=True).get(pk=removal_id)
    recognition = locked_recognition(recognition_id)
    removal = Removal.objects.select_for_update(of=("self",)).get(pk=removal_id)
    return removal, recognition


def moved(removal: Removal, *, recognition: Recognition, actor: Actor, verb: str) -> Removal:
    reason = removal.decision or removal.facts
    record(actor, f"reviews.removal.{verb}", recognition, reason=reason)
    publish(RemovalMoved(removal_id=removal.pk, state=removal.state))
    return removal


@transaction.atomic
def reply_to_removal(
    *, removal_id: int, text: str, actor: Actor, uploads: Sequence[UploadedFile[bytes]] = ()
) -> Removal:
    """Speak for the holder before the decision (陈述申辩)."""
    removal, recognition = locked_removal(removal_id)
    require_holder(actor, recognition)
    if not text.strip():
        raise DomainError("请写明贵单位的意见。", field="text")
    now = timezone.now()
    removal.state = table.target(
        "reply",
        state=RemovalState(removal.state),
        reply_by=removal.reply_by,
        on=timezone.localdate(now),
    )
    removal.reply, removal.replied_by_id, removal.replied_at = text.strip(), actor.user_id, now
    removal.save(update_fields=["state", "reply", "replied_by", "replied_at"])
    for upload in uploads:
        files.store_upload(upload=upload, subject=removal, actor=actor)
    return moved(removal, recognition=recognition, actor=actor, verb="replied")


@transaction.atomic
def uphold_removal(*, removal_id: int, decision: str, on: datetime.date, actor: Actor) -> Removal:
    """Decide to take the recognition away; another person than who proposed it (决定取消)."""
    removal, recognition = locked_removal(removal_id)
    require_keeper(actor, recognition)
    removal.state = table.target(
        "uphold",
        state=RemovalState(removal.state),
        has_replied=bool(removal.reply),
        reply_by=removal.reply_by,
        on=on,
        is_proposer=removal.proposed_by_id == actor.user_id,
    )
    closing(removal, decision=decision, actor=actor)
    grounds = Grounds(
        reason=removal.decision, basis=removal.basis, exit_code=removal.exit_code, on=on
    )
    ended(recognition, step="remove", kind=ActKind.REMOVE, grounds=grounds, actor=actor)
    removal.act = recognition.acts.latest("pk")
    removal.save()
    ban(recognition, act=removal.act, on=on)
    return moved(removal, recognition=recognition, actor=actor, verb="upheld")


def closing(removal: Removal, *, decision: str, actor: Actor) -> None:
    if not decision.strip():
        raise DomainError("请写明决定的理由，回应对方的陈述。", field="decision")
    removal.decision = decision.strip()
    removal.decided_by_id, removal.decided_at = actor.user_id, timezone.now()


def ban(recognition: Recognition, *, act: RecognitionAct, on: datetime.date) -> Ban | None:
    """Keep the holder from applying again for the scheme's years; open years ban nobody (不得申报).

    Basis: 发改社会〔2019〕590号 for enterprises: five years.
    """
    campaign = recognition.dossier.campaign
    given: Any = campaign.content.consequence
    years = campaign.values.days(given.ban_years)
    bans = next((row.bans for row in given.exits if row.code == act.exit_code), True)
    if not years or not bans or act.exit_code == OTHER_EXIT:
        return None
    return Ban.objects.create(
        scheme=recognition.scheme,
        organisation_id=recognition.holder_id,
        act=act,
        starts_on=on,
        ends_on=years_later(on, years=years),
    )


@transaction.atomic
def drop_removal(*, removal_id: int, decision: str, actor: Actor) -> Removal:
    """Decide that the recognition stays (不予取消)."""
    removal, recognition = locked_removal(removal_id)
    require_keeper(actor, recognition)
    if removal.proposed_by_id is not None and removal.proposed_by_id == actor.user_id:
        raise WrongState("提出取消的人不能作决定。请由本单位另一位统筹或审核人员决定。")
    removal.state = table.target("drop", state=RemovalState(removal.state))
    closing(removal, decision=decision, actor=actor)
    removal.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    return moved(removal, recognition=recognition, actor=actor, verb="dropped")
