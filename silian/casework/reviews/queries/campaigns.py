"""Batches for lists and pages, and which of them an organisation could apply in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from silian.casework.reviews.choices.dossiers import (
    ENDED_DOSSIER_STATES,
    CampaignState,
    DossierState,
)
from silian.casework.reviews.choices.schemes import SourceKind
from silian.casework.reviews.models import Campaign, Dossier
from silian.casework.reviews.permissions.campaigns import calls_open_to_all
from silian.casework.reviews.queries.bans import ban_of
from silian.casework.reviews.queries.dossiers import reason_not_applicable
from silian.casework.reviews.queries.prefill import prefilled_answers
from silian.casework.reviews.queries.readings import PLATFORM, platform_reading, readings_of
from silian.casework.reviews.registry import UNKNOWN, Reading
from silian.casework.reviews.rules.answer_readings import answer_reading
from silian.casework.reviews.rules.criteria import Evaluation, evaluate
from silian.casework.reviews.rules.definition import Criterion, Parameter
from silian.casework.reviews.rules.definition_words import grouped
from silian.foundation.reference.models import Division
from silian.registers.organisations.choices import OrganisationState, Role
from silian.registers.organisations.models import Membership, Organisation

SENT = Q(dossiers__submitted_at__isnull=False)


def campaigns_for_list(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Batches with scheme, owner and counts, in one query."""
    living = SENT & ~Q(dossiers__state__in=sorted(ENDED_DOSSIER_STATES))
    return rows.select_related("version__scheme", "division", "owner").annotate(
        sent_count=Count("dossiers", filter=SENT, distinct=True),
        living_count=Count("dossiers", filter=living, distinct=True),
        recognised_count=Count(
            "dossiers", filter=Q(dossiers__state=DossierState.RECOGNISED), distinct=True
        ),
    )


def state_counts(campaign: Campaign) -> list[tuple[DossierState, int]]:
    """How many dossiers stand where, in the order of the way; parts add up to the whole."""
    counts = dict(campaign.dossiers.order_by().values_list("state").annotate(count=Count("pk")))
    return [(state, counts[state]) for state in DossierState if counts.get(state)]


@dataclass(frozen=True, kw_only=True)
class ParameterLine:
    """A number of the scheme with the region's own value beside it (参数对照)."""

    parameter: Parameter
    scheme_value: str
    own_value: str
    reason: str
    basis: str
    origin: str


def parameter_lines(campaign: Campaign) -> list[ParameterLine]:
    """Every number that holds in the batch: the scheme's and, where adjusted, the region's."""
    own = campaign.overrides
    origins = origins_of(own)
    return [
        ParameterLine(
            parameter=row,
            scheme_value=grouped(row.value or ""),
            own_value=grouped(own.get(row.code, {}).get("value", "")),
            reason=own.get(row.code, {}).get("reason", ""),
            basis=own.get(row.code, {}).get("basis", ""),
            origin=origins.get(row.code, ""),
        )
        for row in campaign.content.parameters
    ]


def origins_of(overrides: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Where each regional value comes from: the rulebook of a region, or the organiser (来源)."""
    codes = {said["division"] for said in overrides.values() if said.get("division")}
    names = dict(Division.objects.filter(pk__in=codes).values_list("pk", "name")) if codes else {}
    return {
        code: f"{names.get(said['division'], said['division'])}规则册"
        if said.get("division")
        else "组织单位设定"
        for code, said in overrides.items()
    }


def open_calls(*, on: datetime.date) -> QuerySet[Campaign]:
    """Calls that take applications on a day, the nearest end first (正在申报)."""
    rows = calls_open_to_all().filter(state=CampaignState.OPEN, opens_on__lte=on, closes_on__gt=on)
    return rows.select_related("version__scheme", "division", "owner").order_by("closes_on", "pk")


@dataclass(frozen=True, kw_only=True)
class Chance:
    """An open call and whether an organisation may apply in it (可申报)."""

    campaign: Campaign
    reason: str
    mine: Sequence[Dossier]


def chances_of(organisation: Organisation, *, on: datetime.date) -> list[Chance]:
    """Every open call that concerns the organisation's kind and region, with what is against it.

    Calls for other kinds or regions are left out: the public list shows them.
    """
    mine: dict[int, list[Dossier]] = {}
    own = Dossier.objects.filter(applicant=organisation).exclude(state=DossierState.WITHDRAWN)
    for row in own:
        mine.setdefault(row.campaign_id, []).append(row)
    return [
        Chance(
            campaign=campaign,
            reason=reason_against(campaign, organisation, on=on) or "",
            mine=mine.get(campaign.pk, []),
        )
        for campaign in open_calls(on=on)
        if concerns(campaign, organisation)
    ]


def concerns(campaign: Campaign, organisation: Organisation) -> bool:
    """Whether a call is meant for this kind and region at all."""
    kinds = campaign.content.applicant_kinds
    of_kind = not kinds or organisation.kind in kinds
    path = organisation.division.path or [organisation.division_id]
    return of_kind and campaign.division_id in path and campaign.owner_id != organisation.pk


def reason_against(
    campaign: Campaign, organisation: Organisation, *, on: datetime.date
) -> str | None:
    """Why the organisation may not apply now: the register says so, or a ban is in force."""
    reason = reason_not_applicable(campaign, organisation)
    if reason:
        return reason
    ban = ban_of(organisation_id=organisation.pk, scheme=campaign.version.scheme, on=on)
    return f"{ban.ends_on:%Y年%m月%d日} 之前不能申报，原因见认定记录。" if ban else None


def expected_result(
    campaign: Campaign, organisation: Organisation, *, on: datetime.date
) -> Evaluation:
    """How the criteria come out from what the platform knows; nothing is kept (预评)."""
    content, applicant = campaign.content, organisation
    trial = Dossier(
        campaign=campaign,
        applicant=applicant,
        division=applicant.division,
        answers=prefilled_answers(content, applicant, on),
    )
    readings = {
        code: known_reading(item, trial, on=on) for code, item in content.criteria_by_code.items()
    }
    return evaluate(content, campaign.values, readings)


def known_reading(item: Criterion, trial: Dossier, *, on: datetime.date) -> Reading:
    """What the platform or a prefilled answer says of an item before anything is typed."""
    kind = item.source.kind if item.source else SourceKind.OFFICIAL
    if kind in PLATFORM:
        return platform_reading(item, trial, on=on)
    if kind == SourceKind.ANSWER:
        return answer_reading(item, trial.campaign.content, trial.answers, is_sent=False)
    return UNKNOWN


def trial_result(dossier: Dossier, *, on: datetime.date) -> Evaluation:
    """The criteria on what was typed so far; nothing is kept (自查)."""
    campaign = dossier.campaign
    return evaluate(campaign.content, campaign.values, readings_of(dossier, on=on))


def fitting_members(campaign: Campaign, *, on: datetime.date) -> list[int]:
    """Those who file for verified organisations of the called kind and region; to tell them."""
    rows = Membership.objects.in_force(on=on).filter(
        role__in=[Role.MANAGER, Role.AGENT],
        organisation__state=OrganisationState.VERIFIED,
        organisation__division__path__contains=[campaign.division_id],
    )
    if kinds := campaign.content.applicant_kinds:
        rows = rows.filter(organisation__kind__in=kinds)
    return sorted(set(rows.values_list("user_id", flat=True)))
