"""A call is drafted with its money and steps, issued with a rule, closed and extended."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.incentives.choices.claims import CallState, ClaimScheme, StepKind
from silian.governance.incentives.commands.claim_calls import (
    close_call,
    draft_call,
    extend_call,
    open_call,
    revise_call,
)
from silian.governance.incentives.permissions.claims import calls_visible_to
from tests.governance.incentives.claims import stage
from tests.governance.incentives.claims.stage import NOW, TODAY
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_call_is_issued_and_seen_by_all(world: World) -> None:
    call, books = stage.drafted_call(world)
    assert not calls_visible_to(world.enterprise.actor).exists()
    opened = open_call(call_id=call.pk, actor=books.owner.actor, now=NOW)
    assert (opened.state, opened.number) == (CallState.OPEN, "SL2026-0001")
    assert calls_visible_to(world.enterprise.actor).get() == call


def test_without_an_amount_in_the_region_it_cannot_be_issued(world: World) -> None:
    call, books = stage.drafted_call(world, scheme=ClaimScheme.INNOVATION, pays_advance=False)
    with pytest.raises(DomainError, match="没有这项补贴的规定"):
        open_call(call_id=call.pk, actor=books.owner.actor, now=NOW)


def test_somebody_has_to_decide(world: World) -> None:
    call, books = stage.drafted_call(world)
    call.steps.filter(kind=StepKind.DECIDE).delete()
    with pytest.raises(DomainError, match="审定"):
        open_call(call_id=call.pk, actor=books.owner.actor, now=NOW)


def test_what_the_rule_does_not_pay_in_advance_is_not_promised(world: World) -> None:
    call, books = stage.drafted_call(world, pays_advance=True)
    with pytest.raises(DomainError, match="没有预支办法"):
        open_call(call_id=call.pk, actor=books.owner.actor, now=NOW)


def test_money_of_another_department_is_refused(world: World) -> None:
    _, books = stage.drafted_call(world)
    with pytest.raises(DomainError, match="本部门主管资金"):
        draft_call(
            card=stage.card(books), steps=stage.steps(world, books),
            actor=world.reviewer.actor, today=TODAY,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        draft_call(card=stage.card(books), steps=[], actor=world.enterprise.actor, today=TODAY)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"covers_until": stage.FROM}, "终止日应晚于起始日"),
        ({"closes_on": datetime.date(2026, 2, 1)}, "截止日不能早于"),
        ({"notice_days": 0}, "公示期至少"),
    ],
)
def test_strange_days_are_refused(world: World, values: dict[str, object], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        stage.drafted_call(world, **values)


def test_steps_need_an_office_and_decisions_words(world: World) -> None:
    _, books = stage.drafted_call(world)
    rows = stage.steps(world, books)
    for wrong in (
        [replace(rows[1], office_id=None)],
        [replace(rows[0], office_id=books.owner.organisation.pk)],
        [replace(rows[2], on_silence="agree")],
        [rows[2], replace(rows[2], title="再审定")],
        [replace(rows[2], order=1), replace(rows[1], order=2)],
    ):
        with pytest.raises(DomainError):
            draft_call(
                card=stage.card(books), steps=wrong, actor=books.owner.actor, today=TODAY
            )  # fmt: skip


def test_what_a_draft_says_is_changed(world: World) -> None:
    call, books = stage.drafted_call(world)
    card = stage.card(books, title="新名称", applicants="school", applicant_terms="公办")
    revise_call(call_id=call.pk, card=card, actor=books.owner.actor)
    call.refresh_from_db()
    assert (call.title, call.applicants, call.applicant_terms) == ("新名称", "school", "公办")


def test_a_unit_of_another_kind_does_not_claim(world: World) -> None:
    call, _ = stage.opened_call(world, applicants="school")
    stage.worked(world)
    with pytest.raises(NotAllowed, match="不在申领范围"):
        stage.started(world, call)


def test_a_call_whose_last_day_is_past_is_not_issued(world: World) -> None:
    call, books = stage.drafted_call(world, closes_on=datetime.date(2026, 3, 17))
    with pytest.raises(DomainError, match="截止日已过"):
        open_call(call_id=call.pk, actor=books.owner.actor, now=NOW)


def test_a_standing_call_is_not_extended(world: World) -> None:
    call, books = stage.opened_call(world, closes_on=None)
    with pytest.raises(WrongState, match="常年受理"):
        extend_call(
            call_id=call.pk, closes_on=datetime.date(2026, 6, 30), reason="追加",
            actor=books.owner.actor, today=TODAY,
        )  # fmt: skip


def test_an_issued_call_is_not_changed_but_closed_and_extended_with_reasons(world: World) -> None:
    call, books = stage.opened_call(world)
    actor = books.owner.actor
    with pytest.raises(WrongState):
        revise_call(call_id=call.pk, card=stage.card(books), actor=actor)
    with pytest.raises(DomainError, match="原因"):
        close_call(call_id=call.pk, reason=" ", actor=actor, today=TODAY)
    assert (
        close_call(call_id=call.pk, reason="资金用完", actor=actor, today=TODAY).state == "closed"
    )
    with pytest.raises(DomainError, match="晚于"):
        extend_call(
            call_id=call.pk, closes_on=datetime.date(2026, 4, 30), reason="追加", actor=actor,
            today=TODAY,
        )  # fmt: skip
    again = extend_call(
        call_id=call.pk, closes_on=datetime.date(2026, 6, 30), reason="追加预算", actor=actor,
        today=TODAY,
    )  # fmt: skip
    assert again.accepts_on(datetime.date(2026, 6, 30))


def test_only_the_leading_department_moves_its_call(world: World) -> None:
    call, _ = stage.opened_call(world)
    with pytest.raises(NotAllowed, match="牵头部门"):
        close_call(call_id=call.pk, reason="误", actor=world.reviewer.actor, today=TODAY)
