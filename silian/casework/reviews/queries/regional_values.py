"""A region's own values of a scheme's parameters, from its rulebook (地区数值)."""

from __future__ import annotations

from silian.casework.reviews.gateways.rulebooks import built_in_schemes
from silian.casework.reviews.models import SchemeVersion
from silian.foundation.reference.models import Division

Override = dict[str, str]


def regional_overrides(*, scheme: str, division: Division) -> dict[str, Override]:
    """What the rulebooks of a region and of those above it say otherwise, the nearest first.

    A batch takes them over as its own values with reason and basis; ``division`` is the region
    whose rulebook says so.
    """
    built_in = built_in_schemes().get(scheme)
    found: dict[str, Override] = {}
    for code in division.path:  # widest first, so that the nearest has the last word
        for row in built_in.overrides if built_in else ():
            if row["division"] == code:
                found[row["parameter"]] = {
                    "value": row["value"],
                    "reason": row["reason"],
                    "basis": " ".join((row["document"], row["clause"])),
                    "division": code,
                }
    return found


def starting_overrides(version: SchemeVersion, *, division_id: str) -> dict[str, Override]:
    """The regional values with which a batch of a division begins, of parameters that it has.

    A number that the draft of the scheme no longer names is left out.
    """
    division = Division.objects.get(pk=division_id)
    known = {row.code for row in version.content.parameters}
    found = regional_overrides(scheme=version.scheme.code, division=division)
    return {code: said for code, said in found.items() if code in known}
