"""Putting all wishes into one line, so that choosing becomes comparing places."""

from __future__ import annotations

import numpy as np

from silian_engines.matching.assignment.market import MOST_POINTS, NO_POST, Market, Queue

POST_SHIFT, POINTS_SHIFT = np.uint64(44), np.uint64(24)


def queue_of(market: Market) -> Queue:
    """The line of a round: by post, then points (higher first), then lottery (lower first)."""
    wishes = market.wishes.ravel()
    made = np.flatnonzero(wishes != NO_POST)
    post = wishes[made]
    places = max(market.places, 1)
    student = (made // places).astype(np.int32)
    less = (MOST_POINTS - 1 - market.points.ravel()[made]).astype(np.uint64)
    key = post.astype(np.uint64) << POST_SHIFT
    key |= less << POINTS_SHIFT
    key |= market.lottery[student].astype(np.uint64)
    order = np.argsort(key)
    position = np.full(wishes.shape, order.size, dtype=np.int32)
    position[made[order]] = np.arange(order.size, dtype=np.int32)
    post_at = post[order]
    return Queue(
        position=position.reshape(market.wishes.shape),
        post_at=post_at,
        student_at=student[order],
        rank_at=(made[order] % places).astype(np.int32),
        starts=np.searchsorted(post_at, np.arange(market.posts + 1)).astype(np.int32),
    )
