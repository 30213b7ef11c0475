"""The catalogue of data sets: what there is, how fresh, who may read it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.choices import DataRequestState
from silian.operations.exchange.models.data_set import (
    DataEdition,
    DataReading,
    DataRequest,
    DataSet,
)
from silian.operations.exchange.permissions.data_sets import (
    data_readings_visible_to,
    data_requests_visible_to,
    may_write_data,
)
from silian.operations.exchange.permissions.negotiations import side_of
from silian.operations.exchange.rules.data_set_access import days_overdue, reason_not_readable
from silian.operations.exchange.rules.data_set_rows import FieldSpec

SHOWN = 50


def data_sets_for_list(rows: QuerySet[DataSet]) -> QuerySet[DataSet]:
    """With what a list shows: owner, region, rows of the latest edition, number of fields."""
    latest = DataEdition.objects.filter(data_set=OuterRef("pk")).order_by("-number")
    return rows.select_related("owner", "division").annotate(
        row_total=Coalesce(Subquery(latest.values("row_count")[:1]), 0),
        field_count=Count("fields", distinct=True),
    )


def specs_of(data_set: DataSet) -> list[FieldSpec]:
    """The declared fields as the rules see them, in order."""
    return [
        FieldSpec(
            name=field.name,
            type=field.type,
            required=field.required,
            sensitivity=field.sensitivity,
            is_key=field.is_key,
        )
        for field in data_set.fields.all()
    ]


def latest_edition(data_set: DataSet) -> DataEdition | None:
    return data_set.editions.order_by("-number").first()


def granted_until(*, data_set: DataSet, actor: Actor) -> datetime.date | None:
    """Until when the actor's organisation was granted the data; None when it never was."""
    rows = data_requests_visible_to(actor).filter(
        data_set=data_set, organisation_id=side_of(actor), state=DataRequestState.APPROVED
    )
    return rows.order_by("-ends_on").values_list("ends_on", flat=True).first()


def reason_actor_may_not_read(
    *, data_set: DataSet, actor: Actor, today: datetime.date
) -> str | None:
    """Why the actor may not read the rows, or None; pages show the same sentence."""
    return reason_not_readable(
        terms=data_set.terms,
        own=may_write_data(actor) and data_set.owner_id == side_of(actor),
        withdrawn=data_set.withdrawn_at is not None,
        granted_until=granted_until(data_set=data_set, actor=actor),
        today=today,
    )


def late_by(data_set: DataSet, *, today: datetime.date) -> int:
    """By how many days the next edition is late."""
    return days_overdue(
        refreshed_on=data_set.refreshed_on,
        refresh_days=data_set.refresh_days,
        registered_on=timezone.localdate(data_set.registered_at),
        today=today,
    )


def stale_data_sets(actor: Actor, *, today: datetime.date) -> list[DataSet]:
    """One's own data sets whose refresh is overdue (待更新)."""
    if not may_write_data(actor):
        return []
    rows = DataSet.objects.filter(owner_id=side_of(actor), withdrawn_at__isnull=True)
    return [
        row
        for row in rows.order_by(F("refreshed_on").asc(nulls_first=True))
        if late_by(row, today=today)
    ]


def requests_to_decide(actor: Actor) -> QuerySet[DataRequest]:
    """The requests that wait for the actor's organisation (待答复)."""
    rows = data_requests_visible_to(actor).filter(
        data_set__owner_id=side_of(actor), state=DataRequestState.WAITING
    )
    return rows.select_related("organisation", "data_set").order_by("due_at", "pk")


def requests_about(*, data_set: DataSet, actor: Actor) -> Sequence[DataRequest]:
    """The requests for a data set that the actor may see, newest first."""
    rows = data_requests_visible_to(actor).filter(data_set=data_set)
    return list(rows.select_related("organisation").order_by("-asked_at")[:SHOWN])


def readings_of(*, data_set: DataSet, actor: Actor) -> Sequence[DataReading]:
    """The last readings, for the owner (读取记录)."""
    rows = data_readings_visible_to(actor).filter(edition__data_set=data_set)
    return list(rows.select_related("organisation", "user", "edition").order_by("-read_at")[:SHOWN])


def joinable(rows: QuerySet[DataSet], *, actor: Actor, today: datetime.date) -> list[DataSet]:
    """The data sets with a key that the actor may read now."""
    granted = Q(terms="open", withdrawn_at__isnull=True) | Q(owner_id=side_of(actor))
    granted |= Q(
        requests__organisation_id=side_of(actor),
        requests__state=DataRequestState.APPROVED,
        requests__ends_on__gt=today,
    )
    keyed = rows.filter(granted, fields__is_key=True, editions__isnull=False)
    return list(keyed.distinct().order_by("title"))
