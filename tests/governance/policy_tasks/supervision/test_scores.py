"""Schemes as dated data, the ranking, and sheets once fixed (督查评分)."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from docx import Document

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import store_upload
from silian.governance.policy_tasks.choices import TaskState, Weather
from silian.governance.policy_tasks.commands.supervision_scores import enter_scheme, fix_scores
from silian.governance.policy_tasks.models.progress import ProgressReport
from silian.governance.policy_tasks.models.supervision_scores import ScoreScheme
from silian.governance.policy_tasks.queries.supervision_scores import (
    COUNTY,
    Period,
    Standing,
    scheme_in_force,
    standings,
)
from silian.registers.policies.choices import Force
from silian.registers.policies.models import PolicyBody
from tests.governance.policy_tasks.supervision.stage import (
    DAY,
    NOW,
    POINTS,
    TODAY,
    issued,
    make_task,
    proof,
    scheme,
)
from tests.world import CITY, World
from tests.world import COUNTY as COUNTY_CODE

QUARTER = Period(starts_on=datetime.date(2026, 1, 1), ends_on=TODAY)


def scored() -> dict[str, Standing]:
    found = scheme_in_force(division=CITY, on=TODAY)
    rows = standings(division=CITY, period=QUARTER, scheme=found, on=TODAY)
    return {row.name: row for row in rows}


def test_only_the_coordinator_enters_a_scheme(world: World) -> None:
    for role in ("supervisor", "leader", "reviewer"):
        with pytest.raises(NotAllowed):
            enter_scheme(
                division=CITY,
                basis="决定",
                valid_from=TODAY,
                points=POINTS,
                actor=world.people[role].actor,
                now=NOW,
            )
    assert scheme(world).version == 1
    assert scheme(world, valid_from=TODAY).version == 2


def test_a_scheme_needs_basis_sense_and_order(world: World) -> None:
    with pytest.raises(DomainError) as refusal:
        scheme(world, basis=" ")
    assert refusal.value.field == "basis"
    with pytest.raises(DomainError, match="合计应为 100"):
        scheme(world, points={**POINTS, "conduct": Decimal(50)})
    with pytest.raises(DomainError, match="负数"):
        scheme(world, points={**POINTS, "return_points": Decimal(-1)})
    scheme(world, valid_from=TODAY)
    with pytest.raises(DomainError) as refusal:
        scheme(world, valid_from=TODAY - DAY)
    assert refusal.value.field == "valid_from"


def test_the_table_refuses_weights_that_do_not_add_up(world: World) -> None:
    made = scheme(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreScheme.objects.filter(pk=made.pk).update(conduct=Decimal(1))


def test_without_a_scheme_nothing_is_scored(world: World) -> None:
    make_task(world)
    assert scored()["市教育局"].score is None


def test_lateness_proof_and_orders_make_the_score(world: World) -> None:
    scheme(world)
    task = make_task(world, number="1")
    make_task(
        world,
        number="2",
        state=TaskState.DONE,
        due_on=TODAY - DAY,
        done_on=TODAY - 2 * DAY,
        percent=100,
    )
    report = ProgressReport.objects.create(
        task=task,
        organisation=world.coordinator.organisation,
        text="完成三成",
        percent=30,
        weather=Weather.BEHIND,
        reported_by=world.reviewer.user,
        reported_at=NOW,
    )
    store_upload(upload=proof(), subject=report, actor=world.reviewer.actor)
    issued(world, task_id=task.pk)
    row = scored()["市教育局"]
    assert row.score is not None
    assert [line.points for line in row.score.lines] == [Decimal(20), Decimal(10), Decimal(38)]
    assert row.score.total == Decimal(68)


def test_soft_rules_never_deduct(world: World) -> None:
    scheme(world)
    make_task(world, number="1", due_on=None)
    before = scored()["市教育局"]
    soft = make_task(world, number="2", force=Force.ENCOURAGED)
    issued(world, task_id=soft.pk, severity="serious")
    after = scored()["市教育局"]
    assert before.facts == after.facts
    assert before.score == after.score


def test_what_a_unit_says_of_itself_changes_nothing(world: World) -> None:
    scheme(world)
    task = make_task(world)
    before = scored()["市教育局"].score
    task.weather, task.weather_by_supervisor = Weather.BLOCKED, Weather.BEHIND
    task.save(update_fields=["weather", "weather_by_supervisor"])
    assert scored()["市教育局"].score == before


def test_a_merged_office_hands_its_counts_over(world: World) -> None:
    scheme(world)
    task = make_task(world)
    heir = PolicyBody.objects.create(division_id=CITY, name="市教育体育局")
    PolicyBody.objects.filter(pk=task.lead_id).update(successor=heir, ended_on=TODAY)
    rows = scored()
    assert "市教育局" not in rows
    assert rows["市教育体育局"].facts.due == 1


def test_counties_are_scored_with_what_is_theirs(world: World) -> None:
    scheme(world)
    body = PolicyBody.objects.create(division_id=COUNTY_CODE, name="高新区教育局")
    make_task(world, division_id=COUNTY_CODE, lead=body)
    row = scored()["高新区"]
    assert (row.kind, row.facts.due, row.facts.on_time) == (COUNTY, 1, 0)


def test_a_sheet_is_fixed_once_the_period_is_over(world: World) -> None:
    make_task(world)
    given = {"division": CITY, "actor": world.supervisor.actor, "now": NOW}
    with pytest.raises(DomainError, match="未设定"):
        fix_scores(period=QUARTER, **given)
    scheme(world)
    with pytest.raises(DomainError) as refusal:
        fix_scores(period=Period(starts_on=TODAY, ends_on=TODAY + DAY), **given)
    assert refusal.value.field == "ends_on"
    with pytest.raises(DomainError):
        fix_scores(period=Period(starts_on=TODAY, ends_on=TODAY - DAY), **given)
    with pytest.raises(NotAllowed):
        fix_scores(period=QUARTER, division=CITY, actor=world.coordinator.actor, now=NOW)
    sheet = fix_scores(period=QUARTER, **given)
    kept = sheet.rows.get()
    issued(world)
    kept.refresh_from_db()
    assert kept.name == "市教育局"
    assert [line["name"] for line in kept.lines] == ["按期办结", "佐证齐全", "督办整改"]


def test_the_ranking_goes_out_as_workbook_and_document(world: World) -> None:
    scheme(world)
    make_task(world)
    url = "/policy-tasks/supervision/ranking/"
    page = world.leader.client.get(url).content.decode()
    assert "市教育局" in page
    sheet = world.leader.client.get(url, {"export": "xlsx"})
    assert b"".join(sheet.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    answer = world.leader.client.get(url, {"export": "docx"})
    text = "\n".join(line.text for line in Document(io.BytesIO(answer.content)).paragraphs)
    assert "市教育局" in text
    assert "按期办结" in text


def test_the_ranking_costs_the_same_with_3_and_30_tasks(world: World) -> None:
    scheme(world)
    counts = []
    for first, last in ((0, 3), (3, 30)):
        for number in range(first, last):
            body, _ = PolicyBody.objects.get_or_create(division_id=CITY, name=f"单位{number}")
            make_task(world, number=str(number), lead=body)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            scored()
        counts.append(len(queries))
    assert counts[0] == counts[1]
