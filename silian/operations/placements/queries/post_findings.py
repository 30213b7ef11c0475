"""What stands against a post itself, and against those who are there if it changes (岗位核对)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.gateways.legal_limits import limits_of
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.queries.lawfulness import (
    POST_FIELDS,
    Candidate,
    Facts,
    host_facts,
    post_facts,
)
from silian.operations.placements.rules.post_offers import about_the_post
from silian.operations.placements.rules.prohibitions import findings
from silian.operations.placements.rules.prohibitions.declaration import Finding
from silian.operations.placements.rules.prohibitions.facts import PostFacts
from silian.registers.organisations.models import Organisation

STUDENT_CODES = frozenset({"IN-18a", "IN-18b", "IN-18c", "IN-18d", "IN-18g", "IN-19"})
"""What a change of the post's facts can do to somebody who is there."""


def own_findings(post: InternshipPost, *, on: datetime.date) -> list[Finding]:
    """What stands against the post whoever comes; the post need not be saved."""
    found = findings(
        student=None,
        post=post_facts(post),
        stay=None,
        host=host_facts(organisation=post.organisation, host=None, inspection=None),
        limits=limits_of(division=post.division_id, on=on),
    )
    return about_the_post(found)


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """A student whom a change of the post concerns, and why (受影响的学生)."""

    internship: Internship
    findings: list[Finding]


def concerned_by(post: InternshipPost, *, on: datetime.date) -> list[Concerned]:
    """The students at a post for whom the facts as they now stand in memory newly forbid it."""
    rows = Internship.objects.filter(post_id=post.pk, state__in=sorted(LIVE_STATES), ends_on__gt=on)
    internships = list(rows.select_related("person", "school", "school_class").order_by("pk"))
    if not internships:
        return []
    facts = Facts([candidate_of(each) for each in internships])
    before = facts.posts[post.pk]
    found = []
    for internship in internships:
        candidate = candidate_of(internship)
        facts.suppose(before)
        known = {each.title for each in facts.findings(candidate, on=on) if each.blocks}
        facts.suppose(post)
        new = [
            each
            for each in facts.findings(candidate, on=on)
            if each.blocks and each.code in STUDENT_CODES and each.title not in known
        ]
        if new:
            found.append(Concerned(internship=internship, findings=new))
    return found


def candidate_of(internship: Internship) -> Candidate:
    """An internship as a wish to be where it is."""
    return Candidate(
        person_id=internship.person_id,
        post_id=internship.post_id,
        plan_id=internship.plan_id,
        host_id=internship.host_id,
        starts_on=internship.starts_on,
        ends_on=internship.ends_on,
        kind=internship.kind,
        arrangement=internship.arrangement,
        has_teacher=internship.teacher_id is not None,
        has_mentor=internship.mentor_id is not None,
        mismatch_reason=internship.mismatch_reason,
        filing_number=internship.filing_number,
        lodging=internship.lodging,
    )


def typed_findings(
    *, facts: dict[str, Any], organisation_id: int, on: datetime.date
) -> list[Finding]:
    """What stands against a post that is being typed; boxes not yet understood are left out."""
    organisation = Organisation.objects.select_related("industry").get(pk=organisation_id)
    known = {name: value for name, value in facts.items() if name in TYPED_FIELDS}
    industry_id = facts.get("industry_id")
    division = facts.get("division_id") or organisation.division_id
    typed = PostFacts(
        **{**known, "tasks": tuple(facts.get("tasks", ("",)))},
        hazards=frozenset(facts.get("hazards", ())),
        industry=industry_id or "",
        division=division,
    )
    found = findings(
        student=None,
        post=typed,
        stay=None,
        host=host_facts(organisation=organisation, host=None, inspection=None),
        limits=limits_of(division=division, on=on),
    )
    return about_the_post(found)


TYPED_FIELDS = frozenset(POST_FIELDS)
