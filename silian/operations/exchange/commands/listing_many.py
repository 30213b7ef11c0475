"""One step on many listings at once, each on its own: what cannot be done is told by row."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError
from silian.operations.exchange.commands.listing_life import (
    confirm_listing,
    extend_listing,
    pause_listing,
    resume_listing,
    withdraw_listing,
)
from silian.operations.exchange.commands.listing_publication import publish_together
from silian.operations.exchange.commands.listing_reviews import ManyDone, Refused
from silian.operations.exchange.models.listing import ListingQuerySet
from silian.operations.exchange.permissions.listings import require_writer, writable_listings

MOST_AT_ONCE = 500  # a few seconds of work
BULK_STEPS = {
    "publish": "发布",
    "pause": "暂停",
    "resume": "恢复发布",
    "confirm": "确认有效",
    "extend": "延长有效期",
    "withdraw": "撤回",
}


def step_many(
    *,
    step: str,
    listing_ids: Sequence[int],
    actor: Actor,
    now: datetime.datetime,
    reason: str = "",
) -> ManyDone:
    """Take one step on each of one's own chosen listings (批量办理)."""
    require_writer(actor)
    if step not in BULK_STEPS:
        raise DomainError("没有这个批量办理项目，请重新选择。")
    if len(listing_ids) > MOST_AT_ONCE:
        raise DomainError(f"一次最多办理 {MOST_AT_ONCE} 条，请分批选择。")
    done, refused = 0, []
    chosen = writable_listings(actor).filter(pk__in=list(listing_ids)).order_by("pk")
    if step == "publish":
        return publish_many(chosen, actor=actor, now=now)
    take = step_function(step, actor=actor, now=now, reason=reason)
    for listing_id, title in chosen.values_list("pk", "title"):
        try:
            take(listing_id)
            done += 1
        except DomainError as refusal:
            refused.append(Refused(title=title, sentence=refusal.sentence))
    return ManyDone(done=done, refused=refused)


@transaction.atomic
def publish_many(chosen: ListingQuerySet, *, actor: Actor, now: datetime.datetime) -> ManyDone:
    locked = list(chosen.select_related("organisation").select_for_update(of=("self",)))
    refused = publish_together(listings=locked, actor=actor, now=now)
    told = [
        Refused(title=listing.title, sentence=refused[listing.pk].sentence)
        for listing in locked
        if listing.pk in refused
    ]
    return ManyDone(done=len(locked) - len(told), refused=told)


def step_function(
    step: str, *, actor: Actor, now: datetime.datetime, reason: str
) -> Callable[[int], object]:
    """The command behind a step, with everything but the listing filled in."""
    functions: dict[str, Callable[[int], object]] = {
        "pause": lambda pk: pause_listing(listing_id=pk, actor=actor),
        "resume": lambda pk: resume_listing(listing_id=pk, actor=actor, now=now),
        "confirm": lambda pk: confirm_listing(listing_id=pk, actor=actor, now=now),
        "extend": lambda pk: extend_listing(listing_id=pk, actor=actor, now=now),
        "withdraw": lambda pk: withdraw_listing(
            listing_id=pk, actor=actor, now=now, reason=reason or "批量撤回"
        ),
    }
    return functions[step]
