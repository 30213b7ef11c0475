"""Hosts for lists and pages: what is done, who is there (实习单位)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.models import StoredFile
from silian.operations.placements.choices.hosts import (
    HostState,
)
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.models.hosts import Host, HostInspection
from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models import Organisation

EIGHT_FIELDS = (
    "qualification", "integrity", "management", "work_content", "working_hours",
    "work_environment", "living_environment", "safety_and_health",
)  # fmt: skip
CHOICES_SHOWN = 12


def hosts_for_list(rows: QuerySet[Host]) -> QuerySet[Host]:
    """With organisation, school, students now there, and whether a report waits."""
    live = Q(internships__state__in=sorted(LIVE_STATES))
    waiting = HostInspection.objects.filter(
        host=OuterRef("pk"), approved_at__isnull=True, return_reason=""
    )
    return rows.select_related(
        "organisation__division", "organisation__industry", "school"
    ).annotate(
        student_count=Count("internships", filter=live),
        report_waits=Exists(waiting),
    )


@dataclass(frozen=True, kw_only=True)
class Report:
    """An inspection with its eight fields and photographs (考察报告)."""

    inspection: HostInspection
    photos: list[StoredFile]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Label and text of each of the eight fields."""
        meta = HostInspection._meta
        return [
            (str(meta.get_field(name).verbose_name), getattr(self.inspection, name))  # type: ignore[union-attr]
            for name in EIGHT_FIELDS
        ]

    @property
    def state(self) -> tuple[str, str]:
        """Tone and words of where the report stands."""
        if self.inspection.return_reason:
            return "late", "已退回"
        if self.inspection.approved_at is None:
            return "watch", "待另一人审核"
        return ("ok", "审核通过") if self.inspection.is_suitable else ("late", "结论不适合")


def reports_of(rows: QuerySet[HostInspection]) -> list[Report]:
    """The reports, the latest first."""
    found = rows.select_related("recorded_by", "approved_by").order_by("-visited_on", "-pk")
    return [Report(inspection=each, photos=list(files_of(each))) for each in found[:10]]


def standing_words(host: Host) -> str:
    """What a removed host or a suspended organisation means for internships there; else empty."""
    if host.state == HostState.REMOVED:
        return f"学校已把该单位移出名单：{host.removal_reason}"
    if host.organisation.state == OrganisationState.SUSPENDED:
        return "单位已被暂停，不能安排新的实习；在岗学生请学校尽快核实。"
    return ""


def host_counts(rows: QuerySet[Host]) -> dict[str, int]:
    """How many hosts stand in each state (各状态家数)."""
    counted = rows.order_by().values_list("state").annotate(number=Count("pk"))
    return {state: number for state, number in counted}


def proposable(text: str, *, school_id: int) -> list[Organisation]:
    """Verified organisations of that name or code that are not yet on the school's list."""
    known = Host.objects.filter(school_id=school_id).exclude(state=HostState.REMOVED)
    rows = Organisation.objects.filter(state=OrganisationState.VERIFIED).exclude(uscc="")
    rows = rows.exclude(pk__in=known.values("organisation_id")).exclude(pk=school_id)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(uscc__startswith=text))
    return list(rows.select_related("division").order_by("name")[:CHOICES_SHOWN])
