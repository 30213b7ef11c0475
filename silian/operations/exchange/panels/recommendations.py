"""Recommendations and the services that go with matching, in the menu and on the public site."""

from __future__ import annotations

from typing import Any

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.operations.exchange.permissions.recommendations import has_recommendations
from silian.operations.exchange.queries.matches import reasons_for
from silian.operations.exchange.queries.recommendation_choices import recommendation_off
from silian.operations.exchange.queries.recommendation_figures import outcome_of_listing
from silian.operations.exchange.queries.recommendations import recommended

SHOWN_ON_OWN_PAGE = 3


def on_listing(actor: Actor, subject: Any) -> sockets.Panel | None:
    """On an own listing what suits it; on another's why it may suit (推荐)."""
    if not has_recommendations(actor) or recommendation_off(actor) or not subject.is_open:
        return None
    if subject.organisation_id == actor.organisation_id:
        rows = recommended(actor, own_id=subject.pk, most=SHOWN_ON_OWN_PAGE)
        return sockets.Panel(
            template="exchange/recommendation/_own_panel.html",
            context={
                "rows": rows,
                "listing": subject,
                "outcome": outcome_of_listing(subject.pk),
            },
        )
    match = reasons_for(listings=[subject], actor=actor).get(subject.pk)
    if match is None:
        return None
    return sockets.Panel(
        template="exchange/recommendation/_why_panel.html", context={"match": match}
    )


sockets.panels["listing.detail"].plug(on_listing, order=5)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="用人与合作",
        label="为您匹配",
        url_name="exchange:recommendation_list",
        icon="arrow-left-right",
        visible=has_recommendations,
    ),
    order=15,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="用人与合作",
        label="增值服务",
        url_name="exchange:service_list",
        icon="bag-plus",
        visible=lambda actor: actor.is_authenticated,
    ),
    order=190,
)
