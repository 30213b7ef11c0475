"""An enterprise that had an intern last year, and an assessment of it."""

from __future__ import annotations

import datetime

from silian.governance.incentives.commands.host_assessments import propose_assessment
from silian.governance.incentives.models import HostAssessment
from silian.operations.placements.choices.internships import InternshipState
from tests.governance.incentives.claim_review.stage import NOW
from tests.operations.placements.stage import make_internship
from tests.world import World

YEAR = 2025
BASIS = "青教发〔2025〕8号 考核细则"


def intern_of_last_year(world: World) -> None:
    """Somebody was an intern at the world's enterprise from March to June 2025."""
    make_internship(
        world, state=InternshipState.FINISHED, starts_on=datetime.date(2025, 3, 1),
        ends_on=datetime.date(2025, 6, 1), ended_on=datetime.date(2025, 6, 1),
    )  # fmt: skip


def proposed(world: World, *, passes: bool = True, reason: str = "") -> HostAssessment:
    return propose_assessment(
        organisation_id=world.enterprise.organisation.pk, year=YEAR, passes=passes,
        reason=reason or ("" if passes else "两月报酬未足额支付"), basis=BASIS,
        actor=world.reviewer.actor, now=NOW,
    )  # fmt: skip
