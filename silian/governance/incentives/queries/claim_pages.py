"""One claim as its page shows it: sums, gates before the hand-in, papers (申领页面)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.governance.incentives.choices.claims import ClaimState, GateOutcome
from silian.governance.incentives.gateways.claim_schemes import SETTLEMENT, Document, book_for
from silian.governance.incentives.models import Claim, ClaimPaper
from silian.governance.incentives.permissions.claims import may_certify, may_open_claims, owns
from silian.governance.incentives.queries.payment_gates import GateDraft, gates_for

EDITABLE = (ClaimState.DRAFT, ClaimState.RETURNED)
SETTLING = (ClaimState.AGREED, ClaimState.NOTICE, ClaimState.APPROVED)
ORDER = (GateOutcome.FAILED, GateOutcome.UNKNOWN, GateOutcome.HINT, GateOutcome.PASSED)


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper that the scheme asks for with the files handed in (材料)."""

    document: Document
    papers: list[ClaimPaper]
    may_add: bool

    @property
    def at_settlement(self) -> bool:
        return self.document.at == SETTLEMENT


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """The gates before the hand-in, what is closed first (提交前的条件)."""

    gates: list[GateDraft]

    @property
    def closed(self) -> list[GateDraft]:
        return [each for each in self.gates if each.is_closed]


def hand_in_of(claim: Claim, *, on: datetime.date) -> HandIn:
    """Every condition of handing the claim in today, live (实时核对)."""
    gates = gates_for(claim, None, on)
    order = sorted(gates, key=lambda each: (not each.is_closed, ORDER.index(each.outcome)))
    return HandIn(gates=order)


def papers_of(claim: Claim, actor: Actor) -> list[PaperLine]:
    """The papers of a claim by what is asked; a school that certifies reads none."""
    if may_certify(actor) and not may_open_claims(actor) and not is_own(claim, actor):
        return []
    held: dict[str, list[ClaimPaper]] = {}
    for paper in claim.papers.select_related("file", "item"):
        held.setdefault(paper.code, []).append(paper)
    writes = owns(actor, claim)
    return [
        PaperLine(
            document=each,
            papers=held.get(each.code, []),
            may_add=writes and takes(claim, each),
        )
        for each in book_for(claim.call.scheme).documents
    ]


def is_own(claim: Claim, actor: Actor) -> bool:
    return claim.organisation_id == actor.organisation_id


def takes(claim: Claim, document: Document) -> bool:
    """Whether the claim takes such a paper now."""
    later = document.at == SETTLEMENT and claim.state in SETTLING
    return claim.state in EDITABLE or later


def with_heads(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims with how many items count (申领清单)."""
    return rows.select_related("organisation", "call__division").annotate(
        heads=Count("items", filter=Q(items__counts=True))
    )
