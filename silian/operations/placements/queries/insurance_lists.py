"""Lists of insurance: policies with their numbers, interns without cover, claims."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from silian.operations.placements.choices.insurance import (
    InsuranceKind,
    PolicyState,
)
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.models import (
    InsuranceClaim,
    InsurancePolicy,
    InsuredIntern,
    Internship,
)
from silian.operations.placements.queries.insurance import REQUIRED_KINDS, Coverage, coverage
from silian.registers.policies.queries.parameters import parameter_value, words_of

UNSET = "未设定"


@dataclass(frozen=True, kw_only=True)
class Uninsured:
    """A live internship and what its insurance lacks (未投保学生)."""

    internship: Internship
    lacking: tuple[Coverage, ...]

    @property
    def pk(self) -> int:
        return self.internship.pk

    @property
    def words(self) -> str:
        return "、".join(self.word_of(item) for item in self.lacking)

    def word_of(self, item: Coverage) -> str:
        return f"{item.label}缺 {item.gap_days} 天" if item.covers else f"缺{item.label}"

    @property
    def gap_days(self) -> int:
        return max(item.gap_days for item in self.lacking)


def live_internships() -> QuerySet[Internship]:
    return Internship.objects.filter(state__in=sorted(LIVE_STATES))


def without_single_cover(
    rows: QuerySet[Internship], *, kinds: Sequence[str] = REQUIRED_KINDS
) -> QuerySet[Internship]:
    """Internships that no single policy covers from first to last day, of one of the kinds."""
    lacking = Q(pk__in=[])
    for kind in kinds:
        whole = InsuredIntern.objects.filter(
            internship=OuterRef("pk"),
            policy__kind=kind,
            policy__state=PolicyState.IN_FORCE,
            starts_on__lte=OuterRef("starts_on"),
            ends_on__gte=OuterRef("ends_on"),
        )
        lacking |= Q(~Exists(whole))
    return rows.filter(lacking)


def uninsured(rows: QuerySet[Internship]) -> list[Uninsured]:
    """The live internships of ``rows`` that lack cover on some day, most urgent first."""
    open_rows = without_single_cover(rows.filter(state__in=sorted(LIVE_STATES)))
    found = list(
        open_rows.select_related("person", "school_class", "organisation").order_by(
            "starts_on", "school_class__name", "pk"
        )
    )
    covers = coverage(internship_ids=[row.pk for row in found])
    listed = [
        Uninsured(
            internship=row,
            lacking=tuple(item for item in covers[row.pk].values() if not item.is_whole),
        )
        for row in found
    ]
    return [item for item in listed if item.lacking]


def policies_for_list(rows: QuerySet[InsurancePolicy]) -> QuerySet[InsurancePolicy]:
    return rows.select_related("school", "insurer", "product").annotate(
        insured_count=Count("insured", distinct=True),
        claim_count=Count("claims", distinct=True),
    )


def insured_of(policy: InsurancePolicy) -> QuerySet[InsuredIntern]:
    """Who stands on a policy, for its table (被保险人名单)."""
    return policy.insured.select_related(
        "internship__person", "internship__school_class", "internship__organisation"
    )


def policies_open_for(*, school_id: int, kind: str = "") -> QuerySet[InsurancePolicy]:
    """The policies in force that a school can still add interns to."""
    rows = InsurancePolicy.objects.filter(school_id=school_id, state=PolicyState.IN_FORCE)
    rows = rows.filter(kind=kind) if kind else rows
    return rows.order_by("kind", "-ends_on", "pk")


def claims_for_list(rows: QuerySet[InsuranceClaim]) -> QuerySet[InsuranceClaim]:
    return rows.select_related(
        "internship__person", "internship__organisation", "internship__school_class", "policy"
    )


def insured_counts(*, internship_ids: Collection[int]) -> dict[str, int]:
    """How many of the internships each required kind covers wholly."""
    covers = coverage(internship_ids=internship_ids)
    return {
        InsuranceKind(kind).label: sum(found[kind].is_whole for found in covers.values())
        for kind in REQUIRED_KINDS
    }


def dedicated_rate(*, on: datetime.date) -> str:
    """The rate that the site's policies demand for apprentices, as words (学徒制保险费率, P14)."""
    found = parameter_value(code="P14", division=settings.SITE_JURISDICTION, on=on)
    return words_of(found) if found else UNSET
