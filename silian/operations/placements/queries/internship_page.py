"""What the page of one internship shows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from silian.casework.agreements.models import Agreement
from silian.casework.agreements.permissions.agreements import agreements_visible_to
from silian.casework.agreements.queries.reading import agreement_of
from silian.foundation.kernel.actors import Actor
from silian.operations.placements.choices.internships import (
    KINDS_IN_POST,
    ConsentState,
    InternshipState,
)
from silian.operations.placements.models import Internship, InternshipConsent, PostMove
from silian.operations.placements.queries.agreement_terms import candidate_of
from silian.operations.placements.queries.lawfulness import findings_of
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE, missing_of
from silian.operations.placements.rules.prohibitions.declaration import Finding
from silian.operations.placements.rules.readiness import Missing, all_items

S = InternshipState
BEGUN = frozenset({S.IN_POST, S.INTERRUPTED, S.FINISHED, S.ENDED_EARLY, S.ASSESSED})
OVER = frozenset({S.FINISHED, S.ENDED_EARLY, S.ASSESSED})


AGREEMENT_TONES = {"active": "ok", "draft": "watch", "signing": "watch", "ended": "info"}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One stage of the life: what, when, and whether it is done, current, waiting or refused."""

    label: str
    note: str
    state: str


@dataclass(frozen=True, kw_only=True)
class CheckLine:
    """One thing that is asked before the start, there or missing."""

    item: Missing
    is_there: bool


def steps_of_life(internship: Internship) -> list[Step]:
    """Arranged, papers, in post, over, assessed (进度)."""
    state = S(internship.state)
    if state == S.CANCELLED:
        return [
            Step(label="安排", note=f"{internship.created_at:%m-%d}", state="done"),
            Step(label="已取消", note=internship.end_reason[:20], state="refused"),
        ]
    ended = "提前结束" if state == S.ENDED_EARLY else "期满"
    return [
        Step(label="安排", note=f"{internship.created_at:%m-%d}", state="done"),
        Step(label="手续", note=papers_note(state), state=stage(state, S.PREPARING, BEGUN)),
        Step(label="在岗", note=post_note(internship), state=in_post_stage(state)),
        Step(
            label=ended,
            note=f"{internship.ended_on or internship.last_day:%m-%d}",
            state="done" if state in OVER else "waiting",
        ),
        Step(label="考核", note="", state=stage(state, None, frozenset({S.ASSESSED}))),
    ]


def stage(state: S, current: S | None, done: frozenset[S]) -> str:
    return "done" if state in done else "current" if state == current else "waiting"


def in_post_stage(state: S) -> str:
    return "current" if state in (S.IN_POST, S.INTERRUPTED) else stage(state, None, OVER)


def papers_note(state: S) -> str:
    return {S.PLANNED: "未开始", S.PREPARING: "办理中"}.get(state, "已齐")


def post_note(internship: Internship) -> str:
    if internship.state == S.INTERRUPTED:
        return "中断"
    day = internship.started_on or internship.starts_on
    return f"{day:%m-%d}"


def check_list(internship: Internship, *, on: datetime.date) -> list[CheckLine]:
    """Everything asked before the start, with what is there (办理清单)."""
    missing = missing_of(internship_ids=[internship.pk], on=on)[internship.pk]
    codes = {item.code for item in missing}
    items = all_items(is_in_post=internship.kind in KINDS_IN_POST)
    return [CheckLine(item=item, is_there=item.code not in codes) for item in items]


def findings_now(internship: Internship, *, on: datetime.date) -> list[Finding]:
    """What the prohibitions say of the internship as it stands (规范核对)."""
    candidate = candidate_of(internship, post=internship.post, terms={})
    return findings_of(candidates=[candidate], on=on)[0]


def refused_consent(internship: Internship) -> InternshipConsent | None:
    """The consent that somebody refused, if one did."""
    return next(
        (row for row in internship.consents.all() if row.state == ConsentState.REFUSED), None
    )


def page_of(internship: Internship, *, actor: Actor, on: datetime.date) -> dict[str, Any]:
    """What the page of an internship shows this reader."""
    agreement: Agreement | None = agreement_of(AGREEMENT_SOURCE, internship.pk)
    waiting = internship.state in (S.PLANNED, S.PREPARING)
    return {
        "internship": internship,
        "steps": steps_of_life(internship),
        "checks": check_list(internship, on=on) if waiting else [],
        "findings": findings_now(internship, on=on) if internship.state not in OVER else [],
        "agreement": agreement,
        "reads_agreement": agreement is not None
        and agreements_visible_to(actor).filter(pk=agreement.pk).exists(),
        "agreement_tone": AGREEMENT_TONES.get(agreement.state, "late") if agreement else "",
        "consents": list(internship.consents.select_related("person")),
        "periods": list(internship.post_periods.select_related("post")),
        "interruptions": list(internship.interruptions.all()),
        "warnings": list(internship.accepted_warnings.all()),
        "move": internship_move(internship),
    }


def internship_move(internship: Internship) -> Any:
    """The change of post that waits for signatures, if there is one."""
    rows = PostMove.objects.filter(internship=internship).select_related("post")
    return rows.filter(done_at=None, dropped_at=None).first()
