"""A scheme with experts and visits, a pool, and tasks, made cheaply for the tests of judging."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.choices.judging import AssignmentState, ExpertState
from silian.casework.reviews.commands.assignments import accept_task
from silian.casework.reviews.commands.draws import draw_experts
from silian.casework.reviews.commands.scoring import Given, submit_scores
from silian.casework.reviews.models import Assignment, Campaign, Dossier, DrawSeed, Expert
from silian.foundation.kernel.actors import Actor
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.queries import actor_for
from tests.casework.reviews.stage import dossier_of, open_campaign, published
from tests.world import CITY, STARTED, Person, World, make_organisation, sign_in

SEED = "2026140-05-09-14-22-27-31-11"
SCORED = {
    "code": "scored",
    "label": "综合评价",
    "kind": "sum",
    "points": "100",
    "children": [
        {
            "code": "training",
            "label": "校企协同育人",
            "points": "60",
            "help": "有共建专业、课程和导师，学生受益面大的得高分。",
            "evidence": ["hosted"],
            "source": {"kind": "expert"},
            "scoring": {"kind": "expert"},
        },
        {
            "code": "effect",
            "label": "人才培养成效",
            "points": "30",
            "source": {"kind": "expert"},
            "scoring": {"kind": "expert"},
        },
        {
            "code": "site",
            "label": "实训场所与申报一致",
            "points": "10",
            "source": {"kind": "visit"},
            "scoring": {"kind": "expert"},
        },
    ],
}
FULL = {"training": Decimal("48"), "effect": Decimal("24")}


def judged_campaign(
    world: World, *, seed: str = SEED, procedure: dict[str, Any] | None = None, **facts: Any
) -> Campaign:
    """A batch in review whose dossiers are judged by two experts; the seed is known."""
    rules = {"experts": "2", "divergence": "15", "pass_points": "60", **(procedure or {})}
    version = published(world, procedure=rules, scored=SCORED)
    campaign = open_campaign(
        world, version=version, state=CampaignState.REVIEWING, draw_seed=seed, **facts
    )
    now = timezone.now()
    DrawSeed.objects.create(
        campaign=campaign,
        source="双色球第 2026140 期开奖号码，按开出次序以短横线连接",
        known_on=timezone.localdate(),
        announced_at=now,
        value=seed,
        entered_at=now if seed else None,
    )
    return campaign


def pool_of(count: int, *, prefix: str = "expert", **facts: Any) -> list[Expert]:
    """Experts in the pool, each from an institute of its own, in four statements."""
    units = Organisation.objects.bulk_create(
        Organisation(
            name=f"{prefix} 研究院 {place}（演示）",
            kind=OrganisationKind.INSTITUTE,
            division_id=CITY,
            state="verified",
            is_demo=True,
        )
        for place in range(count)
    )
    users = User.objects.bulk_create(
        User(username=f"{prefix}-{place}", name=f"专家{prefix}{place}") for place in range(count)
    )
    Membership.objects.bulk_create(
        Membership(user=user, organisation=unit, role=Role.EXPERT, starts_on=STARTED)
        for user, unit in zip(users, units, strict=True)
    )
    today = timezone.localdate()
    given: dict[str, Any] = {
        "division_id": CITY,
        "title": "正高级工程师",
        "fields": ["equipment"],
        "state": ExpertState.ACTIVE,
        "starts_on": today - datetime.timedelta(days=100),
        "ends_on": today + datetime.timedelta(days=900),
        "is_demo": True,
        **facts,
    }
    return Expert.objects.bulk_create(
        Expert(user=user, organisation=unit, **given)
        for user, unit in zip(users, units, strict=True)
    )


def person_of(expert: Expert) -> Person:
    """The expert, signed in."""
    person = Person(user=expert.user, organisation=expert.organisation)
    sign_in([person])
    return person


def actor_of(expert: Expert) -> Actor:
    return actor_for(user=expert.user, on=timezone.localdate())


def waiting_dossier(world: World, campaign: Campaign, **facts: Any) -> Dossier:
    """The enterprise's application, waiting for experts."""
    given = {"state": DossierState.EXPERTS, **facts}
    return dossier_of(campaign, world.enterprise.organisation, **given)


def drawn(world: World, campaign: Campaign) -> list[Assignment]:
    """The tasks that a draw of the waiting dossiers gives."""
    draw_experts(campaign_id=campaign.pk, actor=world.coordinator.actor)
    rows = Assignment.objects.filter(dossier__campaign=campaign)
    return list(
        rows.select_related("expert__user", "expert__organisation", "dossier").order_by("pk")
    )


def given(points: dict[str, Decimal], *, comment: str = "材料充分，见附件。") -> dict[str, Given]:
    return {code: Given(points=value, comment=comment) for code, value in points.items()}


def accept(task: Assignment) -> None:
    accept_task(assignment_id=task.pk, declares_no_interest=True, actor=actor_of(task.expert))


def hand_in(
    task: Assignment,
    points: dict[str, Decimal],
    *,
    comment: str = "总体较好",
    words: str = "材料充分，见附件。",
) -> None:
    """Accept when that was not done, and hand the points in."""
    task.refresh_from_db()
    if task.state == AssignmentState.INVITED:
        accept(task)
    submit_scores(
        assignment_id=task.pk,
        given=given(points, comment=words),
        comment=comment,
        actor=actor_of(task.expert),
    )


def diverged(world: World) -> tuple[Campaign, Dossier, list[Assignment]]:
    """A dossier in moderation: 72 and 40 points, four more experts in the pool."""
    campaign = judged_campaign(world)
    pool_of(6)
    dossier = waiting_dossier(world, campaign)
    tasks = drawn(world, campaign)
    hand_in(tasks[0], FULL)
    hand_in(tasks[1], {"training": Decimal("30"), "effect": Decimal("10")})
    dossier.refresh_from_db()
    return campaign, dossier, tasks


def partner_of(organisation: Organisation, other: Organisation) -> Organisation:
    return make_organisation(
        name=f"{organisation.name}与{other.name}联合体", kind=OrganisationKind.ALLIANCE
    )
