"""The life of a listing on one page (供需信息流程)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.exchange.choices import ListingState as S
from silian.operations.exchange.rules.listing_publication import (
    reason_not_confirmable,
    reason_not_publishable,
)

listing = Workflow(
    [
        Transition(
            name="publish",
            label="发布",
            sources=frozenset({S.DRAFT, S.RETURNED}),
            target=S.PUBLISHED,
            guard=reason_not_publishable,
        ),
        Transition(
            name="submit",
            label="提交审核",
            sources=frozenset({S.DRAFT, S.RETURNED}),
            target=S.IN_REVIEW,
            guard=reason_not_publishable,
        ),
        Transition(
            name="approve",
            label="审核通过",
            sources=frozenset({S.IN_REVIEW}),
            target=S.PUBLISHED,
            guard=reason_not_publishable,
        ),
        Transition(
            name="return", label="退回", sources=frozenset({S.IN_REVIEW}), target=S.RETURNED
        ),
        Transition(
            name="recall", label="撤回送审", sources=frozenset({S.IN_REVIEW}), target=S.DRAFT
        ),
        Transition(
            name="review_again",
            label="修改后再审",
            sources=frozenset({S.PUBLISHED, S.PAUSED}),
            target=S.IN_REVIEW,
            guard=reason_not_publishable,
        ),
        Transition(
            name="confirm",
            label="确认有效",
            sources=frozenset({S.PUBLISHED}),
            target=S.PUBLISHED,
            guard=reason_not_confirmable,
        ),
        Transition(name="pause", label="暂停", sources=frozenset({S.PUBLISHED}), target=S.PAUSED),
        Transition(
            name="resume",
            label="恢复发布",
            sources=frozenset({S.PAUSED}),
            target=S.PUBLISHED,
            guard=reason_not_publishable,
        ),
        Transition(
            name="extend",
            label="延长有效期",
            sources=frozenset({S.PUBLISHED}),
            target=S.PUBLISHED,
            guard=reason_not_confirmable,
        ),
        Transition(
            name="fill",
            label="满额",
            sources=frozenset({S.PUBLISHED, S.PAUSED}),
            target=S.FILLED,
        ),
        Transition(
            name="reopen", label="名额退回", sources=frozenset({S.FILLED}), target=S.PUBLISHED
        ),
        Transition(
            name="expire",
            label="到期",
            sources=frozenset({S.PUBLISHED, S.PAUSED, S.FILLED}),
            target=S.EXPIRED,
        ),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.IN_REVIEW, S.RETURNED, S.PUBLISHED, S.PAUSED, S.FILLED}),
            target=S.WITHDRAWN,
        ),
        Transition(
            name="revive",
            label="重新编辑",
            sources=frozenset({S.EXPIRED, S.WITHDRAWN}),
            target=S.DRAFT,
        ),
    ]
)
EDITABLE = frozenset({S.DRAFT, S.RETURNED, S.PUBLISHED, S.PAUSED})
CLOSED = frozenset({S.FILLED, S.EXPIRED, S.WITHDRAWN})
ONCE_PUBLIC = frozenset({S.PUBLISHED, S.PAUSED, S.FILLED, S.EXPIRED})
