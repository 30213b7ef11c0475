"""The order of a batch before it is fixed, and as it was fixed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from silian.casework.reviews.choices.deciding import Standing
from silian.casework.reviews.choices.dossiers import ENDED_DOSSIER_STATES, DossierState
from silian.casework.reviews.models import Campaign, CriterionResult, Dossier, Ranking
from silian.casework.reviews.rules.ranking import Entrant, Placed, order_of

UNDER_WAY = frozenset(DossierState) - ENDED_DOSSIER_STATES - {DossierState.DRAFT}
BEFORE_RANKING = UNDER_WAY - {DossierState.RANKED, DossierState.NOTICED, DossierState.OBJECTED}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One dossier in the order, for a reader (名次)."""

    dossier: Dossier
    rank: int | None
    points: Decimal | None
    tied: bool
    by_rule: bool
    standing: Standing

    @property
    def place(self) -> str:
        """The rank in words: 3, 并列 3, 不计分."""
        if self.rank is None:
            return Standing.UNRANKED.label
        return f"并列 {self.rank}" if self.tied else str(self.rank)


@dataclass(frozen=True, kw_only=True)
class Order:
    """The whole order with the lines that cut it (排序)."""

    lines: list[Line]
    quota: int | None
    pass_points: Decimal | None
    ties: list[str]
    open_dossiers: int

    def count(self, standing: Standing) -> int:
        return sum(line.standing == standing for line in self.lines)

    @property
    def within(self) -> int:
        return self.count(Standing.WITHIN)

    @property
    def at_line(self) -> int:
        return self.count(Standing.AT_LINE)


def pass_points_of(campaign: Campaign) -> Decimal | None:
    """The least total; 0 and 未设定 cut nobody."""
    return campaign.values.number(campaign.content.procedure.pass_points) or None


def placed_of(campaign: Campaign) -> list[Placed]:
    """The waiting dossiers in order, by the numbers of the batch."""
    return order_of(
        entrants_of(campaign), quota=campaign.quota, pass_points=pass_points_of(campaign)
    )


def entrants_of(campaign: Campaign) -> list[Entrant]:
    codes = campaign.content.procedure.ties
    rows = Dossier.objects.filter(campaign=campaign, state=DossierState.RANKED).order_by("pk")
    found = tie_points_of(campaign, codes=codes)
    return [
        Entrant(
            dossier_id=row.pk,
            points=row.points,
            tie_points=tuple(found[row.pk].get(code) for code in codes),
        )
        for row in rows
    ]


def tie_points_of(
    campaign: Campaign, *, codes: tuple[str, ...]
) -> dict[int, dict[str, Decimal | None]]:
    found: dict[int, dict[str, Decimal | None]] = defaultdict(dict)
    rows = CriterionResult.objects.filter(dossier__campaign=campaign, criterion__in=codes)
    for dossier_id, code, points in rows.values_list("dossier_id", "criterion", "points"):
        found[dossier_id][code] = points
    return found


def preview_of(campaign: Campaign) -> Order:
    """The order as it would be fixed now; writes nothing (排序预览)."""
    placed = placed_of(campaign)
    dossiers = dossiers_by_id([row.dossier_id for row in placed])
    return Order(
        lines=[
            Line(
                dossier=dossiers[row.dossier_id],
                rank=row.rank,
                points=row.points,
                tied=row.tied,
                by_rule=row.by_rule,
                standing=row.standing,
            )
            for row in placed
        ],
        quota=campaign.quota,
        pass_points=pass_points_of(campaign),
        ties=tie_labels(campaign),
        open_dossiers=open_dossiers(campaign),
    )


def fixed_order(ranking: Ranking) -> Order:
    """The order as it was fixed, from its record."""
    dossiers = dossiers_by_id([row["dossier"] for row in ranking.rows])
    return Order(
        lines=[line_of(row, dossiers[row["dossier"]]) for row in ranking.rows],
        quota=ranking.quota,
        pass_points=ranking.pass_points,
        ties=[label for _, label in ranking.ties],
        open_dossiers=0,
    )


def line_of(row: dict[str, Any], dossier: Dossier) -> Line:
    return Line(
        dossier=dossier,
        rank=row["rank"],
        points=None if row["points"] is None else Decimal(row["points"]),
        tied=row["tied"],
        by_rule=row["by_rule"],
        standing=Standing(row["standing"]),
    )


def standings_of(campaign: Campaign) -> dict[int, Standing]:
    """Where each ranked dossier of the batch stood; empty before the order is fixed."""
    ranking = Ranking.objects.filter(campaign=campaign).first()
    return {row["dossier"]: Standing(row["standing"]) for row in ranking.rows} if ranking else {}


def open_dossiers(campaign: Campaign) -> int:
    """How many have not come to the decision yet."""
    rows = Dossier.objects.filter(campaign=campaign, state__in=sorted(BEFORE_RANKING))
    return rows.count()


def tie_labels(campaign: Campaign) -> list[str]:
    known = campaign.content.criteria_by_code
    return [
        known[code].label if code in known else code for code in campaign.content.procedure.ties
    ]


def dossiers_by_id(keys: list[int]) -> dict[int, Dossier]:
    rows = Dossier.objects.filter(pk__in=keys).select_related("applicant", "division")
    return rows.in_bulk()
