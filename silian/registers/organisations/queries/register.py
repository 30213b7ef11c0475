"""Reads of the register: directory, likeness, heirs, queue and history."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.kernel.models import AuditEntry
from silian.foundation.kernel.site_calendar import site_calendar
from silian.registers.organisations import rules
from silian.registers.organisations.choices import (
    OrganisationState,
    RenamingState,
)
from silian.registers.organisations.models.organisation import Organisation, Renaming

MOST_HEIRS = 20
MOST_CANDIDATES = 500
MOST_SIMILAR = 5
HISTORY_SHOWN = 50


def heir_of(organisation: Organisation) -> Organisation:
    """The organisation that stands for this one today: itself, or its last heir (承接单位)."""
    present = organisation
    for _ in range(MOST_HEIRS):
        if present.merged_into_id is None:
            return present
        present = Organisation.objects.get(pk=present.merged_into_id)
    raise ValueError(f"the heirs of organisation {organisation.pk} go in a circle")


def similar_organisations(*, name: str, exclude_id: int = 0) -> list[Organisation]:
    """Registered organisations whose name is so like this one that it may be the same."""
    core = rules.name_core(name)
    if len(core) < 2:
        return []
    near = Q(name_core__startswith=core[:2]) | Q(name_core__endswith=core[-2:])
    candidates = Organisation.objects.filter(near).exclude(pk=exclude_id).order_by("pk")
    alike = [
        candidate
        for candidate in candidates[:MOST_CANDIDATES]
        if rules.names_are_similar(core, candidate.name_core)
    ]
    return alike[:MOST_SIMILAR]


def organisation_by_code(uscc: str) -> Organisation | None:
    """The organisation registered under this code."""
    code = rules.compact_uscc(uscc)
    return Organisation.objects.filter(uscc=code).first() if code else None


@dataclass(frozen=True, kw_only=True)
class DirectoryChoice:
    """What a reader of the directory chose; empty means all (筛选条件)."""

    text: str = ""
    kinds: Sequence[str] = ()
    divisions: Sequence[str] = ()
    sections: Sequence[str] = ()
    sizes: Sequence[str] = ()
    states: Sequence[str] = ()


def matching_text(text: str) -> Q:
    """Name, former name, code or pinyin, as people type them."""
    compact = "".join(text.split())
    if not compact:
        return Q()
    return (
        Q(name__icontains=compact)
        | Q(short_name__icontains=compact)
        | Q(uscc__istartswith=compact)
        | Q(name_pinyin__contains=compact.lower())
        | Q(pk__in=Organisation.objects.filter(names__name__icontains=compact).values("pk"))
    )


def conditions(choice: DirectoryChoice) -> dict[str, Q]:
    """One condition a facet, so that each facet counts under the others."""
    divisions = Q()
    for code in choice.divisions:
        divisions |= Q(division__code__startswith=subtree_prefix(code))
    return {
        "text": matching_text(choice.text),
        "kind": Q(kind__in=choice.kinds) if choice.kinds else Q(),
        "division": divisions,
        "section": Q(industry__section__in=choice.sections) if choice.sections else Q(),
        "size": Q(size__in=choice.sizes) if choice.sizes else Q(),
        "state": Q(state__in=choice.states) if choice.states else Q(),
    }


def directory(rows: QuerySet[Organisation], *, choice: DirectoryChoice) -> QuerySet[Organisation]:
    """The organisations that meet every condition."""
    for condition in conditions(choice).values():
        rows = rows.filter(condition)
    return rows.select_related("division", "industry")


FACET_FIELDS = {
    "kind": "kind",
    "division": "division_id",
    "section": "industry__section",
    "size": "size",
    "state": "state",
}


def facet_counts(
    rows: QuerySet[Organisation], *, choice: DirectoryChoice
) -> dict[str, dict[str, int]]:
    """For each facet the number of rows a value would give, the other conditions kept."""
    given = conditions(choice)
    counts: dict[str, dict[str, int]] = {}
    for facet, field in FACET_FIELDS.items():
        others = rows
        for name, condition in given.items():
            if name != facet:
                others = others.filter(condition)
        found = others.order_by().values_list(field).annotate(Count("pk"))
        counts[facet] = {str(value): number for value, number in found if value}
    return counts


def verification_queue(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Of the supervised organisations those that wait, the most urgent first (待核验)."""
    return (
        rows.filter(state=OrganisationState.SUBMITTED)
        .select_related("division", "industry")
        .order_by("verification_due_on", "pk")
    )


def renaming_queue(rows: QuerySet[Renaming]) -> QuerySet[Renaming]:
    """Of the supervised changes of name those that wait (待核验更名)."""
    return (
        rows.filter(state=RenamingState.PENDING)
        .select_related("organisation__division")
        .order_by("due_on", "pk")
    )


def history_of(organisation: Organisation) -> list[AuditEntry]:
    """What was done to an organisation, newest first (办理经过)."""
    return list(
        AuditEntry.objects.filter(
            object_type=organisation._meta.label_lower, object_id=str(organisation.pk)
        ).order_by("-pk")[:HISTORY_SHOWN]
    )


def due_moment(day: datetime.date | None) -> datetime.datetime | None:
    """The midnight that ends a day, in the site's zone: late from then on."""
    if day is None:
        return None
    next_day = day + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(next_day, datetime.time()))


def working_days_left(day: datetime.date | None, *, today: datetime.date) -> int | None:
    """Working days from today to the day, by the site's calendar (剩余工作日)."""
    return site_calendar().between(today, day) if day else None
