"""Competitions: announced, entered, held, results with objections and corrections, training."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.learning.choices import CompetitionState, ObjectionState
from silian.operations.learning.commands import competitions, entrants, objections, sessions
from silian.operations.learning.commands.sessions import SessionFacts
from silian.operations.learning.models.competitions import Competition
from silian.operations.learning.queries.competitions import due_to_open, public_results
from silian.operations.learning.tasks import open_competitions
from tests.operations.learning import skill_stage as stage
from tests.operations.learning.skill_stage import DAY
from tests.operations.learning.stage import NOW, TODAY, unit
from tests.world import World


def test_a_competition_opens_on_its_day_and_not_before(world: World) -> None:
    row = stage.drafted(world, opens_on=TODAY + DAY)
    given: dict[str, Any] = {"competition_id": row.pk, "actor": world.reviewer.actor}
    competitions.publish_competition(**given, today=TODAY)
    with pytest.raises(DomainError, match="报名从"):
        competitions.open_competition(**given, today=TODAY)
    assert list(due_to_open(on=TODAY)) == []
    assert list(due_to_open(on=TODAY + DAY)) == [row.pk]


def test_the_clock_opens_what_is_due_once(world: World) -> None:
    row = stage.drafted(world)
    competitions.publish_competition(competition_id=row.pk, actor=world.reviewer.actor, today=TODAY)
    open_competitions.func(0)
    open_competitions.func(0)
    row.refresh_from_db()
    assert row.state == CompetitionState.OPEN


def test_an_enterprise_holds_competitions_of_its_own_level(world: World) -> None:
    actor = world.enterprise.actor
    with pytest.raises(DomainError, match="级别应选"):
        competitions.draft_competition(facts=stage.facts_of_competition(), actor=actor)
    facts = stage.facts_of_competition(level="enterprise")
    row = competitions.draft_competition(facts=facts, actor=actor)
    assert row.organiser == unit(world.enterprise)
    with pytest.raises(Competition.DoesNotExist):
        competitions.publish_competition(
            competition_id=row.pk, actor=world.rival.actor, today=TODAY
        )


def test_a_unit_enters_its_own_workers_within_its_limit(world: World) -> None:
    row = stage.opened(world)
    mine = [stage.worker(world.enterprise, name) for name in ("甲", "乙", "丙")]
    stage.entered(world, row, *mine[:2])
    with pytest.raises(DomainError, match="最多 2 人"):
        stage.entered(world, row, mine[2])
    with pytest.raises(DomainError, match="在职职工"):
        stage.entered(world, row, stage.worker(world.rival))
    with pytest.raises(DomainError, match="已经报名|最多"):
        stage.entered(world, row, mine[0])


def test_who_withdraws_may_enter_again_until_registration_closes(world: World) -> None:
    row = stage.opened(world)
    person = stage.worker(world.enterprise)
    stage.entered(world, row, person)
    given: dict[str, Any] = {
        "competition_id": row.pk,
        "entrant_id": stage.first_entrant(row).pk,
        "actor": world.enterprise.actor,
    }
    with pytest.raises(DomainError, match="报名时间"):
        entrants.withdraw_entrant(**given, now=NOW + 11 * DAY)
    entrants.withdraw_entrant(**given, now=NOW)
    stage.entered(world, row, person)
    assert row.entrants.filter(withdrawn_at__isnull=True).count() == 1


def test_a_worker_enters_himself_with_his_employer(world: World) -> None:
    row = stage.opened(world)
    person = stage.worker(world.enterprise)
    with pytest.raises(NotAllowed):
        entrants.enter_myself(competition_id=row.pk, actor=world.student.actor, now=NOW)
    person.user = world.student.user
    person.save(update_fields=["user"])
    made = entrants.enter_myself(competition_id=row.pk, actor=world.student.actor, now=NOW)
    assert made.employer == unit(world.enterprise)


def test_results_go_out_whole_with_masked_names(world: World) -> None:
    row = stage.held(world)
    with pytest.raises(DomainError, match="1 人没有成绩"):
        competitions.publish_results(competition_id=row.pk, actor=world.reviewer.actor, now=NOW)
    results = {stage.first_entrant(row).pk: stage.won()}
    entrants.score_entrants(competition_id=row.pk, results=results, actor=world.reviewer.actor)
    row = competitions.publish_results(competition_id=row.pk, actor=world.reviewer.actor, now=NOW)
    assert row.objections_until is not None
    [line] = public_results(row)
    assert (line.rank, line.prize) == (1, "一等奖")
    assert "韩志远" not in line.name
    page = world.anonymous.client.get(row.get_absolute_url()).content.decode()
    assert "一等奖" in page
    assert "韩志远" not in page


def test_a_published_result_is_corrected_with_reason_and_both_kept(world: World) -> None:
    row = stage.published(world)
    given: dict[str, Any] = {
        "competition_id": row.pk,
        "entrant_id": stage.first_entrant(row).pk,
        "result": stage.won(2, "second"),
        "actor": world.reviewer.actor,
        "now": NOW,
    }
    with pytest.raises(DomainError, match="理由"):
        entrants.correct_result(**given, reason=" ")
    entrant = entrants.correct_result(**given, reason="计分表登记错位")
    kept = entrant.corrections.get()
    assert (kept.before["名次"], kept.after["名次"]) == ("1", "2")
    assert public_results(row)[0].is_corrected


def test_objections_come_within_their_days_and_are_answered_once(world: World) -> None:
    row = stage.published(world)
    given: dict[str, Any] = {"about": "第 1 名", "text": "计时有误", "actor": world.rival.actor}
    late = NOW + 30 * DAY
    with pytest.raises(DomainError, match="异议期"):
        objections.object_to_results(competition_id=row.pk, **given, now=late)
    made = objections.object_to_results(competition_id=row.pk, **given, now=NOW)
    answer: dict[str, Any] = {"objection_id": made.pk, "upheld": False, "answer": "已复核计时"}
    with pytest.raises(NotAllowed):
        objections.answer_objection(**answer, actor=world.rival.actor, now=NOW)
    made = objections.answer_objection(**answer, actor=world.reviewer.actor, now=NOW)
    assert made.state == ObjectionState.REJECTED
    with pytest.raises(DomainError, match="已经答复"):
        objections.answer_objection(**answer, actor=world.reviewer.actor, now=NOW)


def test_a_competition_is_called_off_with_a_reason_and_hides_nothing(world: World) -> None:
    row = stage.opened(world)
    with pytest.raises(DomainError, match="理由"):
        competitions.cancel_competition(
            competition_id=row.pk, reason="", actor=world.reviewer.actor
        )
    row = competitions.cancel_competition(
        competition_id=row.pk, reason="场地检修", actor=world.reviewer.actor
    )
    assert "场地检修" in world.anonymous.client.get(row.get_absolute_url()).content.decode()


def test_training_takes_entrants_and_counts_who_came(world: World) -> None:
    row = stage.opened(world)
    people = [stage.worker(world.enterprise, name) for name in ("甲", "乙")]
    stage.entered(world, row, *people)
    ids = tuple(row.entrants.values_list("pk", flat=True))
    facts = SessionFacts(
        title="集训", base_id=unit(world.school).pk, trainer="周师傅", starts_on=TODAY,
        ends_on=TODAY + DAY, hours=16, place="", entrant_ids=ids,
    )  # fmt: skip
    actor = world.reviewer.actor
    session = sessions.arrange_session(competition_id=row.pk, facts=facts, actor=actor)
    sessions.take_attendance(
        competition_id=row.pk, session_id=session.pk, present_ids={ids[0]}, actor=actor
    )
    assert sorted(session.places.values_list("attended", flat=True)) == [False, True]


def test_the_calendar_shows_what_is_out_and_filters(world: World) -> None:
    stage.drafted(world, title="还在拟定的竞赛")
    stage.opened(world, title="正在报名的竞赛")
    url = reverse("learning:competition_calendar")
    page = world.anonymous.client.get(url).content.decode()
    assert "正在报名的竞赛" in page
    assert "还在拟定的竞赛" not in page
    held = world.anonymous.client.get(url, {"state": "held"}).content.decode()
    assert "正在报名的竞赛" not in held


def test_scores_are_typed_on_one_page(world: World) -> None:
    row = stage.held(world)
    entrant = stage.first_entrant(row)
    url = reverse("learning:competition_scores", args=[row.pk])
    data = {f"e{entrant.pk}-rank": "1", f"e{entrant.pk}-score": "95.5"}
    wrong = world.reviewer.client.post(url, {f"e{entrant.pk}-prize": "first"})
    assert wrong.status_code == 422
    assert "应有名次" in wrong.content.decode()
    sent = world.reviewer.client.post(url, {**data, f"e{entrant.pk}-prize": "first"})
    assert sent.status_code == 302
    entrant.refresh_from_db()
    assert (entrant.rank, entrant.prize) == (1, "first")
