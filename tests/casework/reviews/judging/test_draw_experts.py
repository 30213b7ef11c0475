"""The draw: from a seed published before, without anybody who has a tie."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from silian.casework.agreements.commands.drafting import PartyDraft
from silian.casework.agreements.demo.agreements import SeedAgreement, seed_agreements
from silian.casework.agreements.demo.cooperation import SUBJECTS, CooperationBuilder
from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.choices.judging import ExpertState
from silian.casework.reviews.commands.draws import announce_seed, draw_experts, enter_seed
from silian.casework.reviews.models import Assignment, Draw, DrawSeed, Expert, Interest
from silian.casework.reviews.queries import ties
from silian.casework.reviews.queries.draws import record_of_draw
from silian.casework.reviews.rules.conflicts import Tie
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Membership, Organisation
from tests.casework.reviews.stage import enterprises, make_dossiers, open_campaign
from tests.casework.reviews.stage_judging import (
    SEED,
    drawn,
    judged_campaign,
    pool_of,
    waiting_dossier,
)
from tests.world import CITY, STARTED, World

TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


def test_a_draw_gives_each_dossier_its_experts(world: World) -> None:
    campaign = judged_campaign(world)
    pool_of(5)
    dossier = waiting_dossier(world, campaign)
    tasks = drawn(world, campaign)
    assert [task.dossier_id for task in tasks] == [dossier.pk] * 2
    assert len({task.expert_id for task in tasks}) == 2
    dossier.refresh_from_db()
    assert dossier.due_on == tasks[0].due_on


def test_a_record_is_repeatable_and_never_changes(world: World) -> None:
    campaign = judged_campaign(world)
    pool_of(5)
    waiting_dossier(world, campaign)
    made = draw_experts(campaign_id=campaign.pk, actor=world.coordinator.actor)
    kept = record_of_draw(made)
    assert kept.holds
    assert kept.sha256 == made.sha256
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        Draw.objects.filter(pk=made.pk).update(seed="another")


def test_without_a_seed_nobody_is_drawn(world: World) -> None:
    campaign = judged_campaign(world, seed="")
    pool_of(3)
    waiting_dossier(world, campaign)
    with pytest.raises(WrongState, match="种子"):
        draw_experts(campaign_id=campaign.pk, actor=world.coordinator.actor)


def test_only_the_organiser_draws(world: World) -> None:
    campaign = judged_campaign(world)
    for person in (world.reviewer, world.enterprise, world.expert, world.supervisor):
        with pytest.raises(NotAllowed):
            draw_experts(campaign_id=campaign.pk, actor=person.actor)


def test_a_draw_with_nothing_to_draw_is_refused(world: World) -> None:
    campaign = judged_campaign(world)
    with pytest.raises(DomainError, match="没有等待"):
        draw_experts(campaign_id=campaign.pk, actor=world.coordinator.actor)


def excluded(world: World, expert: Expert, **procedure: object) -> str:
    """Why the draw of the enterprise's dossier leaves the expert out."""
    campaign = judged_campaign(world, procedure=procedure)
    waiting_dossier(world, campaign)
    made = draw_experts(campaign_id=campaign.pk, actor=world.coordinator.actor)
    assert not Assignment.objects.filter(expert=expert).exists()
    candidates = {row["expert"]: row["excluded"] for row in made.pool[0]["candidates"]}
    assert made.reasons[made.pool[0]["dossier"]][expert.number]
    return str(candidates[expert.number])


def test_an_expert_of_the_applicant_is_left_out(world: World) -> None:
    expert = pool_of(1)[0]
    Expert.objects.filter(pk=expert.pk).update(organisation=world.enterprise.organisation)
    assert excluded(world, expert) == "conflict"


def test_the_database_refuses_an_expert_of_the_applicant(world: World) -> None:
    campaign = judged_campaign(world)
    expert = pool_of(3)[0]
    dossier = waiting_dossier(world, campaign)
    made = drawn(world, campaign)[0].draw
    Assignment.objects.filter(expert=expert).delete()
    Expert.objects.filter(pk=expert.pk).update(organisation=world.enterprise.organisation)
    with pytest.raises(DatabaseError, match="works for the applicant"), transaction.atomic():
        Assignment.objects.create(dossier=dossier, expert=expert, draw=made, due_on=TODAY())


