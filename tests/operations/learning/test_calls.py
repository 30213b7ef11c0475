"""Notices: who drafts them, who is asked, how the missing are chased."""

from __future__ import annotations

import datetime
import io

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.ui.exports import write_xlsx
from silian.operations.learning.commands import calls
from silian.operations.learning.commands.clocks import run_clocks
from silian.operations.learning.commands.importing import import_returns
from silian.operations.learning.models.calls import FundCall
from silian.operations.learning.models.returns import FundReturn, ReturnVersion
from silian.operations.learning.queries.calls import (
    calls_to_chase,
    missing_units,
    progress_of,
    public_rows,
)
from silian.registers.accounts.models import Notification
from silian.registers.organisations.demo.codes import demonstration_uscc
from silian.registers.organisations.models import Organisation
from tests.operations.learning import stage
from tests.operations.learning.stage import DUE_ON, NOW, TODAY
from tests.world import CITY, World


def coded(world: World) -> str:
    """The enterprise's code, given for the sheet."""
    code = demonstration_uscc(authority="91", division=CITY, number=7)
    Organisation.objects.filter(pk=stage.unit(world.enterprise).pk).update(uscc=code)
    return code


def sheet(*rows: dict[str, object]) -> bytes:
    kept = io.BytesIO()
    write_xlsx(file=kept, header=list(rows[0]), rows=[list(row.values()) for row in rows])
    return kept.getvalue()


def test_a_region_has_one_notice_a_year(world: World) -> None:
    stage.drafted(world)
    with pytest.raises(DomainError, match="已经有了"):
        stage.drafted(world)


def test_an_enterprise_calls_nobody(world: World) -> None:
    with pytest.raises(NotAllowed):
        calls.draft_call(facts=stage.call_facts(world), actor=world.enterprise.actor, today=TODAY)


def test_a_reviewer_calls_for_the_own_office_only(world: World) -> None:
    with pytest.raises(DomainError, match="本部门"):
        stage.drafted(world, authority_id=stage.unit(world.leader).pk)


def test_a_notice_without_enterprises_is_not_sent(world: World) -> None:
    with pytest.raises(DomainError, match="应报企业"):
        calls.issue_call(
            call_id=stage.drafted(world).pk, actor=world.reviewer.actor, now=NOW, today=TODAY
        )


def test_enterprises_come_in_by_size_once(world: World) -> None:
    Organisation.objects.filter(pk=stage.unit(world.rival).pk).update(above_scale=True)
    call = stage.drafted(world)
    facts = {"sizes": [], "above_scale": True, "actor": world.reviewer.actor}
    assert calls.add_units_by_size(call_id=call.pk, **facts) == 1
    assert calls.add_units_by_size(call_id=call.pk, **facts) == 0
    with pytest.raises(DomainError, match="条件"):
        calls.add_units_by_size(
            call_id=call.pk, sizes=[], above_scale=False, actor=world.reviewer.actor
        )


def test_a_list_with_an_unknown_code_adds_nobody(world: World) -> None:
    call, code = stage.drafted(world), coded(world)
    content = sheet({"统一社会信用代码": code}, {"统一社会信用代码": "91990100MA0000000X"})
    added, problems = calls.import_units(
        call_id=call.pk, name="名单.xlsx", content=content, actor=world.reviewer.actor
    )
    assert (added, [(row.row, row.column) for row in problems]) == (0, [(3, "统一社会信用代码")])
    assert not call.units.exists()
    added, problems = calls.import_units(
        call_id=call.pk,
        name="名单.xlsx",
        content=sheet({"统一社会信用代码": code}),
        actor=world.reviewer.actor,
    )
    assert (added, problems) == (1, [])


