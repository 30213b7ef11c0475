"""Signing in the frame and on to-do lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.urls import reverse

from silian.casework.agreements.models import Agreement, Signature, SigningQuestion
from silian.casework.agreements.permissions.agreements import may_read_text
from silian.casework.agreements.permissions.signing import is_sender, is_waiting_board_reader
from silian.casework.agreements.queries.signing import inbox_of, open_questions
from silian.casework.agreements.queries.signing_overview import signing_overview
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting

SHOWN_TODOS = 6
SECTION = "协议与培养"


def signs(actor: Actor) -> bool:
    """Whether the line is worth showing: staff always, others while something waits."""
    return is_waiting_board_reader(actor) or inbox_of(actor).exists()


def inbox_count(actor: Actor) -> WorkWaiting:
    return inbox_of(actor)


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Sign what waits, answer what was asked (待签、待答复)."""
    rows = list(inbox_of(actor).order_by("version__sign_by", "pk")[: SHOWN_TODOS + 1])
    found = [sign_todo(row) for row in rows[:SHOWN_TODOS]]
    if len(rows) > SHOWN_TODOS:
        found = [all_todo(rows[0], count=inbox_of(actor).count())]
    if is_waiting_board_reader(actor):
        found += [answer_todo(question) for question in open_questions(actor)[:SHOWN_TODOS]]
    return found


def sign_todo(row: Signature) -> sockets.Todo:
    agreement = row.version.agreement
    return sockets.Todo(
        title=f"签署：{agreement.title}",
        detail=f"{agreement.organiser.name}发起",
        url=reverse("agreements:sign", args=[row.pk]),
        action="去签",
        due_at=row.version.sign_by,
        basis="签署期限，过后须重新送签",
    )


def all_todo(first: Signature, *, count: int) -> sockets.Todo:
    """Many waiting at once are one thing to do."""
    return sockets.Todo(
        title=f"签署 {count} 份协议",
        detail=f"最急的是“{first.version.agreement.title}”",
        url=reverse("agreements:inbox"),
        action="去签",
        due_at=first.version.sign_by,
        basis="最早一份的签署期限",
    )


def answer_todo(question: SigningQuestion) -> sockets.Todo:
    return sockets.Todo(
        title=f"答复疑问：{question.text[:30]}",
        detail=f"{question.asked_by_name}，{question.signature.version.agreement.title}",
        url=reverse("agreements:question_answer", args=[question.pk]),
        action="答复",
        due_at=question.due_at,
    )


def signing_panel(actor: Actor, agreement: Agreement) -> sockets.Panel | None:
    """How far signing is, one's own step and the copies, for those who read the text."""
    if not may_read_text(actor, agreement):
        return None
    overview = signing_overview(agreement=agreement, actor=actor)
    if overview is None:
        return None
    context = {"overview": overview, "chases": is_sender(actor, agreement)}
    return sockets.Panel(template="agreements/_signing_overview.html", context=context)


sockets.panels["agreements.agreement"].plug(signing_panel, order=10)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="待签协议",
        url_name="agreements:inbox",
        icon="pencil-square",
        visible=signs,
        count=inbox_count,
    ),
    order=340,
)
sockets.navigation.plug(
    sockets.NavigationItem(
        section=SECTION,
        label="未签名单",
        url_name="agreements:waiting",
        icon="hourglass-split",
        visible=is_waiting_board_reader,
    ),
    order=342,
)
sockets.portal_links.plug(
    sockets.FrameLink(label="协议查验", url_name="agreements:check"), order=90
)
sockets.todos.plug(todos, order=20)
