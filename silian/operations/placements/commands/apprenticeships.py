"""Draft, file, run and complete apprenticeship programmes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.orders import (
    APPRENTICES_HELD,
    ApprenticeshipState,
)
from silian.operations.placements.commands.numbering import next_number
from silian.operations.placements.events.apprenticeships import ApprenticeshipChanged
from silian.operations.placements.models import Apprenticeship, RotationStep, WageStep
from silian.operations.placements.permissions.apprenticeships import (
    apprenticeships_visible_to,
    require_drafting_clerk,
    require_filer,
    require_side,
)
from silian.operations.placements.queries.apprenticeships import findings_of_programme
from silian.operations.placements.workflow.apprenticeship import apprenticeship as steps
from silian.registers.organisations.models import Organisation

WRITABLE = frozenset({ApprenticeshipState.DRAFT, ApprenticeshipState.RETURNED})
CARD = (
    "scheme",
    "title",
    "enterprise",
    "school",
    "programme",
    "occupation",
    "level",
    "months",
    "theory_hours",
    "practice_hours",
    "is_pilot",
    "terms",
    "starts_on",
    "ends_on",
)
"""What either side writes of a programme before it is filed."""


@transaction.atomic
def draft_apprenticeship(
    *, actor: Actor, card: Mapping[str, Any], today: datetime.date
) -> Apprenticeship:
    """Start a programme between an enterprise and a school (起草学徒培养项目)."""
    require_drafting_clerk(actor)
    row = Apprenticeship(number=next_number(Apprenticeship, prefix="XT", year=today.year))
    write_card(row, card, actor=actor)
    row.save()
    record(actor, "placements.apprenticeship.drafted", row)
    return row


def write_card(row: Apprenticeship, card: Mapping[str, Any], *, actor: Actor) -> None:
    for name in CARD:
        setattr(row, name, card[name])
    if actor.organisation_id not in (row.enterprise_id, row.school_id):
        raise NotAllowed("只能起草本单位参加的学徒培养项目。")
    if row.ends_on <= row.starts_on:
        raise DomainError("终止日应晚于起始日。", field="ends_on")
    if row.programme is not None and row.programme.school_id != row.school_id:
        raise DomainError("这个专业不属于所选院校。", field="programme")
    row.division_id = Organisation.objects.get(pk=row.enterprise_id).division_id


def locked_apprenticeship(apprenticeship_id: int, *, actor: Actor) -> Apprenticeship:
    rows = apprenticeships_visible_to(actor).select_related("enterprise", "school")
    return rows.select_for_update(of=("self",)).get(pk=apprenticeship_id)


def writable(apprenticeship_id: int, *, actor: Actor) -> Apprenticeship:
    row = locked_apprenticeship(apprenticeship_id, actor=actor)
    require_side(actor, row)
    if row.state not in WRITABLE:
        raise WrongState("项目已提交备案，内容不能再改。确需修改的，请主管部门退回。")
    return row


@transaction.atomic
def revise_apprenticeship(
    *, apprenticeship_id: int, actor: Actor, card: Mapping[str, Any]
) -> Apprenticeship:
    """Change a programme that was not submitted yet (修改学徒培养项目)."""
    row = writable(apprenticeship_id, actor=actor)
    write_card(row, card, actor=actor)
    row.save()
    record(actor, "placements.apprenticeship.revised", row)
    return row


@transaction.atomic
def plan_rotation(
    *,
    apprenticeship_id: int,
    actor: Actor,
    places: Sequence[tuple[str, Sequence[str], int, int]],
    wages: Sequence[tuple[int, Decimal]],
) -> Apprenticeship:
    """Set where apprentices work in which months and what they earn (轮岗计划和工资递增).

    ``places`` are (place, tasks, first month, last month); ``wages`` (from month, yuan a month).
    """
    row = writable(apprenticeship_id, actor=actor)
    row.rotation.all().delete()
    row.wage_steps.all().delete()
    RotationStep.objects.bulk_create(
        [
            RotationStep(
                apprenticeship=row,
                order=order,
                place=place,
                tasks=list(tasks),
                first_month=first,
                last_month=last,
            )
            for order, (place, tasks, first, last) in enumerate(places, start=1)
        ]
    )
    WageStep.objects.bulk_create(
        [WageStep(apprenticeship=row, from_month=month, wage=wage) for month, wage in wages]
    )
    record(actor, "placements.apprenticeship.revised", row, detail={"rotation": len(places)})
    return row


def told(row: Apprenticeship, *, step: str, actor: Actor, on: datetime.date) -> Apprenticeship:
    record(actor, f"placements.apprenticeship.{step}", row)
    publish(ApprenticeshipChanged(apprenticeship_id=row.pk, step=step, on=on))
    return row


@transaction.atomic
def submit_apprenticeship(
    *, apprenticeship_id: int, actor: Actor, on: datetime.date
) -> Apprenticeship:
    """Hand the programme to the authority for filing (提交备案)."""
    row = locked_apprenticeship(apprenticeship_id, actor=actor)
    require_side(actor, row)
    row.state = steps.target(
        "submit",
        state=ApprenticeshipState(row.state),
        findings=findings_of_programme(row, on=on),
    )
    row.return_reason = ""
    row.save(update_fields=["state", "return_reason"])
    return told(row, step="submitted", actor=actor, on=on)


@transaction.atomic
def file_apprenticeship(
    *, apprenticeship_id: int, actor: Actor, number: str, on: datetime.date
) -> Apprenticeship:
    """The authority files the programme under a number (备案). Basis: AP-10, AP-12."""
    row = locked_apprenticeship(apprenticeship_id, actor=actor)
    require_filer(actor, row)
    if not number.strip():
        raise DomainError("请填写备案号。", field="filing_number")
    row.state = steps.target("file", state=ApprenticeshipState(row.state))
    row.filing_number, row.filed_on, row.filed_by_id = number.strip(), on, actor.user_id
    row.save(update_fields=["state", "filing_number", "filed_on", "filed_by"])
    return told(row, step="filed", actor=actor, on=on)


@transaction.atomic
def return_apprenticeship(
    *, apprenticeship_id: int, actor: Actor, reason: str, on: datetime.date
) -> Apprenticeship:
    """The authority sends the programme back with what to change (退回修改)."""
    row = locked_apprenticeship(apprenticeship_id, actor=actor)
    require_filer(actor, row)
    row.state = steps.target("return", state=ApprenticeshipState(row.state), reason=reason)
    row.return_reason = reason.strip()
    row.save(update_fields=["state", "return_reason"])
    return told(row, step="returned", actor=actor, on=on)


@transaction.atomic
def start_apprenticeship(
    *, apprenticeship_id: int, actor: Actor, on: datetime.date
) -> Apprenticeship:
    """Begin the training of a filed programme (开始培养)."""
    row = locked_apprenticeship(apprenticeship_id, actor=actor)
    require_side(actor, row)
    if on < row.starts_on:
        raise DomainError(f"培养自 {row.starts_on} 起，还不能开始。")
    row.state = steps.target("start", state=ApprenticeshipState(row.state))
    row.save(update_fields=["state"])
    return told(row, step="started", actor=actor, on=on)


@transaction.atomic
def complete_apprenticeship(
    *, apprenticeship_id: int, actor: Actor, experience: str, on: datetime.date
) -> Apprenticeship:
    """End a programme all of whose apprentices have a result (完成培养).

    A pilot leaves its experience for others to copy (试点先行、逐步推广).
    """
    row = locked_apprenticeship(apprenticeship_id, actor=actor)
    require_side(actor, row)
    if row.is_pilot and not experience.strip():
        raise DomainError("试点项目请写明可复制的经验。", field="experience")
    undecided = row.apprentices.filter(state__in=sorted(APPRENTICES_HELD)).count()
    row.state = steps.target("complete", state=ApprenticeshipState(row.state), undecided=undecided)
    row.experience, row.closed_on = experience.strip(), on
    row.save(update_fields=["state", "experience", "closed_on"])
    return told(row, step="completed", actor=actor, on=on)


@transaction.atomic
def stop_apprenticeship(
    *, apprenticeship_id: int, actor: Actor, reason: str, on: datetime.date
) -> Apprenticeship:
    """Give the programme up; nobody may be left in training (终止项目)."""
    row = locked_apprenticeship(apprenticeship_id, actor=actor)
    require_side(actor, row)
    if row.apprentices.filter(state__in=sorted(APPRENTICES_HELD)).exists():
        raise WrongState("项目还有在培学徒，不能终止。请先为每名学徒登记去向。")
    row.state = steps.target("stop", state=ApprenticeshipState(row.state), reason=reason)
    row.return_reason, row.closed_on = reason.strip(), on
    row.save(update_fields=["state", "return_reason", "closed_on"])
    return told(row, step="stopped", actor=actor, on=on)
