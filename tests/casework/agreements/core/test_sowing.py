"""Sowing many agreements for the demonstration city."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from silian.casework.agreements.choices import AgreementState, SignatureState
from silian.casework.agreements.commands.drafting import PartyDraft
from silian.casework.agreements.demo.agreements import SeedAgreement, seed_agreements
from silian.casework.agreements.queries.reading import agreement_of, agreements_of
from silian.casework.agreements.queries.terms import effective_terms
from silian.casework.agreements.rules.texts import digest
from tests.casework.agreements.core import stage
from tests.world import COUNTY, World

pytestmark = pytest.mark.django_db
SENT = stage.on(datetime.date(2026, 3, 16))


def row(world: World, **facts: Any) -> SeedAgreement:
    values: dict[str, Any] = {
        "kind": "internship",
        "title": "岗位实习协议",
        "division_id": COUNTY,
        "organiser_id": world.school.organisation.pk,
        "parties": [
            PartyDraft(role="student", person_id=stage.student_of(world).pk),
            PartyDraft(role="host", organisation_id=world.enterprise.organisation.pk),
            PartyDraft(role="school", organisation_id=world.school.organisation.pk),
        ],
        "terms": stage.INTERNSHIP,
        "starts_on": stage.STARTS,
        "ends_on": stage.ENDS,
        "sent_at": SENT,
        "source": "placements.internship",
        "source_id": 1,
    }
    return SeedAgreement(**{**values, **facts})


def test_rows_come_in_the_state_that_their_signatures_give(world: World) -> None:
    past = {"starts_on": datetime.date(2025, 4, 1), "ends_on": datetime.date(2025, 10, 1)}
    rows = [
        row(world),
        row(world, source_id=2, signed=frozenset({"student"})),
        row(world, source_id=3, sent_at=None),
        row(world, source_id=4, refused_by="student", signed=frozenset()),
        row(world, source_id=5, sent_at=stage.on(datetime.date(2025, 3, 3)), **past),
        row(world, source_id=6, sent_at=stage.on(datetime.date(2026, 1, 5)), signed=frozenset()),
    ]
    made = seed_agreements(rows, now=stage.NOW)
    connection.check_constraints()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    states = AgreementState
    assert [agreement.state for agreement in made] == [
        states.ACTIVE,
        states.SIGNING,
        states.DRAFT,
        states.REFUSED,
        states.ENDED,
        states.LAPSED,
    ]
    assert [agreement.source_id for agreement in made] == [1, 2, 3, 4, 5, 6]
    half = made[1].versions.get()
    assert half.sha256 == digest(half.text)
    signed = half.signatures.filter(state=SignatureState.SIGNED)
    assert [signature.party.role for signature in signed] == ["student"]
    assert effective_terms(agreement=made[0], on=stage.STARTS)["pay"] == "3200.00"
    assert effective_terms(agreement=made[1], on=stage.STARTS) == {}


def test_rows_find_their_agreements(world: World) -> None:
    seed_agreements([row(world), row(world, source_id=2)], now=stage.NOW)
    found = agreements_of("placements.internship", [1, 2, 3])
    assert sorted(found) == [1, 2]
    assert agreement_of("placements.internship", 3) is None


def test_sowing_asks_as_little_for_many_as_for_few(
    world: World, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    rows = [row(world, source_id=place) for place in range(300)]
    with django_assert_max_num_queries(20):
        made = seed_agreements(rows, now=stage.NOW)
    assert len({agreement.number for agreement in made}) == 300
