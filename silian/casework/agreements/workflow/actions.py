"""Who may take which step of an agreement in which state (协议办理一览).

Commands, buttons and ``docs/agreements-actions.md`` ask this one table. Roles are seats towards
the agreement, not accounts: the organiser's staff, another party's staff, a person who is a party,
that person's guardian, officials of the region, and the system's clocks.
"""

from __future__ import annotations

from dataclasses import dataclass

from silian.casework.agreements.choices import AgreementState as S
from silian.casework.agreements.choices import Seat

ORGANISER, PARTY, PERSON = Seat.ORGANISER, Seat.PARTY, Seat.PERSON
GUARDIAN, OFFICIAL, CLOCK = Seat.GUARDIAN, Seat.OFFICIAL, Seat.CLOCK
DRAFTER = Seat.DRAFTER
INSIDERS = frozenset({ORGANISER, PARTY, PERSON, GUARDIAN})
WRITERS = frozenset({ORGANISER, DRAFTER})
ALL_STATES = frozenset(S)


@dataclass(frozen=True, kw_only=True)
class Action:
    """One step: who takes it, from which states, and what it leads to in words."""

    code: str
    label: str
    seats: frozenset[Seat]
    states: frozenset[S]
    step: str = ""
    note: str = ""


IN_FORCE = frozenset({S.ACTIVE, S.SUSPENDED})
STAFF = frozenset({ORGANISER, PARTY})
ACTIONS = (
    Action(
        code="read",
        label="查看登记信息",
        seats=INSIDERS | {DRAFTER, OFFICIAL},
        states=ALL_STATES - {S.DRAFT},
    ),
    Action(
        code="read_draft",
        label="查看草稿",
        seats=WRITERS,
        states=frozenset({S.DRAFT}),
    ),
    Action(
        code="revise",
        label="修改草稿",
        seats=WRITERS,
        states=frozenset({S.DRAFT}),
    ),
    Action(
        code="send",
        label="送签",
        seats=WRITERS,
        states=frozenset({S.DRAFT}),
        step="send",
    ),
    Action(
        code="sign",
        label="签署",
        seats=INSIDERS,
        states=frozenset({S.SIGNING}) | IN_FORCE,
        note="轮到本方，且有待签的版本；监护人仅在类别允许时代签",
    ),
    Action(
        code="refuse",
        label="拒签",
        seats=INSIDERS,
        states=frozenset({S.SIGNING}) | IN_FORCE,
        note="有待签的版本；拒签修订时原协议继续有效",
    ),
    Action(
        code="resend",
        label="改动后重新送签",
        seats=WRITERS,
        states=frozenset({S.SIGNING}),
        note="改动所涉各方的签字作废",
    ),
    Action(
        code="withdraw",
        label="撤回",
        seats=WRITERS,
        states=frozenset({S.DRAFT, S.SIGNING, S.REFUSED, S.LAPSED}),
        step="withdraw",
    ),
    Action(
        code="reopen",
        label="重新起草",
        seats=WRITERS,
        states=frozenset({S.REFUSED, S.LAPSED}),
        step="reopen",
    ),
    Action(code="amend", label="提出修订", seats=STAFF, states=IN_FORCE),
    Action(
        code="send_change",
        label="送签修订",
        seats=STAFF,
        states=IN_FORCE,
        note="有修订或续签的草稿；签署中改动后重新送签也由修订各方办理",
    ),
    Action(
        code="withdraw_change",
        label="撤回修订",
        seats=STAFF,
        states=IN_FORCE,
        note="有尚未签齐的修订或续签",
    ),
    Action(code="renew", label="续签", seats=STAFF, states=IN_FORCE),
    Action(code="suspend", label="中止", seats=STAFF, states=frozenset({S.ACTIVE}), step="suspend"),
    Action(
        code="resume", label="恢复", seats=STAFF, states=frozenset({S.SUSPENDED}), step="resume"
    ),
    Action(code="terminate", label="解除", seats=STAFF, states=IN_FORCE, step="terminate"),
    Action(
        code="lapse",
        label="逾期未签",
        seats=frozenset({CLOCK}),
        states=frozenset({S.SIGNING}),
        step="lapse",
        note="签署期限已过",
    ),
    Action(
        code="end",
        label="到期终止",
        seats=frozenset({CLOCK}),
        states=IN_FORCE,
        step="end",
        note="终止日已到",
    ),
)
ACTIONS_BY_CODE = {action.code: action for action in ACTIONS}


def may_take(action: str, *, seat: Seat, state: S) -> bool:
    """Whether somebody in a seat may take a step from a state (该步骤可否办理)."""
    row = ACTIONS_BY_CODE[action]
    return seat in row.seats and state in row.states


def actions_of(*, seats: frozenset[Seat], state: S) -> list[Action]:
    """The steps open to somebody who holds these seats."""
    return [row for row in ACTIONS if state in row.states and not seats.isdisjoint(row.seats)]
