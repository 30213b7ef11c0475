"""The order of a batch: by points, ties broken only by the scheme's rule (评审排序)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from silian.casework.reviews.choices.deciding import Standing

Key = tuple[Decimal, ...]
NOTHING = Decimal("-1")  # below any points: what was not judged loses a comparison


@dataclass(frozen=True, kw_only=True)
class Entrant:
    """A dossier to be ranked; ``tie_points`` stand in the order of the scheme's tie rule."""

    dossier_id: int
    points: Decimal | None
    tie_points: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Placed:
    """Where a dossier stands: ``tied`` shares its rank, ``by_rule`` was told apart by the rule."""

    dossier_id: int
    points: Decimal | None
    tie_points: tuple[Decimal | None, ...]
    rank: int | None
    tied: bool
    by_rule: bool
    standing: Standing


def order_of(
    entrants: Sequence[Entrant], *, quota: int | None, pass_points: Decimal | None
) -> list[Placed]:
    """Everybody in order, best first; who has no points stands last without a rank.

    Equal points are told apart by the tie points; what is still equal shares the rank and the next
    rank is left out (1, 2, 2, 4).
    """
    scored = sorted((row for row in entrants if row.points is not None), key=key_of, reverse=True)
    totals = [row.points for row in scored]
    placed, rank = [], 1
    for _, rows in groupby(scored, key=key_of):
        group = list(rows)
        for row in sorted(group, key=lambda each: each.dossier_id):
            placed.append(
                Placed(
                    dossier_id=row.dossier_id,
                    points=row.points,
                    tie_points=row.tie_points,
                    rank=rank,
                    tied=len(group) > 1,
                    by_rule=totals.count(row.points) > len(group),
                    standing=standing_of(
                        rank, size=len(group), points=row.points, quota=quota, line=pass_points
                    ),
                )
            )
        rank += len(group)
    return placed + [unranked(row) for row in entrants if row.points is None]


def key_of(row: Entrant) -> Key:
    numbers = (row.points, *row.tie_points)
    return tuple(NOTHING if number is None else number for number in numbers)


def standing_of(
    rank: int, *, size: int, points: Decimal | None, quota: int | None, line: Decimal | None
) -> Standing:
    """Within or beyond the quota; a tie that the quota would cut is for the deciders (名额线)."""
    if line is not None and points is not None and points < line:
        return Standing.BELOW
    if quota is None or rank + size - 1 <= quota:
        return Standing.WITHIN
    return Standing.AT_LINE if rank <= quota else Standing.BEYOND


def unranked(row: Entrant) -> Placed:
    return Placed(
        dossier_id=row.dossier_id,
        points=None,
        tie_points=row.tie_points,
        rank=None,
        tied=False,
        by_rule=False,
        standing=Standing.UNRANKED,
    )
