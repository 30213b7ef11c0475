"""Hide what is not wanted, and switch recommendations off and on."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.exchange.choices import HidingSubject
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.recommendation import (
    RecommendationHiding,
    RecommendationPause,
)
from silian.operations.exchange.permissions.listings import listings_visible_to
from silian.operations.exchange.permissions.recommendations import (
    hidings_visible_to,
    require_switcher,
)

WHOLE_ORGANISATION = "organisation"
MYSELF = "person"


@transaction.atomic
def hide_kind_of(
    *, listing_id: int, subject: str, actor: Actor, now: datetime.datetime
) -> RecommendationHiding:
    """No longer recommend what has this listing's kind, publisher or occupation (不看此类)."""
    if actor.user_id is None:
        raise NotAllowed("登录后才能设置推荐。")
    rows = listings_visible_to(actor).select_related("organisation", "occupation")
    listing = rows.get(pk=listing_id)
    if subject not in HidingSubject.values:
        raise DomainError("请选择按类别、单位还是职业不看。")
    value, label = what_is_hidden(listing, subject=HidingSubject(subject))
    hiding, made = hidings_visible_to(actor).get_or_create(
        subject=subject,
        value=value,
        defaults={
            "user_id": actor.user_id,
            "organisation_id": actor.organisation_id,
            "label": label[:120],
            "hidden_at": now,
        },
    )
    if made:
        record(actor, "exchange.recommendation.hidden", hiding)
    return hiding


def what_is_hidden(listing: Listing, *, subject: HidingSubject) -> tuple[str, str]:
    """The value to compare and its name."""
    if subject is HidingSubject.KIND:
        return listing.kind, listing.declaration.label
    if subject is HidingSubject.ORGANISATION:
        return str(listing.organisation_id), listing.organisation.display_name
    if listing.occupation is None:
        raise DomainError("这条供需没有登记职业，请按类别或单位选择不看。")
    return str(listing.occupation_id), listing.occupation.name


@transaction.atomic
def undo_hiding(*, hiding_id: int, actor: Actor, now: datetime.datetime) -> RecommendationHiding:
    """Recommend it again (撤销不看此类)."""
    hiding = hidings_visible_to(actor).select_for_update(of=("self",)).get(pk=hiding_id)
    hiding.undone_at = now
    hiding.save(update_fields=["undone_at"])
    record(actor, "exchange.recommendation.unhidden", hiding)
    return hiding


@transaction.atomic
def pause_recommendation(
    *, scope: str, actor: Actor, now: datetime.datetime
) -> RecommendationPause:
    """Switch recommendation off for oneself, or for the whole organisation (关闭推荐).

    Basis: 《互联网信息服务算法推荐管理规定》第十七条 demands a convenient switch.
    """
    pause, made = RecommendationPause.objects.get_or_create(
        **whose_switch(scope, actor=actor),
        resumed_at=None,
        defaults={"paused_at": now, "paused_by_id": actor.user_id},
    )
    if made:
        record(actor, "exchange.recommendation.paused", pause, detail={"scope": scope})
    return pause


@transaction.atomic
def resume_recommendation(*, scope: str, actor: Actor, now: datetime.datetime) -> int:
    """Switch it on again (重新开启推荐)."""
    whose = whose_switch(scope, actor=actor)
    rows = RecommendationPause.objects.select_for_update(of=("self",))
    found = list(rows.filter(**whose, resumed_at__isnull=True))
    for pause in found:
        pause.resumed_at = now
        pause.save(update_fields=["resumed_at"])
        record(actor, "exchange.recommendation.resumed", pause, detail={"scope": scope})
    return len(found)


def whose_switch(scope: str, *, actor: Actor) -> dict[str, int | None]:
    """The key of the switch that the actor may turn."""
    if actor.user_id is None:
        raise NotAllowed("登录后才能设置推荐。")
    if scope == MYSELF:
        return {"user_id": actor.user_id, "organisation_id": None}
    if scope != WHOLE_ORGANISATION:
        raise DomainError("请选择关闭本人的推荐，还是整个单位的推荐。")
    require_switcher(actor)
    return {"user_id": None, "organisation_id": actor.organisation_id}
