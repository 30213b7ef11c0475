"""The lives of a call, of a claim, of a step and of a payment."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.governance.incentives.choices.claims import CallState as C
from silian.governance.incentives.choices.claims import ClaimState as S
from silian.governance.incentives.choices.claims import PaymentStanding as P
from silian.governance.incentives.choices.claims import StepState as T
from silian.governance.incentives.rules.claims import (
    reason_not_callable,
    reason_not_decidable,
    reason_not_noticeable,
    reason_not_orderable,
    reason_not_submittable,
)

claim_call = Workflow(
    [
        Transition(
            name="open",
            label="发布",
            sources=frozenset({C.DRAFT}),
            target=C.OPEN,
            guard=reason_not_callable,
        ),
        Transition(name="close", label="截止", sources=frozenset({C.OPEN}), target=C.CLOSED),
        Transition(name="extend", label="延长受理", sources=frozenset({C.CLOSED}), target=C.OPEN),
    ]
)

claim = Workflow(
    [
        Transition(
            name="submit",
            label="提交申领",
            sources=frozenset({S.DRAFT, S.RETURNED}),
            target=S.REVIEW,
            guard=reason_not_submittable,
        ),
        Transition(
            name="return", label="退回补正", sources=frozenset({S.REVIEW}), target=S.RETURNED
        ),
        Transition(
            name="agree",
            label="审定同意",
            sources=frozenset({S.REVIEW}),
            target=S.AGREED,
            guard=reason_not_decidable,
        ),
        Transition(
            name="reject",
            label="不予支持",
            sources=frozenset({S.REVIEW, S.AGREED, S.NOTICE}),
            target=S.REJECTED,
        ),
        Transition(
            name="publish",
            label="公示",
            sources=frozenset({S.AGREED}),
            target=S.NOTICE,
            guard=reason_not_noticeable,
        ),
        Transition(name="approve", label="批准", sources=frozenset({S.NOTICE}), target=S.APPROVED),
        Transition(
            name="review_again",
            label="异议成立，重新审核",
            sources=frozenset({S.NOTICE}),
            target=S.REVIEW,
        ),
        Transition(
            name="reopen",
            label="复核后重新审核",
            sources=frozenset({S.REJECTED}),
            target=S.REVIEW,
        ),
        Transition(name="settle", label="结清", sources=frozenset({S.APPROVED}), target=S.SETTLED),
        Transition(
            name="resettle", label="重新核算", sources=frozenset({S.SETTLED}), target=S.APPROVED
        ),
        Transition(
            name="withdraw",
            label="撤回",
            sources=frozenset({S.DRAFT, S.REVIEW, S.RETURNED}),
            target=S.WITHDRAWN,
        ),
    ]
)

claim_step = Workflow(
    [
        Transition(name="open", label="开始办理", sources=frozenset({T.WAITING}), target=T.OPEN),
        Transition(name="agree", label="同意", sources=frozenset({T.OPEN}), target=T.AGREED),
        Transition(
            name="pass_silent", label="视为无异议", sources=frozenset({T.OPEN}), target=T.SILENT
        ),
        Transition(name="return", label="退回补正", sources=frozenset({T.OPEN}), target=T.RETURNED),
        Transition(name="refuse", label="不同意", sources=frozenset({T.OPEN}), target=T.REFUSED),
    ]
)

claim_payment = Workflow(
    [
        Transition(
            name="ready",
            label="条件满足",
            sources=frozenset({P.WAITING, P.READY, P.FAILED}),
            target=P.READY,
        ),
        Transition(
            name="wait",
            label="条件未满足",
            sources=frozenset({P.WAITING, P.READY, P.FAILED}),
            target=P.WAITING,
        ),
        Transition(
            name="order",
            label="安排支付",
            sources=frozenset({P.READY}),
            target=P.ORDERED,
            guard=reason_not_orderable,
        ),
        Transition(
            name="pay", label="确认到账", sources=frozenset({P.ORDERED, P.FAILED}), target=P.PAID
        ),
        Transition(
            name="fail", label="支付失败", sources=frozenset({P.ORDERED, P.PAID}), target=P.FAILED
        ),
        Transition(
            name="cancel",
            label="取消",
            sources=frozenset({P.WAITING, P.READY, P.FAILED}),
            target=P.CANCELLED,
        ),
    ]
)
