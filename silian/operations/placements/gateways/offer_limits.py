"""The share of posts that enterprises are asked to offer, where and how strongly (N04, N47)."""

from __future__ import annotations

import datetime

from silian_engines.policy_rules.errors import PolicyRuleError
from silian_engines.policy_rules.rulebook import rulebook

from silian.operations.placements.gateways.legal_limits import book_limit, entered_limit
from silian.operations.placements.rules.prohibitions.limits import Limit
from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.queries.parameters import nearest, unissued

SHARE_NAMES = ("intern_post_share", "intern_posts")
LIAISON_NAMES = ("intern_liaison",)


def offered_share(*, division: str, on: datetime.date) -> Limit | None:
    """The share in force for a division, with its force and source; None when nobody set one."""
    return named_limit(SHARE_NAMES, division=division, on=on)


def liaison_duty(*, division: str, on: datetime.date) -> Limit | None:
    """The duty to name a liaison unit or person (对接机构或人员); None where there is none."""
    return named_limit(LIAISON_NAMES, division=division, on=on)


def named_limit(names: tuple[str, ...], *, division: str, on: datetime.date) -> Limit | None:
    """Officials' own rows before the rulebook's, the nearest level first."""
    rows = Parameter.objects.filter(name__in=names).exclude(document__in=unissued())
    for row in nearest(rows, division=division, on=on):
        return entered_limit(row)
    try:
        effective = rulebook().effective(division, on, datetime.date.max)
    except PolicyRuleError:
        return None
    for name in names:
        if keyed := effective.of(name):
            return book_limit(keyed.values())
    return None
