"""The sample plan reads without a fault as text and Word, and honestly as a scan."""

import json
import tomllib
from pathlib import Path

import pytest
from silian_engines.policy_documents.as_json import document_data
from silian_engines.policy_documents.parsing import parse_policy
from silian_engines.policy_documents.readers.source import read_source
from silian_engines.policy_documents.scoring import scores

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "policy"
CITY = SAMPLES.parents[1] / "silian" / "registers" / "organisations" / "demo" / "city.py"
LABELLED = {
    each["file"]: each
    for each in json.loads((SAMPLES / "labels.json").read_text(encoding="utf-8"))["documents"]
}


def read(name):
    source = read_source(path=SAMPLES / name)
    document = parse_policy(text=source.text, file_name=name, uncertain=source.doubts)
    return document_data(document=document)


@pytest.mark.parametrize("name", ["plan_2025.txt", "plan_2025.docx", "plan_2026.txt"])
def test_a_printed_plan_is_read_without_a_fault(name):
    found = scores(labelled=LABELLED[name], parsed=read(name))
    assert {element: score.f1 for element, score in found.items()} == dict.fromkeys(found, 1.0)


@pytest.mark.parametrize("name", ["plan_2025.txt", "plan_2025.docx", "plan_2026.txt"])
def test_the_table_of_tasks_is_read_with_bodies_and_due_times(name):
    rows = [
        {
            "number": row["number"],
            "title": row["title"],
            "lead": [each["name"] for each in row["members"] if each["leads"]],
            "cooperating": [each["name"] for each in row["members"] if not each["leads"]],
            "due": row["due"],
        }
        for row in read(name)["table_tasks"]
    ]
    assert rows == LABELLED[name]["table_tasks"]


def test_every_row_of_the_table_is_tied_to_its_clause():
    data = read("plan_2025.txt")
    headings = {clause["id"]: clause["heading"] for clause in data["clauses"]}
    assert [headings[row["clause"]] for row in data["table_tasks"]] == [
        row["title"] for row in data["table_tasks"]
    ]


def test_the_plan_names_offices_that_the_demonstration_city_has():
    offices = CITY.read_text(encoding="utf-8")
    listed = tomllib.loads((SAMPLES / "bodies.toml").read_text(encoding="utf-8"))["body"]
    elsewhere = {"政府办公室", "下级政府", "园区管委会", "企业", "人民银行", "银行"}
    own = [each["name"] for each in listed if each["function"] not in elsewhere]
    assert len(own) == 22
    assert [name for name in own if f'"{name[1:]}"' not in offices] == []


@pytest.mark.parametrize("name", ["plan_2025.txt", "plan_2026.txt"])
def test_every_body_of_a_plan_stands_in_the_list_of_bodies(name):
    listed = tomllib.loads((SAMPLES / "bodies.toml").read_text(encoding="utf-8"))["body"]
    functions = {each["name"]: each["function"] for each in listed}
    for body in read(name)["departments"]:
        assert functions[body["name"]] == body["function"]


def test_every_binding_points_at_a_target_of_the_plans():
    phrases = {
        (clause["heading"], target["phrase"])
        for name in ("plan_2025.txt", "plan_2026.txt")
        for clause in LABELLED[name]["clauses"]
        for target in clause["numeric_targets"]
    }
    bindings = tomllib.loads((SAMPLES / "bindings.toml").read_text(encoding="utf-8"))["binding"]
    for binding in bindings:
        assert any(
            heading == binding["clause"] and binding["words"] in phrase
            for heading, phrase in phrases
        )


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_scanned_plan_is_read_with_its_doubts_named():
    pytest.importorskip("rapidocr_onnxruntime", exc_type=ImportError)
    name = "plan_2025_scanned.pdf"
    assert (SAMPLES / name).stat().st_size < 1_500_000
    data = read(name)
    found = scores(labelled=LABELLED[name], parsed=data)
    assert {element for element, score in found.items() if score.f1 < 0.95} == set()
    kinds = {each["kind"] for each in data["doubts"]}
    assert "uncertain_character" in kinds
    assert len(data["table_tasks"]) == 11
