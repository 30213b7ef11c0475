"""The books of the five jurisdictions: complete, consistent, and true to the documents."""

import os
import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from silian_engines.policy_documents.parsing import parse_policy
from silian_engines.policy_rules.errors import RulebookFault, UnknownRule
from silian_engines.policy_rules.jurisdictions import (
    jurisdictions_with_books,
    load_jurisdiction,
)
from silian_engines.policy_rules.reading import RULEBOOKS, toml

SHARED = Path(__file__).resolve().parents[4] / "shared" / "policies"
FILES = {
    "530300": "000_qujing_530300.txt",
    "500154": "001_kaizhou_500154.txt",
    "520000": "002_guizhou_520000.txt",
    "620200": "003_jiayuguan_620200.txt",
    "411200": "004_sanmenxia_411200.txt",
}
# leaf clauses, tasks with tail, with a named lead, bodies in tails, assignments, targets, goals
COUNTS = {
    "530300": (36, 28, 4, 22, 115, 9, 2),
    "500154": (27, 25, 0, 22, 98, 16, 3),
    "520000": (21, 0, 0, 0, 0, 18, 2),
    "620200": (28, 24, 2, 15, 73, 9, 2),
    "411200": (26, 21, 0, 22, 97, 12, 2),
}
BATCHES = {"530300": 4, "500154": 6, "520000": 4, "620200": 2, "411200": 4}


@pytest.fixture(scope="module")
def books():
    return {code: load_jurisdiction(code=code) for code in FILES}


def test_five_jurisdictions_have_a_book():
    assert set(jurisdictions_with_books()) == set(FILES)


@pytest.mark.parametrize("code", FILES)
def test_a_book_counts_as_the_requirements_say(books, code):
    book = books[code]
    tasks = [task for task in book.tasks if task.responsibility == "tail"]
    bodies = {each.body for task in tasks for each in task.assignments}
    counted = (
        len(book.tasks),
        len(tasks),
        len([task for task in tasks if task.lead]),
        len(bodies),
        sum(len(task.assignments) for task in tasks),
        len(book.targets),
        len([goal for goal in book.goals if not goal.is_batch]),
    )
    assert counted == COUNTS[code]


def test_all_books_together_hold_what_all_documents_hold(books):
    totals = [sum(column) for column in zip(*COUNTS.values(), strict=True)]
    assert totals == [138, 98, 6, 81, 383, 64, 11]
    numbers = sorted(
        each.number
        for book in books.values()
        for each in (*book.targets, *book.goals)
        if each.number
    )
    assert numbers == [f"N{n:02}" for n in range(1, 76)]


def test_a_target_said_twice_is_counted_once(books):
    repeats = {
        each.number: each.same_as
        for book in books.values()
        for each in book.targets
        if not each.is_counted
    }
    assert repeats == {
        "N36": "N26", "N37": "N31", "N39": "N32", "N40": "N33", "N41": "N34", "N42": "N35",
    }  # fmt: skip


def test_goals_of_a_batch_have_no_number(books):
    batches = {code: [goal for goal in book.goals if goal.is_batch] for code, book in books.items()}
    assert {code: len(goals) for code, goals in batches.items()} == BATCHES
    assert {goal.number for goals in batches.values() for goal in goals} == {None}


def test_shares_are_given_in_per_cent(books):
    targets = {each.number: each for book in books.values() for each in book.targets}
    assert (targets["N08"].value, targets["N08"].unit) == (Decimal(60), "%")
    assert (targets["N60"].low, targets["N60"].high) == (Decimal("1.5"), Decimal("2.5"))
    assert (targets["N01"].low, targets["N01"].high, targets["N01"].unit) == (1, 3, "个")
    assert targets["N54"].comparator == "~"
    assert targets["N16"].deadline == date(2025, 12, 31)


def test_a_soft_target_stays_soft(books):
    force = {each.number: each.force for book in books.values() for each in book.targets}
    assert force["N04"] == force["N47"] == "encouraged"
    assert force["N21"] == "in_principle"
    assert force["N38"] == "strive"


