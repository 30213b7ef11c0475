"""The lists of objections and appeals: filters, saved views, exports, constant cost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.deciding import ObjectionState
from silian.casework.reviews.commands.appeals import file_appeal
from silian.casework.reviews.commands.objections import take_objection
from silian.casework.reviews.models import Appeal, Dossier, Objection
from silian.foundation.ui.models import SavedView
from tests.casework.reviews import stage_deciding as stage
from tests.world import World

DAY = datetime.timedelta(days=1)
OBJECTIONS, APPEALS = "/reviews/objections/", "/reviews/appeals/"


def words(world: World, url: str, **query: Any) -> str:
    answer = world.coordinator.client.get(url, query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def three_objections(world: World) -> list[Objection]:
    """Against three subjects: a late one, an answered one, one taken by the reviewer."""
    notice = stage.noticed(world, stage.batch(world), passing=3)
    made = [stage.objected(notice, position=place)[0] for place in (1, 2, 3)]
    Objection.objects.filter(pk=made[0].pk).update(due_on=timezone.localdate() - 9 * DAY)
    Objection.objects.filter(pk=made[1].pk).update(
        state=ObjectionState.DISMISSED, answer="不属实。", answered_at=timezone.now()
    )
    take_objection(objection_id=made[2].pk, actor=world.reviewer.actor)
    return made


def rows_of(text: str, made: list[Any]) -> list[bool]:
    """Which of the subjects the table shows."""
    table = text.split("<tbody", 1)[-1].split("</tbody>", 1)[0]
    return [row.dossier.subject_name in table for row in made]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, [True, True, True]),
        ({"state": "raised"}, [True, False, True]),
        ({"state": "dismissed"}, [False, True, False]),
        ({"state": ["raised", "dismissed"]}, [True, True, True]),
        ({"state": "nonsense"}, [True, True, True]),
        ({"late": "1"}, [True, False, False]),
        ({"handler": "none"}, [True, False, False]),
        ({"handler": "mine"}, [False, False, False]),
        ({"q": "名次企业02"}, [False, True, False]),
    ],
)
def test_objections_are_filtered(world: World, query: dict[str, Any], shown: list[bool]) -> None:
    made = three_objections(world)
    assert rows_of(words(world, OBJECTIONS, **query), made) == shown


def test_the_head_counts_what_is_open_and_late(world: World) -> None:
    three_objections(world)
    text = words(world, OBJECTIONS)
    assert "2 件没有答复" in text
    assert "1 件逾期" in text


def many_appeals(world: World, count: int) -> list[Appeal]:
    campaign = stage.batch(world, ["90", *["60"] * count])
    stage.decided(world, campaign, passing=1)
    refused = list(Dossier.objects.filter(campaign=campaign, state="rejected").order_by("rank"))
    return [
        Appeal.objects.create(
            decision=row.decisions.get(),
            text="漏计一项证明。",
            filed_by_id=world.enterprise.user.pk,  # type: ignore[union-attr]
            filed_at=timezone.now(),
            due_on=timezone.localdate() + 9 * DAY,
        )
        for row in refused
    ]


def test_appeals_are_filtered_by_state_and_lateness(world: World) -> None:
    first, second = many_appeals(world, 2)
    Appeal.objects.filter(pk=first.pk).update(
        state=ObjectionState.DISMISSED, answer="维持。", due_on=timezone.localdate() - 9 * DAY
    )
    names = [row.decision.dossier.subject_name for row in (first, second)]
    shown = {
        state: [name in words(world, APPEALS, state=state).split("<tbody", 1)[-1] for name in names]
        for state in ("raised", "dismissed")
    }
    assert shown == {"raised": [False, True], "dismissed": [True, False]}
    assert names[0] not in words(world, APPEALS, late="1").split("<tbody", 1)[-1]
    Appeal.objects.filter(pk=second.pk).update(due_on=timezone.localdate() - 9 * DAY)
    assert names[1] in words(world, APPEALS, late="1")


@pytest.mark.parametrize("url", [OBJECTIONS, APPEALS])
def test_a_filtered_list_is_kept_as_a_view(world: World, url: str) -> None:
    world.coordinator.client.post(
        reverse("ui:view_save"), {"path": url, "query": "state=raised&late=1", "name": "逾期未答复"}
    )
    view = SavedView.objects.get()
    assert (view.path, view.query) == (url, "state=raised&late=1")
    assert "逾期未答复" in words(world, url)


@pytest.mark.parametrize("url", [OBJECTIONS, APPEALS])
def test_the_part_and_the_file_follow_the_filters(world: World, url: str) -> None:
    three_objections(world)
    part = world.coordinator.client.get(url, {"state": "raised"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    export = world.coordinator.client.get(url, {"state": "upheld", "export": "csv"})
    body = b"".join(export.streaming_content) if export.streaming else export.content
    assert "名次企业" not in body.decode("utf-8-sig")


def test_an_applicant_sees_only_its_own_appeal_in_the_list(world: World) -> None:
    campaign = stage.batch(world, ["60", "80"], own=True)
    stage.decided(world, campaign, passing=1)
    dossier = campaign.dossiers.get(applicant=world.enterprise.organisation)
    file_appeal(dossier_id=dossier.pk, text="漏计证明。", actor=world.enterprise.actor)
    for person, number in ((world.enterprise, 1), (world.rival, 0)):
        text = person.client.get(APPEALS).content.decode()
        assert (dossier.subject_name in text.split("<tbody", 1)[-1]) == bool(number)


def test_the_list_of_appeals_costs_the_same_with_3_and_with_30(world: World) -> None:
    counts = []
    made = many_appeals(world, 30)
    Appeal.objects.filter(pk__in=[row.pk for row in made[3:]]).update(
        filed_at=timezone.now() - DAY, state=ObjectionState.DISMISSED, answer="维持。"
    )
    world.coordinator.client.get(APPEALS)  # the first request fills the caches
    for state in ("raised", "dismissed"):
        with CaptureQueriesContext(connection) as queries:
            assert world.coordinator.client.get(APPEALS, {"state": state}).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
