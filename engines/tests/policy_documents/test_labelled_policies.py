"""The bars on the labelled policies."""

import json

import pytest
from silian_engines.policy_documents.as_json import document_data
from silian_engines.policy_documents.parsing import parse_policy
from silian_engines.policy_documents.scoring import ELEMENTS, Score, scores

BARS = {
    "header": 0.99,
    "clause path": 0.99,
    "tail": 0.99,
    "department": 0.99,
    "lead": 0.99,
    "numeric target": 0.97,
    "target force, kind": 0.97,
    "dated goal": 0.9,
}


@pytest.fixture
def totals(shared):
    """Scores summed over the labelled documents."""
    labelled = json.loads((shared / "policies" / "gold.json").read_text(encoding="utf-8"))
    total = dict.fromkeys(ELEMENTS, Score(0, 0, 0))
    for document in labelled["documents"]:
        text = (shared / "policies" / document["file"]).read_text(encoding="utf-8")
        parsed = document_data(document=parse_policy(text=text, file_name=document["file"]))
        for name, score in scores(labelled=document, parsed=parsed).items():
            total[name] = total[name] + score
    return total


@pytest.mark.parametrize("element", BARS)
def test_an_element_meets_its_bar(totals, element):
    assert totals[element].f1 >= BARS[element]


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("002_guizhou_520000.txt", (21, 0, 0, 18, 2)),
        ("004_sanmenxia_411200.txt", (26, 21, 97, 12, 2)),
    ],
)
def test_the_unlabelled_policies_count_as_the_requirements_say(shared, name, counts):
    text = (shared / "policies" / name).read_text(encoding="utf-8")
    found = document_data(document=parse_policy(text=text, file_name=name))["counts"]
    fields = (
        "clauses",
        "tasks_with_tail",
        "department_assignments",
        "numeric_targets",
        "dated_goals",
    )
    assert tuple(found[each] for each in fields) == counts


def test_bodies_are_found_in_the_text_of_a_policy_without_tails(shared):
    text = (shared / "policies" / "002_guizhou_520000.txt").read_text(encoding="utf-8")
    clauses = parse_policy(text=text, file_name="002_guizhou_520000.txt").clauses
    named = {clause.heading: {actor.name for actor in clause.actors} for clause in clauses}
    assert named["加强组织领导"] >= {
        "省发展改革委", "省教育厅", "省人力资源社会保障厅", "省财政厅", "省工业和信息化厅",
        "省国资委",
    }  # fmt: skip
    assert named["健全协调机制"] >= {"地市级政府", "省级人才工作领导小组", "试点城市政府"}
    assert named["产教融合型联盟"] == {"省行业主管部门"}
    assert named["强化总结推广"] == {"省发展改革委", "省教育厅"}
    assert named["产教融合型企业"] == set()


def test_a_shared_number_is_a_target_and_so_are_bare_ones(shared):
    """Three more documents of other kinds: every tail names someone, none is in doubt."""
    for path in sorted((shared / "data" / "policies").glob("*.txt")):
        document = parse_policy(text=path.read_text(encoding="utf-8"), file_name=path.name)
        tails = [tail for clause in document.clauses for tail in clause.tails]
        assert all(tail.members for tail in tails)
        assert [each for each in document.doubts if each.kind == "tail_bracket"] == []
