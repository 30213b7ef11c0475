"""What internships show in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.operations.placements.choices.internships import (
    PRESENT_STATES,
    ConsentState,
    InternshipState,
    SelfChoiceState,
)
from silian.operations.placements.models import InternshipConsent
from silian.operations.placements.permissions.internships import (
    has_own_page,
    internships_visible_to,
    is_host_clerk,
    is_school_clerk,
    reads_register,
    self_choices_visible_to,
)
from silian.operations.placements.queries.consents import consents_waiting_for

SECTION = "实习"
SHOWN = 20
BASIS = "教职成〔2021〕4号第十五条"


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Consents to answer, own choices to check, refusals to follow."""
    found = consent_todos(actor)
    if is_school_clerk(actor):
        found += choice_todos(actor) + refusal_todos(actor)
    return found


def consent_todos(actor: Actor) -> list[sockets.Todo]:
    return [
        sockets.Todo(
            title="答复实习知情同意书",
            detail="同意或不同意都不影响成绩",
            url=reverse("placements:consent", kwargs={"consent_id": row.pk}),
            action="去答复",
            due_at=row.due_at,
            basis=BASIS,
        )
        for row in consents_waiting_for(actor)[:SHOWN]
    ]


def choice_todos(actor: Actor) -> list[sockets.Todo]:
    rows = self_choices_visible_to(actor).filter(state=SelfChoiceState.SUBMITTED)
    return [
        sockets.Todo(
            title=f"审核自主选择：{row.person.name}",
            detail=f"{row.organisation.name}，{row.title}",
            url=row.get_absolute_url(),
            action="审核",
            due_at=row.due_at,
            basis="平台承诺：5 个工作日内审核",
        )
        for row in rows.select_related("person", "organisation").order_by("due_at")[:SHOWN]
    ]


def refusal_todos(actor: Actor) -> list[sockets.Todo]:
    rows = InternshipConsent.objects.filter(
        state=ConsentState.REFUSED,
        internship__school_id=actor.organisation_id or 0,
        internship__state=InternshipState.PREPARING,
    ).select_related("internship__person")
    return [
        sockets.Todo(
            title=f"{row.get_giver_display()}不同意：{row.internship.person.name}",
            detail=row.reason or "没有写原因",
            url=row.internship.get_absolute_url(),
            action="联系并改换",
        )
        for row in rows.order_by("-acted_at")[:SHOWN]
        if row.internship is not None
    ]


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """How many are in post, for those who manage them."""
    if not (is_school_clerk(actor) or is_host_clerk(actor)):
        return []
    rows = internships_visible_to(actor).filter(state__in=sorted(PRESENT_STATES))
    return [
        sockets.Figure(
            label="在岗实习学生",
            value=f"{rows.count():,}",
            unit="人",
            note="含中断",
            url=reverse("placements:internship_list") + "?state=in_post&state=interrupted",
            source="实习台账",
        )
    ]


def waiting_consents(actor: Actor) -> WorkWaiting:
    return consents_waiting_for(actor)


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="我的实习",
        url_name="placements:my_internship",
        icon="person-workspace",
        visible=has_own_page,
        count=waiting_consents,
    ),
    order=310,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="实习台账",
        url_name="placements:internship_list",
        icon="journal-text",
        visible=reads_register,
    ),
    order=317,
)
sockets.todos.plug(todos, order=41)
sockets.figures.plug(figures, order=41)
