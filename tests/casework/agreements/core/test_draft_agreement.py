"""Drafting, revising, withdrawing and reopening agreements."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from silian.casework.agreements.choices import AgreementState, VersionState
from silian.casework.agreements.commands.drafting import (
    PartyDraft,
    reopen,
    revise_draft,
    withdraw,
)
from silian.casework.agreements.commands.numbering import take_numbers
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.casework.agreements.queries.texts import rendered_text
from silian.casework.agreements.rules.texts import digest
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from tests.casework.agreements.core import stage
from tests.world import COUNTY, World

pytestmark = pytest.mark.django_db


def test_a_draft_keeps_every_term_and_a_number_of_its_series(world: World) -> None:
    agreement = stage.drafted(world)
    version = agreement.versions.get()
    assert agreement.number == f"XY{COUNTY}-2026-00001"
    assert agreement.state == AgreementState.DRAFT
    assert version.changes["investment"] == "2600000.00"
    assert version.changes["starts_on"] == "2026-04-01"
    assert {party.role for party in agreement.parties.all()} == {"school", "enterprise"}
    assert stage.drafted(world).number.endswith("-00002")


def test_a_missing_term_is_named(world: World) -> None:
    with pytest.raises(DomainError, match="请填写“合作形式”") as refusal:
        stage.drafted(world, terms={**stage.COOPERATION, "form": ""})
    assert refusal.value.field == "form"


def test_an_unknown_term_is_refused(world: World) -> None:
    with pytest.raises(DomainError, match="没有这些条款"):
        stage.drafted(world, terms={**stage.COOPERATION, "wage": "1"})


def test_the_last_day_comes_after_the_first(world: World) -> None:
    with pytest.raises(DomainError, match="终止日须晚于起始日"):
        stage.drafted(world, ends_on=stage.STARTS)


def test_a_required_party_must_be_there(world: World) -> None:
    school = PartyDraft(role="school", organisation_id=world.school.organisation.pk)
    with pytest.raises(DomainError, match="还没有选定“企业”"):
        stage.drafted(world, parties=[school])
    both = [school, PartyDraft(role="enterprise", organisation_id=world.school.organisation.pk)]
    with pytest.raises(DomainError, match="不能在一份协议里担任两方"):
        stage.drafted(world, parties=both)


def test_a_refused_draft_leaves_no_gap_in_the_numbers(world: World) -> None:
    with pytest.raises(DomainError):
        stage.drafted(world, title=" ")
    assert stage.drafted(world).number.endswith("-00001")


def test_nobody_drafts_for_another_organisation(world: World) -> None:
    with pytest.raises(NotAllowed, match="只能以本单位的名义"):
        stage.drafted(world, organiser_id=world.enterprise.organisation.pk)
    with pytest.raises(NotAllowed, match="由单位管理员或经办人办理"):
        stage.drafted(world, actor=world.student.actor)


def test_the_text_is_the_same_for_the_same_facts(world: World) -> None:
    version = stage.drafted(world).versions.get()
    text = rendered_text(version)
    assert "第一条　合作形式与期限" in text
    assert "各方以“校中厂”的形式开展专业与企业的合作，自2026年4月1日起到2027年4月1日" in text
    assert "结为对口伙伴" in text
    assert "2,600,000 元" in text
    assert "涉及的专业" not in text
    assert digest(text) == digest(rendered_text(Agreement.objects.get().versions.get()))


def test_a_draft_is_revised_and_what_was_sent_is_not(world: World) -> None:
    agreement = stage.drafted(world)
    facts = {
        "agreement_id": agreement.pk,
        "actor": world.school.actor,
        "title": "校中厂合作（修改）",
        "terms": {**stage.COOPERATION, "students_a_year": 80},
        "starts_on": stage.STARTS,
        "ends_on": datetime.date(2028, 4, 1),
    }
    revise_draft(**facts)
    version = agreement.versions.get()
    assert version.changes["students_a_year"] == 80
    stage.sent(world, agreement)
    with pytest.raises(WrongState, match="协议已送签"):
        revise_draft(**facts)


def at_commit(change: Callable[[], object]) -> None:
    """Make a change and check the constraints that are due at the end."""
    with transaction.atomic():
        change()
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_sent_text_stays_even_for_direct_sql(world: World) -> None:
    version = stage.sent(world, stage.drafted(world))
    rows = AgreementVersion.objects.filter(pk=version.pk)
    assert version.sha256 == digest(version.text)
    with pytest.raises(DatabaseError, match="sealed"):
        at_commit(lambda: rows.update(text="改过的文本"))
    with pytest.raises(DatabaseError, match="stays"):
        at_commit(lambda: version.agreement.parties.update(name="别人"))


def test_nothing_is_active_without_every_signature_even_for_direct_sql(world: World) -> None:
    agreement = stage.drafted(world)
    stage.sent(world, agreement)
    rows = Agreement.objects.filter(pk=agreement.pk)
    with pytest.raises(DatabaseError, match="no signed base"):
        at_commit(lambda: rows.update(state=AgreementState.ACTIVE))
    with pytest.raises(DatabaseError, match="not signed by everybody"):
        at_commit(lambda: agreement.versions.update(state=VersionState.SIGNED))


def test_a_withdrawn_agreement_stays_withdrawn(world: World) -> None:
    agreement = stage.drafted(world)
    stage.sent(world, agreement)
    facts = {"agreement_id": agreement.pk, "actor": world.school.actor, "now": stage.NOW}
    withdraw(**facts, reason="对方信息有误")
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.WITHDRAWN
    assert agreement.versions.get().state == VersionState.WITHDRAWN
    with pytest.raises(WrongState):
        withdraw(**facts, reason="对方信息有误")


def test_only_the_organiser_withdraws(world: World) -> None:
    agreement = stage.drafted(world)
    with pytest.raises(NotAllowed):
        withdraw(
            agreement_id=agreement.pk, actor=world.enterprise.actor, reason="不想签", now=stage.NOW
        )


def test_an_active_agreement_is_not_reopened(world: World) -> None:
    with pytest.raises(WrongState):
        reopen(agreement_id=stage.active(world).pk, actor=world.school.actor)


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_when_many_draft_at_once(world: World) -> None:
    def take(_: int) -> str:
        try:
            with transaction.atomic():
                return take_numbers(division_id=COUNTY, year=2026)[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        taken = sorted(pool.map(take, range(24)))
    assert taken == [f"XY{COUNTY}-2026-{place:05d}" for place in range(1, 25)]
