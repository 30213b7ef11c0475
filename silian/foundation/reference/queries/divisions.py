"""Divisions: found in a text, followed through their changes, listed for a parser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import CharField, F, Q, QuerySet, Value

from silian.foundation.reference.choices import CrosswalkBasis, DivisionKind
from silian.foundation.reference.models import Crosswalk, Division
from silian.foundation.reference.queries.links import main_successors

LONGEST_SUCCESSION = 8
DEMONSTRATION_MARK = "（演示）"
BETWEEN_NAMES = re.compile(r"[\s\-—/·,，、|>]+")


def subtree(code: str) -> QuerySet[Division]:
    """The division and everything below it (辖区)."""
    return Division.objects.below(code)


@dataclass(frozen=True, kw_only=True)
class DivisionRow:
    """A division for a parser of addresses, which knows no database (区划表)."""

    code: str
    name: str
    short_name: str
    level: int
    parent: str
    aliases: tuple[str, ...]
    successor: str


def division_table() -> list[DivisionRow]:
    """All divisions but filler rows, ended ones with their main successor."""
    successors = main_successors()
    rows = Division.objects.exclude(kind=DivisionKind.FILLER).order_by("code")
    return [
        DivisionRow(
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            level=row.level,
            parent=row.parent_id or "",
            aliases=tuple(row.aliases),
            successor=successors.get(row.code, ""),
        )
        for row in rows
    ]


def successors_of(code: str) -> list[Division]:
    """The divisions that took over directly from an ended one (承接区划)."""
    links = Crosswalk.objects.filter(basis=CrosswalkBasis.DIVISION_CHANGE, source_key=code)
    keys = list(links.order_by("-weight", "pk").values_list("target_key", flat=True))
    found = Division.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def successor_of(code: str) -> Division | None:
    """The division in force that stands for ``code`` today; itself when nothing ended it."""
    for _ in range(LONGEST_SUCCESSION):
        division = Division.objects.filter(pk=code).first()
        if division is None or division.valid_to is None:
            return division
        following = successors_of(code)
        if not following:
            return None
        code = following[0].code
    return None


def division_named(text: str, *, within: str = "") -> Division | None:
    """The division that a text names, whole or as a chain (云南省曲靖市麒麟区), or None.

    A name that several divisions share at the same level is none of them unless ``within`` or
    the chain decides. Divisions in force come before ended ones, real ones before the
    demonstration province.
    """
    text = BETWEEN_NAMES.sub("", text.replace(DEMONSTRATION_MARK, ""))
    if not text:
        return None
    found = beginnings(text, within=within)
    for division, length in found:
        if length < len(text) and division.code != within:
            deeper = division_named(text[length:], within=division.code)
            if deeper:
                return deeper
    return only_best([division for division, length in found if length == len(text)])


def beginnings(text: str, *, within: str) -> list[tuple[Division, int]]:
    """Divisions whose name begins the text, with the length used; the longest first."""
    scope = Division.objects.exclude(kind=DivisionKind.FILLER)
    if within:
        scope = scope.below(within).exclude(pk=within)
    starts = scope.annotate(text=Value(text, output_field=CharField())).filter(
        Q(text__startswith=F("name"))
        | (~Q(short_name="") & Q(text__startswith=F("short_name")))
        | Q(aliases__overlap=[text[:size] for size in range(2, len(text) + 1)])
    )
    pairs = [
        (division, max(len(name) for name in called(division) if text.startswith(name)))
        for division in starts
    ]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0].level, pair[0].code))


def called(division: Division) -> Iterable[str]:
    return (name for name in (division.name, division.short_name, *division.aliases) if name)


def only_best(divisions: Sequence[Division]) -> Division | None:
    """The one best division: in force, real, broadest; None when two are equally good."""
    if not divisions:
        return None

    def standing(division: Division) -> tuple[bool, bool, int]:
        return (division.valid_to is not None, division.is_demonstration, division.level)

    best = min(standing(division) for division in divisions)
    winners = [division for division in divisions if standing(division) == best]
    return winners[0] if len(winners) == 1 else None


def site_region_name() -> str:
    """The name of the region that this site serves (本站地区), or an empty string."""
    region = Division.objects.filter(pk=settings.SITE_JURISDICTION or "").first()
    return region.name if region else ""
