"""What claims show in the menus and on the workbench of units and departments."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.models import Claim, ClaimCall
from silian.governance.incentives.permissions.claims import (
    claims_visible_to,
    may_claim,
    may_open_claims,
    may_read_own_claims,
)
from silian.governance.incentives.queries.claim_calls import calls_not_claimed

SECTION = "奖补申领"
SHOWN = 10


def own_returned(actor: Actor) -> list[Claim]:
    rows = claims_visible_to(actor).filter(
        state=ClaimState.RETURNED, organisation_id=actor.organisation_id or 0
    )
    return list(rows.select_related("call").order_by("pk")[:SHOWN])


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Claims to put right, and open calls that the unit has not claimed under (补正、可申领)."""
    if not may_claim(actor):
        return []
    found = [
        sockets.Todo(
            title=f"补正申领：{claim.call.title}",
            detail=claim.reason,
            url=reverse("incentives:claim_edit", args=[claim.pk]),
            action="补正",
        )
        for claim in own_returned(actor)
    ]
    calls = calls_not_claimed(actor, on=timezone.localdate(now))
    return [*found, *(call_todo(call) for call in calls[:SHOWN])]


def call_todo(call: ClaimCall) -> sockets.Todo:
    return sockets.Todo(
        title=f"可以申领：{call.title}",
        detail="明细和金额按平台登记生成，核对后提交",
        url=call.get_absolute_url(),
        action="申领",
        due_at=end_of(call.closes_on) if call.closes_on else None,
        basis=call.title,
    )


sockets.todos.plug(todos, order=61)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="我的申领",
        url_name="incentives:claim_list",
        icon="cash-coin",
        visible=lambda actor: may_read_own_claims(actor) and not may_open_claims(actor),
    ),
    order=281,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="补贴申领",
        url_name="incentives:claim_list",
        icon="cash-coin",
        visible=may_open_claims,
    ),
    order=283,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="申领通知",
        url_name="incentives:call_list",
        icon="megaphone",
        visible=may_open_claims,
    ),
    order=283,
)
sockets.foot_links.plug(
    sockets.FrameLink(label="补贴申领通知", url_name="incentives:call_list"), order=72
)
