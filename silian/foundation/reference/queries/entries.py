"""Entries of any catalogue: looked up, searched, dated."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, CharField, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from silian.foundation.reference.choices import Catalogue, ChangeKind, DivisionKind
from silian.foundation.reference.models import (
    CatalogueVersion,
    Change,
    Division,
    Entry,
    Industry,
    Major,
    Occupation,
)
from silian.foundation.reference.rules.comparison import Stored

MODELS: dict[str, Any] = {
    Catalogue.DIVISION: Division,
    Catalogue.INDUSTRY: Industry,
    Catalogue.OCCUPATION: Occupation,
    Catalogue.MAJOR: Major,
}
MOST_RESULTS = 50


def entry_key(*, version: CatalogueVersion, code: str) -> str:
    """The key of an entry: its code, for majors with the year of the edition before it."""
    return f"{version.edition[:4]}:{code}" if version.catalogue == Catalogue.MAJOR else code


def stored_entries(*, catalogue: str, edition: str) -> dict[str, Stored]:
    """What the database holds of a catalogue, by code; of majors, the edition of that year."""
    entries = MODELS[catalogue].objects.all()
    if catalogue == Catalogue.MAJOR:
        entries = entries.filter(pk__startswith=f"{edition[:4]}:")
    return {
        entry.code: Stored(
            code=entry.code,
            name=entry.name,
            kind=getattr(entry, "kind", DivisionKind.REGULAR),
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            aliases=tuple(entry.aliases),
        )
        for entry in entries
    }


def usable_entries(*, catalogue: str) -> Any:
    """Entries that a form may offer: in force, and no filler rows of statistics."""
    entries = MODELS[catalogue].objects.current()
    if catalogue == Catalogue.DIVISION:
        return entries.exclude(kind=DivisionKind.FILLER)
    if catalogue == Catalogue.MAJOR:
        return entries.select_related("version")
    return entries


def entry_on(*, catalogue: str, code: str, on: datetime.date) -> Any | None:
    """The entry that ``code`` meant on the day, or None when it meant nothing then.

    Major 510102 is looked up in the edition that was in force on the day.
    """
    entries = MODELS[catalogue].objects.in_force(on=on).filter(code=code)
    if catalogue == Catalogue.MAJOR:
        entries = entries.filter(version__valid_from__lte=on).order_by("-version__valid_from")
    return entries.first()


def name_on(*, catalogue: str, entry: Entry, on: datetime.date) -> str:
    """The name that the entry bore on the day: 襄都区 was 桥东区 until 2020."""
    renaming = (
        Change.objects.filter(
            catalogue=catalogue, key=entry.key, kind=ChangeKind.RENAMED, happened_on__gt=on
        )
        .order_by("happened_on")
        .first()
    )
    return renaming.former_name if renaming else entry.name


def ancestors(*, catalogue: str, entry: Entry) -> list[Any]:
    """The entries above, broadest first, without the entry itself."""
    above = MODELS[catalogue].objects.in_bulk([key for key in entry.path if key != entry.key])
    return [above[key] for key in entry.path if key in above]


def full_names(*, catalogue: str, entries: Sequence[Entry]) -> dict[str, str]:
    """By key, the names from the top to the entry: 云南省 · 曲靖市 · 麒麟区; one query."""
    keys = {key for entry in entries for key in entry.path}
    names = dict(MODELS[catalogue].objects.filter(pk__in=keys).values_list("pk", "name"))
    return {
        entry.key: " · ".join(names[key] for key in entry.path if key in names) for entry in entries
    }


def search_entries(
    *,
    catalogue: str,
    text: str,
    limit: int = 20,
    within: str = "",
    level: int | None = None,
    education_level: str = "",
) -> list[Any]:
    """Entries found by name, alias, pinyin, initials or code; the nearest first.

    Of several words the last names the entry and those before it name something above it:
    ``曲靖 麒麟``.
    """
    words = text.replace("\x00", "").split()[-3:]
    entries = usable_entries(catalogue=catalogue)
    if within:
        entries = entries.below(within)
    if level:
        entries = entries.at_level(level)
    if education_level:
        entries = entries.filter(education_level=education_level)
    for word in words[:-1]:
        entries = entries.filter(path__overlap=keys_named(catalogue=catalogue, word=word))
    if words:
        entries = ranked(entries, catalogue=catalogue, word=words[-1])
        nearest = entries.order_by("rank", "level", Length("name"), "code")
        return list(nearest[: min(limit, MOST_RESULTS)])
    return list(entries.order_by("level", "code")[: min(limit, MOST_RESULTS)])


def keys_named(*, catalogue: str, word: str) -> list[str]:
    """Keys of entries whose name or pinyin starts with the word."""
    starts = Q(name__startswith=word) | Q(pinyin__startswith=word.lower())
    return list(MODELS[catalogue].objects.filter(starts).values_list("pk", flat=True)[:200])


def ranked(entries: QuerySet[Any], *, catalogue: str, word: str) -> QuerySet[Any]:
    """Matching entries with their rank: exact, then prefix, then alias, spelling, part."""
    spelt = "".join(sign for sign in word.lower() if sign.isalnum())
    code = searched_code(catalogue=catalogue, word=word)
    tests = [
        Q(code=code) | Q(name=word) | Q(short_name=word),
        Q(aliases__contains=[word]),
        Q(initials=spelt) | Q(pinyin=spelt),
        Q(name__startswith=word),
        Q(code__startswith=code) if code else Q(name=word),
        Q(initials__startswith=spelt) if spelt.isascii() and spelt else Q(name=word),
        Q(pinyin__startswith=spelt) if spelt.isascii() and spelt else Q(name=word),
        Q(name__contains=word),
        Q(all_aliases__icontains=word),
    ]
    joined = Func(F("aliases"), Value(" "), function="array_to_string", output_field=CharField())
    ranks = [When(test, then=Value(place)) for place, test in enumerate(tests)]
    return (
        entries.annotate(all_aliases=joined)
        .filter(reduce(or_, tests))
        .annotate(rank=Case(*ranks, default=Value(len(tests)), output_field=IntegerField()))
    )


def searched_code(*, catalogue: str, word: str) -> str:
    """What may be the beginning of a code: C3612 → 3612, 520101K → 520101; else empty."""
    word = word.upper()
    if catalogue == Catalogue.MAJOR:
        word = word.rstrip("K")
    if catalogue == Catalogue.INDUSTRY and len(word) > 1 and word[0].isalpha():
        word = word[1:]
    looks_like_code = word.replace("-", "").isdigit()
    is_section = catalogue == Catalogue.INDUSTRY and len(word) == 1 and word.isascii()
    return word if looks_like_code or is_section else ""


def changes_of(*, catalogue: str, key: str) -> list[Change]:
    """What happened to an entry, newest first (变更记录)."""
    return list(Change.objects.filter(catalogue=catalogue, key=key))


def entries_called(
    *, catalogue: str, name: str, level: int | None = None, education_level: str = ""
) -> QuerySet[Any]:
    """Current entries with exactly this name, short name or alias."""
    entries = usable_entries(catalogue=catalogue)
    if level:
        entries = entries.at_level(level)
    if education_level:
        entries = entries.filter(education_level=education_level)
    wanted = name.replace("（演示）", "")
    return entries.filter(
        Q(name=wanted) | Q(short_name=wanted) | Q(aliases__contains=[wanted])
    ).order_by("level", "code")
