"""Which posts of a round the hard rules close to which students, and why (先行过滤)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from silian.operations.placements.choices.internships import (
    Arrangement,
)
from silian.operations.placements.models.rounds import Round, RoundPost, RoundStudent
from silian.operations.placements.queries.lawfulness import Candidate, findings_of


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A student and a post that could be brought together."""

    student: RoundStudent
    round_post: RoundPost


def closures_of(
    *, placement_round: Round, pairs: Sequence[Pair], on: datetime.date
) -> list[tuple[str, ...]]:
    """For each pair why the post is not open for the student; empty when it is.

    Constant queries for any number of pairs. Capacity is not asked here: the places of a round
    are cut to the room of the host before it is solved.
    """
    candidates = [
        Candidate(
            person_id=pair.student.person_id,
            post_id=pair.round_post.post_id,
            plan_id=pair.student.plan_id,
            host_id=pair.round_post.host_id,
            starts_on=placement_round.starts_on,
            ends_on=placement_round.ends_on,
            kind=placement_round.kind,
            arrangement=Arrangement.ROUND,
        )
        for pair in pairs
    ]
    return [
        tuple(finding.sentence for finding in found if finding.blocks)
        for found in findings_of(candidates=candidates, on=on)
    ]
