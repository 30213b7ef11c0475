"""Who gets what from the addresses of experts, draws, tasks, moderation and visits."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.choices.judging import ExpertState
from silian.casework.reviews.commands.draws import draw_experts
from silian.casework.reviews.models import (
    Assignment,
    Campaign,
    Dossier,
    Draw,
    Expert,
    Interest,
    Moderation,
    SiteVisit,
    Visitor,
)
from tests.access import HIDDEN, Row, only, signed_in
from tests.casework.reviews.stage import dossier_of
from tests.casework.reviews.stage_judging import judged_campaign, waiting_dossier
from tests.world import CITY, World

MOVED, REFUSED = 302, 403
PROPOSERS = ("enterprise", "rival", "school", "coordinator")
POOL_READERS = ("coordinator", "supervisor", "leader", "expert")
INSIDERS = ("coordinator", "reviewer", "supervisor", "leader")


def expert(world: World) -> Expert:
    """The expert of the cast, in the pool."""
    today = timezone.localdate()
    made, _ = Expert.objects.get_or_create(
        user=world.expert.user,
        defaults={
            "organisation": world.expert.organisation,
            "division_id": CITY,
            "title": "研究员",
            "fields": ["integration"],
            "state": ExpertState.ACTIVE,
            "starts_on": today - datetime.timedelta(days=9),
            "ends_on": today + datetime.timedelta(days=900),
        },
    )
    return made


def in_pool(world: World) -> dict[str, Any]:
    expert(world)
    return {}


def an_expert(world: World, **more: Any) -> dict[str, Any]:
    return {"expert_id": expert(world).pk, **more}


def interest(world: World) -> dict[str, Any]:
    made, _ = Interest.objects.get_or_create(
        expert=expert(world), organisation=world.rival.organisation, what="技术顾问"
    )
    return {"interest_id": made.pk}


def the_campaign(world: World) -> Campaign:
    return Campaign.objects.first() or judged_campaign(world)


def a_campaign(world: World) -> dict[str, Any]:
    return {"campaign_id": the_campaign(world).pk}


def unseeded(world: World) -> dict[str, Any]:
    campaign = Campaign.objects.first() or judged_campaign(world, seed="")
    return {"campaign_id": campaign.pk}


def task(world: World) -> dict[str, Any]:
    """The cast's expert's task on the enterprise's application."""
    found = Assignment.objects.first()
    if found is None:
        expert(world)
        campaign = the_campaign(world)
        waiting_dossier(world, campaign)
        draw_experts(campaign_id=campaign.pk, actor=world.coordinator.actor)
        found = Assignment.objects.get()
    return {"assignment_id": found.pk}


def a_draw(world: World) -> dict[str, Any]:
    task(world)
    return {"draw_id": Draw.objects.get().pk}


def moderated(world: World) -> dict[str, Any]:
    found = Dossier.objects.first()
    if found is None:
        found = dossier_of(
            the_campaign(world), world.enterprise.organisation, state=DossierState.MODERATION
        )
        Moderation.objects.create(dossier=found, spread=20, limit=15)
    return {"dossier_id": found.pk}


def a_visit(world: World) -> dict[str, Any]:
    """A planned visit on which the reviewer goes."""
    found = SiteVisit.objects.first()
    if found is None:
        dossier = dossier_of(
            the_campaign(world), world.enterprise.organisation, state=DossierState.VISIT
        )
        found = SiteVisit.objects.create(
            dossier=dossier, planned_on=timezone.localdate(), place="高新区"
        )
        Visitor.objects.create(visit=found, user=world.reviewer.user)
    return {"visit_id": found.pk}


def hidden(*roles: str, refused: tuple[str, ...] = (), **given: Any) -> Row:
    """For some roles; refused for those who see the row and may not; hidden from the rest."""
    row = only(*roles, otherwise=HIDDEN, **given)
    return Row(
        statuses={**row.statuses, **dict.fromkeys(refused, REFUSED)},
        method=row.method,
        kwargs=row.kwargs,
        data=row.data,
    )


OTHERS = ("reviewer", "supervisor", "leader")
READERS = ("enterprise", *INSIDERS)
JUDGING_ROWS: dict[str, Row] = {
    "reviews:expert_list": only(*PROPOSERS, "supervisor", "leader", "expert", kwargs=in_pool),
    "reviews:expert_propose": only(*PROPOSERS),
    "reviews:expert_import": only("coordinator"),
    "reviews:expert_template": only("coordinator"),
    "reviews:expert_detail": hidden(*POOL_READERS, kwargs=an_expert),
    "reviews:expert_step": hidden(
        "coordinator",
        "expert",
        refused=("supervisor", "leader"),
        status=MOVED,
        method="post",
        kwargs=lambda world: an_expert(world, name="pause"),
    ),
    "reviews:expert_desk": hidden("expert", kwargs=in_pool),
    "reviews:expert_fields": hidden("expert", kwargs=in_pool),
    "reviews:interest_declare": hidden("expert", kwargs=in_pool),
    "reviews:interest_end": hidden("expert", kwargs=interest),
    "reviews:draw_seed": hidden("coordinator", refused=OTHERS, kwargs=unseeded),
    "reviews:draw_make": hidden(
        "coordinator", refused=OTHERS, status=MOVED, method="post", kwargs=a_campaign
    ),
    "reviews:draw_detail": signed_in(kwargs=a_draw),
    "reviews:draw_record": hidden(*INSIDERS, kwargs=a_draw),
    "reviews:assignment_detail": hidden("expert", kwargs=task),
    "reviews:assignment_accept": hidden("expert", status=422, method="post", kwargs=task),
    "reviews:assignment_recuse": hidden("expert", kwargs=task),
    "reviews:assignment_decline": hidden("expert", kwargs=task),
    "reviews:assignment_score": hidden("expert", status=MOVED, method="post", kwargs=task),
    "reviews:moderation_detail": hidden("coordinator", "reviewer", kwargs=moderated),
    "reviews:moderation_third": hidden("coordinator", "reviewer", kwargs=moderated),
    "reviews:visit_choose": hidden(
        "coordinator", refused=OTHERS, status=MOVED, method="post", kwargs=a_campaign
    ),
    "reviews:visit_detail": hidden(*READERS, kwargs=a_visit),
    "reviews:visit_arrange": hidden("coordinator", refused=("enterprise", *OTHERS), kwargs=a_visit),
    "reviews:visit_report": hidden(
        "reviewer", refused=("enterprise", "coordinator", "supervisor", "leader"), kwargs=a_visit
    ),
    "reviews:visit_photo": hidden(
        "reviewer", refused=("enterprise", "coordinator", "supervisor", "leader"), kwargs=a_visit
    ),
    "reviews:visit_sign": hidden(
        "reviewer",
        refused=("enterprise", "coordinator", "supervisor", "leader"),
        status=MOVED,
        method="post",
        kwargs=a_visit,
    ),
    "reviews:visit_cancel": hidden("coordinator", refused=("enterprise", *OTHERS), kwargs=a_visit),
    "reviews:visit_remark": hidden("enterprise", refused=INSIDERS, kwargs=a_visit),
}
