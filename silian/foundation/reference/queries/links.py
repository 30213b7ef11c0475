"""How entries hang together: crosswalks, closeness, sectors."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from silian.foundation.reference.choices import Catalogue, CrosswalkBasis, Sector
from silian.foundation.reference.models import Crosswalk
from silian.foundation.reference.queries.entries import MODELS
from silian.foundation.reference.rules import closeness as closeness_rules
from silian.foundation.reference.rules import sectors


def main_successors() -> dict[str, str]:
    """By ended division, the successor with the largest share."""
    links = Crosswalk.objects.filter(basis=CrosswalkBasis.DIVISION_CHANGE).order_by("weight", "-pk")
    return dict(links.values_list("source_key", "target_key"))


def crosswalks_of(*, catalogue: str, key: str) -> list[Crosswalk]:
    """Links from and to an entry, the heaviest first (对应关系)."""
    links = Crosswalk.objects.filter(
        Q(source_catalogue=catalogue, source_key=key)
        | Q(target_catalogue=catalogue, target_key=key)
    )
    return list(links.order_by("-weight", "source_key", "target_key"))


def targets_of(*, source: str, key: str, target: str) -> dict[str, float]:
    """By key of the ``target`` catalogue, how strongly the entry maps to it."""
    links = Crosswalk.objects.filter(
        source_catalogue=source, source_key=key, target_catalogue=target
    )
    return {link.target_key: float(link.weight) for link in links}


def closeness(a: str, b: str, *, catalogue: str = Catalogue.INDUSTRY) -> float:
    """How near two codes stand (层级相近度): 小类 1.0, 中类 0.8, 大类 0.5, 门类 0.2."""
    return closeness_rules.closeness(a, b, catalogue=catalogue)


def sector_of(code: str) -> Sector | None:
    """The sector of an industry (三次产业), None for sections that lie in two."""
    return sectors.sector_of(code)


@dataclass(frozen=True, kw_only=True)
class NamedLink:
    """A crosswalk link as seen from one of its ends."""

    link: Crosswalk
    catalogue: str
    key: str
    name: str
    leads_on: bool


def named_links(*, catalogue: str, key: str) -> list[NamedLink]:
    """The links of an entry with the names of their other ends; one query a catalogue."""
    ends = [
        (link, link.target_catalogue, link.target_key, True)
        if (link.source_catalogue, link.source_key) == (catalogue, key)
        else (link, link.source_catalogue, link.source_key, False)
        for link in crosswalks_of(catalogue=catalogue, key=key)
    ]
    names = {
        kind: dict(
            MODELS[kind]
            .objects.filter(pk__in=[end[2] for end in ends if end[1] == kind])
            .values_list("pk", "name")
        )
        for kind in {end[1] for end in ends}
    }
    return [
        NamedLink(
            link=link, catalogue=kind, key=other, name=names[kind].get(other, other), leads_on=on
        )
        for link, kind, other, on in ends
    ]
