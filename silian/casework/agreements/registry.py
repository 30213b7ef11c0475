"""The kinds of agreement, declared once by code or by an official's configuration (协议类别).

A module above registers what it checks before an agreement of a kind is sent, becomes active or is
amended::

    register_guard("internship", findings_of_internship)
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol

from silian.casework.agreements.choices import Better
from silian.foundation.kernel.typed_values import ValueType

if TYPE_CHECKING:
    from silian.casework.agreements.models import Agreement

STARTS_ON, ENDS_ON = "starts_on", "ends_on"
GuardStep = Literal["send", "activate", "amend"]


@dataclass(frozen=True, kw_only=True)
class TermField:
    """One typed term (条款项).

    ``concerns`` names the roles whose signatures a change drops; empty means all. ``better`` says
    which way a change is better for the weaker side, so that a difference can say 变好 or 变差.
    """

    code: str
    label: str
    type: ValueType = ValueType.TEXT
    unit: str = ""
    required: bool = True
    substantive: bool = True
    concerns: tuple[str, ...] = ()
    better: Better = Better.NONE
    group: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""

    def is_concern_of(self, role: str) -> bool:
        """Whether a change of this term drops the signature of ``role``."""
        return self.substantive and (not self.concerns or role in self.concerns)


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """Who may sign for a party, and with which reason (代签).

    ``is_guardian``: only the guardian on record; ``only_minors``: only while the party is a minor.
    """

    code: str
    reason: str
    is_guardian: bool = False
    only_minors: bool = False


@dataclass(frozen=True, kw_only=True)
class PartyRole:
    """A role of a kind (当事方角色): an organisation or a person, and who may act for it.

    ``order`` is the place in the signing sequence; equal places sign in any order.
    """

    code: str
    label: str
    is_person: bool = False
    order: int = 1
    required: bool = True
    several: bool = False
    organisation_kinds: tuple[str, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One clause of the text with ``{term}`` places (条款文本).

    ``when`` maps terms to the value that they must have for the clause to stand; an empty string
    as the value asks only that the term is filled in.
    """

    heading: str
    text: str
    when: tuple[tuple[str, Any], ...] = ()


PERIOD_TERMS = (
    TermField(code=STARTS_ON, label="起始日", type=ValueType.DATE, group="期限"),
    TermField(
        code=ENDS_ON,
        label="终止日（不含）",
        type=ValueType.DATE,
        group="期限",
        help="协议在这一天零时终止。",
    ),
)


@dataclass(frozen=True, kw_only=True)
class AgreementKind:
    """A kind of agreement (协议类别): typed terms, roles, text, and what may happen to it.

    ``signed_before_start`` kinds are never sent or signed on or after their first day.
    ``drafters`` are roles of the organiser that may draft besides managers and agents.
    """

    code: str
    label: str
    purpose: str
    basis: str = ""
    terms: tuple[TermField, ...]
    roles: tuple[PartyRole, ...]
    clauses: tuple[Clause, ...]
    signing_working_days: int = 10
    notice_days: int = 30
    may_amend: bool = True
    may_renew: bool = True
    may_suspend: bool = True
    signed_before_start: bool = False
    drafters: tuple[str, ...] = ()
    by_hand: bool = True

    @cached_property
    def all_terms(self) -> tuple[TermField, ...]:
        """The period and the kind's own terms, in the order shown."""
        return PERIOD_TERMS + self.terms

    @cached_property
    def terms_by_code(self) -> dict[str, TermField]:
        return {term.code: term for term in self.all_terms}

    @cached_property
    def roles_by_code(self) -> dict[str, PartyRole]:
        return {role.code: role for role in self.roles}

    def role_label(self, code: str) -> str:
        role = self.roles_by_code.get(code)
        return role.label if role else code


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a guard found (核对结果): a sentence, and whether it stops the step."""

    sentence: str
    blocks: bool
    basis: str = ""


class Guard(Protocol):
    """What a module above checks; ``step`` is send, activate or amend (核对)."""

    def __call__(
        self, *, agreement: Agreement, terms: Mapping[str, Any], on: datetime.date, step: GuardStep
    ) -> list[Finding]: ...


_kinds: dict[str, AgreementKind] = {}
_guards: dict[str, list[Guard]] = defaultdict(list)


def register_kind(kind: AgreementKind) -> AgreementKind:
    """Declare a kind; the same code twice must mean the same thing."""
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"two kinds of agreement share the code {kind.code!r}")
    return kind


def declared_kinds() -> list[AgreementKind]:
    """All kinds declared by code, in the order declared."""
    return list(_kinds.values())


def kind_named(code: str) -> AgreementKind:
    """The declared kind of a code; configured kinds are read by ``queries.kinds``."""
    return _kinds[code]


def is_declared(code: str) -> bool:
    return code in _kinds


def register_guard(kind: str, guard: Guard) -> Guard:
    """Ask ``guard`` before agreements of ``kind`` are sent, become active or are amended."""
    if guard not in _guards[kind]:
        _guards[kind].append(guard)
    return guard


def guards_of(kind: str) -> list[Guard]:
    return list(_guards[kind])
