"""What the guide and its cases show in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.governance.accreditation.choices.guide import CaseState
from silian.governance.accreditation.permissions.guide import may_see_cases
from silian.governance.accreditation.queries.guide import cases_to_handle, cases_to_supplement

SECTION = "项目与审批"
SHOWN = 20


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Cases to accept or decide with their clocks; supplements to supply."""
    handling = [
        sockets.Todo(
            title=("受理或告知补正：" if case.state == CaseState.APPLIED else "办理：")
            + case.title,
            detail=f"{case.applicant.display_name}　{case.matter.title}",
            url=case.get_absolute_url(),
            action="办理",
            due_at=case.accept_due_at if case.state == CaseState.APPLIED else case.due_at,
            basis="《行政许可法》" if case.state == CaseState.APPLIED else "指南公布的时限",
        )
        for case in cases_to_handle(actor)[:SHOWN]
    ]
    supplying = [
        sockets.Todo(
            title=f"补正材料：{case.title}",
            detail=case.matter.title,
            url=case.get_absolute_url(),
            action="补正",
        )
        for case in cases_to_supplement(actor)[:SHOWN]
    ]
    return [*handling, *supplying]


def waiting(actor: Actor) -> WorkWaiting:
    return [cases_to_handle(actor), cases_to_supplement(actor)]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="审批办件",
        url_name="accreditation:case_list",
        icon="file-earmark-check",
        visible=may_see_cases,
        count=waiting,
    ),
    order=303,
)
sockets.todos.plug(todos, order=41)
sockets.portal_links.plug(
    sockets.FrameLink(label="办事指南", url_name="accreditation:matter_list"), order=45
)
