"""Loading an official file: whole or not at all, twice without harm."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry
from silian.foundation.reference.commands.load import load_bundled_catalogues, load_catalogue
from silian.foundation.reference.errors import CatalogueRefused
from silian.foundation.reference.models import (
    CatalogueVersion,
    Change,
    Crosswalk,
    Division,
    Industry,
    Major,
    Occupation,
)
from tests.foundation.reference.files import bundled_text, edition_of
from tests.world import TODAY

NEXT = edition_of("industry", "2026")


def load(text: str, *, administrator: Actor, edition: object = NEXT):  # type: ignore[no-untyped-def]
    return load_catalogue(actor=administrator, edition=edition, text=text, today=TODAY)  # type: ignore[arg-type]


def test_only_a_system_administrator_may_load(db: None) -> None:
    clerk = Actor(user_id=2, name="经办", roles=frozenset({"coordinator"}))
    with pytest.raises(NotAllowed):
        load(bundled_text("industries.csv"), administrator=clerk)
    assert not CatalogueVersion.objects.exists()


def test_a_second_load_changes_nothing(catalogues: None, administrator: Actor) -> None:
    before = list(Industry.objects.order_by("pk").values())
    edition = edition_of("industry", "2017", valid_from=datetime.date(2017, 10, 1))
    done = load(bundled_text("industries.csv"), administrator=administrator, edition=edition)
    assert done.is_empty
    assert list(Industry.objects.order_by("pk").values()) == before
    assert not Change.objects.filter(catalogue="industry").exists()


def test_a_new_edition_adds_renames_and_ends_with_its_date(
    catalogues: None, administrator: Actor
) -> None:
    text = bundled_text("industries.csv").replace("0112,小麦种植,A\n", "")
    text = text.replace("稻谷种植", "水稻种植") + "0114,杂粮种植,A\n"
    done = load(text, administrator=administrator)
    assert (len(done.added), len(done.renamed), len(done.ended)) == (1, 1, 1)
    started = NEXT.valid_from
    assert Industry.objects.get(pk="0114").valid_from == started
    assert Industry.objects.get(pk="0112").valid_to == started
    renamed = Industry.objects.get(pk="0111")
    assert (renamed.name, renamed.aliases) == ("水稻种植", ["稻谷种植"])
    assert renamed.valid_from == datetime.date(2017, 10, 1)
    changes = Change.objects.filter(catalogue="industry").values_list("key", "kind", "former_name")
    assert set(changes) == {
        ("0112", "ended", ""),
        ("0111", "renamed", "稻谷种植"),
        ("0114", "added", ""),
    }


def test_one_fault_refuses_the_whole_file(catalogues: None, administrator: Actor) -> None:
    text = bundled_text("industries.csv").replace("稻谷种植", "水稻种植") + "98,x,A\n"
    with pytest.raises(CatalogueRefused) as refusal:
        load(text, administrator=administrator)
    assert refusal.value.faults[0].startswith("第 1974 行：代码“98”格式不对")
    assert Industry.objects.get(pk="0111").name == "稻谷种植"
    assert not CatalogueVersion.objects.filter(edition="2026").exists()


def test_a_file_of_changes_only_is_refused(catalogues: None, administrator: Actor) -> None:
    with pytest.raises(CatalogueRefused, match="将停用"):
        load("代码,名称\nA,农业\n01,农业\n", administrator=administrator)
    assert Industry.objects.current().count() == 1972


def test_an_edition_that_has_not_begun_is_refused(db: None, administrator: Actor) -> None:
    later = edition_of("industry", "2027", valid_from=TODAY + datetime.timedelta(days=1))
    with pytest.raises(DomainError, match="晚于今天"):
        load(bundled_text("industries.csv"), administrator=administrator, edition=later)


def test_a_new_catalogue_of_majors_leaves_the_old_one_in_place(
    catalogues: None, administrator: Actor
) -> None:
    text = "代码,名称\n51,新大类\n5101,新专业类\n510102K,新专业\n"
    load(text, administrator=administrator, edition=edition_of("major", "2026"))
    assert set(Major.objects.filter(code="510102").values_list("pk", "name")) == {
        ("2021:510102", "物联网应用技术"),
        ("2026:510102", "新专业"),
    }
    assert Major.objects.get(pk="2026:510102").is_state_controlled


def test_loading_is_on_record(db: None) -> None:
    load_bundled_catalogues(actor=system_actor(), only_missing=False, today=TODAY)
    entries = AuditEntry.objects.filter(action="reference.catalogue.loaded")
    assert entries.count() == 4
    assert entries.filter(object_label__contains="职业教育专业目录").get().detail["added"] == 1681


def test_marks_and_missing_names_are_kept(catalogues: None) -> None:
    assert Occupation.objects.filter(is_green=True).count() == 134
    assert Occupation.objects.filter(is_digital=True).count() == 95
    assert Occupation.objects.filter(is_name_missing=True).count() == 2
    assert Division.objects.filter(kind="demonstration").count() == 9


def test_shares_of_a_split_division_are_marked_as_not_verified(catalogues: None) -> None:
    shares = Crosswalk.objects.filter(source_key="130521")
    assert {(str(link.weight), link.confidence) for link in shares} == {("0.5000", "tentative")}
    assert Crosswalk.objects.get(source_key="130526").confidence == "certain"


def test_the_command_line_loads_what_is_missing_once(db: None, capsys) -> None:  # type: ignore[no-untyped-def]
    call_command("reference", "load", "--if-empty")
    assert "行政区划：新增 3435" in capsys.readouterr().out
    call_command("reference", "load", "--if-empty")
    assert "无需重复载入" in capsys.readouterr().out


def test_the_command_line_loads_a_file(catalogues: None, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "industries.csv"
    file.write_bytes(bundled_text("industries.csv").encode("gb18030"))
    given = ["reference", "load", "industry", str(file), "--edition", "2018"]
    with pytest.raises(CommandError, match="--valid-from"):
        call_command(*given)
    call_command(*given, "--valid-from", "2018-01-01")
    assert "不变 1972" in capsys.readouterr().out


def test_the_shared_official_files_pass(shared: Path, administrator: Actor, db: None) -> None:
    for catalogue, edition, name in (
        ("division", "2019", "divisions_gb2260_mca_201904.csv"),
        ("industry", "2017", "gb4754_2017.csv"),
    ):
        text = (shared / "data" / "reference" / name).read_text(encoding="utf-8-sig")
        load(text, administrator=administrator, edition=edition_of(catalogue, edition))
    assert Division.objects.count() == 3219
    assert Division.objects.get(pk="110101").parent_id == "110000"
