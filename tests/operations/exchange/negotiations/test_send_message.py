"""Talking: the first answer stops the clock, files stay between the two sides."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.exchange.choices import NegotiationState
from silian.operations.exchange.commands.negotiation_closing import withdraw_negotiation
from silian.operations.exchange.commands.negotiation_messages import (
    MOST_FILES,
    mark_read,
    send_message,
)
from silian.operations.exchange.models.negotiation import (
    Message,
    Negotiation,
    NegotiationReading,
)
from silian.operations.exchange.models.response import ResponseRecord
from silian.operations.exchange.queries.negotiation_inbox import inbox_rows
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import Role
from tests.operations.exchange.negotiations.stage import NOW, later, opened, talking
from tests.world import Person, World, make_member

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def write(negotiation: Negotiation, by: Person, text: str = "收到", **values: object) -> Message:
    return send_message(
        negotiation_id=negotiation.pk,
        text=text,
        actor=by.actor,
        now=values.pop("now", later(hours=2)),
        **values,  # type: ignore[arg-type]
    )


def test_the_owners_first_message_answers_and_counts_working_minutes(world: World) -> None:
    negotiation = talking(world)
    assert negotiation.state == NegotiationState.TALKING
    assert negotiation.turn_id is None
    assert negotiation.answer_due_at is None
    assert negotiation.answered_minutes == 60
    assert negotiation.contacts_are_open


def test_the_askers_own_message_does_not_stop_the_clock(world: World) -> None:
    negotiation = opened(world)
    write(negotiation, world.school, "补充：可派驻指导教师。")
    negotiation.refresh_from_db()
    assert negotiation.state == NegotiationState.OPEN
    assert not negotiation.contacts_are_open


def test_contacts_stay_closed_until_the_owner_answers(world: World) -> None:
    assert not opened(world).contacts_are_open


def test_an_answer_is_told_once_and_counted(world: World, run_jobs) -> None:
    talking(world)
    run_jobs()
    notices = Notification.objects.filter(user=world.school.user)
    assert [notice.title for notice in notices] == [
        "启衡精密制造（演示）已回应，双方联系方式已互相可见"
    ]
    record = ResponseRecord.objects.get(organisation=world.enterprise.organisation)
    assert (record.received, record.answered, record.median_minutes) == (1, 1, 60)


def test_a_later_message_is_told_to_the_other_side(world: World, run_jobs) -> None:
    negotiation = talking(world)
    write(negotiation, world.school)
    run_jobs()
    titles = Notification.objects.filter(user=world.enterprise.user).values_list("title", flat=True)
    assert "青澜职业技术学院（演示）发来消息" in titles


def test_a_rival_cannot_write_nor_read(world: World) -> None:
    negotiation = talking(world)
    with pytest.raises(Negotiation.DoesNotExist):
        write(negotiation, world.rival)


def test_a_reader_reads_but_does_not_write(world: World) -> None:
    negotiation = talking(world)
    reader = make_member(
        username="reader", organisation=world.school.organisation, role=Role.READER
    )
    assert inbox_rows(actor=reader.actor, tab="talking").count() == 1
    with pytest.raises(NotAllowed, match="经办人"):
        write(negotiation, reader)


def test_an_ended_negotiation_takes_no_messages(world: World) -> None:
    negotiation = talking(world)
    withdraw_negotiation(
        negotiation_id=negotiation.pk, reason="", actor=world.school.actor, now=later(hours=2)
    )
    with pytest.raises(WrongState, match="重新发起"):
        write(negotiation, world.school)


def test_a_message_has_text_and_few_files(world: World) -> None:
    negotiation = talking(world)
    with pytest.raises(DomainError, match="写一句话"):
        write(negotiation, world.school, " ")
    many = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(MOST_FILES + 1)]
    with pytest.raises(DomainError, match="最多附"):
        write(negotiation, world.school, "见附件", files=many)


def status_of(person: Person, url: str) -> int:
    """The status of a download, read to its end."""
    response = person.client.get(url)
    b"".join(getattr(response, "streaming_content", []))
    return response.status_code


def test_a_file_is_read_by_both_sides_and_by_nobody_else(world: World, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    negotiation = talking(world)
    message = write(
        negotiation, world.school, "附名单", files=[SimpleUploadedFile("名单.pdf", PDF)]
    )
    url = reverse("kernel:file_download", kwargs={"file_id": message.file_ids[0]})
    statuses = {
        role: status_of(world.people[role], url)
        for role in ("school", "enterprise", "rival", "reviewer", "teacher", "audit_admin")
    }
    assert statuses == {
        "school": 200,
        "enterprise": 200,
        "rival": 404,
        "reviewer": 404,
        "teacher": 404,
        "audit_admin": 404,
    }


def test_what_the_other_side_wrote_is_unread_until_marked(world: World) -> None:
    negotiation = talking(world)
    row = inbox_rows(actor=world.school.actor, tab="talking").get()
    assert row.unread == 1
    last = Message.objects.latest("pk").pk
    mark_read(negotiation_id=negotiation.pk, last_message_id=last, actor=world.school.actor)
    assert inbox_rows(actor=world.school.actor, tab="talking").get().unread == 0


def test_a_reading_mark_never_goes_back_nor_ahead_of_the_talk(world: World) -> None:
    negotiation = talking(world)
    last = Message.objects.latest("pk").pk
    for wanted in (last + 100, 1):
        mark_read(negotiation_id=negotiation.pk, last_message_id=wanted, actor=world.school.actor)
    reading = NegotiationReading.objects.get(user=world.school.user)
    assert reading.last_message_id == last
    assert negotiation.last_message_at > NOW
