"""Which codes of the catalogues exist: looked up once for any number of listings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from silian.foundation.reference.choices import Catalogue
from silian.foundation.reference.queries.entries import usable_entries


@dataclass(frozen=True, kw_only=True)
class KnownCodes:
    """The codes among those asked for that may be used today (可用代码)."""

    divisions: frozenset[str]
    industries: frozenset[str]
    occupations: frozenset[str]
    majors: frozenset[str]


def known_codes(
    *,
    divisions: Iterable[str],
    industries: Iterable[str],
    occupations: Iterable[str],
    majors: Iterable[str],
) -> KnownCodes:
    """Four questions at most, however many listings."""
    return KnownCodes(
        divisions=usable(Catalogue.DIVISION, divisions),
        industries=usable(Catalogue.INDUSTRY, industries),
        occupations=usable(Catalogue.OCCUPATION, occupations),
        majors=usable(Catalogue.MAJOR, majors),
    )


def usable(catalogue: str, codes: Iterable[str]) -> frozenset[str]:
    wanted = {code for code in codes if code}
    if not wanted:
        return frozenset()
    entries = usable_entries(catalogue=catalogue).filter(code__in=wanted)
    return frozenset(entries.order_by().values_list("code", flat=True))
