"""Making, using and stopping single-use links; the modules above keep tables of their own."""

from __future__ import annotations

import datetime
import secrets
from typing import Any

from django.db.models import F

from silian.casework.agreements.models.single_use_links import SingleUseLink, digest_of
from silian.foundation.kernel.actors import Actor

LINK_DAYS = datetime.timedelta(days=7)  # a week: long enough to read, short enough to be lost
MOST_ATTEMPTS = 5  # wrong answers; then somebody is guessing and the link closes
TOKEN_BYTES = 24  # 192 bits: an address that nobody finds by trying


def issue_link(
    link: SingleUseLink,
    *,
    others: Any,
    actor: Actor,
    now: datetime.datetime,
    last: datetime.datetime | None = None,
) -> str:
    """Save a new link, stop the earlier ones and give its token, once (生成链接).

    ``others`` are the earlier links to the same thing; ``last`` is when the thing itself closes.
    """
    stop_links(others, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link.token_digest = digest_of(token)
    link.made_by_id, link.made_at = actor.user_id, now
    link.expires_at = min(now + LINK_DAYS, last or now + LINK_DAYS)
    link.save()
    return token


def stop_links(links: Any, *, now: datetime.datetime) -> int:
    """Stop every link that was not used (作废链接)."""
    return int(links.unused().update(revoked_at=now))


def spend_link(link: SingleUseLink, *, now: datetime.datetime) -> bool:
    """Use the link up; False when somebody was quicker or it no longer works (用掉链接)."""
    rows = type(link).objects.filter(pk=link.pk)
    return bool(rows.working(now=now).update(used_at=now))


def count_wrong_answer(link: SingleUseLink, *, now: datetime.datetime) -> None:
    """Count a wrong answer even though the caller is refused; too many close the link."""
    rows = type(link).objects.filter(pk=link.pk)
    rows.update(failed_attempts=F("failed_attempts") + 1)
    stop_links(rows.filter(failed_attempts__gte=MOST_ATTEMPTS), now=now)
