"""Credit records, objections, repairs and readings."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.credit.choices import RecordState, RemedyKind, Sharing
from silian.registers.credit.commands.catalogue import set_item_open
from silian.registers.credit.commands.records import (
    confirm_record,
    consult,
    end_due_records,
    return_record,
    revoke_record,
)
from silian.registers.credit.commands.remedies import answer_remedy, ask_remedy
from silian.registers.credit.models import CreditReading, CreditRecord, Remedy
from silian.registers.credit.permissions.credit import records_visible_to
from silian.registers.credit.queries.records import bad_records_of, public_records
from silian.registers.policies.models import Parameter
from tests.registers.credit import stage
from tests.world import CITY, World


def asked(world: World, kind: RemedyKind) -> Remedy:
    return ask_remedy(
        record_id=stage.in_force(world).pk, kind=kind, text="已经改正。",
        actor=world.enterprise.actor, now=timezone.now(),
    )  # fmt: skip


def test_the_proposer_does_not_confirm(world: World) -> None:
    row = stage.proposed(world)
    with pytest.raises(DomainError, match="另一位"):
        confirm_record(record_id=row.pk, actor=world.reviewer.actor, now=timezone.now())


def test_a_proposal_is_not_seen_by_its_subject_and_does_not_count(world: World) -> None:
    row = stage.proposed(world)
    assert not records_visible_to(world.enterprise.actor).filter(pk=row.pk).exists()
    on = stage.today()
    assert not bad_records_of(organisation_id=row.organisation_id, on=on).exists()


def test_a_confirmed_record_counts_and_is_public(world: World) -> None:
    row = stage.in_force(world)
    on = stage.today()
    assert list(bad_records_of(organisation_id=row.organisation_id, on=on)) == [row]
    assert list(public_records(on=on)) == [row]


def test_a_shared_item_is_not_public(world: World) -> None:
    item = stage.item(code="CJ-09", sharing=Sharing.SHARED)
    stage.in_force(world, item_id=item.pk)
    assert not public_records(on=stage.today()).exists()


def test_an_item_out_of_use_takes_no_record(world: World) -> None:
    set_item_open(item_id=stage.item().pk, is_open=False, actor=world.coordinator.actor)
    with pytest.raises(DomainError, match="目录"):
        stage.proposed(world)


def test_a_term_beyond_the_law_is_refused(world: World) -> None:
    Parameter.objects.create(
        division_id=CITY, code="CR-04", name="bad_record_years", title="披露期限", value=5,
        comparator="<=", unit="年", force="mandatory", source="演示规定",
        valid_from=stage.today() - stage.DAY,
    )  # fmt: skip
    with pytest.raises(DomainError, match="最长 5 年"):
        stage.proposed(world, ends_on=stage.today() + 2000 * stage.DAY)


def test_a_bad_record_without_end_is_refused(world: World) -> None:
    with pytest.raises(DomainError, match="截止日"):
        stage.proposed(world, ends_on=None)


def test_a_returned_proposal_never_held(world: World) -> None:
    row = stage.proposed(world)
    row = return_record(
        record_id=row.pk, reason="文号有误。", actor=world.coordinator.actor, now=timezone.now()
    )
    assert row.state == RecordState.RETURNED
    assert not records_visible_to(world.enterprise.actor).filter(pk=row.pk).exists()


def test_an_objection_marks_the_record_at_once(world: World) -> None:
    remedy = asked(world, RemedyKind.OBJECTION)
    assert CreditRecord.objects.get(pk=remedy.record_id).is_disputed


def test_a_granted_objection_takes_the_record_away(world: World) -> None:
    remedy = asked(world, RemedyKind.OBJECTION)
    answer_remedy(
        remedy_id=remedy.pk, granted=True, answer="认定有误。", actor=world.coordinator.actor,
        now=timezone.now(),
    )  # fmt: skip
    row = CreditRecord.objects.get(pk=remedy.record_id)
    assert (row.state, row.is_disputed) == (RecordState.REVOKED, False)
    assert not public_records(on=stage.today()).exists()


def test_a_denied_objection_leaves_the_record_unmarked(world: World) -> None:
    remedy = asked(world, RemedyKind.OBJECTION)
    answer_remedy(
        remedy_id=remedy.pk, granted=False, answer="证据充分。", actor=world.coordinator.actor,
        now=timezone.now(),
    )  # fmt: skip
    row = CreditRecord.objects.get(pk=remedy.record_id)
    assert (row.state, row.is_disputed) == (RecordState.IN_FORCE, False)


def test_a_granted_repair_ends_the_disclosure(world: World) -> None:
    remedy = asked(world, RemedyKind.REPAIR)
    answer_remedy(
        remedy_id=remedy.pk, granted=True, answer="已改正。", actor=world.coordinator.actor,
        now=timezone.now(),
    )  # fmt: skip
    assert CreditRecord.objects.get(pk=remedy.record_id).state == RecordState.REPAIRED


def test_who_proposed_the_record_does_not_answer(world: World) -> None:
    remedy = asked(world, RemedyKind.OBJECTION)
    with pytest.raises(NotAllowed):
        answer_remedy(
            remedy_id=remedy.pk, granted=False, answer="证据充分。", actor=world.reviewer.actor,
            now=timezone.now(),
        )  # fmt: skip


def test_a_second_objection_waits_for_the_first(world: World) -> None:
    remedy = asked(world, RemedyKind.OBJECTION)
    with pytest.raises(DomainError, match="正在办理"):
        ask_remedy(
            record_id=remedy.record_id, kind=RemedyKind.OBJECTION, text="再提。",
            actor=world.enterprise.actor, now=timezone.now(),
        )  # fmt: skip


def test_a_revocation_says_why(world: World) -> None:
    row = stage.in_force(world)
    with pytest.raises(DomainError, match="依据"):
        revoke_record(record_id=row.pk, reason="", actor=world.reviewer.actor, now=timezone.now())


def test_a_record_ends_on_its_day(world: World) -> None:
    row = stage.in_force(world)
    assert row.ends_on is not None
    assert end_due_records(on=row.ends_on - stage.DAY, now=timezone.now()) == 0
    assert not public_records(on=row.ends_on).exists()
    assert end_due_records(on=row.ends_on, now=timezone.now()) == 1


def test_a_reading_is_noted_for_the_subject(world: World) -> None:
    row = stage.in_force(world)
    found = consult(
        organisation_id=row.organisation_id, purpose="认定审查", actor=world.coordinator.actor
    )
    assert found == [row]
    note = CreditReading.objects.get(organisation_id=row.organisation_id)
    assert (note.purpose, note.found) == ("认定审查", 1)
    assert "认定审查" in world.enterprise.client.get("/credit/").content.decode()


def test_the_database_keeps_the_facts(world: World) -> None:
    row = stage.in_force(world)
    with pytest.raises(DatabaseError, match="stay"), transaction.atomic():
        CreditRecord.objects.filter(pk=row.pk).update(title="别的")
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        CreditRecord.objects.filter(pk=row.pk).delete()


def test_a_rival_cannot_reach_a_record(world: World) -> None:
    row = stage.in_force(world)
    for address in ("", "objection/new/", "repair/new/", "revoke/"):
        assert world.rival.client.get(f"/credit/records/{row.pk}/{address}").status_code == 404


def test_the_public_list_costs_the_same_queries_with_3_and_with_30_rows(world: World) -> None:
    counts = []
    world.rival.client.get("/credit/public/")  # what every process asks once
    for numbers in (range(3), range(3, 30)):
        for number in numbers:
            stage.in_force(world, decision_number=f"决{number}号")
        with CaptureQueriesContext(connection) as asked_for:
            assert world.rival.client.get("/credit/public/").status_code == 200
        counts.append(len(asked_for))
    assert counts[0] == counts[1]
