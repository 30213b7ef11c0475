"""How what was read for an item is kept frozen (固化取值)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from silian.casework.reviews.registry import Reading
from silian.foundation.kernel.typed_values import plain


def frozen(reading: Reading) -> dict[str, Any]:
    """The reading as JSON; numbers as text, so that nothing is rounded (固化取值)."""
    said: dict[str, Any] = {
        "value": text_of(reading.value),
        "choice": reading.choice,
        "counts": {level: plain(number) for level, number in reading.counts.items()},
        "entries": [list(entry) for entry in reading.entries],
        "per": text_of(reading.per),
        "best": text_of(reading.best),
        "words": reading.words,
        "unit": reading.unit,
        "origin": reading.origin,
        "period": reading.period,
        "definition": reading.definition,
    }
    return {name: kept for name, kept in said.items() if kept not in (None, "", {}, [])}


def thawed(kept: Mapping[str, Any]) -> Reading:
    """The reading that was frozen."""
    return Reading(
        value=number_of(kept.get("value")),
        choice=kept.get("choice", ""),
        counts={level: Decimal(said) for level, said in kept.get("counts", {}).items()},
        entries=tuple((name, level) for name, level in kept.get("entries", [])),
        per=number_of(kept.get("per")),
        best=number_of(kept.get("best")),
        words=kept.get("words", ""),
        unit=kept.get("unit", ""),
        origin=kept.get("origin", ""),
        period=kept.get("period", ""),
        definition=kept.get("definition", ""),
    )


def text_of(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def number_of(said: Any) -> Decimal | None:
    return None if said in (None, "") else Decimal(str(said))