@pytest.mark.parametrize(("ended_ago", "binds"), [(100, True), (3 * 366, False)])
def test_a_former_member_of_the_applicant_is_left_out_for_three_years(
    world: World, ended_ago: int, binds: bool
) -> None:
    expert = pool_of(1)[0]
    Membership.objects.create(
        user=expert.user,
        organisation=world.enterprise.organisation,
        role=Role.AGENT,
        starts_on=STARTED - datetime.timedelta(days=2000),
        ends_on=TODAY() - datetime.timedelta(days=ended_ago),
    )
    if binds:
        assert excluded(world, expert) == "conflict"
        return
    campaign = judged_campaign(world)
    waiting_dossier(world, campaign)
    assert len(drawn(world, campaign)) == 1


def joint_agreement(world: World, expert: Expert, *, ended_ago: int | None) -> None:
    """A signed cooperation agreement of the expert's organisation with the applicant."""
    ends = TODAY() + 100 * DAY if ended_ago is None else TODAY() - ended_ago * DAY
    Organisation.objects.filter(pk=expert.organisation_id).update(kind=OrganisationKind.SCHOOL)
    parties = [
        PartyDraft(role="school", organisation_id=expert.organisation_id),
        PartyDraft(role="enterprise", organisation_id=world.enterprise.organisation.pk),
    ]
    row = SeedAgreement(
        kind="cooperation",
        title="共建实训中心",
        division_id=CITY,
        organiser_id=expert.organisation_id,
        parties=parties,
        terms=CooperationBuilder(rng=random.Random(1), on=TODAY()).terms("paired", SUBJECTS[0], 1),
        starts_on=ends - 365 * DAY,
        ends_on=ends,
        signed=None,
        sent_at=timezone.now() - 2000 * DAY,
    )
    seed_agreements([row], now=timezone.now())


@pytest.mark.parametrize("ended_ago", [None, 30, 1000])
def test_a_joint_project_of_the_last_three_years_leaves_an_expert_out(
    world: World, ended_ago: int | None
) -> None:
    expert = pool_of(1)[0]
    joint_agreement(world, expert, ended_ago=ended_ago)
    assert excluded(world, expert) == "conflict"


def test_an_older_joint_project_does_not(world: World) -> None:
    expert = pool_of(1)[0]
    joint_agreement(world, expert, ended_ago=3 * 366)
    campaign = judged_campaign(world)
    waiting_dossier(world, campaign)
    assert len(drawn(world, campaign)) == 1


def test_the_scheme_sets_the_years(world: World) -> None:
    expert = pool_of(1)[0]
    joint_agreement(world, expert, ended_ago=3 * 366)
    assert excluded(world, expert, conflict_years="5") == "conflict"


def test_a_tie_known_to_a_module_above_leaves_an_expert_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    expert = pool_of(1)[0]
    applicant = world.enterprise.organisation

    def reader(*, organisation_id: int, since: datetime.date, on: datetime.date) -> list[Tie]:
        assert organisation_id == applicant.pk
        return [Tie(organisation_id=expert.organisation_id, what="成交", until=None)]

    monkeypatch.setattr(ties, "_readers", [reader])
    assert excluded(world, expert) == "conflict"


def test_a_declared_interest_leaves_an_expert_out(world: World) -> None:
    expert = pool_of(1)[0]
    Interest.objects.create(
        expert=expert, organisation=world.enterprise.organisation, what="技术顾问"
    )
    assert excluded(world, expert) == "conflict"


def test_an_expert_of_a_competitor_is_left_out(world: World) -> None:
    expert = pool_of(1)[0]
    Expert.objects.filter(pk=expert.pk).update(organisation=world.rival.organisation)
    campaign = judged_campaign(world)
    waiting_dossier(world, campaign)
    make_dossiers(campaign, [world.rival.organisation], state=DossierState.RANKED)
    made = draw_experts(campaign_id=campaign.pk, actor=world.coordinator.actor)
    assert {row["excluded"] for row in made.pool[0]["candidates"]} == {"rival"}


def test_another_field_leaves_an_expert_out(world: World) -> None:
    assert excluded(world, pool_of(1)[0], expert_fields=["health"]) == "field"


