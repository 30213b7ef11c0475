"""Needs: prefilled from the project, sent out, shown by consent and hidden without it."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.incentives.choices.finance import NeedState
from silian.governance.incentives.commands.needs import (
    close_need,
    give_consent,
    open_need,
    reopen_need,
    settle_need,
    withdraw_consent,
    write_need,
)
from silian.governance.incentives.models import FinanceProduct, FinancingNeed, NeedConsent
from silian.governance.incentives.permissions.finance import needs_visible_to
from silian.governance.incentives.queries.finance_matching import match_of, matches
from silian.governance.incentives.queries.needs import figures_of
from silian.governance.incentives.rules.finance_matching import MET, NOT_MET
from tests.governance.incentives.finance import stage
from tests.governance.incentives.stage import NOW
from tests.world import World

pytestmark = pytest.mark.django_db
TODAY = stage.TODAY


def seen_by_bank(world: World, name: str = "青澜农村商业银行（演示）") -> set[FinancingNeed]:
    return set(needs_visible_to(stage.bank(world, name).actor, on=TODAY))


def test_a_need_takes_total_and_gap_from_its_project(world: World) -> None:
    need = stage.need(world)
    assert (need.total, need.gap) == (12 * stage.MILLION, 2 * stage.MILLION)
    assert need.figures_on == TODAY
    assert need.project is not None
    figures = figures_of(need.project)
    assert figures.wanted == 5 * stage.MILLION  # the gap and the loan that is planned


def test_the_project_of_another_unit_cannot_be_named(world: World) -> None:
    foreign = stage.project(world, owner=world.rival.organisation)
    with pytest.raises(DomainError, match="不是贵单位"):
        stage.draft_need(world, project_id=foreign.pk)


def test_an_amount_of_nothing_is_refused(world: World) -> None:
    with pytest.raises(DomainError, match="大于 0"):
        stage.draft_need(world, amount=Decimal(0))


def test_a_bank_sees_an_open_need_only_with_consent(world: World) -> None:
    need = stage.need(world)
    assert seen_by_bank(world) == set()
    stage.consent(world, need)
    assert seen_by_bank(world) == {need}


def test_withdrawing_the_consent_hides_the_need_at_once(world: World) -> None:
    need = stage.shown_need(world)
    withdraw_consent(need_id=need.pk, actor=world.enterprise.actor, now=NOW)
    assert seen_by_bank(world) == set()
    assert NeedConsent.objects.get().withdrawn_at == NOW


def test_a_consent_for_one_bank_is_for_that_bank(world: World) -> None:
    need = stage.need(world)
    bank = stage.bank(world)
    assert bank.organisation is not None
    stage.consent(world, need, bank.organisation.pk)
    assert seen_by_bank(world) == {need}
    assert seen_by_bank(world, "青澜科创融资担保（演示）") == set()


def test_a_consent_ends_on_its_last_day(world: World) -> None:
    need = stage.shown_need(world)
    actor = stage.bank(world).actor
    last = TODAY + 90 * stage.DAY
    assert needs_visible_to(actor, on=last).filter(pk=need.pk).exists()
    assert not needs_visible_to(actor, on=last + stage.DAY).exists()


@pytest.mark.parametrize("days", [-1, 400])
def test_a_consent_lasts_from_today_to_a_year(world: World, days: int) -> None:
    need = stage.need(world)
    until = TODAY + datetime.timedelta(days=days)
    with pytest.raises(DomainError, match="授权最后一天"):
        give_consent(
            need_id=need.pk, provider_ids=[], until=until, actor=world.enterprise.actor, now=NOW
        )


def test_only_financial_institutions_can_be_named(world: World) -> None:
    need = stage.need(world)
    assert world.rival.organisation is not None
    with pytest.raises(DomainError, match="金融机构"):
        stage.consent(world, need, world.rival.organisation.pk)


def test_a_new_consent_takes_the_place_of_the_old(world: World) -> None:
    need = stage.shown_need(world)
    stage.consent(world, need)
    assert NeedConsent.objects.count() == 2
    assert NeedConsent.objects.given(on=TODAY).count() == 1  # type: ignore[attr-defined]


def test_a_draft_cannot_be_shown(world: World) -> None:
    draft = stage.draft_need(world)
    with pytest.raises(WrongState, match="先发布"):
        stage.consent(world, draft)


def test_there_is_nothing_to_withdraw_without_consent(world: World) -> None:
    need = stage.need(world)
    with pytest.raises(WrongState, match="没有有效"):
        withdraw_consent(need_id=need.pk, actor=world.enterprise.actor, now=NOW)


def test_a_need_goes_from_draft_to_open_to_met_and_back(world: World) -> None:
    actor = world.enterprise.actor
    draft = stage.draft_need(world)
    open_need(need_id=draft.pk, actor=actor, now=NOW)
    settle_need(need_id=draft.pk, actor=actor)
    with pytest.raises(WrongState, match="不能修改"):
        write_need(text=stage.need_text(), actor=actor, now=NOW, need_id=draft.pk)
    again = reopen_need(need_id=draft.pk, actor=actor, now=NOW)
    assert again.state == NeedState.OPEN


def test_closing_needs_a_reason(world: World) -> None:
    need = stage.need(world)
    with pytest.raises(DomainError, match="关闭原因"):
        close_need(need_id=need.pk, reason="", actor=world.enterprise.actor)
    closed = close_need(need_id=need.pk, reason="改用自有资金", actor=world.enterprise.actor)
    assert closed.state == NeedState.CLOSED


def test_the_amount_stays_while_a_bank_is_at_work(world: World) -> None:
    answer = stage.asked(world)
    text = stage.need_text(amount=Decimal(1), project_id=answer.need.project_id)
    with pytest.raises(DomainError, match="正在|对接"):
        write_need(text=text, actor=world.enterprise.actor, now=NOW, need_id=answer.need_id)


def test_a_bank_writes_no_needs_and_another_unit_changes_none(world: World) -> None:
    need = stage.need(world)
    with pytest.raises(NotAllowed):
        write_need(text=stage.need_text(), actor=stage.bank(world).actor, now=NOW)
    with pytest.raises(FinancingNeed.DoesNotExist):
        settle_need(need_id=need.pk, actor=world.rival.actor)


def test_a_match_tells_what_fails_and_how_to_cure_it(world: World) -> None:
    need = stage.shown_need(world)
    fits = stage.product(world)
    asks = stage.product(world, name="专项贷", recognition="integrated_enterprise")
    found = matches(needs=[need], products=[asks, fits], on=TODAY)
    assert [match.product for match in found] == [fits, asks]
    assert [match.standing for match in found] == [MET, NOT_MET]
    assert found[1].open_conditions[0].cure


def test_matching_asks_as_much_for_many_as_for_few(world: World) -> None:
    need = stage.shown_need(world)
    for number in range(12):
        stage.product(world, name=f"产品{number}")
    products = list(FinanceProduct.objects.select_related("provider"))
    match_of(need=need, product=products[0], on=TODAY)
    counts = []
    for few in (products[:3], products):
        with CaptureQueriesContext(connection) as queries:
            matches(needs=[need], products=few, on=TODAY)
        counts.append(len(queries))
    assert counts[0] == counts[1]
