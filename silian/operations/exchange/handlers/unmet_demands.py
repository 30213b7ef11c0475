"""Tells reviewers, askers and those who take up what happens to an unmet demand."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.exchange.choices import UnmetDemandState
from silian.operations.exchange.events import (
    ListingPublished,
    UnmetDemandClosed,
    UnmetDemandDecided,
    UnmetDemandProposed,
    UnmetDemandTakenUp,
)
from silian.operations.exchange.handlers.negotiations import writers_of
from silian.operations.exchange.models.unmet_demand import UnmetDemand, UnmetDemandOffer
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.queries.members import verifier_ids


def read(demand_id: int) -> UnmetDemand:
    return UnmetDemand.objects.select_related("organisation").get(pk=demand_id)


def tell(
    *,
    demand: UnmetDemand,
    user_ids: Iterable[int],
    title: str,
    key: str,
    detail: str = "",
    kind: NotificationKind = NotificationKind.ANSWER,
    organisation_id: int | None = None,
) -> None:
    notify(
        user_ids=user_ids,
        kind=kind,
        title=title,
        detail=detail or demand.title,
        url=reverse("exchange:unmet_demand_detail", kwargs={"demand_id": demand.pk}),
        organisation_id=organisation_id,
        key=f"unmet-{demand.pk}-{key}",
    )


def tell_asker(*, demand: UnmetDemand, title: str, key: str, detail: str = "") -> None:
    tell(
        demand=demand,
        user_ids=writers_of(demand.organisation_id),
        organisation_id=demand.organisation_id,
        title=title,
        detail=detail,
        key=key,
    )


@subscribe(UnmetDemandProposed)
def tell_verifiers(event: UnmetDemandProposed) -> None:
    demand = read(event.demand_id)
    tell(
        demand=demand,
        user_ids=verifier_ids(division=demand.division_id, on=timezone.localdate()),
        kind=NotificationKind.TASK,
        title=f"待核实：{demand.organisation.display_name}登记未满足需求",
        key="proposed",
    )


@subscribe(UnmetDemandDecided)
def tell_of_decision(event: UnmetDemandDecided) -> None:
    demand = read(event.demand_id)
    refused = demand.state == UnmetDemandState.REFUSED
    tell_asker(
        demand=demand,
        title=f"未满足需求{'未通过核实' if refused else '已核实并公开'}：{demand.title}",
        detail=demand.reason if refused else "有单位承接时通知您",
        key="decided",
    )


@subscribe(UnmetDemandTakenUp)
def tell_of_offer(event: UnmetDemandTakenUp) -> None:
    offer = UnmetDemandOffer.objects.select_related("organisation", "demand").get(
        listing_id=event.listing_id
    )
    tell_asker(
        demand=offer.demand,
        title=f"{offer.organisation.display_name}承接了“{offer.demand.title}”",
        detail="对方发布后通知您应答",
        key=f"offer-{offer.pk}",
    )


@subscribe(ListingPublished)
def tell_of_published_offer(event: ListingPublished) -> None:
    """The listing made for a demand is open: its asker can answer it now."""
    offer = (
        UnmetDemandOffer.objects.select_related("organisation", "demand")
        .filter(listing_id=event.listing_id)
        .first()
    )
    if offer is not None and offer.demand.state == UnmetDemandState.TAKEN_UP:
        tell_asker(
            demand=offer.demand,
            title=f"{offer.organisation.display_name}已发布供需，可以应答",
            key=f"published-{offer.pk}",
        )


@subscribe(UnmetDemandClosed)
def tell_offerers(event: UnmetDemandClosed) -> None:
    demand = read(event.demand_id)
    for organisation_id in demand.offers.values_list("organisation_id", flat=True):
        tell(
            demand=demand,
            user_ids=writers_of(organisation_id),
            organisation_id=organisation_id,
            title=f"贵单位承接的需求{demand.get_state_display()}：{demand.title}",
            detail=demand.reason,
            key=f"closed-{organisation_id}",
        )
