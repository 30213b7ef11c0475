"""What experts, moderators and visitors see in the frame, in the inbox and on other pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.judging import AssignmentState, VisitState
from silian.casework.reviews.models import Assignment, Campaign, Dossier, DrawSeed
from silian.casework.reviews.permissions.campaigns import may_organise
from silian.casework.reviews.permissions.experts import may_propose, own_expert, reads_pool
from silian.casework.reviews.permissions.judging import (
    dossiers_run_by,
    draws_visible_to,
    moderations_visible_to,
)
from silian.casework.reviews.permissions.visits import visits_visible_to
from silian.casework.reviews.queries.experts import experts_to_admit, waiting_tasks
from silian.casework.reviews.queries.inbox import Waiting, counted_source, waiting_source
from silian.casework.reviews.queries.judging import (
    campaign_agreement,
    comparison,
    progress_of,
    tasks_on,
    waiting_moderations,
)
from silian.casework.reviews.queries.visits import (
    campaigns_to_choose_for,
    dossiers_to_visit,
    visit_of,
    visits_to_arrange,
    waiting_visits,
)
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets

SECTION = "评审认定"
SHOWN = 20


def judges(actor: Actor) -> bool:
    return own_expert(actor) is not None


def waiting_in_judging(actor: Actor) -> list[Waiting]:
    """Tasks, divergences, visits and proposals that wait for the actor (评审待办)."""
    return [*task_rows(actor), *moderation_rows(actor), *visit_rows(actor), *pool_rows(actor)]


def counts_in_judging(actor: Actor) -> Sequence[int | QuerySet[Any]]:
    """How much of it waits, as rows still to be counted."""
    return [
        waiting_tasks(actor),
        waiting_moderations(actor),
        waiting_visits(actor),
        visits_to_arrange(actor),
        len(choices_to_make(actor)),
        experts_to_admit(actor),
    ]


def choices_to_make(actor: Actor) -> list[tuple[Campaign, int]]:
    """Batches whose organiser, the actor, has yet to choose whom to visit."""
    return [row for row in campaigns_to_choose_for(actor) if may_organise(actor, row[0])]


def task_rows(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            what="专家评审",
            title=f"{'申明利害关系' if is_new else '评分'}：{task.dossier.subject_name}",
            detail=task.dossier.campaign.title,
            url=task.get_absolute_url(),
            action="申明" if is_new else "评分",
            due_on=task.due_on,
        )
        for task in waiting_tasks(actor)[:SHOWN]
        for is_new in [task.state == AssignmentState.INVITED]
    ]


def moderation_rows(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            what="分差复核",
            title=f"复核分差：{row.subject_name}",
            detail=f"专家合计相差 {row.moderation.spread} 分",
            url=reverse("reviews:moderation_detail", args=[row.pk]),
            action="复核",
            due_on=row.due_on,
        )
        for row in waiting_moderations(actor)[:SHOWN]
    ]


def visit_rows(actor: Actor) -> list[Waiting]:
    own = [
        Waiting(
            what="实地核查",
            title=f"{'签字' if signs else '到现场核查'}：{row.dossier.subject_name}",
            detail=row.place,
            url=row.get_absolute_url(),
            action="签字" if signs else "填写",
            due_on=row.planned_on,
        )
        for row in waiting_visits(actor)[:SHOWN]
        for signs in [row.state == VisitState.REPORTED]
    ]
    arranging = [
        Waiting(
            what="实地核查",
            title=f"安排核查人员：{row.dossier.subject_name}",
            detail=row.chosen_because,
            url=reverse("reviews:visit_arrange", args=[row.pk]),
            action="安排",
            due_on=row.planned_on,
        )
        for row in visits_to_arrange(actor)[:SHOWN]
    ]
    choosing = [
        Waiting(
            what="实地核查",
            title=f"确定核查对象：{campaign.title}",
            detail=f"{count} 份材料待确定",
            url=campaign.get_absolute_url(),
            action="确定",
        )
        for campaign, count in choices_to_make(actor)
    ]
    return [*own, *arranging, *choosing]


def pool_rows(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            what="专家库",
            title=f"审核入库：{row.user.name}",
            detail=row.organisation.display_name,
            url=row.get_absolute_url(),
            action="审核",
        )
        for row in experts_to_admit(actor)[:SHOWN]
    ]


def dossier_panel(actor: Actor, dossier: Dossier) -> sockets.Panel | None:
    """Who judges, what they gave once all are in, how it was settled, the visit."""
    runs = dossiers_run_by(actor).filter(pk=dossier.pk).exists()
    tasks = list(tasks_on(actor, dossier)) if runs else []
    opened, lines = comparison(actor, dossier)
    moderation = moderations_visible_to(actor).filter(dossier=dossier).first()
    visit = visit_of(dossier)
    if visit is not None and not visits_visible_to(actor).filter(pk=visit.pk).exists():
        visit = None
    if not (tasks or lines or moderation or visit):
        return None
    context = {
        "tasks": tasks,
        "state_note": progress_words(tasks),
        "opened": opened,
        "lines": lines,
        "agreement": f"{len(opened)} 位专家",
        "moderation": moderation,
        "visit": visit,
    }
    return sockets.Panel(template="reviews/_judging_dossier.html", context=context)


def progress_words(tasks: Sequence[Assignment]) -> str:
    done = sum(task.state == AssignmentState.SUBMITTED for task in tasks)
    return f"已提交 {done} / {len(tasks)}"


def campaign_panel(actor: Actor, campaign: Campaign) -> sockets.Panel | None:
    """Seed, draws, progress and agreement of a batch that has experts or visits."""
    values, procedure = campaign.values, campaign.content.procedure
    if not values.number(procedure.experts) and procedure.visit == "none":
        return None
    context = {
        "organises": may_organise(actor, campaign),
        "seed": DrawSeed.objects.filter(campaign=campaign).first(),
        "progress": progress_of(campaign, on=timezone.localdate()),
        "agreement": campaign_agreement(campaign),
        "draws": draws_visible_to(actor).filter(campaign=campaign).order_by("-number")[:5],
        "to_visit": len(dossiers_to_visit(campaign)),
        "steps_note": "",
    }
    return sockets.Panel(template="reviews/_judging_campaign.html", context=context)


waiting_source(waiting_in_judging)
counted_source(counts_in_judging)
sockets.panels["reviews.dossier"].plug(dossier_panel, order=30)
sockets.panels["reviews.campaign"].plug(campaign_panel, order=30)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="我的评审",
        url_name="reviews:expert_desk",
        icon="clipboard-check",
        visible=judges,
        count=waiting_tasks,
    ),
    order=355,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="评审专家库",
        url_name="reviews:expert_list",
        icon="person-badge",
        visible=lambda actor: reads_pool(actor) or may_propose(actor),
        count=experts_to_admit,
    ),
    order=356,
)
