"""Marks, numbers, capitals and standings of papers, without a database."""

from __future__ import annotations

from decimal import Decimal

import pytest

from silian.governance.incentives.choices.claim_papers import PaperKind, PaperStanding
from silian.governance.incentives.rules.claim_papers import (
    check_code,
    mark_of,
    outdated_words,
    paper_number,
    pledge_lines,
    reason_not_made,
    standing_of,
    yuan_capitals,
)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10.00", "壹拾元整"),
        ("14400", "壹万肆仟肆佰元整"),
        ("1005.06", "壹仟零伍元零陆分"),
        ("10005", "壹万零伍元整"),
        ("100010", "壹拾万零壹拾元整"),
        ("10000001", "壹仟万零壹元整"),
        ("100000000", "壹亿元整"),
        ("100000001.10", "壹亿零壹元壹角整"),
        ("120500000", "壹亿贰仟零伍拾万元整"),
        ("1200.34", "壹仟贰佰元叁角肆分"),
    ],
)
def test_amounts_are_written_in_capitals(amount: str, words: str) -> None:
    assert yuan_capitals(Decimal(amount)) == words


def test_equal_content_has_an_equal_mark_in_any_order() -> None:
    assert mark_of({"a": "1", "b": ["2"]}) == mark_of({"b": ["2"], "a": "1"})
    assert mark_of({"a": "1"}) != mark_of({"a": "2"})
    assert check_code("1a2b3c4d5e6f7a8b") == "1A2B-3C4D-5E6F"


def test_papers_are_numbered_by_their_place() -> None:
    assert paper_number(claim="SQ2026-0001", kind=PaperKind.FORM) == "SQ2026-0001-01"
    assert paper_number(claim="SQ2026-0001", kind=PaperKind.PLEDGE) == "SQ2026-0001-04"


@pytest.mark.parametrize(
    ("made", "marks", "signed", "now", "standing"),
    [
        (False, [], False, "", PaperStanding.MISSING),
        (True, [], False, "", PaperStanding.TO_MAKE),
        (True, [""], False, "m", PaperStanding.UPLOADED),
        (True, ["m"], False, "m", PaperStanding.MADE),
        (True, ["m", "m"], True, "m", PaperStanding.SIGNED),
        (True, ["old"], False, "m", PaperStanding.OUTDATED),
        (True, ["old", ""], True, "m", PaperStanding.OUTDATED),
        (True, ["old"], False, "", PaperStanding.MADE),
    ],
)
def test_where_a_paper_stands(
    made: bool, marks: list[str], signed: bool, now: str, standing: PaperStanding
) -> None:
    assert standing_of(made=made, marks=marks, signed=signed, now=now) == standing


def test_refusals_say_what_to_do() -> None:
    assert reason_not_made(editable=True, state="填报中", kinds=["form"]) is None
    assert "审核中" in str(reason_not_made(editable=False, state="审核中", kinds=["form"]))
    assert "没有由平台生成" in str(reason_not_made(editable=True, state="填报中", kinds=[]))
    assert "申请表、花名册" in outdated_words(["申请表", "花名册"])


def test_the_pledge_begins_with_what_the_scheme_asks() -> None:
    assert pledge_lines("学徒属实。")[0] == "学徒属实。"
    assert all(each.endswith("。") for each in pledge_lines("学徒属实。"))
