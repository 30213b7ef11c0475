"""What the yearly assessment shows in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.governance.incentives.permissions.claims import is_clerk
from silian.governance.incentives.permissions.host_assessments import (
    WRITERS,
    may_read_assessments,
)
from silian.governance.incentives.queries.host_assessments import (
    assessments_to_answer,
    assessments_to_decide,
)
from silian.registers.organisations.choices import OrganisationKind

SECTION = "激励与惠企"


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Proposals to answer as an enterprise, proposals of others to decide as an official."""
    if is_clerk(actor):
        count = assessments_to_decide(actor).count()
        if not count:
            return []
        return [
            sockets.Todo(
                title=f"认定实习年度考核结论 {count} 家",
                detail="同事拟定的结论，要由另一名审核人员认定",
                url=reverse("incentives:assessment_list"),
                action="认定",
            )
        ]
    if actor.organisation_kind != OrganisationKind.ENTERPRISE or not actor.has_role(*WRITERS):
        return []
    return [
        sockets.Todo(
            title=f"陈述：{row.year} 年度实习考核拟不通过",
            detail=row.reason,
            url=row.get_absolute_url(),
            action="陈述",
            due_at=end_of(row.reply_until),
            basis=row.basis,
        )
        for row in assessments_to_answer(actor)
    ]


sockets.todos.plug(todos, order=63)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="实习年度考核",
        url_name="incentives:assessment_list",
        icon="clipboard-data",
        visible=may_read_assessments,
    ),
    order=286,
)
