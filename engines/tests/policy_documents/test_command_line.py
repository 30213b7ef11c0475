"""The command, as a user runs it."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import etree
from silian_engines.policy_documents.command_line import main

from .conftest import DOCUMENTS

PLAN = str(DOCUMENTS / "yunhe_plan.md")
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


def test_parse_prints_the_labelled_field_names(capsys):
    assert main(["policy", "parse", PLAN, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {"title", "doc_number", "issuer", "date", "clauses", "repairs", "doubts"} <= set(data)
    assert {
        "path", "number", "heading", "responsibility", "mode", "departments", "lead", "tail_raw",
        "inline_actors", "text", "numeric_targets", "dated_goals", "line_start", "start", "end",
    } <= set(data["clauses"][0])  # fmt: skip


def test_parse_without_json_prints_a_summary(capsys):
    assert main(["policy", "parse", PLAN]) == 0
    assert "健全运行办法" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content", [b"", b"\x7fELF\x00\x00\x01", b"%PDF-1.7 broken", b"PK\x03\x04"]
)
def test_a_file_that_is_no_document_is_refused_with_one_sentence(tmp_path, capsys, content):
    path = tmp_path / "file.txt"
    path.write_bytes(content)
    assert main(["policy", "parse", str(path)]) == 2
    message = capsys.readouterr().err.strip()
    assert message.endswith("。")
    assert message.count("。") == 1


def test_a_missing_file_is_refused(capsys):
    assert main(["policy", "parse", "no-such-file.txt"]) == 2
    assert "无法读取" in capsys.readouterr().err


def test_score_takes_parsed_files_or_sources(tmp_path, capsys):
    main(["policy", "parse", PLAN, "--json"])
    parsed = json.loads(capsys.readouterr().out)
    gold = tmp_path / "gold.json"
    gold.write_text(json.dumps({"documents": [parsed]}), encoding="utf-8")
    (tmp_path / "yunhe_plan.json").write_text(json.dumps(parsed), encoding="utf-8")
    for directory in (tmp_path, DOCUMENTS):
        assert main(["policy", "score", str(gold), str(directory)]) == 0
        last = capsys.readouterr().out.strip().splitlines()[-1]
        assert last.split()[-1] == "1.0000"


def test_score_says_when_a_document_is_missing(tmp_path, capsys):
    gold = tmp_path / "gold.json"
    gold.write_text(json.dumps({"documents": [{"file": "other.txt"}]}), encoding="utf-8")
    assert main(["policy", "score", str(gold), str(tmp_path)]) == 2
    assert "other.txt" in capsys.readouterr().err


def test_akn_is_well_formed_and_holds_every_clause(capsys):
    assert main(["policy", "akn", PLAN]) == 0
    tree = etree.fromstring(capsys.readouterr().out.encode())
    assert tree.tag == f"{AKN}akomaNtoso"
    assert len(tree.findall(f".//{AKN}content")) == 8
    assert tree.find(f".//{AKN}docNumber").text == "云政办发〔2023〕18号"
    assert len(tree.findall(f".//{AKN}quantity")) == 7


def test_the_command_starts_within_half_a_second():
    engines = Path(__file__).resolve().parents[2]
    program = (
        "import sys; from silian_engines.policy_documents.command_line import main;"
        f"code = main(['policy', 'parse', {PLAN!r}]);"
        "assert not {'lxml', 'pypdfium2', 'numpy', 'django'} & set(sys.modules); sys.exit(code)"
    )
    started = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=engines, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert time.perf_counter() - started < 2.0  # 0.15 s alone; the rest is a crowded machine
