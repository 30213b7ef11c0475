"""What the credit register shows in the frame and on the workbench."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.registers.credit.choices import CaseState
from silian.registers.credit.permissions.credit import may_oversee, may_speak
from silian.registers.credit.queries.records import (
    cases_to_answer,
    cases_to_handle,
    records_to_confirm,
    remedies_to_answer,
)

SECTION = "信用"
SHOWN = 20


def officials_todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Cases to go on with, proposals to confirm, objections to answer."""
    handle = [
        sockets.Todo(
            title=f"责令改正：{case.title}",
            detail=f"{case.organisation.name}，{case.get_state_display()}",
            url=case.get_absolute_url(),
            action="办理",
        )
        for case in cases_to_handle(actor)[:SHOWN]
    ]
    confirm = [
        sockets.Todo(
            title=f"复核信用记录：{row.organisation.name}",
            detail=row.title,
            url=row.get_absolute_url(),
            action="复核",
        )
        for row in records_to_confirm(actor)[:SHOWN]
    ]
    answer = [
        sockets.Todo(
            title=f"答复{asked.get_kind_display()}：{asked.record.organisation.name}",
            detail=asked.record.title,
            url=reverse("credit:remedy_answer", args=[asked.pk]),
            action="答复",
            due_at=end_of(asked.due_on),
        )
        for asked in remedies_to_answer(actor)[:SHOWN]
    ]
    return [*handle, *confirm, *answer]


def subjects_todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """What the own organisation has to correct or answer."""
    return [
        sockets.Todo(
            title=f"{'陈述申辩' if case.state == CaseState.NOTICED else '限期改正'}：{case.title}",
            detail=case.basis,
            url=case.get_absolute_url(),
            action="答复" if case.state == CaseState.NOTICED else "改正",
            due_at=end_of(case.reply_due_on if case.state == CaseState.NOTICED else case.due_on),
        )
        for case in cases_to_answer(actor)[:SHOWN]
    ]


sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="责令改正",
        url_name="credit:case_list",
        icon="exclamation-triangle",
        visible=may_oversee,
        count=cases_to_handle,
    ),
    order=60,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="信用记录",
        url_name="credit:record_list",
        icon="shield-check",
        visible=may_oversee,
        count=lambda actor: [records_to_confirm(actor), remedies_to_answer(actor)],
    ),
    order=61,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="本单位信用",
        url_name="credit:own",
        icon="shield-check",
        visible=may_speak,
        count=cases_to_answer,
    ),
    order=62,
)
sockets.todos.plug(officials_todos, order=60)
sockets.todos.plug(subjects_todos, order=61)
