"""Notes in the trail that a paper with pay left the platform."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record


def note_pack(*, actor: Actor, year: int) -> None:
    """Note that a host took its pack of a year (导出备查材料)."""
    record(actor, "placements.evidence.exported", detail={"year": year})
