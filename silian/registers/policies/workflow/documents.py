"""The life of a policy document on one page (政策文件)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.policies.choices import DocumentState as S
from silian.registers.policies.rules.issuing import reason_not_issuable, reason_without_words

policy_document = Workflow(
    [
        Transition(
            name="present", label="解析完成", sources=frozenset({S.PARSING}), target=S.REVIEWING
        ),
        Transition(
            name="fail", label="解析失败", sources=frozenset({S.PARSING}), target=S.UNREADABLE
        ),
        Transition(
            name="read_again",
            label="重新解析",
            sources=frozenset({S.UNREADABLE, S.REVIEWING}),
            target=S.PARSING,
        ),
        Transition(
            name="issue",
            label="发布",
            sources=frozenset({S.REVIEWING}),
            target=S.ISSUED,
            guard=reason_not_issuable,
        ),
        Transition(
            name="supersede", label="被替代", sources=frozenset({S.ISSUED}), target=S.SUPERSEDED
        ),
        Transition(
            name="repeal",
            label="废止",
            sources=frozenset({S.ISSUED}),
            target=S.REPEALED,
            guard=reason_without_words,
        ),
        Transition(
            name="withdraw",
            label="撤下",
            sources=frozenset({S.UNREADABLE, S.REVIEWING, S.ISSUED}),
            target=S.WITHDRAWN,
            guard=reason_without_words,
        ),
    ]
)
