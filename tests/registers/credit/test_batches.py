"""Batches for the public credit platform: each state told once, files repeatable."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.credit.choices import BatchAction, Sharing
from silian.registers.credit.commands.batches import make_batch, note_receipt
from silian.registers.credit.commands.records import revoke_record
from silian.registers.credit.models import CreditItem, ShareBatch
from silian.registers.credit.queries.batches import HEADINGS, sheet_rows, untold
from tests.registers.credit import stage
from tests.world import CITY, World


def made(world: World) -> ShareBatch:
    return make_batch(actor=world.reviewer.actor, now=timezone.now())


def test_a_confirmed_record_is_told_once(world: World) -> None:
    row = stage.in_force(world)
    batch = made(world)
    (line,) = batch.lines.all()
    assert (line.record, line.action) == (row, BatchAction.ADD)
    with pytest.raises(DomainError, match="没有新的变动"):
        made(world)
    assert ShareBatch.objects.count() == 1


def test_a_revoked_record_is_taken_off_the_platform(world: World) -> None:
    row = stage.in_force(world)
    first = made(world)
    revoke_record(
        record_id=row.pk, reason="原决定已撤销", actor=world.reviewer.actor, now=timezone.now()
    )
    second = made(world)
    assert second.lines.get().action == BatchAction.REMOVE
    assert first.number != second.number
    assert sheet_rows(first)[0][-1] == "有效"


def test_what_the_platform_never_had_is_not_taken_off(world: World) -> None:
    row = stage.in_force(world)
    revoke_record(
        record_id=row.pk, reason="原决定已撤销", actor=world.reviewer.actor, now=timezone.now()
    )
    assert untold(division=CITY) == []


def test_items_given_only_with_consent_are_not_told(world: World) -> None:
    stage.in_force(world)
    CreditItem.objects.update(sharing=Sharing.CONSENT)
    assert untold(division=CITY) == []


def test_the_file_is_the_same_at_every_download(world: World) -> None:
    stage.in_force(world)
    url = reverse("credit:batch_file", args=[made(world).pk, "csv"])
    first, second = (b"".join(world.reviewer.client.get(url)) for _ in range(2))  # type: ignore[arg-type]
    assert first == second
    assert HEADINGS[3] in first.decode("utf-8-sig")
    bad = reverse("credit:batch_file", args=[ShareBatch.objects.get().pk, "exe"])
    assert world.reviewer.client.get(bad).status_code == 404


def test_a_receipt_is_noted_once_by_those_who_keep_records(world: World) -> None:
    stage.in_force(world)
    batch, today = made(world), stage.today()
    with pytest.raises(NotAllowed):
        note_receipt(batch_id=batch.pk, receipt="H1", on=today, actor=world.leader.actor)
    given = {"batch_id": batch.pk, "actor": world.reviewer.actor}
    with pytest.raises(DomainError, match="回执编号"):
        note_receipt(receipt=" ", on=today, **given)
    with pytest.raises(DomainError, match="早于"):
        note_receipt(receipt="H1", on=today - datetime.timedelta(days=1), **given)
    assert note_receipt(receipt="H1", on=today, **given).receipt == "H1"
    with pytest.raises(DomainError, match="不再修改"):
        note_receipt(receipt="H2", on=today, **given)


def test_the_pages_make_a_batch_and_offer_its_file(world: World) -> None:
    stage.in_force(world)
    page = world.reviewer.client.get(reverse("credit:batch_list")).content.decode()
    assert "生成批次（1 条）" in page
    done = world.reviewer.client.post(reverse("credit:batch_make"), follow=True)
    assert "下载 xlsx" in done.content.decode()
