"""Start a bulletin: freeze the data, open the draft, let a worker make the files."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.casework.publications.choices import EditionState
from silian.casework.publications.commands.drafting import draft_edition
from silian.casework.publications.models import Edition
from silian.composition.reports.choices import BULLETIN
from silian.composition.reports.permissions import may_make_bulletin
from silian.composition.reports.queries.bulletin import bulletin_snapshot, month_period
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.jobs import start_job
from silian.foundation.kernel.models import Job
from silian.foundation.reference.models import Division

JOB = "reports.bulletin"


@transaction.atomic
def start_bulletin(*, division: str, on: datetime.date, actor: Actor, today: datetime.date) -> Job:
    """Freeze the position of a day and start the bulletin made from it (编制工作简报)."""
    if not may_make_bulletin(actor):
        raise NotAllowed("工作简报由牵头部门的统筹人员编制。请联系本地牵头部门。")
    if on > today:
        raise DomainError("数据截至日不能晚于今天。", field="on")
    refuse_second_draft(division=division, actor=actor)
    edition = draft_bulletin(division=division, on=on, actor=actor)
    record(actor, "reports.bulletin.started", edition)
    return start_job(kind=JOB, title=f"编制{edition.title}", actor=actor, edition_id=edition.pk)


def refuse_second_draft(*, division: str, actor: Actor) -> None:
    """One bulletin at a time: a second draft would take a number for nothing."""
    draft = Edition.objects.filter(
        kind=BULLETIN,
        division_id=division,
        organisation_id=actor.organisation_id or 0,
        state=EditionState.DRAFT,
    ).first()
    if draft is not None:
        raise DomainError(f"{draft.label}简报还是草稿。请先送审，或删除草稿后再编制。")


def draft_bulletin(
    *,
    division: str,
    on: datetime.date,
    actor: Actor,
    organisation_id: int | None = None,
    is_demo: bool = False,
) -> Edition:
    """The draft with its frozen data, still without files (简报草稿)."""
    place = Division.objects.get(pk=division)
    issuer = actor.organisation_name
    snapshot = bulletin_snapshot(division=place, on=on, actor=actor, issuer=issuer)
    said = snapshot["bulletin"]
    return draft_edition(
        kind=BULLETIN,
        division=division,
        title=bulletin_title(place.name, on),
        summary=f"{said['headline']}{said['second']}",
        snapshot=snapshot,
        period=month_period(on),
        actor=actor,
        on=on,
        organisation_id=organisation_id,
        is_demo=is_demo,
    )


def bulletin_title(place: str, on: datetime.date) -> str:
    """
    >>> bulletin_title("青澜市", datetime.date(2026, 3, 31))
    '青澜市2026年3月产教融合推进情况'
    """
    return f"{place}{on.year}年{on.month}月产教融合推进情况"
