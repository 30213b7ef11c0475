"""Agreements of many interns: each by itself, failures with their reason, once more on request."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.choices.rounds import (
    BatchItemState,
)
from silian.operations.placements.commands.agreement_batches import retry_batch, start_batch
from silian.operations.placements.models import Internship
from tests.operations.placements.stage import in_post, make_internship, make_post, make_student
from tests.world import World


def test_a_batch_says_of_each_how_far_it_came(world: World, run_jobs: Callable[[], None]) -> None:
    signed = in_post(world, student=make_student(world, name="演示学生甲"))
    starts = timezone.localdate() + datetime.timedelta(days=10)
    fresh = make_internship(
        world,
        student=make_student(world, name="演示学生乙"),
        state=InternshipState.PREPARING,
        post=make_post(world, ends_on=starts + datetime.timedelta(days=365)),
        starts_on=starts,
        ends_on=starts + datetime.timedelta(days=15),
    )
    refused = in_post_without_agreement(world)
    batch = start_batch(internship_ids=[signed.pk, fresh.pk, refused.pk], actor=world.school.actor)
    run_jobs()
    batch.refresh_from_db()
    states = dict(batch.items.values_list("internship_id", "state"))
    assert batch.finished_at is not None
    assert states[signed.pk] == BatchItemState.SIGNED
    assert states[refused.pk] == BatchItemState.FAILED
    assert batch.items.get(internship=refused).reason
    assert states[fresh.pk] == BatchItemState.SENT, batch.items.get(internship=fresh).reason


def in_post_without_agreement(world: World) -> Internship:
    return make_internship(
        world, student=make_student(world, name="演示学生丙"), state=InternshipState.IN_POST
    )


def test_failed_ones_are_tried_again(world: World, run_jobs: Callable[[], None]) -> None:
    refused = in_post_without_agreement(world)
    batch = start_batch(internship_ids=[refused.pk], actor=world.school.actor)
    with pytest.raises(DomainError, match="还在办理"):
        retry_batch(batch_id=batch.pk, actor=world.school.actor)
    run_jobs()
    retry_batch(batch_id=batch.pk, actor=world.school.actor)
    run_jobs()
    assert batch.items.get().tries == 2


def test_only_the_school_makes_agreements(world: World) -> None:
    internship = in_post_without_agreement(world)
    with pytest.raises(NotAllowed):
        start_batch(internship_ids=[internship.pk], actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="没有可以办"):
        start_batch(internship_ids=[], actor=world.school.actor)
