"""Which dossiers wait for experts, and who could judge them (抽取候选)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.choices.judging import (
    GONE_STATES,
    Exclusion,
    ExpertField,
    ExpertState,
)
from silian.casework.reviews.models import Assignment, Campaign, Dossier, DossierSeat, Draw, Expert
from silian.casework.reviews.queries.conflicts import ConflictReader
from silian.casework.reviews.queries.judging import short_by_dossier
from silian.casework.reviews.rules.draws import Candidate, DrawRecord, Lot, record_of
from silian.foundation.kernel.actors import subtree_prefix


@dataclass(kw_only=True)
class Pool:
    """The lots of a draw, with the reason of each exclusion in words (候选名单)."""

    most: int | None
    lots: list[Lot] = field(default_factory=list)
    reasons: dict[str, dict[str, str]] = field(default_factory=dict)


def dossiers_short_of_experts(campaign: Campaign) -> list[tuple[Dossier, int]]:
    """The dossiers that wait for experts, each with how many (待抽材料)."""
    short = short_by_dossier(campaign)
    rows = Dossier.objects.filter(pk__in=short).select_related("campaign__version", "applicant")
    return [(row, short[row.pk]) for row in rows.order_by("number")]


def experts_of_region(campaign: Campaign) -> QuerySet[Expert]:
    """The pool of the batch: experts of its division, and of those above and below."""
    prefix = subtree_prefix(campaign.division_id)
    division = campaign.division
    return (
        Expert.objects.exclude(state__in=[ExpertState.PROPOSED, ExpertState.LEFT])
        .filter(Q(division__code__startswith=prefix) | Q(division__in=division.path))
        .select_related("user")
        .order_by("pk")
    )


def load_by_expert(campaign: Campaign) -> dict[int, int]:
    """How many tasks of the batch each expert has, those given back left out."""
    rows = Assignment.objects.filter(dossier__campaign=campaign).exclude(
        state__in=sorted(GONE_STATES)
    )
    return dict(rows.values_list("expert_id").annotate(count=Count("pk")).order_by())


def taken_by_dossier(dossiers: Sequence[int]) -> dict[int, set[int]]:
    """The people who act on each dossier already, in whatever capacity, or gave it back."""
    seated = DossierSeat.objects.filter(dossier__in=dossiers).values_list("dossier_id", "user_id")
    drawn = Assignment.objects.filter(dossier__in=dossiers).values_list(
        "dossier_id", "expert__user_id"
    )
    found: dict[int, set[int]] = {dossier: set() for dossier in dossiers}
    for dossier, user in (*seated, *drawn):
        found[dossier].add(user)
    return found


class PoolReader:
    """Reads once what all lots of a draw need, then makes each lot."""

    def __init__(self, campaign: Campaign, *, on: datetime.date) -> None:
        procedure = campaign.content.procedure
        self.campaign, self.on = campaign, on
        self.experts = list(experts_of_region(campaign))
        codes = {label: code for code, label in ExpertField.choices}
        self.fields = {codes.get(said, said) for said in procedure.expert_fields}
        most = campaign.values.number(procedure.expert_load)
        self.most = None if most is None else int(most)
        self.load = load_by_expert(campaign)
        self.conflicts = ConflictReader(self.experts, campaign=campaign, on=on)
        applied = Dossier.objects.filter(campaign=campaign, submitted_at__isnull=False)
        self.applicants = set(
            applied.exclude(state=DossierState.WITHDRAWN).values_list("applicant_id", flat=True)
        )

    def pool(self, waiting: Iterable[tuple[Dossier, int]]) -> Pool:
        pool, found = Pool(most=self.most), list(waiting)
        taken = taken_by_dossier([dossier.pk for dossier, _ in found])
        for dossier, needed in found:
            known, acting = self.conflicts.against(dossier), taken[dossier.pk]
            reasons = {row.pk: self.exclusion(row, known[row.pk], acting) for row in self.experts}
            number = dossier.number or str(dossier.pk)
            pool.lots.append(self.lot(number, needed, reasons))
            pool.reasons[number] = {
                row.number: reasons[row.pk][1] for row in self.experts if reasons[row.pk][1]
            }
        return pool

    def lot(self, number: str, needed: int, reasons: dict[int, tuple[str, str]]) -> Lot:
        candidates = tuple(
            Candidate(expert=row.number, load=self.load.get(row.pk, 0), excluded=reasons[row.pk][0])
            for row in self.experts
        )
        return Lot(dossier=number, needed=needed, candidates=candidates)

    def exclusion(self, expert: Expert, known: Sequence[str], taken: set[int]) -> tuple[str, str]:
        """Why an expert is left out, as code and in words; both empty when he is not."""
        in_term = expert.starts_on <= self.on < expert.ends_on
        if expert.state != ExpertState.ACTIVE or not in_term:
            return Exclusion.TERM.value, Exclusion.TERM.label
        if self.fields and self.fields.isdisjoint(expert.fields):
            return Exclusion.FIELD.value, Exclusion.FIELD.label
        if known:
            return Exclusion.CONFLICT.value, "；".join(known)[:300]
        if self.applicants & self.conflicts.present_employers(expert.pk):
            return Exclusion.RIVAL.value, Exclusion.RIVAL.label
        if expert.user_id in taken:
            return Exclusion.SEAT.value, Exclusion.SEAT.label
        if self.most is not None and self.load.get(expert.pk, 0) >= self.most:
            return Exclusion.LOAD.value, Exclusion.LOAD.label
        return "", ""


def record_of_draw(row: Draw) -> DrawRecord:
    """The record of a draw as anybody repeats it."""
    return record_of(
        {
            "method": row.method,
            "seed": row.seed,
            "most": row.most,
            "lots": row.pool,
            "result": row.result,
        }
    )
