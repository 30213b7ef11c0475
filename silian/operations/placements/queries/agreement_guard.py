"""What internships have against a step of their agreement: prohibitions, days, room."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from silian.casework.agreements import registry
from silian.casework.agreements.models import Agreement
from silian.operations.placements.choices.internships import (
    HELD_STATES,
    LIVE_STATES,
)
from silian.operations.placements.models import Internship, InternshipPost
from silian.operations.placements.queries.agreement_terms import (
    day,
    findings_on_terms,
    post_of_terms,
)
from silian.operations.placements.queries.capacity import room_of
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE
from silian.operations.placements.rules.arranging import sentence_of
from silian.operations.placements.rules.internship_life import overlaps

Terms = Mapping[str, Any]
GONE = "这次实习已经取消或结束，协议不能再送签或生效。"
TAKEN = "该生在这段时间已有其他实习安排，协议期间不能重叠。"


def findings_of_internship(
    *, agreement: Agreement, terms: Terms, on: datetime.date, step: registry.GuardStep
) -> list[registry.Finding]:
    """Asked before an internship's agreement is sent, becomes active or is amended (协议核对).

    An agreement that was drafted by hand, without an internship, is none of ours.
    """
    if agreement.source != AGREEMENT_SOURCE or agreement.source_id is None:
        return []
    rows = Internship.objects.select_related("post__industry", "post__organisation", "host")
    internship = rows.filter(pk=agreement.source_id).first()
    if internship is None or internship.state not in LIVE_STATES:
        return [registry.Finding(sentence=GONE, blocks=True)]
    since = max(on, internship.starts_on)
    found = findings_on_terms(internship=internship, terms=terms, on=since)
    return [
        *(
            registry.Finding(sentence=sentence_of(each), blocks=each.blocks, basis=each.basis)
            for each in found
        ),
        *(
            registry.Finding(sentence=sentence, blocks=True)
            for sentence in period_refusals(internship, terms)
        ),
    ]


def period_refusals(internship: Internship, terms: Terms) -> list[str]:
    """Why the days of the terms do not fit: another internship, the post's window, no room."""
    starts_on = day(terms.get("starts_on"), internship.starts_on)
    ends_on = day(terms.get("ends_on"), internship.ends_on)
    found = []
    if overlaps(starts_on=starts_on, ends_on=ends_on, held=other_days(internship)):
        found.append(TAKEN)
    post = post_of_terms(internship, terms)
    if post is not None:
        found += post_refusals(internship, post=post, starts_on=starts_on, ends_on=ends_on)
    return found


def other_days(internship: Internship) -> list[tuple[datetime.date, datetime.date]]:
    """The days that the student's other internships hold."""
    rows = Internship.objects.filter(
        person_id=internship.person_id, state__in=sorted(HELD_STATES)
    ).exclude(pk=internship.pk)
    return list(rows.values_list("starts_on", "ends_on"))


def post_refusals(
    internship: Internship,
    *,
    post: InternshipPost,
    starts_on: datetime.date,
    ends_on: datetime.date,
) -> list[str]:
    if ends_on > post.ends_on:
        return [f"岗位只安排到 {post.ends_on:%Y-%m-%d}，协议期间超出，请先延长岗位期间。"]
    room = room_of(
        organisation_id=post.organisation_id,
        post_ids=[post.pk],
        starts_on=starts_on,
        ends_on=ends_on,
        without=[internship.pk],
    )
    sentence = room.refusal(wanted={post.pk: 1})
    return [sentence] if sentence else []
