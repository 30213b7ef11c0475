"""The lives of an organisation, a change of name and a proposed role."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.registers.organisations import rules
from silian.registers.organisations.choices import (
    ENDED_STATES,
    OrganisationState,
    ProposalState,
    RenamingState,
)

S = OrganisationState
ALIVE = frozenset(S) - ENDED_STATES

organisation = Workflow(
    [
        Transition(
            name="submit",
            label="提交核验",
            sources=frozenset({S.REGISTERED, S.REJECTED}),
            target=S.SUBMITTED,
            guard=rules.reason_not_submittable,
        ),
        Transition(
            name="verify",
            label="通过核验",
            sources=frozenset({S.SUBMITTED}),
            target=S.VERIFIED,
        ),
        Transition(
            name="reject",
            label="退回",
            sources=frozenset({S.SUBMITTED}),
            target=S.REJECTED,
            guard=rules.reason_not_said,
        ),
        Transition(
            name="rename",
            label="更名",
            sources=frozenset({S.VERIFIED}),
            target=S.VERIFIED,
        ),
        Transition(
            name="suspend",
            label="暂停",
            sources=frozenset({S.VERIFIED}),
            target=S.SUSPENDED,
            guard=rules.reason_not_said,
        ),
        Transition(
            name="resume",
            label="恢复",
            sources=frozenset({S.SUSPENDED}),
            target=S.VERIFIED,
            guard=rules.reason_not_said,
        ),
        Transition(
            name="merge",
            label="并入其他单位",
            sources=frozenset({S.VERIFIED, S.SUSPENDED}),
            target=S.MERGED,
            guard=rules.reason_not_said,
        ),
        Transition(
            name="close",
            label="注销",
            sources=ALIVE,
            target=S.CLOSED,
            guard=rules.reason_not_said,
        ),
    ]
)

renaming = Workflow(
    [
        Transition(
            name="confirm",
            label="确认更名",
            sources=frozenset({RenamingState.PENDING}),
            target=RenamingState.CONFIRMED,
        ),
        Transition(
            name="refuse",
            label="不予更名",
            sources=frozenset({RenamingState.PENDING}),
            target=RenamingState.REFUSED,
            guard=rules.reason_not_said,
        ),
    ]
)

proposal = Workflow(
    [
        Transition(
            name="confirm",
            label="同意角色变更",
            sources=frozenset({ProposalState.PENDING}),
            target=ProposalState.CONFIRMED,
        ),
        Transition(
            name="refuse",
            label="不同意角色变更",
            sources=frozenset({ProposalState.PENDING}),
            target=ProposalState.REFUSED,
            guard=rules.reason_not_said,
        ),
    ]
)
