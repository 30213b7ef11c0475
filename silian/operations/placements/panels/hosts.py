"""What hosts, posts, plans and declarations show in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.operations.placements.choices.hosts import (
    HostState,
    PlanState,
)
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.permissions.hosts import (
    hosts_kept_by,
    inspections_visible_to,
    is_host_insider,
    is_school_insider,
    may_approve_inspection,
    may_declare_census,
    watches_censuses,
)
from silian.operations.placements.permissions.internships import (
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.operations.placements.permissions.plans import answers_given_by, plans_kept_by
from silian.operations.placements.permissions.posts import reads_posts
from silian.operations.placements.queries.censuses import has_declared_for
from silian.operations.placements.queries.hosts import standing_words
from silian.operations.placements.queries.plans import ready_to_sign, waiting_answers
from silian.operations.placements.queries.posts import posts_written_for

SECTION = "实习"
SHOWN = 10


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """What hosts and plans ask of the actor."""
    found: list[sockets.Todo] = []
    if is_school_clerk(actor):
        found += school_todos(actor)
    if is_host_clerk(actor):
        found += host_todos(actor, now)
    return found


def school_todos(actor: Actor) -> list[sockets.Todo]:
    """Reports to judge, hosts to publish, plans to sign."""
    waiting = inspections_visible_to(actor).filter(approved_at__isnull=True, return_reason="")
    found = [
        sockets.Todo(
            title=f"审核实地考察：{row.host.organisation.display_name}",
            detail=f"{row.visited_on:%Y-%m-%d} 考察",
            url=row.host.get_absolute_url(),
            action="审核",
            basis="教职成〔2021〕4号第七条",
        )
        for row in waiting.select_related("host__organisation")[:SHOWN]
        if may_approve_inspection(actor, row)
    ]
    decided = hosts_kept_by(actor).filter(state=HostState.APPROVED).count()
    if decided:
        found.append(
            sockets.Todo(
                title=f"公布 {decided} 家集体研究通过的实习单位",
                detail="公布后才能安排学生",
                url=reverse("placements:host_list") + "?state=approved",
                action="公布",
            )
        )
    found += [
        sockets.Todo(
            title=f"签署实习方案：{plan.title}",
            detail="实习单位都已答复",
            url=plan.get_absolute_url(),
            action="签署",
            basis="教职成〔2021〕4号第八条",
        )
        for plan in ready_to_sign(plans_kept_by(actor))[:SHOWN]
    ]
    return found


def post_todos(actor: Actor) -> list[sockets.Todo]:
    """Posts that schools wrote for the host and that nobody can be placed at yet."""
    waiting = posts_written_for(actor).count()
    if not waiting:
        return []
    return [
        sockets.Todo(
            title=f"开放 {waiting} 个实习岗位",
            detail="由学校登记，请核对后开放",
            url=reverse("placements:post_list") + "?state=draft",
            action="核对",
        )
    ]


def host_todos(actor: Actor, now: datetime.datetime) -> list[sockets.Todo]:
    """Plans to answer, posts to open, and the declaration of the year."""
    found = post_todos(actor) + [
        sockets.Todo(
            title=f"确认实习方案：{answer.plan.title}",
            detail=answer.plan.school.display_name,
            url=reverse("placements:plan_answer", kwargs={"plan_id": answer.plan_id}),
            action="确认",
            basis="教职成〔2021〕4号第八条",
        )
        for answer in waiting_answers(answers_given_by(actor))[:SHOWN]
    ]
    if not has_declared_for(organisation_id=actor.organisation_id or 0, year=now.year - 1):
        found.append(
            sockets.Todo(
                title=f"申报 {now.year - 1} 年末在岗人数与岗位",
                detail="用来核对实习学生比例和岗位供给",
                url=reverse("placements:census_new"),
                action="申报",
            )
        )
    return found


def sees_posts(actor: Actor) -> bool:
    return is_host_insider(actor) or is_school_insider(actor) or is_official(actor)


def owed_plans(actor: Actor) -> WorkWaiting:
    if is_host_clerk(actor):
        return waiting_answers(answers_given_by(actor))
    return plans_kept_by(actor).filter(state=PlanState.SENT)


def hosts_under_way(actor: Actor) -> WorkWaiting:
    open_states = (HostState.PROPOSED, HostState.INSPECTED, HostState.APPROVED)
    return hosts_kept_by(actor).filter(state__in=open_states)


def sees_censuses(actor: Actor) -> bool:
    return may_declare_census(actor) or watches_censuses(actor)


MENU = (
    ("实习岗位", "placements:post_list", "briefcase", reads_posts, None, 314),
    ("实习单位", "placements:host_list", "building-check", sees_posts, hosts_under_way, 315),
    ("实习方案", "placements:plan_list", "journal-check", sees_posts, owed_plans, 316),
    ("岗位供给", "placements:census_list", "bar-chart-steps", sees_censuses, None, 329),
)
for label, url_name, icon, visible, count, order in MENU:
    sockets.navigation.plug(
        sockets.NavigationItem(
            section=SECTION, label=label, url_name=url_name, icon=icon, visible=visible,
            count=count,
        ),
        order=order,
    )  # fmt: skip
sockets.portal_links.plug(
    sockets.FrameLink(label="实习规范", url_name="placements:rule_list"), order=60
)
sockets.todos.plug(todos, order=40)


def host_standing(actor: Actor, internship: Internship) -> sockets.Panel | None:
    """On a running internship: that its host was removed or suspended."""
    standing = standing_words(internship.host) if internship.state in LIVE_STATES else ""
    if not standing:
        return None
    return sockets.Panel(template="placements/hosts/_standing.html", context={"standing": standing})


sockets.panels["placements.internship"].plug(host_standing, order=1)
