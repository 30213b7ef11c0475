"""Who is told what while an agreement is signed."""

from __future__ import annotations

import pytest

from silian.casework.agreements.commands.signing import refuse
from silian.casework.agreements.events import (
    AgreementActivated,
    AgreementRefused,
    AgreementSent,
    PartySigned,
)
from silian.casework.agreements.handlers import signing as handlers
from silian.casework.agreements.models import AgreementVersion
from silian.casework.agreements.panels.signing import todos
from silian.registers.accounts.models import Notification
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def facts(version: AgreementVersion) -> dict[str, object]:
    return {"agreement_id": version.agreement_id, "kind": "internship"}


def told(title: str) -> set[str]:
    rows = Notification.objects.filter(title__startswith=title)
    return set(rows.values_list("user__username", flat=True))


def test_those_on_turn_are_asked_and_each_once(world: World) -> None:
    version = stage.sent(world)
    event = AgreementSent(**facts(version), version_id=version.pk)  # type: ignore[arg-type]
    handlers.tell_first_signatories(event)
    handlers.tell_first_signatories(event)
    assert told("请签署") == {"student"}
    assert Notification.objects.count() == 1


def test_the_next_is_asked_when_one_has_signed(world: World) -> None:
    version = stage.sent(world)
    row = stage.sign_as(world, version, "student")
    event = PartySigned(
        **facts(version),  # type: ignore[arg-type]
        version_id=version.pk,
        party_id=row.party_id,
    )
    handlers.tell_next_signatories(event)
    assert told("请签署") == {"enterprise"}


def test_everybody_hears_that_all_have_signed(world: World) -> None:
    version = stage.signed(world)
    handlers.tell_activation(AgreementActivated(**facts(version)))  # type: ignore[arg-type]
    assert told("已签齐") == {"student", "enterprise", "school"}


def test_everybody_reads_why_somebody_refused(world: World) -> None:
    version = stage.sent(world)
    refuse(
        signature_id=stage.signature_of(version, "student").pk,
        actor=world.student.actor,
        now=stage.NOW,
        reason="住得太远",
    )
    event = AgreementRefused(**facts(version), version_id=version.pk)  # type: ignore[arg-type]
    handlers.tell_refusal(event)
    assert told("有一方不同意") == {"student", "enterprise", "school"}
    notice = Notification.objects.filter(user=world.school.user).get()
    assert "住得太远" in notice.detail


def test_what_waits_is_a_todo_with_its_clock(world: World) -> None:
    version = stage.sent(world)
    (todo,) = todos(world.student.actor, stage.NOW)
    assert todo.due_at == version.sign_by
    assert not todos(world.enterprise.actor, stage.NOW)


def test_many_at_once_are_one_todo(world: World) -> None:
    for _ in range(7):
        stage.sent(world)
    (todo,) = todos(world.student.actor, stage.NOW)
    assert todo.title == "签署 7 份协议"
