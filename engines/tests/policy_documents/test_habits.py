"""Documents of invented places in the habits of many: other tails, bounds, and deadlines."""

import json

import pytest
from silian_engines.policy_documents.as_json import document_data
from silian_engines.policy_documents.parsing import parse_policy
from silian_engines.policy_documents.scoring import ELEMENTS, Score, scores

from .conftest import DOCUMENTS

HABITS = DOCUMENTS / "habits"
LABELLED = json.loads((HABITS / "labels.json").read_text(encoding="utf-8"))["documents"]


def parsed(name):
    text = (HABITS / name).read_text(encoding="utf-8")
    return parse_policy(text=text, file_name=name)


def test_every_document_of_the_folder_is_labelled():
    written = {path.name for path in HABITS.iterdir() if path.suffix in (".txt", ".md")}
    assert {each["file"] for each in LABELLED} == written
    assert len(written) == 19


@pytest.mark.parametrize("labelled", LABELLED, ids=lambda each: each["file"])
def test_a_document_reads_as_labelled(labelled):
    found = scores(labelled=labelled, parsed=document_data(document=parsed(labelled["file"])))
    assert {element: score.f1 for element, score in found.items()} == dict.fromkeys(found, 1.0)


def test_all_documents_together_are_large_enough_to_mean_something():
    total = dict.fromkeys(ELEMENTS, Score(0, 0, 0))
    for labelled in LABELLED:
        data = document_data(document=parsed(labelled["file"]))
        for name, score in scores(labelled=labelled, parsed=data).items():
            total[name] = total[name] + score
    assert total["department"].found > 220
    assert total["numeric target"].found > 200


def targets(name):
    return {
        target.phrase: target
        for clause in parsed(name).clauses
        for target in clause.numeric_targets
    }


def test_a_ratio_is_one_bound_and_no_range():
    ratio = targets("xincheng_prefecture.txt")["专任教师与学生之比不低于1∶20"]
    assert (ratio.values, ratio.unit, ratio.op) == ((1, 20), "比", ">=")


def test_a_range_of_two_scales_is_told_in_yuan():
    prize = targets("mingxi_scheme.txt")["对获奖选手给予2000元至1万元奖励"]
    assert (prize.values, prize.unit) == ((2000, 10000), "元")


def test_the_step_of_a_grant_is_no_target():
    assert not [phrase for phrase in targets("duanhe_measures.txt") if "每增加100人" in phrase]


def test_a_quorum_is_no_target():
    assert not [phrase for phrase in targets("beishan_plan.txt") if "三分之二" in phrase]


def test_years_shared_out_fall_to_their_numbers():
    found = [
        (target.values, target.deadline)
        for clause in parsed("hengling_province.txt").clauses
        if clause.heading == "培育试点城市和企业"
        for target in clause.numeric_targets
    ]
    assert found == [((2,), "2023"), ((2,), "2024"), ((1,), "2025")]


def test_a_number_is_due_when_its_whole_task_is():
    assert targets("mingxi_scheme.txt")["新增实训工位1200个"].deadline == "2025"
    assert targets("luoxi_county.txt")["新设专业3个"].deadline == "2023"


def test_labels_on_lines_of_their_own_mend_nothing():
    assert parsed("luoxi_county.txt").repairs == ()


def test_offices_signing_on_one_line_are_several():
    issuers = parsed("hengling_province.txt").header.issuers
    assert len(issuers) == 8
    assert issuers[0] == "衡岭省教育厅"


def test_the_first_listed_leads_only_where_the_document_says_so():
    leads = {
        name: [clause.lead for clause in parsed(name).clauses if clause.tails]
        for name in ("hengling_province.txt", "yunjing_zone.txt")
    }
    assert all(len(lead) == 1 for lead in leads["hengling_province.txt"])
    assert not any(leads["yunjing_zone.txt"])


def test_rows_of_a_bare_list_are_clauses_and_an_empty_cell_repeats_its_section():
    document = parsed("lanwan_tasks.md")
    assert [clause.path[0] for clause in document.clauses] == [
        "平台建设", "平台建设", "人才培养", "人才培养",
    ]  # fmt: skip
    assert document.clauses[2].tails[0].open_ended_text == "市总工会等"
    assert [clause.id for clause in document.clauses] == [
        row.clause for row in document.table_tasks
    ]


def test_cells_apart_by_tabs_are_a_table():
    text = (HABITS / "lanwan_tasks.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|") and "---" not in line]
    tabbed = "\n".join(
        line.strip("| ").replace(" |  | ", " | \t").replace(" | ", "\t") for line in rows
    )
    document = parse_policy(text=text.split("|")[0] + tabbed, file_name="a.txt")
    assert [row.title for row in document.table_tasks] == [
        "建设供需对接平台", "举办对接会", "扩大学徒规模", "建设实训基地",
    ]  # fmt: skip


def test_numbers_that_a_converter_set_as_formulas_are_read_and_traced():
    document = parsed("linhu_converted.md")
    first, second, third = document.clauses[0].numeric_targets
    assert (first.values, second.op, third.values) == ((3, 5), ">=", (20,))
    assert document.text[third.start : third.end] == "培育企业 $\\mathbf{20}$ 家"


def test_a_cell_that_spans_rows_of_an_html_table_stands_in_each():
    rows = parsed("linhu_converted.md").table_tasks
    assert [[member.name for member in row.members if member.leads] for row in rows] == [
        ["市教育局"],
        ["市教育局"],
    ]
    assert [row.due for row in rows] == ["2024年底", "2025年6月"]
