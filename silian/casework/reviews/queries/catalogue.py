"""The public register of the recognised, and of those removed (认证目录、储备库)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf, Substr

from silian.casework.publications.choices import PUBLIC_STATES
from silian.casework.publications.models import Edition
from silian.casework.reviews.choices.recognitions import RecognitionState
from silian.casework.reviews.models import Recognition, Scheme
from silian.casework.reviews.rules.definition import Values
from silian.casework.reviews.rules.recognitions import months_later, public_name

EDITION_KIND = "recognitions"
SHOWN = (
    RecognitionState.CERTIFIED,
    RecognitionState.WARNED,
    RecognitionState.INCUBATING,
    RecognitionState.SUSPENDED,
)
RELATED = ("scheme", "holder__industry", "division", "dossier")


def catalogue_rows(*, on: datetime.date) -> QuerySet[Recognition]:
    """Every status that stands on a day; one whose term is over is out at once (现行目录)."""
    open_term = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    rows = Recognition.objects.filter(open_term, state__in=SHOWN, entered_on__lte=on)
    return with_columns(rows)


def with_columns(rows: QuerySet[Recognition]) -> QuerySet[Recognition]:
    """Rows with what the catalogue filters by: size, industry division."""
    size: Any = Coalesce(NullIf(F("dossier__size"), Value("")), F("holder__size"))
    trade = Substr("holder__industry__code", 1, 2)
    return rows.select_related(*RELATED).annotate(
        shown_size=Case(
            When(dossier__person__isnull=False, then=Value("")),
            default=size,
            output_field=CharField(),
        ),
        trade=trade,
    )


def counts_by(rows: QuerySet[Recognition], field: str) -> dict[str, int]:
    """How many rows have each value of a field, for the boxes beside the list."""
    found = rows.order_by().values(field).annotate(number=Count("pk")).values_list(field, "number")
    return {str(value): number for value, number in found}


@dataclass(frozen=True, kw_only=True)
class Removed:
    """Those taken away that are shown, and how many of each scheme are not (已取消名单).

    ``hidden`` counts by scheme where nobody set how long they are shown (未设定).
    """

    rows: list[Recognition]
    hidden: dict[str, int]


def removed_recognitions(*, on: datetime.date) -> Removed:
    """Those taken away, as long as their scheme says that they are shown (已取消名单).

    Basis: 发改社会〔2019〕590号 sets five years without applying and no time on a public list, so a
    scheme that says nothing names nobody and the page says so.
    """
    rows = Recognition.objects.filter(state=RecognitionState.REMOVED, ended_on__lte=on)
    found = (
        with_columns(rows)
        .select_related(*RELATED, "dossier__campaign__version")
        .order_by("-ended_on", "-pk")
    )
    months = {row.pk: months_of(row) for row in found}
    return Removed(
        rows=[row for row in found if is_shown_removed(row, months=months[row.pk], on=on)],
        hidden=dict(Counter(row.scheme.title for row in found if months[row.pk] is None)),
    )


def months_of(row: Recognition) -> int | None:
    campaign = row.dossier.campaign
    return campaign.values.days(campaign.content.consequence.removed_shown_months)


def is_shown_removed(row: Recognition, *, months: int | None, on: datetime.date) -> bool:
    return bool(months and row.ended_on and on < months_later(row.ended_on, months=months))


def schemes_that_hide_removed() -> QuerySet[Scheme]:
    """Schemes whose published version does not say how long removed ones are shown (未设定)."""
    rows = Scheme.objects.filter(versions__state="published").prefetch_related("versions")
    hidden = [row.pk for row in rows if not shown_months(row)]
    return Scheme.objects.filter(pk__in=hidden)


def shown_months(scheme: Scheme) -> int | None:
    for version in scheme.versions.all():
        if version.state == "published":
            values = Values(definition=version.content)
            return values.days(version.content.consequence.removed_shown_months)
    return None


def shown_subject(row: Recognition) -> str:
    """The subject for strangers."""
    return public_name(row.subject_name, is_person=row.dossier.person_id is not None)


def catalogue_editions() -> QuerySet[Edition]:
    """The catalogues that were published, newest first (历期目录)."""
    rows = Edition.objects.filter(kind=EDITION_KIND, state__in=PUBLIC_STATES)
    return (
        rows.select_related("division", "organisation")
        .defer("snapshot")
        .order_by("-published_at", "-pk")
    )


def snapshot_of(rows: QuerySet[Recognition]) -> Mapping[str, Any]:
    """The catalogue of a scheme as the snapshot of an edition: a section for each state."""
    entries: dict[str, list[dict[str, Any]]] = {state: [] for state in SHOWN}
    for row in rows.order_by("number"):
        entries[row.state].append(
            {"key": row.number, "title": shown_subject(row), "values": values_of(row)}
        )
    fields = [
        ["holder", "单位"],
        ["division", "所在区划"],
        ["since", "起始日"],
        ["until", "有效期至"],
    ]
    sections = [
        {
            "key": state.value,
            "title": state.label,
            "fields": fields,
            "entries": entries[state],
        }
        for state in SHOWN
        if entries[state]
    ]
    return {"sections": sections}


def values_of(row: Recognition) -> dict[str, str]:
    last = row.valid_until - datetime.timedelta(days=1) if row.valid_until else None
    return {
        "holder": row.holder.name,
        "division": row.division.name,
        "since": str(row.certified_on or row.entered_on),
        "until": str(last) if last else "未设定",
    }
