"""Commands in random order on real rows: the tables never hold an illegal state."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable

import pytest
from django.db import transaction

from silian.foundation.kernel.errors import DomainError
from silian.operations.placements.choices.internships import (
    HELD_STATES,
    InternshipState,
)
from silian.operations.placements.commands.ending import cancel_internship, close_due, end_early
from silian.operations.placements.commands.interrupting import (
    interrupt_internship,
    resume_internship,
)
from silian.operations.placements.commands.starting import start_internship
from silian.operations.placements.models import Internship
from silian.operations.placements.queries.readiness import missing_of
from tests.operations.placements import stage
from tests.world import World

pytestmark = pytest.mark.django_db
S = InternshipState
STEPS = 150


def acts(world: World, row: Internship, now: datetime.datetime) -> list[Callable[[], object]]:
    """What somebody may try on one row, lawful or not."""
    school, host, student = world.school.actor, world.enterprise.actor, world.student.actor
    one = {"internship_id": row.pk, "now": now}
    return [
        lambda: start_internship(**one, actor=school),
        lambda: start_internship(**one, actor=student),
        lambda: interrupt_internship(**one, actor=host, reason="设备检修"),
        lambda: resume_internship(**one, actor=school),
        lambda: end_early(**one, actor=host, reason="停产"),
        lambda: end_early(**one, actor=school, reason=""),
        lambda: cancel_internship(**one, actor=school, reason="改派"),
        lambda: close_due(now=now),
    ]


def is_lawful(row: Internship, on: datetime.date) -> bool:
    """In post: begun on a day of its own, nothing missing, exactly one open post period."""
    if row.state != S.IN_POST:
        return True
    begun = row.started_on is not None and row.starts_on <= row.started_on <= on
    missing = missing_of(internship_ids=[row.pk], on=on)[row.pk]
    return begun and not missing and row.post_periods.filter(ends_on=None).count() == 1


def test_no_order_of_commands_leaves_an_illegal_row(world: World) -> None:
    rng = random.Random(5)
    host, post = stage.make_host(world), stage.make_post(world)
    plan = stage.make_plan(world, hosts=(host,))
    for place in range(12):
        row = stage.make_internship(world, host=host, post=post, plan=plan, state=S.PREPARING)
        left_out = () if place % 3 else ("liability", "guardian_consent")
        stage.with_papers(world, row, without=left_out)
    today, reached = stage.STARTS - datetime.timedelta(days=3), set()
    for _ in range(STEPS):
        today += datetime.timedelta(days=rng.choice((0, 0, 0, 1, 2)))
        row = rng.choice(list(Internship.objects.order_by("pk")))
        try:
            with transaction.atomic():
                rng.choice(acts(world, row, stage.local_now(today)))()
        except (DomainError, Internship.DoesNotExist):
            row.refresh_from_db()  # refused, or a row that the actor does not see
        row.refresh_from_db()
        reached.add(row.state)
        assert is_lawful(row, today)
        assert row.state in HELD_STATES | {S.CANCELLED}
    assert {S.IN_POST, S.INTERRUPTED, S.ENDED_EARLY, S.CANCELLED} <= reached
