"""The lives of learning: a return, a competition, a promotion, an award list and its awards."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.learning.choices import AwardListState as L
from silian.operations.learning.choices import AwardState as A
from silian.operations.learning.choices import CollectionState as K
from silian.operations.learning.choices import CompetitionState as C
from silian.operations.learning.choices import PromotionState as P
from silian.operations.learning.choices import ReturnState as S
from silian.operations.learning.rules.awards import (
    reason_not_approvable,
    reason_not_discardable,
    reason_not_noticed,
)
from silian.operations.learning.rules.collections import (
    reason_not_collected,
    reason_without_reason,
)
from silian.operations.learning.rules.competitions import (
    reason_not_holdable,
    reason_not_openable,
    reason_not_publishable,
)
from silian.operations.learning.rules.figures import (
    reason_not_acceptable,
    reason_not_confirmable,
    reason_not_orderable,
    reason_not_returnable,
    reason_not_submittable,
    reason_not_withdrawable,
)

fund_return = Workflow(
    [
        Transition(
            name="submit",
            label="提交",
            sources=frozenset({S.DRAFT, S.FIXING, S.SUBMITTED, S.CONFIRMED}),
            target=S.SUBMITTED,
            guard=reason_not_submittable,
        ),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.SUBMITTED}),
            target=S.DRAFT,
            guard=reason_not_withdrawable,
        ),
        Transition(
            name="return",
            label="退回补正",
            sources=frozenset({S.SUBMITTED}),
            target=S.FIXING,
            guard=reason_not_returnable,
        ),
        Transition(
            name="confirm",
            label="确认",
            sources=frozenset({S.SUBMITTED}),
            target=S.CONFIRMED,
            guard=reason_not_confirmable,
        ),
        Transition(
            name="order",
            label="责令改正",
            sources=frozenset({S.SUBMITTED}),
            target=S.ORDERED,
            guard=reason_not_orderable,
        ),
        Transition(
            name="report",
            label="报告改正",
            sources=frozenset({S.ORDERED, S.REFUSED}),
            target=S.REPORTED,
            guard=reason_not_submittable,
        ),
        Transition(
            name="accept",
            label="核实已改正",
            sources=frozenset({S.REPORTED}),
            target=S.CORRECTED,
            guard=reason_not_acceptable,
        ),
        Transition(
            name="send_back",
            label="退回继续改正",
            sources=frozenset({S.REPORTED}),
            target=S.ORDERED,
        ),
        Transition(
            name="refuse", label="认定拒不改正", sources=frozenset({S.ORDERED}), target=S.REFUSED
        ),
        Transition(
            name="reopen",
            label="撤销责令改正",
            sources=frozenset({S.ORDERED, S.REPORTED, S.REFUSED}),
            target=S.SUBMITTED,
        ),
    ]
)

collection = Workflow(
    [
        Transition(name="take", label="接收", sources=frozenset({K.TOLD}), target=K.TAKEN),
        Transition(
            name="collect",
            label="登记收取结果",
            sources=frozenset({K.TOLD, K.TAKEN}),
            target=K.COLLECTED,
            guard=reason_not_collected,
        ),
        Transition(
            name="return",
            label="退回",
            sources=frozenset({K.TOLD, K.TAKEN}),
            target=K.RETURNED,
            guard=reason_without_reason,
        ),
        Transition(name="retell", label="重新移送", sources=frozenset({K.RETURNED}), target=K.TOLD),
    ]
)

competition = Workflow(
    [
        Transition(name="publish", label="发布", sources=frozenset({C.DRAFT}), target=C.PUBLISHED),
        Transition(
            name="open",
            label="开放报名",
            sources=frozenset({C.PUBLISHED}),
            target=C.OPEN,
            guard=reason_not_openable,
        ),
        Transition(
            name="hold",
            label="比赛结束",
            sources=frozenset({C.OPEN}),
            target=C.HELD,
            guard=reason_not_holdable,
        ),
        Transition(
            name="results",
            label="公布成绩",
            sources=frozenset({C.HELD}),
            target=C.RESULTS,
            guard=reason_not_publishable,
        ),
        Transition(
            name="cancel",
            label="取消",
            sources=frozenset({C.DRAFT, C.PUBLISHED, C.OPEN, C.HELD}),
            target=C.CANCELLED,
        ),
    ]
)

promotion = Workflow(
    [
        Transition(
            name="verify", label="核验通过", sources=frozenset({P.SUBMITTED}), target=P.VERIFIED
        ),
        Transition(
            name="refuse", label="不予通过", sources=frozenset({P.SUBMITTED}), target=P.REFUSED
        ),
        Transition(
            name="correct",
            label="更正",
            sources=frozenset({P.SUBMITTED, P.VERIFIED, P.REFUSED}),
            target=P.SUBMITTED,
        ),
    ]
)

award_list = Workflow(
    [
        Transition(
            name="notice",
            label="公示",
            sources=frozenset({L.DRAFT}),
            target=L.NOTICED,
            guard=reason_not_noticed,
        ),
        Transition(
            name="approve",
            label="批准",
            sources=frozenset({L.NOTICED}),
            target=L.APPROVED,
            guard=reason_not_approvable,
        ),
        Transition(name="close", label="办结", sources=frozenset({L.APPROVED}), target=L.CLOSED),
        Transition(name="reopen", label="重开", sources=frozenset({L.CLOSED}), target=L.APPROVED),
        Transition(
            name="discard",
            label="作废",
            sources=frozenset({L.DRAFT, L.NOTICED, L.APPROVED}),
            target=L.DISCARDED,
            guard=reason_not_discardable,
        ),
    ]
)

award = Workflow(
    [
        Transition(
            name="approve", label="批准", sources=frozenset({A.PROPOSED}), target=A.APPROVED
        ),
        Transition(
            name="order",
            label="安排支付",
            sources=frozenset({A.APPROVED, A.FAILED}),
            target=A.ORDERED,
        ),
        Transition(
            name="pay",
            label="支付成功",
            sources=frozenset({A.ORDERED, A.FAILED}),
            target=A.PAID,
        ),
        Transition(
            name="fail",
            label="支付失败",
            sources=frozenset({A.ORDERED, A.PAID}),
            target=A.FAILED,
        ),
        Transition(
            name="refuse",
            label="不发放",
            sources=frozenset({A.PROPOSED, A.APPROVED, A.FAILED}),
            target=A.REFUSED,
        ),
    ]
)
