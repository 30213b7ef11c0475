"""IN-11: how many interns a host may have, all schools together (接收人数比例).

Not to be confused with N04 and N47, which ask enterprises to offer posts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from silian.operations.placements.rules.prohibitions.declaration import Finding
from silian.operations.placements.rules.prohibitions.limits import Limit, Limits

STAFF_SHARE, POST_SHARE = "intern_share_of_staff", "intern_share_of_post"


@dataclass(frozen=True, kw_only=True)
class PeakCount:
    """The most interns that are there on one day, and the people they are counted against.

    ``base`` is None while the organisation has not declared it (未申报).
    """

    interns: int
    base: int | None

    def most(self, share: Decimal) -> int | None:
        """How many interns the share allows; None while the base is not declared."""
        if self.base is None:
            return None
        return int((share * self.base).to_integral_value(rounding=ROUND_FLOOR))


def share_finding(
    *, count: PeakCount, limits: Limits, provision: str, of_whom: str
) -> Finding | None:
    """What a count says against the share in force: refused, to be explained, or not known."""
    limit = limits.of(provision)
    if limit is None or limit.value is None or count.interns == 0:
        return None
    most = count.most(limit.value)
    if most is None:
        sentence = f"单位没有申报{of_whom}，无法核对 {per_cent(limit)} 的比例。请先申报。"
    elif count.interns <= most:
        return None
    else:
        sentence = (
            f"各校同期实习学生最多 {count.interns} 人，{of_whom} {count.base} 人，"
            f"按 {per_cent(limit)} 最多 {most} 人，多 {count.interns - most} 人。"
        )
    return Finding(
        code="IN-11",
        title=limit.title,
        sentence=sentence,
        severity=limit.severity,
        article=limit.article,
        basis=limit.basis,
        field="post",
    )


def per_cent(limit: Limit) -> str:
    return f"{(limit.value or Decimal()) * 100:.0f}%"


def headcount_sentence(*, title: str, placed: int, headcount: int, wanted: int) -> str | None:
    """Why so many do not fit into the places of a post; a hard limit, whoever sends them."""
    free = headcount - placed
    if wanted <= free:
        return None
    return (
        f"岗位“{title}”接收 {headcount} 人，同期已安排 {placed} 人，"
        f"还可安排 {max(free, 0)} 人，本次 {wanted} 人。"
    )


def peak(spans: list[tuple[int, int]]) -> int:
    """The most half-open spans that hold one day, for spans of day numbers."""
    steps = sorted([(start, 1) for start, _ in spans] + [(end, -1) for _, end in spans])
    most = present = 0
    for _, step in steps:
        present += step
        most = max(most, present)
    return most
