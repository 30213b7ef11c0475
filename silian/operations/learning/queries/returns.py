"""Reading returns: lists, one return with its checks and versions, what waits for whom."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.ui.components import Entry
from silian.foundation.ui.histories import entry_of
from silian.operations.learning.choices import ReturnState
from silian.operations.learning.gateways.rulebooks import (
    EXTRACTION,
    collection_of,
    deduction_of,
    verdicts_on,
)
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.models.returns import (
    FundReturn,
    ReturnCheck,
    ReturnOpinion,
    ReturnVersion,
)
from silian.operations.learning.permissions.fund import (
    coordinates,
    keeps,
    reports,
    returns_visible_to,
)
from silian.operations.learning.rules.figures import Change, Figures, differences
from silian.operations.learning.rules.verdicts import Collection, Deduction, Verdict

OWN_WORK = (ReturnState.DRAFT, ReturnState.FIXING, ReturnState.ORDERED, ReturnState.REFUSED)
CHECK_WORK = (ReturnState.SUBMITTED, ReturnState.REPORTED)


@dataclass(frozen=True, kw_only=True)
class VersionStep:
    """A submitted version and what it changed against the one before (版本差异)."""

    version: ReturnVersion
    changes: list[Change]


def breaches() -> QuerySet[ReturnCheck]:
    return ReturnCheck.objects.filter(version_id=OuterRef("current_id"), is_breach=True)


def with_breaches(rows: QuerySet[FundReturn]) -> QuerySet[FundReturn]:
    """Those whose last version broke a mandatory rule (有不符合项)."""
    return rows.filter(Exists(breaches()))


def returns_for_list(rows: QuerySet[FundReturn]) -> QuerySet[FundReturn]:
    related = ("organisation__division", "current", "call")
    return rows.select_related(*related).annotate(has_breach=Exists(breaches()))


def draft_of(row: FundReturn) -> ReturnVersion | None:
    """The version that is being written, or None (草稿)."""
    return row.versions.filter(submitted_at__isnull=True).first()


def previous_version(row: FundReturn) -> ReturnVersion | None:
    """What the enterprise last submitted for the year before (上年)."""
    before = FundReturn.objects.filter(
        organisation_id=row.organisation_id, year=row.year - 1, current__isnull=False
    ).select_related("current")
    found = before.first()
    return found.current if found else None


def verdicts_for(row: FundReturn, figures: Figures) -> list[Verdict]:
    """What the rules of the year's last day say of these numbers (试算)."""
    return verdicts_on(figures, division=row.division_id, on=row.covers_until)


def deduction_for(row: FundReturn, figures: Figures) -> Deduction | None:
    return deduction_of(figures, division=row.division_id, on=row.covers_until)


def breaches_of(row: FundReturn) -> list[ReturnCheck]:
    """What the current version breaks, as kept when it was submitted (不符合项)."""
    return list(ReturnCheck.objects.filter(version_id=row.current_id, is_breach=True))


def version_steps(row: FundReturn) -> list[VersionStep]:
    """Submitted versions, newest first, each with what it changed."""
    versions = list(
        row.versions.filter(submitted_at__isnull=False)
        .select_related("submitted_by")
        .order_by("number")
    )
    befores: list[ReturnVersion | None] = [None, *versions]
    steps = [
        VersionStep(
            version=version,
            changes=differences(before.stated, version.stated) if before else [],
        )
        for before, version in zip(befores, versions, strict=False)
    ]
    return steps[::-1]


def collection_for(row: FundReturn) -> Collection | None:
    """What is to be collected from a firm that refused: the shortfall of its extraction (依法收取).

    The shortfall stands in the check that was kept when the return was submitted.
    """
    if row.current is None:
        return None
    checks = row.current.checks.filter(rule=EXTRACTION, gate="enough", is_breach=True)
    shortfall = sum((each.missing or Decimal(0) for each in checks), Decimal(0))
    return collection_of(
        row.current.figures,
        shortfall=shortfall,
        refused=row.state == ReturnState.REFUSED,
        division=row.division_id,
        on=row.covers_until,
    )


def notice_of(row: FundReturn) -> CollectionNotice | None:
    """What was told to the collecting government, if anything (移送收取)."""
    notices = CollectionNotice.objects.filter(fund_return=row)
    return notices.select_related("collector", "told_by").first()


def opinions_of(row: FundReturn) -> QuerySet[ReturnOpinion]:
    return row.opinions.select_related("organisation", "given_by")


def past_of(row: FundReturn) -> list[Entry]:
    """What was done to the return, by which unit and person (经过)."""
    return [
        entry_of(act, who=f"{act.organisation_name} {act.actor_name}".strip())
        for act in history_of(row)
    ]


def returns_to_finish(actor: Actor) -> QuerySet[FundReturn]:
    """Own returns that wait for the enterprise (待填报、待补正、待改正)."""
    if not reports(actor):
        return FundReturn.objects.none()
    rows = FundReturn.objects.filter(organisation_id=actor.organisation_id or 0, state__in=OWN_WORK)
    return rows.select_related("call", "case").order_by("year")


def returns_to_check(actor: Actor) -> QuerySet[FundReturn]:
    """Returns whose next step is the actor's as authority (待核对)."""
    if not keeps(actor):
        return FundReturn.objects.none()
    rows = returns_visible_to(actor).filter(state__in=CHECK_WORK)
    if not coordinates(actor):
        rows = rows.filter(call__authority_id=actor.organisation_id)
    return rows.select_related("organisation", "case").order_by("check_due_at", "pk")


def returns_to_comment(actor: Actor) -> QuerySet[FundReturn]:
    """Returns on which the actor's office is asked and has not answered (待提意见)."""
    if not keeps(actor):
        return FundReturn.objects.none()
    given = ReturnOpinion.objects.filter(
        fund_return=OuterRef("pk"), organisation_id=actor.organisation_id or 0
    )
    rows = returns_visible_to(actor).filter(
        ~Exists(given),
        state=ReturnState.SUBMITTED,
        call__consulted__organisation_id=actor.organisation_id or 0,
    )
    return rows.select_related("organisation").order_by("check_due_at", "pk")


def orders_past_due(*, on: datetime.date) -> QuerySet[FundReturn]:
    """Orders whose day is over without a report of the enterprise (改正逾期)."""
    rows = FundReturn.objects.filter(state=ReturnState.ORDERED, case__due_on__lt=on)
    return rows.select_related("organisation", "call", "case").order_by("pk")
