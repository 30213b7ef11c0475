"""The demonstration city's documents: one issued, one waiting with three doubts."""

from __future__ import annotations

import datetime
import random
import time

from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.policies.choices import DocumentState
from silian.registers.policies.demo.documents import DocumentBuilder
from silian.registers.policies.queries.review import Review
from tests.world import CITY, World, make_member, make_organisation

ON = datetime.date(2026, 4, 1)


def test_the_plan_is_issued_and_its_revision_waits_with_three_doubts(world: World) -> None:
    office = make_organisation(
        name="青澜市发展和改革委员会", kind=OrganisationKind.GOVERNMENT, division_id=CITY
    )
    make_member(
        username="demo-coordinator",
        organisation=office,
        role=Role.COORDINATOR,
        jurisdiction_id=CITY,
    )
    started = time.monotonic()
    plan, revision = DocumentBuilder(rng=random.Random(1), on=ON).build()
    assert time.monotonic() - started < 10
    assert (plan.state, plan.is_demo) == (DocumentState.ISSUED, True)
    assert (revision.state, revision.supersedes) == (DocumentState.REVIEWING, plan)
    review = Review(revision)
    assert len(review.doubts) == 3
    assert len(review.holding_up) == 2
