"""Routing by answer, and answers as they are kept."""

from __future__ import annotations

from typing import Any

import pytest

from silian.casework.reviews.rules.definition import Definition, definition_of
from silian.casework.reviews.rules.form import (
    checked_answers,
    missing_evidence,
    normalised_answers,
    visible_fields,
)
from silian.foundation.kernel.errors import DomainError

FORM: list[dict[str, Any]] = [
    {"code": "runs_school", "label": "举办院校", "type": "yes_no"},
    {
        "code": "school",
        "label": "院校类型",
        "type": "choice",
        "choices": [("college", "高职"), ("other", "其他")],
        "show_if": {"code": "runs_school", "values": ["true"]},
    },
    {
        "code": "which",
        "label": "具体说明",
        "show_if": {"code": "school", "values": ["other"]},
        "evidence": True,
    },
    {"code": "amount", "label": "投入", "type": "money", "required": False, "evidence": True},
]
CONTENT: Definition = definition_of({"form": FORM})


def asked(**answers: Any) -> list[str]:
    return [field.code for field in visible_fields(CONTENT, answers)]


def test_a_question_is_asked_only_when_the_answer_leads_there() -> None:
    assert asked() == ["runs_school", "amount"]
    assert asked(runs_school=True) == ["runs_school", "school", "amount"]
    assert asked(runs_school=True, school="other") == ["runs_school", "school", "which", "amount"]


def test_a_question_behind_a_hidden_one_stays_hidden() -> None:
    assert asked(runs_school=False, school="other") == ["runs_school", "amount"]


def test_answers_to_hidden_questions_are_dropped() -> None:
    kept = normalised_answers(CONTENT, {"runs_school": False, "school": "other", "which": "技校"})
    assert kept == {"runs_school": False}


def test_a_required_question_must_be_answered_before_sending_but_not_in_a_draft() -> None:
    with pytest.raises(DomainError, match="院校类型"):
        normalised_answers(CONTENT, {"runs_school": True})
    assert normalised_answers(CONTENT, {"runs_school": True}, partial=True) == {"runs_school": True}


def test_every_refusal_is_found_at_once() -> None:
    kept, refusals = checked_answers(CONTENT, {"runs_school": "也许", "amount": "很多"})
    assert kept == {}
    assert [refusal.field for refusal in refusals] == ["runs_school", "amount"]


def test_evidence_is_asked_for_what_was_answered() -> None:
    def missing(filed: frozenset[str] = frozenset(), **answers: Any) -> list[str]:
        return [field.code for field in missing_evidence(CONTENT, answers, filed=filed)]

    assert missing(runs_school=False) == []
    assert missing(runs_school=False, amount="100") == ["amount"]
    assert missing(runs_school=False, amount="100", filed=frozenset({"amount"})) == []
    assert missing(runs_school=True, school="other") == ["which"]


def test_a_form_that_asks_in_a_circle_asks_nobody() -> None:
    circle = definition_of(
        {
            "form": [
                {"code": "a", "label": "甲", "show_if": {"code": "b", "values": ["1"]}},
                {"code": "b", "label": "乙", "show_if": {"code": "a", "values": ["1"]}},
            ]
        }
    )
    assert visible_fields(circle, {"a": "1", "b": "1"}) == []