def test_an_enterprise_that_began_is_not_taken_off(world: World) -> None:
    row = stage.begun(world)
    units = row.call.units
    own = units.get(organisation=row.organisation)
    with pytest.raises(DomainError, match="已开始"):
        calls.remove_unit(call_id=row.call_id, unit_id=own.pk, actor=world.reviewer.actor)
    other = units.exclude(pk=own.pk).get()
    calls.remove_unit(call_id=row.call_id, unit_id=other.pk, actor=world.reviewer.actor)
    assert units.count() == 1


def test_the_missing_are_chased_once_a_day(world: World) -> None:
    call = stage.submitted(world).call
    assert [unit.organisation for unit in missing_units(call)] == [stage.unit(world.rival)]
    facts = {"call_id": call.pk, "actor": world.reviewer.actor, "now": NOW, "today": TODAY}
    assert calls.remind_missing(**facts) == 1  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="已经催过"):
        calls.remind_missing(**facts)  # type: ignore[arg-type]
    told = Notification.objects.filter(title__startswith="请报送")
    assert {row.user.username for row in told} == {"rival"}


@pytest.mark.parametrize(
    ("days", "chased"), [(-10, True), (-5, False), (-3, True), (0, False), (1, True), (2, False)]
)
def test_the_clock_chases_before_the_day_and_weekly_after_it(
    world: World, days: int, chased: bool
) -> None:
    stage.issued(world)
    on = DUE_ON + datetime.timedelta(days=days)
    assert bool(calls_to_chase(on=on)) is chased


def test_a_second_run_of_the_clock_tells_nobody_again(world: World) -> None:
    stage.issued(world)
    on = DUE_ON - datetime.timedelta(days=3)
    now = NOW + datetime.timedelta(days=(on - TODAY).days)
    assert run_clocks(now=now, today=on) == 2
    assert run_clocks(now=now, today=on) == 0


def test_progress_is_counted_by_county(world: World) -> None:
    row = stage.submitted(world)
    found = progress_of(row.call)
    assert [(each.asked, each.submitted, each.missing) for each in found] == [(2, 1, 1)]


def test_few_firms_are_not_shown_to_the_public(world: World) -> None:
    stage.submitted(world)
    found = public_rows(fewest=5)
    assert [(row.asked, row.settled, row.extraction) for row in found] == [(2, None, None)]


def line(code: str, **changes: object) -> dict[str, object]:
    return {
        "统一社会信用代码": code,
        "职工工资总额": 10_000_000,
        "提取的经费": 200_000,
        "年末职工人数": 120,
        "一线职工人数": 80,
        "企业组织的职工外送培训": 30_000,
        "企业组织的职工外送培训，其中一线": 0,
        **changes,
    }


def import_lines(world: World, call: FundCall, *rows: dict[str, object]):  # type: ignore[no-untyped-def]
    return import_returns(
        call_id=call.pk, name="报告.xlsx", content=sheet(*rows), actor=world.reviewer.actor
    )


def test_a_sheet_becomes_drafts_of_the_enterprises(world: World) -> None:
    call, code = stage.issued(world), coded(world)
    done = import_lines(world, call, line(code))
    assert (done.taken, done.problems) == (1, [])
    version = ReturnVersion.objects.get()
    assert (version.wages, version.spent, version.submitted_at) == (10_000_000, 30_000, None)
    assert version.fund_return.organisation == stage.unit(world.enterprise)


def test_one_wrong_cell_keeps_the_whole_sheet_out(world: World) -> None:
    call, code = stage.issued(world), coded(world)
    bad = line("91990100MA0000000X", 提取的经费="二十万")
    done = import_lines(world, call, line(code), bad)
    assert {(row.row, row.column) for row in done.problems} == {
        (3, "统一社会信用代码"),
        (3, "提取的经费"),
    }
    assert not FundReturn.objects.exists()


def test_a_submitted_return_is_not_overwritten(world: World) -> None:
    row, code = stage.submitted(world), coded(world)
    done = import_lines(world, row.call, line(code))
    assert [problem.column for problem in done.problems] == ["统一社会信用代码"]