def test_the_undated_document_keeps_both_readings(books):
    document = books["620200"].document
    assert document.issued_on is None
    assert document.issued_on_candidates == (date(2020, 1, 22), date(2020, 12, 2))
    assert document.number_printed == "嘉政办发〔20209"


def test_open_parameters_of_every_kind_are_unset_in_some_book(books):
    opened = {
        each.number for book in books.values() for each in book.open_parameters if each.number
    }
    assert opened >= {f"P{n:02}" for n in range(1, 19)}
    assert all(each.clause for book in books.values() for each in book.open_parameters)


def test_no_title_is_the_heading_of_its_clause(books, documents):
    for code, document in documents.items():
        headings = {clause.heading for clause in document.clauses}
        assert [task.path for task in books[code].tasks if task.title in headings] == []


@pytest.fixture(scope="module")
def documents():
    """The real documents as the parser reads them; required in continuous integration."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail("the policies are missing")
        pytest.skip("the policies are not on this machine")
    return {
        code: parse_policy(text=(SHARED / name).read_text(encoding="utf-8"), file_name=name)
        for code, name in FILES.items()
    }


@pytest.mark.parametrize("code", FILES)
def test_paths_and_bodies_are_those_of_the_document(books, documents, code):
    printed = [
        (place(clause, code), set(clause.departments), set(clause.lead))
        for clause in documents[code].clauses
    ]
    written = [
        (re.sub(r"[a-d]$", "", task.path), {each.body for each in task.assignments}, {*task.lead})
        for task in books[code].tasks
    ]
    assert written == printed


@pytest.mark.parametrize("code", FILES)
def test_title_number_issuers_and_date_are_those_of_the_document(books, documents, code):
    header, document = documents[code].header, books[code].document
    assert (document.title, document.number) == (header.title, header.doc_number)
    assert document.issuers == header.issuers
    assert (document.issued_on.isoformat() if document.issued_on else None) == header.date
    assert [each.number for each in document.citations] == [
        each.number for each in documents[code].cites
    ]


@pytest.mark.parametrize("code", FILES)
def test_functions_are_those_that_the_parser_knows(books, documents, code):
    functions = {each.name: each.function for each in books[code].bodies}
    for clause in documents[code].clauses:
        for tail in clause.tails:
            for member in tail.members:
                assert functions[member.name] == member.function


def place(clause, code):
    """The path of a clause as the books write it; continuous numbers stand alone."""
    labels = [
        re.match(r"([一二三四五六七八九十]+)、|([（(].+?[）)])|(\d+)", p) for p in clause.path
    ]
    parts = [match[1] or match[2] or match[3] for match in labels if match]
    parts = [part.replace("(", "（").replace(")", "）") for part in parts]
    if code == "620200" or (code == "500154" and parts[-1].isdigit()):
        return parts[-1]
    return "".join(parts)


def test_an_unknown_place_is_refused_with_the_places_that_are_there():
    with pytest.raises(UnknownRule, match="云南省曲靖市（530300）"):
        load_jurisdiction(code="110000")


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("tasks.toml", 'share = ["市教育局"', 'share = ["市教委"', "不在责任单位名录中"),
        ("tasks.toml", 'force = "target"', 'force = "hard"', "力度"),
        ("tasks.toml", 'numbers = ["N72", "N73"]', 'numbers = ["N72"]', "编号不一致"),
        (
            "targets.toml",
            'number = "N44"\ntask = "（九）"',
            'number = "N44"\ntask = "（八）"',
            "N44",
        ),
        ("targets.toml", "training_bases.campus_bases", "校内基地", "指标代码"),
        ("targets.toml", 'task = "（五）"', 'task = "（五十）"', "不存在"),
        ("document.toml", 'level = "city"', 'level = "town"', "层级"),
    ],
)
def test_a_book_that_contradicts_itself_is_refused(tmp_path, file, old, new, fault):
    shutil.copytree(RULEBOOKS, tmp_path / "rulebooks")
    path = tmp_path / "rulebooks" / "gansu" / "jiayuguan" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    toml.cache_clear()
    with pytest.raises(RulebookFault, match=fault):
        load_jurisdiction(code="620200", folder=tmp_path / "rulebooks")