@pytest.mark.parametrize("change", [{"state": ExpertState.PAUSED}, {"ends_on": TODAY()}])
def test_who_is_paused_or_out_of_term_is_left_out(world: World, change: dict[str, object]) -> None:
    expert = pool_of(1)[0]
    Expert.objects.filter(pk=expert.pk).update(**change)
    assert excluded(world, expert) == "term"


def test_a_proposal_is_not_in_the_pool(world: World) -> None:
    pool_of(1, state=ExpertState.PROPOSED)
    campaign = judged_campaign(world)
    waiting_dossier(world, campaign)
    made = draw_experts(campaign_id=campaign.pk, actor=world.coordinator.actor)
    assert made.pool[0]["candidates"] == []
    assert made.result[0]["missing"] == 2


def test_the_load_limit_holds_over_a_batch(world: World) -> None:
    campaign = judged_campaign(world, procedure={"expert_load": "2"})
    pool_of(3)
    make_dossiers(campaign, enterprises(5), state=DossierState.EXPERTS)
    tasks = drawn(world, campaign)
    assert len(tasks) == 6
    assert len({task.expert_id for task in tasks}) == 3


def test_a_later_draw_fills_what_is_missing(world: World) -> None:
    campaign = judged_campaign(world)
    pool_of(1)
    dossier = waiting_dossier(world, campaign)
    assert len(drawn(world, campaign)) == 1
    pool_of(2, prefix="later")
    assert len(drawn(world, campaign)) == 2
    assert set(Assignment.objects.values_list("dossier_id", flat=True)) == {dossier.pk}


def test_a_seed_is_announced_before_it_is_known_and_entered_after(world: World) -> None:
    campaign, actor = open_campaign(world), world.coordinator.actor
    seed = announce_seed(
        campaign_id=campaign.pk,
        source="双色球第 2026140 期开奖号码，按开出次序",
        known_on=TODAY() + DAY,
        actor=actor,
    )
    with pytest.raises(DomainError, match="才产生"):
        enter_seed(campaign_id=campaign.pk, value=SEED, actor=actor)
    assert seed.value == ""


def test_the_source_must_be_named_and_lie_ahead(world: World) -> None:
    campaign, actor = open_campaign(world), world.coordinator.actor
    with pytest.raises(DomainError, match="晚于今天"):
        announce_seed(
            campaign_id=campaign.pk, source="双色球第 2026140 期开奖", known_on=TODAY(), actor=actor
        )
    with pytest.raises(DomainError, match="写明"):
        announce_seed(campaign_id=campaign.pk, source="随便", known_on=TODAY() + DAY, actor=actor)
    with pytest.raises(NotAllowed):
        announce_seed(
            campaign_id=campaign.pk,
            source="双色球第 2026140 期开奖号码",
            known_on=TODAY() + DAY,
            actor=world.reviewer.actor,
        )


def test_a_seed_is_entered_once_and_stays(world: World) -> None:
    campaign, actor = judged_campaign(world, seed=""), world.coordinator.actor
    enter_seed(campaign_id=campaign.pk, value=f" {SEED} ", actor=actor)
    campaign.refresh_from_db()
    assert campaign.draw_seed == SEED
    with pytest.raises(DomainError, match="不能再改"):
        enter_seed(campaign_id=campaign.pk, value="9999", actor=actor)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        DrawSeed.objects.update(value="9999")
    campaign.draw_seed = "9999"
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        campaign.save(update_fields=["draw_seed"])


def test_a_draw_of_many_costs_few_queries_more(world: World) -> None:
    """One read of the ties of each applicant; everything else once a draw."""
    campaign = judged_campaign(world, procedure={"expert_load": "50"})
    pool_of(6)
    make_dossiers(campaign, enterprises(3), state=DossierState.EXPERTS)
    few = asked(lambda: draw_experts(campaign_id=campaign.pk, actor=world.coordinator.actor))
    make_dossiers(
        campaign, enterprises(12, prefix="后到企业"), state=DossierState.EXPERTS, first=50
    )
    many = asked(lambda: draw_experts(campaign_id=campaign.pk, actor=world.coordinator.actor))
    assert (many - few) <= 9 * 8


def asked(step: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        step()
    return len(queries)
