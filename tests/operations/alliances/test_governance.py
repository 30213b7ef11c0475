"""What a school tells of its governance, who reads it, and what is counted."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.queries.measuring import Key, measured_values
from silian.casework.metrics.registry import declared_metrics
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import file_readable_by
from silian.foundation.kernel.models import StoredFile
from silian.operations.alliances.choices.governance import Organ, Side
from silian.operations.alliances.commands.governance import add_charter, end_seat, tell_office
from silian.operations.alliances.models.governance import GovernanceItem, GovernanceRecord
from silian.operations.alliances.queries.governance import governance_of, seats_running_out
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation
from tests.htmx import assert_fragment_equals_page
from tests.operations.alliances import governance_stage as stage
from tests.operations.alliances.ownership_stage import paper
from tests.operations.alliances.stage import TODAY
from tests.world import CITY, World, make_organisation


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def done(world: World) -> int:
    rows = Organisation.objects.filter(pk=stage.school_id(world))
    (found,) = governance_of(rows, on=TODAY)
    return found.done


def test_each_piece_told_counts_on_the_checklist(world: World) -> None:
    assert done(world) == 0
    stage.office(world)
    stage.charter(world)
    stage.item(world)
    for side in (Side.INDUSTRY, Side.INSTITUTE, Side.SOCIETY, Side.COMMUNITY):
        stage.seat(world, side=side)
    assert done(world) == 4
    stage.seat(world, organ=Organ.COOPERATION)
    stage.meeting(world, organ=Organ.COOPERATION)
    assert done(world) == 5


@pytest.mark.parametrize("person", ["coordinator", "teacher", "enterprise"])
def test_only_the_school_fills_in(world: World, person: str) -> None:
    with pytest.raises(NotAllowed):
        tell_office(
            school_id=stage.school_id(world),
            facts=stage.OfficeFacts(
                office=False, office_name="", office_since=None, cross_units=None, cross_note=""
            ),
            actor=world.people[person].actor,
        )


def test_an_office_is_named(world: World) -> None:
    with pytest.raises(DomainError, match="名称和设立日"):
        stage.office(world, office_name="")


def test_a_charter_comes_with_its_text_and_keeps_its_forerunner(world: World) -> None:
    with pytest.raises(DomainError, match="上传章程文件"):
        add_charter(facts=stage.charter_facts(), text=None, **stage.own(world))
    stage.charter(world)
    with pytest.raises(DomainError, match="已登记"):
        stage.charter(world)
    with pytest.raises(DomainError, match="不能早于核准日"):
        stage.charter(world, version="2025", approved_on=TODAY)
    stage.charter(world, version="2025 年修订")
    assert GovernanceRecord.objects.get().charters.count() == 2


def test_files_are_read_by_the_school_and_its_officials_only(world: World) -> None:
    stage.charter(world)
    stage.seat(world)
    stage.meeting(world)
    stage.item(world, paper=paper("办法.pdf"))
    files = list(StoredFile.objects.all())
    assert len(files) == 3
    allowed = {"school", "reviewer", "coordinator", "supervisor", "leader"}
    for name, person in world.people.items():
        for file in files:
            read = file_readable_by(person.actor, file_id=file.pk) is not None
            assert read is (name in allowed), (name, file.name)


def test_an_organ_has_one_chair_at_a_time(world: World) -> None:
    chair = stage.seat(world, is_chair=True)
    with pytest.raises(DomainError, match="已有主持人"):
        stage.seat(world, is_chair=True)
    end_seat(seat_id=chair.pk, left_on=stage.SINCE, **stage.own(world))
    stage.seat(world, is_chair=True)
    with pytest.raises(DomainError, match="已登记离任"):
        end_seat(seat_id=chair.pk, left_on=TODAY, **stage.own(world))


def test_a_term_has_an_end(world: World) -> None:
    with pytest.raises(DomainError, match="任期止"):
        stage.seat(world, ends_on=stage.SINCE)


def test_a_term_that_ends_soon_is_told(world: World) -> None:
    stage.seat(world, ends_on=TODAY + datetime.timedelta(days=30))
    stage.seat(world)
    assert seats_running_out(world.school.actor, on=TODAY).count() == 1
    assert "换届：理（董）事会" in text(world.school.client.get(reverse("portal:todo_list")))


def test_only_those_who_sit_meet(world: World) -> None:
    with pytest.raises(DomainError, match="先登记席位"):
        stage.meeting(world)
    stage.seat(world)
    with pytest.raises(DomainError, match="不能晚于今天"):
        stage.meeting(world, held_on=TODAY + datetime.timedelta(days=1))


def test_a_matter_is_told_once_and_updated(world: World) -> None:
    stage.item(world, progress="partly")
    stage.item(world, progress="done")
    assert GovernanceItem.objects.get().progress == "done"


def test_a_school_fills_in_its_record_in_the_browser(world: World) -> None:
    client, key = world.school.client, {"school_id": stage.school_id(world)}
    page = client.get(reverse("alliances:governance_list"), follow=True)
    assert "清单已落实 0 / 14 项" in text(page)
    url = reverse("alliances:charter_new", kwargs=key)
    given = {
        "version": "2024 年修订",
        "approved_by": "省教育厅",
        "approved_on": "2024-09-01",
        "in_force_on": "2024-09-01",
    }
    refused = client.post(url, given)
    assert refused.status_code == 422
    assert "上传章程文件" in text(refused)
    assert client.post(url, {**given, "text": paper("章程.pdf")}).status_code == 302
    office = reverse("alliances:office_edit", kwargs=key)
    assert client.post(office, {"office": "no"}).status_code == 302
    page = client.get(reverse("alliances:governance_detail", kwargs=key))
    assert "没有设立" in text(page)
    assert "2024-09-01 起生效" in text(page)


def test_the_overview_costs_the_same_with_more_schools(world: World) -> None:
    stage.charter(world)
    few = cost(world)
    for place in range(12):
        school = make_organisation(name=f"学校 {place}", kind=OrganisationKind.SCHOOL)
        GovernanceRecord.objects.create(school=school)
    assert cost(world) == few


def cost(world: World) -> int:
    url = reverse("alliances:governance_list")
    world.coordinator.client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert world.coordinator.client.get(url).status_code == 200
    return len(queries)


def test_the_overview_fragment_equals_the_page_and_can_be_taken_away(world: World) -> None:
    stage.charter(world)
    url = reverse("alliances:governance_list")
    assert_fragment_equals_page(client=world.coordinator.client, url=url, selector="#sl-results")
    answer = world.coordinator.client.get(url, {"export": "csv"})
    assert "青澜职业技术学院" in b"".join(answer).decode()  # type: ignore[arg-type]


def test_the_metrics_count_schools(world: World) -> None:
    stage.charter(world)
    stage.office(world)
    stage.seat(world)
    month = TODAY.replace(day=1)
    for name in ("charter", "council", "office"):
        found = measured_values(
            declared_metrics()[f"alliances.schools_with_{name}"],
            areas={"9901": CITY},
            since=month,
            until=TODAY,
        )
        assert found[Key(CITY, PeriodKind.MONTH, month)].value == 1, name
