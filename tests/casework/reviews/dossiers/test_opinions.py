"""Departments are asked level by level; nobody blocks by silence."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from silian.casework.reviews.choices.dossiers import DossierState, OpinionState, SeatRole
from silian.casework.reviews.commands.dossiers import withdraw_dossier
from silian.casework.reviews.commands.intake import accept_dossier
from silian.casework.reviews.commands.open_clocks import close_opinions
from silian.casework.reviews.commands.opinions import give_opinion, settle_silence
from silian.casework.reviews.models import Campaign, Dossier, Opinion
from silian.casework.reviews.tasks.dossiers import settle_overdue
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import WorkingDayOverride
from silian.registers.accounts.models import Notification
from tests.casework.reviews import stage
from tests.world import World

DAY = datetime.timedelta(days=1)
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


@pytest.fixture
def asked(world: World) -> Dossier:
    campaign = stage.with_levels(world)
    dossier = stage.dossier_of(campaign, world.enterprise.organisation)
    return accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor)


def industry(world: World) -> stage.Person:
    return stage.department(world, stage.INDUSTRY)


def answer(world: World, opinion: Opinion, *, agrees: bool = True, text: str = "") -> Opinion:
    person = stage.department(world, opinion.department)
    return give_opinion(opinion_id=opinion.pk, agrees=agrees, text=text, actor=person.actor)


def waiting(dossier: Dossier) -> list[Opinion]:
    return list(dossier.opinions.filter(state=OpinionState.ASKED).order_by("pk"))


def test_after_acceptance_the_first_level_is_asked(world: World, asked: Dossier) -> None:
    opinion = asked.opinions.get()
    assert asked.state == DossierState.OPINIONS
    assert (opinion.level, opinion.department) == ("county", stage.INDUSTRY)
    assert asked.due_on == opinion.due_on


def test_the_next_level_asks_its_departments_at_once(world: World, asked: Dossier) -> None:
    answer(world, asked.opinions.get())
    rows = waiting(asked)
    assert {row.department for row in rows} == {stage.INDUSTRY, stage.FINANCE}
    asked.refresh_from_db()
    assert asked.level == 1


def test_when_all_levels_are_through_the_file_goes_on(world: World, asked: Dossier) -> None:
    answer(world, asked.opinions.get())
    for row in waiting(asked):
        answer(world, row)
    asked.refresh_from_db()
    assert asked.state == DossierState.RANKED
    assert set(asked.opinions.values_list("state", flat=True)) == {OpinionState.AGREED}


def test_an_opinion_against_needs_a_reason_and_ends_nothing(world: World, asked: Dossier) -> None:
    opinion = asked.opinions.get()
    with pytest.raises(DomainError, match="理由"):
        answer(world, opinion, agrees=False)
    given = answer(world, opinion, agrees=False, text="有欠薪记录")
    asked.refresh_from_db()
    assert given.state == OpinionState.DISAGREED
    assert asked.state == DossierState.OPINIONS


def test_only_the_department_itself_speaks(world: World, asked: Dossier) -> None:
    opinion = asked.opinions.get()
    others = (
        world.reviewer,
        world.coordinator,
        world.enterprise,
        world.rival,
        stage.department(world, stage.FINANCE),
    )
    for person in others:
        with pytest.raises(NotAllowed):
            give_opinion(opinion_id=opinion.pk, agrees=True, text="", actor=person.actor)


def test_a_given_opinion_stands(world: World, asked: Dossier) -> None:
    opinion = asked.opinions.get()
    answer(world, opinion)
    with pytest.raises(DomainError, match="不能再提交"):
        answer(world, opinion)


def test_the_department_takes_its_seat(world: World, asked: Dossier) -> None:
    answer(world, asked.opinions.get())
    assert asked.seats.get(user=industry(world).user).role == SeatRole.OPINION


def test_a_silent_department_never_blocks(world: World, asked: Dossier) -> None:
    opinion = asked.opinions.get()
    assert opinion.due_on is not None
    on_time = settle_silence(opinion_id=opinion.pk, actor=system_actor(), on=opinion.due_on)
    assert on_time is None
    settle_overdue(on=opinion.due_on + DAY)
    opinion.refresh_from_db()
    assert opinion.state == OpinionState.SILENT
    late = waiting(asked)
    assert {row.level for row in late} == {"city"}
    settle_overdue(on=max(row.due_on for row in late if row.due_on) + DAY)
    asked.refresh_from_db()
    assert asked.state == DossierState.RANKED


def test_a_withdrawn_file_asks_nobody_any_more(
    world: World, asked: Dossier, run_jobs: Callable[[], None]
) -> None:
    withdraw_dossier(dossier_id=asked.pk, actor=world.enterprise.actor, reason="另行安排")
    run_jobs()
    row = asked.opinions.get()
    assert (row.state, row.text) == (OpinionState.ENDED, "申报已撤回，不再征求意见。")
    assert not Notification.objects.filter(title__startswith="请提出意见").exists()
    assert close_opinions(dossier_id=asked.pk) == 0


def test_settling_silence_twice_does_no_harm(world: World, asked: Dossier) -> None:
    opinion = asked.opinions.get()
    assert opinion.due_on is not None
    settle_overdue(on=opinion.due_on + DAY)
    settle_overdue(on=opinion.due_on + DAY)
    assert asked.opinions.count() == 3


def test_without_a_limit_nobody_is_late(world: World) -> None:
    levels = [{**stage.LEVELS[0], "working_days": "$open_one"}]
    campaign = stage.with_levels(world)
    version = campaign.version
    Campaign.objects.filter(pk=campaign.pk).update(
        version=stage.published(world, code="other", procedure={"levels": levels})
    )
    assert version.pk
    dossier = stage.dossier_of(Campaign.objects.get(pk=campaign.pk), world.enterprise.organisation)
    accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor)
    opinion = dossier.opinions.get()
    assert opinion.due_on is None
    assert not opinion.is_late(on=datetime.date(2099, 1, 1))


@pytest.mark.parametrize(
    ("asked_on", "due_on"),
    [
        # 2025: holiday 28 January to 4 February; Sunday 26 January and Saturday 8 February work
        (datetime.date(2025, 1, 24), datetime.date(2025, 2, 7)),
        (datetime.date(2025, 2, 5), datetime.date(2025, 2, 11)),
        # 2025: National Day and Mid-Autumn 1 to 8 October; Sunday 28 September works
        (datetime.date(2025, 9, 26), datetime.date(2025, 10, 10)),
        # 2024: holiday 10 to 17 February; Friday 9 and Sunday 18 February work
        (datetime.date(2024, 2, 8), datetime.date(2024, 2, 21)),
    ],
)
def test_clocks_count_working_days_over_spring_festival_and_shifted_days(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    asked_on: datetime.date,
    due_on: datetime.date,
) -> None:
    campaign = stage.with_levels(world)
    dossier = stage.dossier_of(campaign, world.enterprise.organisation)
    moment = datetime.datetime.combine(asked_on, datetime.time(10), tzinfo=SHANGHAI)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor)
    assert dossier.opinions.get().due_on == due_on


def test_a_day_set_by_hand_counts_as_set(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    WorkingDayOverride.objects.create(
        date=datetime.date(2025, 3, 5), is_working=False, basis="本市放假通知"
    )
    campaign = stage.with_levels(world)
    dossier = stage.dossier_of(campaign, world.enterprise.organisation)
    moment = datetime.datetime(2025, 3, 3, 10, tzinfo=SHANGHAI)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor)
    assert dossier.opinions.get().due_on == datetime.date(2025, 3, 11)
