"""Bringing projects in: checked first, every fault by its cell, then taken in or dropped."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import Job
from silian.foundation.ui.exports import write_xlsx
from silian.governance.accreditation.choices.projects import ImportMode, ProjectImportState
from silian.governance.accreditation.commands import project_imports
from silian.governance.accreditation.commands.project_import_running import write_import
from silian.governance.accreditation.commands.project_imports import (
    check_projects,
    confirm_import,
    drop_import,
)
from silian.governance.accreditation.models.project_imports import ProjectImport
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.rules.project_sheets import HEADINGS
from tests.governance.accreditation import stage
from tests.world import World

OWNER = "青澜职业技术学院（演示）"


def row(name: str, **given: str) -> list[str]:
    values = {
        "申报单位": OWNER, "项目名称": name, "建设类别": "实验实习实训基地",
        "建设地区代码": "990104", "建设地点": "高新区", "建设内容和规模": "设备 80 台套",
        "总投资（万元）": "1200", "服务行业代码": "34",
    }  # fmt: skip
    merged = {**values, **given}
    return [merged.get(heading, "") for heading in HEADINGS]


def sheet(*rows: list[str]) -> SimpleUploadedFile:
    file = io.BytesIO()
    write_xlsx(file=file, header=HEADINGS, rows=rows)
    return SimpleUploadedFile("projects.xlsx", file.getvalue())


def checked(
    world: World, *rows: list[str], person: str = "school", mode: str = ""
) -> ProjectImport:
    return check_projects(
        upload=sheet(*rows),
        mode=mode or ImportMode.GOOD_ROWS,
        actor=world.people[person].actor,
    )


def confirmed(world: World, batch: ProjectImport, person: str = "school") -> ProjectImport:
    actor = world.people[person].actor
    return confirm_import(import_id=batch.pk, actor=actor, today=stage.TODAY)


def test_a_check_names_bad_cells_and_writes_nothing(world: World) -> None:
    batch = checked(
        world, row("甲"), row("乙", **{"总投资（万元）": "若干"}), row("丙"), row("丙"),
        row("丁", 申报单位="查无此校"), row("戊", 建设地区代码="999999"),
        row("己", 服务行业代码="99"),
    )  # fmt: skip
    assert (batch.rows, batch.good_rows, batch.fault_count) == (7, 2, 5)
    assert [(fault["row"], fault["column"]) for fault in batch.faults] == [
        (3, "总投资（万元）"), (5, "项目名称"), (6, "申报单位"), (7, "建设地区代码"),
        (8, "服务行业代码"),
    ]  # fmt: skip
    assert [line["name"] for line in batch.sample] == ["甲", "丙"]
    assert not IntegrationProject.objects.exists()


def test_good_rows_become_ideas_when_confirmed(world: World) -> None:
    batch = confirmed(world, checked(world, row("甲"), row("乙", 建设类别="体育馆")))
    assert (batch.state, batch.created_rows) == (ProjectImportState.DONE, 1)
    found = IntegrationProject.objects.get(name="甲")
    assert (found.total, found.stage) == (Decimal("12000000.00"), "idea")
    assert [item.code for item in found.industries.all()] == ["34"]


def test_one_fault_keeps_everything_out_when_the_user_wants_all_or_nothing(world: World) -> None:
    batch = checked(world, row("甲"), row("乙", 建设类别="体育馆"), mode=ImportMode.ALL_OR_NOTHING)
    assert not batch.is_ready
    with pytest.raises(DomainError, match="有错就全部不导入"):
        confirmed(world, batch)
    assert not IntegrationProject.objects.exists()


def test_a_file_without_a_good_row_is_not_taken_in(world: World) -> None:
    with pytest.raises(DomainError, match="没有可以导入的行"):
        confirmed(world, checked(world, row("乙", 建设类别="体育馆")))


def test_others_projects_are_brought_in_by_the_leading_department_alone(world: World) -> None:
    assert checked(world, row("甲"), person="rival").good_rows == 0
    assert checked(world, row("甲"), person="coordinator").good_rows == 1
    with pytest.raises(NotAllowed):
        checked(world, row("甲"), person="student")


def test_a_large_file_goes_to_the_background_and_running_twice_writes_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_imports, "MOST_AT_ONCE", 2)
    batch = confirmed(world, checked(world, row("甲"), row("乙"), row("丙")))
    assert batch.state == ProjectImportState.RUNNING
    assert Job.objects.get(pk=batch.job_id).arguments == {"import_id": batch.pk}
    told: list[int] = []
    for _ in range(2):
        batch = write_import(import_id=batch.pk, today=stage.TODAY, tell=told.append)
    assert (batch.created_rows, told) == (3, [3])
    assert IntegrationProject.objects.count() == 3


def test_a_row_that_was_registered_meanwhile_is_left_out(world: World) -> None:
    first, second = checked(world, row("甲"), row("乙")), checked(world, row("甲"))
    confirmed(world, second)
    assert confirmed(world, first).created_rows == 1
    assert IntegrationProject.objects.count() == 2


def test_a_file_is_confirmed_once_and_not_after_it_was_dropped(world: World) -> None:
    batch = checked(world, row("甲"))
    drop_import(import_id=batch.pk, actor=world.school.actor)
    with pytest.raises(WrongState):
        confirmed(world, batch)


def test_another_unit_finds_no_file_of_ours(world: World) -> None:
    batch = checked(world, row("甲"))
    for name in ("import_detail", "import_faults"):
        url = reverse(f"accreditation:{name}", args=[batch.pk])
        assert world.rival.client.get(url).status_code == 404
    with pytest.raises(ProjectImport.DoesNotExist):
        confirmed(world, batch, person="rival")


def test_upload_preview_and_import_on_the_pages(world: World) -> None:
    sent = {
        "file": sheet(row("甲"), row("乙", **{"总投资（万元）": "若干"})),
        "mode": ImportMode.GOOD_ROWS,
    }
    answer = world.school.client.post(reverse("accreditation:project_import"), sent, follow=True)
    page = answer.content.decode()
    assert "导入 1 个项目" in page
    assert "若干" in page
    batch = ProjectImport.objects.get()
    done = world.school.client.post(
        reverse("accreditation:import_confirm", args=[batch.pk]), follow=True
    )
    assert "已导入" in done.content.decode()
    assert IntegrationProject.objects.filter(name="甲").exists()
