"""Taking projects out, and the pages of the pipeline."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from python_calamine import CalamineWorkbook

from silian.foundation.kernel.models import StoredFile
from silian.governance.accreditation.choices.projects import ProjectStage
from silian.governance.accreditation.models.projects import IntegrationProject
from tests.governance.accreditation import stage
from tests.htmx import assert_fragment_equals_page
from tests.world import CITY, World

LIST = "accreditation:project_list"


def test_the_report_for_the_upper_level_adds_up(world: World) -> None:
    project = stage.idea(world)
    stage.funded(world, project)
    answer = world.coordinator.client.get(reverse("accreditation:project_report"))
    content = b"".join(answer.streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    cells = dict(zip(rows[0], rows[1], strict=True))
    assert (cells["总投资（万元）"], cells["累计下达（万元）"]) == (3200, 500)
    assert cells["当前环节"] == "谋划"


def test_the_list_costs_the_same_with_3_and_with_30_rows(world: World) -> None:
    counts = []
    world.coordinator.client.get(reverse(LIST))  # what is asked once and kept
    for size in (3, 30):
        while IntegrationProject.objects.count() < size:
            project = stage.idea(world, name=f"项目 {IntegrationProject.objects.count()}")
            stage.milestone(project)
        with CaptureQueriesContext(connection) as queries:
            assert world.coordinator.client.get(reverse(LIST)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["accreditation:project_board", "accreditation:project_public"])
def test_boards_cost_the_same_with_few_and_many_projects(world: World, name: str) -> None:
    counts = []
    world.coordinator.client.get(reverse(name))  # what is asked once and kept
    for size in (2, 14):
        while IntegrationProject.objects.count() < size:
            project = stage.idea(world, name=f"项目 {IntegrationProject.objects.count()}")
            stage.milestone(project, planned_on=stage.TODAY.replace(month=1))
            IntegrationProject.objects.filter(pk=project.pk).update(
                stage="construction", library_level="national", library_number="1",
                library_on=stage.TODAY,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert world.coordinator.client.get(reverse(name)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_fragment_equals_the_page(world: World) -> None:
    stage.idea(world)
    assert_fragment_equals_page(world.coordinator.client, reverse(LIST), selector="#sl-results")


def test_filters_narrow_the_list(world: World) -> None:
    stage.milestone(stage.idea(world, name="滞后的"), planned_on=stage.TODAY.replace(day=1))
    stage.idea(world, name="准时的")
    client = world.coordinator.client
    late = client.get(reverse(LIST), {"late": "1"}).content.decode()
    assert "滞后的" in late
    assert "准时的" not in late
    assert "滞后的" not in client.get(reverse(LIST), {"q": "准时"}).content.decode()
    empty = client.get(reverse(LIST), {"division": CITY, "stage": "in_use", "kind": "park"})
    assert "滞后的" not in empty.content.decode()


def test_every_page_of_a_project_opens_at_every_stage(world: World) -> None:
    project = stage.at(world, ProjectStage.CONSTRUCTION)
    stage.funded(world, project)
    stage.milestone(project)
    for person in (world.school, world.coordinator):
        page = person.client.get(project.get_absolute_url()).content.decode()
        assert "中央预算内投资" in page
        assert "推算办法" in page
    for name in ("plan", "fund", "milestone", "investment", "photo", "propose"):
        url = reverse("accreditation:project_act", args=[project.pk, name])
        assert world.school.client.get(url).status_code == 200


def test_a_refusal_stands_in_the_form_and_keeps_what_was_typed(world: World) -> None:
    project = stage.idea(world)
    url = reverse("accreditation:project_act", args=[project.pk, "fund"])
    said = {
        "source": "central_budget", "kind": "paid", "amount": "5", "document": "凭证 7",
        "on": "2026-03-01",
    }  # fmt: skip
    answer = world.coordinator.client.post(url, said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请先登记下达" in page
    assert "凭证 7" in page


def test_a_photo_is_drawn_anew_and_hidden_from_others(world: World) -> None:
    project = stage.idea(world)
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (25.0, 30.0, 0.0)}
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG", exif=exif)
    url = reverse("accreditation:project_act", args=[project.pk, "photo"])
    answer = world.school.client.post(
        url,
        {
            "file": SimpleUploadedFile("p.jpg", picture.getvalue(), "image/jpeg"),
            "taken_on": "2026-03-10",
            "place": "一号楼",
        },
    )
    assert answer.status_code == 302
    file = StoredFile.objects.get(object_type="accreditation.projectphoto")
    view = reverse("kernel:file_view", args=[file.pk])
    shown = world.coordinator.client.get(view)
    kept = Image.open(io.BytesIO(b"".join(shown.streaming_content)))
    assert not kept.getexif()
    assert world.rival.client.get(view).status_code == 404


def test_the_public_page_shows_a_total_only_when_it_was_published(world: World) -> None:
    project = stage.at(world, ProjectStage.CONSTRUCTION)
    url = reverse("accreditation:project_public")
    client = world.anonymous.client
    page = client.get(url).content.decode()
    assert project.name in page
    assert "未公开" in page
    assert "3,200" not in page
    world.coordinator.client.post(reverse("accreditation:project_total", args=[project.pk]))
    assert "3,200" in client.get(url).content.decode()


def test_ideas_are_no_public_matter(world: World) -> None:
    project = stage.idea(world)
    page = world.anonymous.client.get(reverse("accreditation:project_public")).content.decode()
    assert project.name not in page
