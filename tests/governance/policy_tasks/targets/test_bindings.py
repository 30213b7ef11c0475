"""Every number of the five policies leads to something that tells how it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from silian_engines.policy_rules.jurisdictions import (
    JurisdictionBook,
    jurisdictions_with_books,
    load_jurisdiction,
)
from silian_engines.policy_rules.provisions import NATIONAL
from silian_engines.policy_rules.reading import RULEBOOKS
from silian_engines.policy_rules.rulebook import rulebook

from silian.casework.metrics.registry import declared_metrics
from silian.governance.policy_tasks.rules.target_binding import is_coverage, reason_not_bindable
from silian.registers.policies.choices import Comparator

COVERAGE = tomllib.loads((RULEBOOKS / "coverage.toml").read_text(encoding="utf-8"))
NUMBERS = [f"N{number:02}" for number in range(1, 76)]
UNBUILT = ("faculty", "innovation", "training_bases")  # modules that do not stand yet
OUTSIDE = ("accreditation.national_pilot_cities", "accreditation.pilot_projects")  # decided
# elsewhere: until a module keeps them, a coordinator binds a reported metric by hand
RATES = ("N56", "N57", "N58", "N59")
AWARDS = "S34"  # competitions, promotions and their awards


@pytest.fixture(scope="module")
def books() -> list[JurisdictionBook]:
    return [load_jurisdiction(code=code) for code in jurisdictions_with_books()]


def measured(book: JurisdictionBook) -> Iterator[str]:
    """The numbers of a book that a metric measures, counts, or tells the doing of."""
    yield from (each.number for each in book.targets if each.metric or each.figures)
    yield from (each.number for each in book.goals if each.metric and each.number)


def computed(book: JurisdictionBook) -> Iterator[str]:
    """The numbers of a book that a rule of the rulebooks computes with."""
    rules = [
        *rulebook().definitions(jurisdiction=NATIONAL).values(),
        *rulebook().definitions(jurisdiction=book.code).values(),
    ]
    bases = {name for rule in rules for name in rule.basis}
    yield from (each.number for each in book.parameters if each.id in bases and each.number)


def test_no_number_of_the_requirements_is_unbound(books: list[JurisdictionBook]) -> None:
    assert sorted(COVERAGE["numbers"]) == NUMBERS
    bound = {number for book in books for number in (*measured(book), *computed(book))}
    assert [number for number in NUMBERS if number not in bound] == []


def test_only_tax_numbers_rest_on_a_rule_alone(books: list[JurisdictionBook]) -> None:
    shown = {number for book in books for number in measured(book)}
    alone = [number for number in NUMBERS if number not in shown]
    kinds = {each.number: each.kind for book in books for each in book.targets}
    assert {kinds[number] for number in alone} == {"tax"}


def codes_of(book: JurisdictionBook) -> list[str]:
    bound = [*(each.metric for each in book.targets), *(each.metric for each in book.goals)]
    figures = [code for each in (*book.targets, *book.tasks) for code in each.figures]
    return [code for code in (*bound, *figures) if code]


def test_every_code_of_a_standing_module_is_a_metric(books: list[JurisdictionBook]) -> None:
    codes = {code for book in books for code in codes_of(book)}
    standing = {code for code in codes if not code.startswith(UNBUILT)}
    assert sorted(standing - declared_metrics().keys()) == sorted(OUTSIDE)


def test_modules_named_as_unbuilt_have_no_metrics_yet() -> None:
    assert [code for code in declared_metrics() if code.startswith(UNBUILT)] == []


def test_a_bound_metric_fits_the_unit_of_its_number(books: list[JurisdictionBook]) -> None:
    wrong = []
    for book in books:
        for each in book.targets:
            metric = declared_metrics().get(each.metric or "")
            reason = metric and reason_not_bindable(
                unit=each.unit,
                metric_unit=metric.unit,
                reduction=metric.reduce.name,
                comparator=each.comparator,
            )
            if reason:
                wrong.append((each.number, reason))
    assert wrong == []


def test_what_every_one_must_meet_is_reached_by_all_alone(books: list[JurisdictionBook]) -> None:
    """A share of those that meet a threshold is no average that may be half."""
    targets = {each.number: each for book in books for each in book.targets}
    for number in ("N05", "N20", "N48", "N62", "N63"):
        metric = declared_metrics()[targets[number].metric or ""]
        assert is_coverage(
            unit=targets[number].unit, metric_unit=metric.unit, reduction=metric.reduce.name
        ), number


def test_each_rate_tells_people_and_money_paid_by_it(books: list[JurisdictionBook]) -> None:
    targets = {each.number: each for book in books for each in book.targets}
    units = {
        number: [declared_metrics()[code].unit for code in targets[number].figures]
        for number in RATES
    }
    assert units == {"N56": ["人", "元"], "N57": ["人", "元"], "N58": ["元"], "N59": ["人", "元"]}
    assert targets["N58"].metric == "incentives.advance_share"
    assert targets["N58"].comparator == Comparator.AT_MOST
    assert [targets[number].metric for number in ("N56", "N57", "N59")] == [None] * 3


def test_clauses_on_awards_tell_competitions_and_promotions(
    books: list[JurisdictionBook],
) -> None:
    told = {
        (book.code, task.path): task.figures
        for book in books
        for task in book.tasks
        if AWARDS in task.systems
    }
    assert set(told) == {
        ("530300", "二（五）4"),
        ("500154", "9"),
        ("620200", "（十一）"),
        ("411200", "一（二）"),
        ("411200", "四（三）"),
    }
    assert all("learning.competition_entrants" in codes for codes in told.values())
    paid = {place for place, codes in told.items() if "learning.skill_awards_paid" in codes}
    assert paid == set(told) - {("411200", "一（二）")}, "that one speaks of training for contests"
