"""The two commands, as a user runs them."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from silian_engines.policy_rules.command_line import main

PLACE = ["--jurisdiction", "411200", "--on", "2021-06-30"]


@pytest.fixture
def facts(tmp_path):
    def write(text):
        path = tmp_path / "facts.json"
        path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        return str(path)

    return write


def test_list_tells_inputs_outputs_clause_and_force(capsys):
    assert main(["rules", "list", *PLACE, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    rule = next(each for each in data["rules"] if each["rule"] == "R12")
    assert rule["clause"] == "三（三）"
    assert rule["force"] == "mandatory"
    assert [(each["name"], each["unit"]) for each in rule["inputs"]] == [
        ("student_months", "生·月"), ("passed_assessment", "是否"),
    ]  # fmt: skip
    assert rule["outputs"][0]["unit"] == "元"
    assert {"N56", "N57", "N59", "N60"} <= {each["number"] for each in data["parameters"]}
    assert "academic_year_months" in data["unset"]


def test_compute_gives_amounts_as_decimal_strings(capsys, facts):
    path = facts({"student_months": 180, "passed_assessment": True})
    assert main(["rules", "compute", "R12", *PLACE, "--facts", path, "--json", "--explain"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["amounts"]["subsidy"] == "36000.00"
    assert data["gates"][0]["passed"] is True
    assert data["explanation"]["version"] == data["version"]
    assert main(["rules", "compute", "R12", *PLACE, "--facts", path]) == 0
    assert "实习成本补助：36000.00元" in capsys.readouterr().out


def test_json_numbers_are_read_without_floats(capsys, facts):
    path = facts('{"wages": 100.10, "extracted": 2.29}')
    assert main(["rules", "compute", "R06", *PLACE, "--facts", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["amounts"]["least"] == "1.51"


def test_years_carry_over(capsys, facts):
    first = {"year": 2020, "wages": 1000, "spent": 100, "carried_in": 0}
    path = facts({"years": [first, {"year": 2021, "wages": 1000, "spent": 0}]})
    assert main(["rules", "compute", "R07", *PLACE, "--facts", path, "--json"]) == 0
    years = json.loads(capsys.readouterr().out)["years"]
    assert [each["amounts"]["deducted"] for each in years] == ["80.00", "20.00"]
    assert [each["on"] for each in years] == ["2020-12-31", "2021-12-31"]


@pytest.mark.parametrize(
    ("rule", "text", "why"),
    [
        ("R12", "{}", "缺少"),
        ("R12", "{", "JSON"),
        ("R12", "[]", "应当是一个对象"),
        ("R12", '{"student_months": 1, "student_months": 2, "passed_assessment": true}', "两次"),
        ("R99", "{}", "没有规则"),
        ("R12", '{"years": [{"year": 2021}]}', "不跨年"),
        ("R07", '{"years": [{"year": "二〇二一"}]}', "year"),
        ("R07", '{"years": 2021}', "列表"),
        ("R07", '{"years": []}', "列表"),
        ("R07", '{"years": [1]}', "列表"),
    ],
)
def test_what_cannot_be_computed_is_refused_with_a_sentence(capsys, facts, rule, text, why):
    assert main(["rules", "compute", rule, *PLACE, "--facts", facts(text), "--json"]) == 2
    captured = capsys.readouterr()
    assert why in captured.err
    assert not captured.out


def test_a_missing_file_is_refused(capsys):
    assert main(["rules", "compute", "R12", *PLACE, "--facts", "no-such.json"]) == 2
    assert "no-such.json" in capsys.readouterr().err


def test_the_command_starts_within_half_a_second(facts):
    path = facts({"student_months": 180, "passed_assessment": True})
    arguments = ["rules", "compute", "R12", *PLACE, "--facts", path]
    program = (
        "import sys; from silian_engines.policy_rules.command_line import main;"
        f"code = main({arguments!r});"
        "assert not {'numpy', 'django', 'yaml'} & set(sys.modules); sys.exit(code)"
    )
    started = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).resolve().parents[2], capture_output=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert time.perf_counter() - started < 2.0  # 0.12 s alone; the rest is a crowded machine


def test_every_amount_is_a_decimal_string_to_the_fen(capsys, facts):
    path = facts({"wages": 10000000, "extracted": "100000"})
    assert main(["rules", "compute", "R06", *PLACE, "--facts", path, "--json", "--explain"]) == 0
    text = capsys.readouterr().out
    data = json.loads(text, parse_float=lambda number: pytest.fail(f"a float: {number}"))
    assert all(re.fullmatch(r"-?\d+\.\d\d", amount) for amount in data["amounts"].values())
    assert data["amounts"]["missing"] == "50000.00"


def test_a_closed_gate_has_cure_clause_and_version(capsys, facts):
    path = facts({"student_months": 1, "passed_assessment": False})
    assert main(["rules", "compute", "R12", *PLACE, "--facts", path, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    (gate,) = data["gates"]
    assert gate["passed"] is False
    assert gate["cure"] == "申请并通过教育、人力资源社会保障部门的实习工作考核。"
    assert (gate["document"], gate["clause"]) == ("三政办〔2020〕9号", "三（三）")
    assert gate["version"] == data["version"]
    assert data["nearest_way"][0]["fact"] == "passed_assessment"


def test_an_open_gate_has_no_cure(capsys, facts):
    path = facts({"student_months": 1, "passed_assessment": True})
    assert main(["rules", "compute", "R12", *PLACE, "--facts", path, "--json"]) == 0
    (gate,) = json.loads(capsys.readouterr().out)["gates"]
    assert gate["passed"] is True
    assert gate["cure"] is None


def test_missing_and_unknown_facts_are_named_together(capsys, facts):
    path = facts({"student_month": 1, "passed_assessment": False})
    assert main(["rules", "compute", "R12", *PLACE, "--facts", path, "--json"]) == 2
    captured = capsys.readouterr()
    assert "（student_months）" in captured.err
    assert "student_month（是否为 student_months）" in captured.err
    assert not captured.out


def test_an_open_number_is_named_and_nothing_is_computed_from_it(capsys, facts):
    path = facts({"practice_months": "9"})
    assert main(["rules", "compute", "R15", *PLACE, "--facts", path, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["values"]["required_months"] is None
    assert [each["why"] for each in data["outputs"]] == ["未设定", "未设定"]
    assert data["gates"][0]["passed"] is None
    assert any("academic_year_months" in each or "1学年" in each for each in data["warnings"])


def test_days_names_and_truths_are_read_without_units(capsys, facts):
    stay = {"starts_on": "2021-03-01", "ends_on": "2021-09-01"}
    path = facts({"stays": [stay], "breaks": [], "pay_after_months": 3, "months_paid": 0})
    assert main(["rules", "compute", "R12-BREAKS", *PLACE, "--facts", path]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  首日：2021-03-01" in lines
    assert "  计入的整月数：6个月" in lines
    path = facts({"clusters": [{"name": "甲区", "schools": 0}, {"name": "乙区", "schools": 0}]})
    assert main(["rules", "compute", "R17-CLUSTERS", *PLACE, "--facts", path]) == 0
    assert "  未对口的产业集聚区：甲区、乙区" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("command", ["list", "compute"])
def test_the_installed_command_needs_no_database(facts, command):
    path = facts({"student_months": 1, "passed_assessment": True})
    arguments = ["list", "--json"] if command == "list" else ["compute", "R12", "--facts", path]
    run = subprocess.run(
        [Path(sys.executable).with_name("silian"), "rules", *arguments, *PLACE],
        env={"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "实习成本补助" in run.stdout
