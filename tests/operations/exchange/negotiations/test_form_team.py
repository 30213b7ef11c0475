"""Several organisations answer a research need together."""

from __future__ import annotations

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.exchange.choices import Side, TeamSeatState
from silian.operations.exchange.commands.negotiation_closing import withdraw_negotiation
from silian.operations.exchange.commands.negotiation_team import (
    decline_seat,
    invite_partner,
    join_team,
)
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.models.negotiation_team import TeamSeat
from silian.operations.exchange.permissions.negotiations import negotiations_visible_to
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import OrganisationState
from tests.operations.exchange.negotiations.stage import later, make_listing, opened
from tests.world import Person, World


def problem_talk(world: World) -> Negotiation:
    """The school answers the enterprise's technical problem."""
    listing = make_listing(
        by=world.enterprise,
        kind="technical_problem",
        side=Side.DEMAND,
        title="薄壁件变形控制",
        capacity=None,
    )
    return opened(world, listing=listing)


def invite(negotiation: Negotiation, partner: Person, by: Person) -> TeamSeat:
    return invite_partner(
        negotiation_id=negotiation.pk,
        organisation_id=partner.organisation.pk,
        contribution="提供试切机床",
        actor=by.actor,
        now=later(hours=1),
    )


def test_an_invited_partner_is_told_and_joins(world: World, run_jobs) -> None:
    seat = invite(problem_talk(world), world.rival, world.school)
    run_jobs()
    assert "邀请贵单位组队" in Notification.objects.get(user=world.rival.user).title
    join_team(seat_id=seat.pk, actor=world.rival.actor, now=later(hours=2))
    seat.refresh_from_db()
    assert seat.state == TeamSeatState.JOINED
    run_jobs()
    titles = Notification.objects.filter(user=world.school.user).values_list("title", flat=True)
    assert any("已加入" in title for title in titles)


def test_a_partner_still_does_not_read_the_conversation(world: World) -> None:
    negotiation = problem_talk(world)
    seat = invite(negotiation, world.rival, world.school)
    join_team(seat_id=seat.pk, actor=world.rival.actor, now=later(hours=2))
    assert not negotiations_visible_to(world.rival.actor).exists()


def test_declining_needs_a_reason_and_is_final(world: World) -> None:
    seat = invite(problem_talk(world), world.rival, world.school)
    facts = {"seat_id": seat.pk, "actor": world.rival.actor, "now": later(hours=2)}
    with pytest.raises(DomainError, match="理由"):
        decline_seat(reason="", **facts)
    decline_seat(reason="设备检修", **facts)
    with pytest.raises(WrongState, match="已经答复"):
        join_team(**facts)


def test_only_the_asker_invites(world: World) -> None:
    with pytest.raises(NotAllowed):
        invite(problem_talk(world), world.rival, world.enterprise)


def test_posts_are_not_answered_by_teams(world: World) -> None:
    with pytest.raises(DomainError, match="项目研发"):
        invite(opened(world), world.rival, world.school)


def test_the_two_sides_and_the_unverified_are_no_partners(world: World) -> None:
    negotiation = problem_talk(world)
    with pytest.raises(DomainError, match="不需要邀请"):
        invite(negotiation, world.enterprise, world.school)
    world.rival.organisation.state = OrganisationState.SUBMITTED
    world.rival.organisation.save()
    with pytest.raises(DomainError, match="尚未核验"):
        invite(negotiation, world.rival, world.school)


def test_a_partner_is_invited_once(world: World) -> None:
    negotiation = problem_talk(world)
    invite(negotiation, world.rival, world.school)
    with pytest.raises(DomainError, match="已邀请过"):
        invite(negotiation, world.rival, world.school)


def test_nobody_joins_what_has_ended(world: World) -> None:
    negotiation = problem_talk(world)
    seat = invite(negotiation, world.rival, world.school)
    withdraw_negotiation(
        negotiation_id=negotiation.pk, reason="", actor=world.school.actor, now=later(hours=2)
    )
    with pytest.raises(WrongState, match="已经结束"):
        join_team(seat_id=seat.pk, actor=world.rival.actor, now=later(hours=3))
