"""Site visits: whom to visit, who may go, what waits."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from silian.casework.reviews.choices.dossiers import DossierState, SeatRole
from silian.casework.reviews.choices.judging import VisitState
from silian.casework.reviews.models import Campaign, Dossier, DossierSeat, SiteVisit
from silian.casework.reviews.permissions.campaigns import OPINION_ROLES, OWNER_ROLES
from silian.casework.reviews.permissions.judging import dossiers_run_by
from silian.casework.reviews.permissions.visits import visits_of_visitor
from silian.casework.reviews.queries.experts import experts_in_term
from silian.casework.reviews.rules.visits import visits_due
from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Membership

OPEN_STATES = (VisitState.PLANNED, VisitState.REPORTED)


def dossiers_to_visit(campaign: Campaign) -> list[Dossier]:
    """Dossiers of the visiting stage without a visit (待确定核查)."""
    visited = SiteVisit.objects.exclude(state=VisitState.CANCELLED)
    rows = Dossier.objects.filter(campaign=campaign, state=DossierState.VISIT)
    return list(
        rows.exclude(pk__in=visited.values("dossier_id"))
        .select_related("applicant", "division")
        .order_by("number")
    )


def key_of(dossier: Dossier) -> str:
    """How a dossier is called in a draw: its number."""
    return dossier.number or str(dossier.pk)


def chosen_for_visit(campaign: Campaign, waiting: Sequence[Dossier]) -> dict[str, str]:
    """The dossiers that the scheme's rule picks among those waiting, each with the reason."""
    procedure, number = campaign.content.procedure, campaign.values.number
    return visits_due(
        {key_of(row): row.points for row in waiting},
        rule=procedure.visit,
        seed=campaign.draw_seed,
        share=number(procedure.visit_share),
        near=number(procedure.visit_near),
        line=number(procedure.pass_points),
    )


def people_who_may_visit(dossier: Dossier, *, on: datetime.date) -> QuerySet[User]:
    """Officials of the organiser and of the asked departments, and experts of the pool.

    Nobody of the applicant, and nobody who acts on the dossier in another capacity.
    """
    campaign = dossier.campaign
    officials = Membership.objects.in_force(on=on).filter(
        Q(organisation_id=campaign.owner_id, role__in=OWNER_ROLES)
        | Q(organisation__in=campaign.offices.values("organisation_id"), role__in=OPINION_ROLES)
    )
    experts = experts_in_term(on=on).filter(
        division__code__startswith=subtree_prefix(campaign.division_id)
    )
    busy = DossierSeat.objects.filter(dossier=dossier).exclude(role=SeatRole.VISITOR)
    own = Membership.objects.in_force(on=on).filter(organisation_id=dossier.applicant_id)
    drawn = dossier.assignments.values("expert__user_id")
    return (
        User.objects.filter(
            Q(pk__in=officials.values("user_id")) | Q(pk__in=experts.values("user_id")),
            is_active=True,
        )
        .exclude(pk__in=busy.values("user_id"))
        .exclude(pk__in=own.values("user_id"))
        .exclude(pk__in=drawn)
        .order_by("name", "pk")
    )


def visit_of(dossier: Dossier) -> SiteVisit | None:
    """The visit of a dossier that was not called off."""
    rows = SiteVisit.objects.filter(dossier=dossier).exclude(state=VisitState.CANCELLED)
    return rows.prefetch_related("visitors__user", "visitors__organisation").first()


def waiting_visits(actor: Actor) -> QuerySet[SiteVisit]:
    """Visits that the actor has to make, to write up or to sign (待核查)."""
    rows = visits_of_visitor(actor).filter(
        state__in=OPEN_STATES,
        visitors__user_id=actor.user_id or 0,
        visitors__signed_at__isnull=True,
    )
    return rows.select_related("dossier__applicant", "dossier__campaign").order_by("planned_on")


def visits_to_arrange(actor: Actor) -> QuerySet[SiteVisit]:
    """Visits of the actor's batches that have no people yet (待安排人员)."""
    return (
        SiteVisit.objects.filter(
            dossier__in=dossiers_run_by(actor).values("pk"),
            state=VisitState.PLANNED,
            visitors__isnull=True,
        )
        .select_related("dossier__applicant")
        .order_by("planned_on", "pk")
    )


def campaigns_to_choose_for(actor: Actor) -> list[tuple[Campaign, int]]:
    """Batches with dossiers in the visiting stage whose visits are not chosen yet."""
    visited = SiteVisit.objects.exclude(state=VisitState.CANCELLED)
    rows = dossiers_run_by(actor).filter(state=DossierState.VISIT)
    waiting = rows.exclude(pk__in=visited.values("dossier_id")).order_by()
    counts = dict(waiting.values_list("campaign_id").annotate(count=Count("pk")))
    return [(row, counts[row.pk]) for row in Campaign.objects.filter(pk__in=counts)]


def seated_people(dossier: Dossier, people: Sequence[int]) -> dict[int, str]:
    """Of these people, who acts on the dossier otherwise, and as what."""
    rows = DossierSeat.objects.filter(dossier=dossier, user_id__in=people).exclude(
        role=SeatRole.VISITOR
    )
    return {row.user_id: row.get_role_display() for row in rows}


def applicants_among(dossier: Dossier, people: Sequence[int], *, on: datetime.date) -> list[int]:
    rows = Membership.objects.in_force(on=on).filter(
        organisation_id=dossier.applicant_id, user_id__in=people
    )
    return list(rows.values_list("user_id", flat=True))
