"""The same picture for different people or claims is a hint, with papers side by side."""

from __future__ import annotations

import pytest
from django.urls import reverse

from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.choices.risks import RiskKind
from silian.governance.incentives.commands.picture_marks import (
    compare_late_pictures,
    compare_pictures,
)
from silian.governance.incentives.models import Claim, ClaimRisk, PictureMark
from tests.governance.incentives.claim_review.stage import Set, handed_in, make_set
from tests.governance.incentives.comparison_records import stage
from tests.governance.incentives.stage import NOW
from tests.world import World

pytestmark = pytest.mark.django_db


def two(world: World) -> tuple[Set, Claim, Claim]:
    """Two claims of two units under one call."""
    given = make_set(world)
    other = handed_in(world, given, organisation=world.rival.organisation)
    return given, handed_in(world, given), other


def signals(claim: Claim) -> list[ClaimRisk]:
    compare_pictures(claim_id=claim.pk, now=NOW)
    return list(claim.risks.filter(kind=RiskKind.SAME_PICTURE))


def test_the_same_file_in_two_claims_is_a_signal(world: World) -> None:
    _, claim, other = two(world)
    mine = stage.paper(world, claim, stage.picture())
    theirs = stage.paper(world, other, stage.picture(), name="照片2.jpg")
    (risk,) = signals(claim)
    assert risk.detail == "材料“培训照片.jpg”与其他申领或人员 1 份材料内容相同"
    assert risk.papers == [mine.file_id, theirs.file_id]
    assert signals(claim) == [risk], "looked at twice, told once"


def test_a_picture_saved_smaller_is_known_again(world: World) -> None:
    _, claim, other = two(world)
    stage.paper(world, claim, stage.picture())
    stage.paper(world, other, stage.picture(size=(200, 150), quality=60))
    compare_pictures(claim_id=other.pk, now=NOW)
    (risk,) = signals(claim)
    assert "1 份材料图片几乎相同" in risk.detail


def test_another_picture_is_no_signal(world: World) -> None:
    _, claim, other = two(world)
    stage.paper(world, claim, stage.picture())
    stage.paper(world, other, stage.picture(seed=90))
    compare_pictures(claim_id=other.pk, now=NOW)
    assert signals(claim) == []
    assert PictureMark.objects.count() == 2


def test_one_picture_for_two_people_of_a_claim_names_both(world: World) -> None:
    _, claim, _ = two(world)
    first, second = claim.items.order_by("pk")
    stage.paper(world, claim, stage.picture(), item=first)
    stage.paper(world, claim, stage.picture(), item=second)
    (risk,) = signals(claim)
    assert "本申领其他人员 1 份" in risk.detail
    assert risk.items == [first.pk, second.pk]


def test_what_serves_the_same_thing_is_no_signal(world: World) -> None:
    given, claim, other = two(world)
    item = claim.items.first()
    stage.paper(world, claim, stage.picture(), item=item)
    stage.paper(world, claim, stage.picture(), item=item)
    again = handed_in(world, given, subject_id=9, subject_type="x")
    stage.paper(world, claim, stage.picture(seed=90), code="cooperation")
    stage.paper(world, again, stage.picture(seed=90), code="cooperation")
    gone = stage.paper(world, other, stage.picture())
    Claim.objects.filter(pk=other.pk).update(state=ClaimState.WITHDRAWN)
    assert signals(claim) == []
    assert gone.pk


def test_papers_that_come_later_are_compared_at_night(world: World) -> None:
    _, claim, other = two(world)
    stage.paper(world, other, stage.picture())
    stage.paper(world, claim, stage.picture())
    assert compare_late_pictures(now=NOW) == 2
    assert compare_late_pictures(now=NOW) == 0
    assert claim.risks.filter(kind=RiskKind.SAME_PICTURE).exists()


def test_the_reviewer_sees_only_papers_that_are_open_to_them(world: World) -> None:
    given, claim, other = two(world)
    mine = stage.paper(world, claim, stage.picture())
    theirs = stage.paper(world, other, stage.picture())
    (risk,) = signals(claim)
    address = reverse("incentives:risk_papers", args=[risk.pk])
    lead = world.reviewer.client.get(address)
    assert [file.pk for file in lead.context["files"]] == [mine.file_id, theirs.file_id]
    other.steps.exclude(office=given.call.owner).filter(office=given.labour.organisation).delete()
    limited = given.labour.client.get(address)
    assert [file.pk for file in limited.context["files"]] == [mine.file_id]
    assert "另有 1 份材料您没有查看权限" in limited.content.decode()
    assert world.enterprise.client.get(address).status_code == 404
