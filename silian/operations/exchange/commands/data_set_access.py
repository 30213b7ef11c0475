"""Ask for a data set, answer, read its rows, and join two of them; every reading is logged."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_calendar
from silian.operations.exchange.choices import DataReadingKind, DataRequestState
from silian.operations.exchange.events import DataRequestDecided, DataRequestMade
from silian.operations.exchange.gateways.data_join import JoinResult, Keyed, join_tables
from silian.operations.exchange.models.data_set import (
    DataEdition,
    DataReading,
    DataRequest,
    DataSet,
)
from silian.operations.exchange.permissions.data_sets import (
    data_requests_visible_to,
    data_sets_visible_to,
    is_official,
    owns,
    require_data_writer,
    require_owner,
)
from silian.operations.exchange.permissions.negotiations import side_of
from silian.operations.exchange.queries.data_sets import (
    latest_edition,
    reason_actor_may_not_read,
    specs_of,
)
from silian.operations.exchange.rules.data_set_access import (
    ANSWER_DAYS,
    reason_grant_unfit,
    reason_no_request,
)
from silian.operations.exchange.rules.data_set_rows import (
    FieldSpec,
    key_digest,
    readable_places,
)
from silian.operations.exchange.rules.negotiation_clocks import due_after

NO_EDITION = "还没有数据入库，提供单位更新后才能读取。"


@transaction.atomic
def request_data(
    *, data_set_id: int, purpose: str, actor: Actor, now: datetime.datetime
) -> DataRequest:
    """Ask the owner for a conditional data set, with the purpose (申请共享)."""
    data_set = data_sets_visible_to(actor).select_for_update(of=("self",)).get(pk=data_set_id)
    waiting = data_set.requests.filter(
        organisation_id=side_of(actor), state=DataRequestState.WAITING
    ).exists()
    sentence = reason_no_request(
        terms=data_set.terms,
        own=owns(actor, data_set),
        official=is_official(actor),
        purpose=purpose,
        waiting=waiting,
    )
    if sentence:
        raise DomainError(sentence, field="purpose") if is_official(actor) else NotAllowed(sentence)
    request = DataRequest.objects.create(
        data_set=data_set,
        organisation_id=side_of(actor),
        purpose=purpose.strip()[:1000],
        asked_at=now,
        asked_by_id=actor.user_id,
        due_at=due_after(timezone.localtime(now), days=ANSWER_DAYS, calendar=site_calendar()),
    )
    record(actor, "exchange.data_set.requested", data_set, reason=purpose)
    publish(DataRequestMade(request_id=request.pk))
    return request


@transaction.atomic
def decide_data_request(
    *,
    request_id: int,
    approve: bool,
    reason: str,
    ends_on: datetime.date | None,
    actor: Actor,
    now: datetime.datetime,
) -> DataRequest:
    """Grant until a day, or refuse with a reason (答复申请)."""
    rows = data_requests_visible_to(actor).select_related("data_set")
    request = rows.select_for_update(of=("self",)).get(pk=request_id)
    require_owner(actor, request.data_set)
    if request.state != DataRequestState.WAITING:
        raise WrongState(f"当前为“{request.get_state_display()}”，不能再答复。")
    if approve and (sentence := reason_grant_unfit(ends_on=ends_on, today=timezone.localdate(now))):
        raise DomainError(sentence, field="ends_on")
    if not approve and not reason.strip():
        raise DomainError("请写明不同意的理由和改法，申请单位会看到。", field="reason")
    request.state = DataRequestState.APPROVED if approve else DataRequestState.REFUSED
    request.ends_on = ends_on if approve else None
    request.reason, request.decided_at = reason.strip()[:300], now
    request.decided_by_id = actor.user_id
    request.save(update_fields=["state", "ends_on", "reason", "decided_at", "decided_by"])
    record(actor, "exchange.data_set.request_decided", request.data_set, reason=reason)
    publish(DataRequestDecided(request_id=request.pk))
    return request


@dataclass(frozen=True, kw_only=True)
class ReadRows:
    """Rows that may leave their owner, under their headings."""

    edition: DataEdition
    headings: list[str]
    rows: list[list[str]]


def readable_edition(
    *, data_set_id: int, actor: Actor, today: datetime.date
) -> tuple[DataSet, DataEdition]:
    """The latest edition when the actor may read it; refuses with the reason otherwise."""
    data_set = data_sets_visible_to(actor).get(pk=data_set_id)
    sentence = reason_actor_may_not_read(data_set=data_set, actor=actor, today=today)
    if sentence:
        raise NotAllowed(sentence)
    edition = latest_edition(data_set)
    if edition is None:
        raise WrongState(NO_EDITION)
    return data_set, edition


@transaction.atomic
def read_edition(
    *, data_set_id: int, actor: Actor, now: datetime.datetime, purpose: str = ""
) -> ReadRows:
    """The rows of the latest edition without personal fields; the reading is logged (下载)."""
    today = timezone.localdate(now)
    data_set, edition = readable_edition(data_set_id=data_set_id, actor=actor, today=today)
    specs = specs_of(data_set)
    places = readable_places(specs)
    log_reading(edition, kind=DataReadingKind.DOWNLOAD, actor=actor, purpose=purpose, now=now)
    return ReadRows(
        edition=edition,
        headings=[specs[place].name for place in places],
        rows=[[row[place] for place in places] for row in edition.rows],
    )


def log_reading(
    edition: DataEdition,
    *,
    kind: DataReadingKind,
    actor: Actor,
    purpose: str,
    now: datetime.datetime,
) -> None:
    DataReading.objects.create(
        edition=edition,
        kind=kind,
        organisation_id=actor.organisation_id,
        user_id=actor.user_id,
        purpose=purpose[:300] or "公开下载",
        row_count=edition.row_count,
        read_at=now,
    )
    detail = {"edition": edition.number, "rows": edition.row_count}
    record(actor, f"exchange.data_set.{kind}", edition.data_set, reason=purpose, detail=detail)


@dataclass(frozen=True, kw_only=True)
class Joined:
    """How far two data sets meet, under the headings that may be shown."""

    headings: list[str]
    result: JoinResult


@transaction.atomic
def join_data_sets(
    *, first_id: int, second_id: int, purpose: str, actor: Actor, now: datetime.datetime
) -> Joined:
    """Join two data sets by the digest of their keys and show counts and a preview (关联比对).

    Personal fields take part as digests only; they are neither shown nor kept.
    """
    require_data_writer(actor)
    if first_id == second_id:
        raise DomainError("请选择两个不同的数据集。", field="second")
    if not purpose.strip():
        raise DomainError("请写明关联的用途，双方提供单位会看到。", field="purpose")
    today = timezone.localdate(now)
    headings: list[str] = []
    tables: list[Keyed] = []
    for data_set_id in (first_id, second_id):
        data_set, edition = readable_edition(data_set_id=data_set_id, actor=actor, today=today)
        specs = specs_of(data_set)
        places = [place for place in readable_places(specs) if not specs[place].is_key]
        headings += [f"{data_set.title}·{specs[place].name}" for place in places]
        tables.append(keyed_rows(edition.rows, specs=specs, places=places))
        log_reading(edition, kind=DataReadingKind.JOIN, actor=actor, purpose=purpose, now=now)
    return Joined(headings=headings, result=join_tables(first=tables[0], second=tables[1]))


def keyed_rows(
    rows: Sequence[Sequence[str]], *, specs: Sequence[FieldSpec], places: Sequence[int]
) -> Keyed:
    """The rows cut to what may be shown, with the digest of their key."""
    key = next((place for place, field in enumerate(specs) if field.is_key), None)
    if key is None:
        raise DomainError("所选数据集没有登记关联项，不能关联。")
    return Keyed(
        keys=[key_digest(row[key], secret=settings.SECRET_KEY) if row[key] else "" for row in rows],
        rows=[[row[place] for place in places] for row in rows],
    )
