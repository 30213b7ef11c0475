"""Who takes part in which stage of which programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from silian.registers.programmes.choices import ParticipationStage
from silian.registers.programmes.models.participation import Participation
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.rules.depth import Depth, Fact, depth_of


@dataclass(frozen=True, kw_only=True)
class MatrixCell:
    """One stage of one programme: records, enterprises, points."""

    stage: str
    records: int
    enterprises: int
    points: int

    @property
    def label(self) -> str:
        return str(ParticipationStage(self.stage).label)


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """One programme over all stages (参与矩阵)."""

    programme: Programme
    cells: list[MatrixCell]
    depth: Depth
    modules: int

    @property
    def pk(self) -> int:
        return self.programme.pk

    @property
    def is_gap(self) -> bool:
        return self.depth.is_none


def participation_matrix(programmes: Sequence[Programme]) -> list[MatrixRow]:
    """Programmes × stages with a score by the stated rule; two queries (企业参与矩阵)."""
    ids = [row.pk for row in programmes]
    facts: dict[int, list[Fact]] = defaultdict(list)
    firms: dict[tuple[int, str], set[int]] = defaultdict(set)
    numbers: dict[tuple[int, str], int] = defaultdict(int)
    columns = ("programme_id", "stage", "enterprise_id", "evidence_count", "confirmed_at")
    rows = Participation.objects.filter(programme_id__in=ids).values_list(*columns)
    for programme_id, stage, enterprise_id, evidence, confirmed_at in rows:
        facts[programme_id].append(
            Fact(stage=stage, has_evidence=evidence > 0, is_confirmed=confirmed_at is not None)
        )
        firms[programme_id, stage].add(enterprise_id)
        numbers[programme_id, stage] += 1
    modules = modules_by_programme(ids)
    return [
        matrix_row(programme, facts=facts, firms=firms, numbers=numbers, modules=modules)
        for programme in programmes
    ]


def modules_by_programme(ids: Sequence[int]) -> dict[int, int]:
    rows = Programme.objects.filter(pk__in=ids).order_by().annotate(all=Count("task_modules"))
    return dict(rows.values_list("pk", "all"))


def matrix_row(
    programme: Programme,
    *,
    facts: dict[int, list[Fact]],
    firms: dict[tuple[int, str], set[int]],
    numbers: dict[tuple[int, str], int],
    modules: dict[int, int],
) -> MatrixRow:
    depth = depth_of(facts[programme.pk])
    cells = [
        MatrixCell(
            stage=stage,
            records=numbers[programme.pk, stage],
            enterprises=len(firms[programme.pk, stage]),
            points=depth.by_stage[stage],
        )
        for stage in ParticipationStage.values
    ]
    return MatrixRow(
        programme=programme, cells=cells, depth=depth, modules=modules.get(programme.pk, 0)
    )


def participation_rows(rows: QuerySet[Participation]) -> QuerySet[Participation]:
    """Records with programme, school and enterprise."""
    return rows.select_related("programme__school", "enterprise")


def waiting_confirmations(*, enterprise_id: int) -> QuerySet[Participation]:
    """Records that an enterprise has not yet confirmed (待企业确认)."""
    return participation_rows(
        Participation.objects.filter(enterprise_id=enterprise_id, confirmed_at__isnull=True)
    ).order_by("happened_on", "pk")
