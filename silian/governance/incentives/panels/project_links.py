"""What a project's page shows of its financing needs and its land (S64 S63)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.money import format_ten_thousand
from silian.foundation.ui import sockets
from silian.governance.accreditation.choices.projects import ENDED_STAGES
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.incentives.permissions.finance import is_applicant, needs_visible_to
from silian.governance.incentives.permissions.land import land_cases_visible_to, may_apply


@dataclass(frozen=True, kw_only=True)
class Link:
    """A need or a land case of a project, with where it stands."""

    title: str
    note: str
    state: str
    tone: str
    url: str


def needs_of(project: IntegrationProject, actor: Actor) -> Sequence[Link]:
    rows = needs_visible_to(actor, on=timezone.localdate()).filter(project=project)
    return [
        Link(
            title=row.title,
            note=f"融资 {format_ten_thousand(row.amount)} 万元",
            state=row.get_state_display(),
            tone=row.tone,
            url=row.get_absolute_url(),
        )
        for row in rows.distinct().order_by("-pk")
    ]


def land_of(project: IntegrationProject, actor: Actor) -> Sequence[Link]:
    rows = land_cases_visible_to(actor).filter(project=project)
    return [
        Link(
            title=row.title,
            note=f"{row.site}，本步期限 {row.due_on}" if row.due_on else row.site,
            state=row.get_state_display(),
            tone=row.tone,
            url=row.get_absolute_url(),
        )
        for row in rows.distinct().order_by("-pk")
    ]


def project_panel(actor: Actor, project: Any) -> sockets.Panel | None:
    """Needs and land with their states; the owner begins either from here (融资和用地)."""
    assert isinstance(project, IntegrationProject)
    own = actor.organisation_id == project.owner_id and project.stage not in ENDED_STAGES
    needs, land = needs_of(project, actor), land_of(project, actor)
    new_need = f"{reverse('incentives:finance_need_new')}?project={project.pk}"
    new_land = f"{reverse('incentives:land_case_new')}?project={project.pk}"
    context = {
        "needs": needs,
        "land": land,
        "new_need": new_need if own and is_applicant(actor) else "",
        "new_land": new_land if own and may_apply(actor) else "",
    }
    if not any(context.values()):
        return None
    return sockets.Panel(template="incentives/finance/project_links.html", context=context)


sockets.panels["accreditation.project"].plug(project_panel, order=30)
