"""N04, N47: how many posts an organisation offers, and who is the liaison (实习岗位供给).

Not to be confused with IN-11, which caps how many interns a host takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from silian.operations.placements.choices.hosts import (
    Severity,
)
from silian.operations.placements.rules.prohibitions.limits import Limit

HUNDRED = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What was declared, against what the region asks (供给情况)."""

    offered: int
    posts: int
    wanted_share: Decimal | None
    force: str = ""

    @property
    def share(self) -> Decimal | None:
        """Offered posts in per cent of technical and business posts."""
        if self.posts == 0:
            return None
        return (HUNDRED * self.offered / self.posts).quantize(Decimal("0.1"))

    @property
    def wanted(self) -> int | None:
        """How many posts the share means; None while the region sets none (未设定)."""
        if self.wanted_share is None:
            return None
        return int((self.wanted_share * self.posts).to_integral_value(rounding=ROUND_CEILING))

    @property
    def short(self) -> int:
        """How many posts are missing (差距)."""
        return 0 if self.wanted is None else max(self.wanted - self.offered, 0)

    @property
    def words(self) -> str:
        if self.wanted is None:
            return "比例未设定"
        return f"差距 {self.short} 个" if self.short else "已达到"

    @property
    def tone(self) -> str:
        """A soft duty that is missed is a gap to watch, never a breach."""
        if self.wanted is None:
            return "unset"
        if not self.short:
            return "ok"
        return "late" if self.force == "mandatory" else "watch"


def liaison_words(*, has_liaison: bool, above_scale: bool, limit: Limit | None) -> tuple[str, str]:
    """Tone and words of the liaison: a duty only where a provision says so, and for whom."""
    if has_liaison:
        return "ok", "已明确"
    if limit is None or not above_scale:
        return "unset", "未登记"
    if limit.severity == Severity.BLOCK:
        return "late", "应明确而未明确"
    return "watch", "差距：未明确"
