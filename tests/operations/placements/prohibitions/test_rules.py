"""The prohibitions as pure functions: force, dates, bounds and what waives what."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from silian.operations.placements.choices.hosts import (
    Severity,
)
from silian.operations.placements.choices.internships import (
    InternshipKind,
)
from silian.operations.placements.gateways.legal_limits import INTERNSHIPS, book_limits
from silian.operations.placements.rules.prohibitions import RULES, findings
from silian.operations.placements.rules.prohibitions.facts import (
    PostFacts,
    StayFacts,
    StudentFacts,
)
from silian.operations.placements.rules.prohibitions.limits import Limits
from silian.operations.placements.rules.prohibitions.pay import least_pay
from silian.operations.placements.rules.prohibitions.published import (
    PROHIBITIONS,
    published_rules,
)
from silian.operations.placements.rules.prohibitions.working_time import touches_night

DAY = datetime.date(2026, 3, 1)
NATION, NINGBO = "000000", "330200"


def limits(*, division: str = NATION, on: datetime.date = DAY) -> Limits:
    return Limits(division=division, on=on, by_name=book_limits(division, on, INTERNSHIPS))


def codes(post: PostFacts, *, division: str = NATION, on: datetime.date = DAY) -> set[str]:
    found = findings(
        student=None, post=post, stay=None, host=None, limits=limits(division=division, on=on)
    )
    return {each.code for each in found}


POST = PostFacts(tasks=("数控操作",), pay=Decimal(3400), post_wage=Decimal(4200))


def test_every_rule_names_a_provision_of_the_rulebook() -> None:
    known = limits()
    assert not [rule.provision for rule in RULES if known.of(rule.provision) is None]


def test_the_page_names_one_ban_and_twenty_seven_prohibitions() -> None:
    rules = published_rules(limits=limits())
    assert [rule.number for rule in rules] == list(range(28))
    assert len(PROHIBITIONS) == 27
    assert all(rule.limit.clause and rule.since for rule in rules)


def test_what_is_only_remembered_never_refuses() -> None:
    for limit in limits().by_name.values():
        if not limit.is_certain:
            assert limit.severity == Severity.WARN


def test_nothing_is_forbidden_before_it_came_into_force() -> None:
    before = datetime.date(2021, 12, 30)
    assert "IN-21" in codes(replace(POST, pay_method="goods"))
    assert "IN-21" not in codes(replace(POST, pay_method="goods"), on=before)


def test_a_region_may_ask_for_fewer_hours() -> None:
    long = replace(POST, daily_hours=Decimal("8"), weekly_days=5, shift_ends=datetime.time(18))
    longer = replace(long, daily_hours=Decimal("7.5"), weekly_days=6)
    assert "IN-19" not in codes(long, division=NINGBO)
    assert "IN-19" in codes(longer, division=NINGBO)
    assert "IN-19" not in codes(replace(longer, daily_hours=Decimal(7)))


def test_a_filing_waives_article_seventeen_and_nothing_else() -> None:
    filed = replace(POST, filing_number="青教备〔2026〕3号")
    waived = replace(
        filed, has_overtime=True, works_holidays=True, hazards=frozenset({"height"}),
        shift_ends=datetime.time(23),
    )  # fmt: skip
    assert "IN-19" not in codes(waived)
    assert "IN-19" in codes(replace(filed, daily_hours=Decimal(9)))
    assert "IN-18g" in codes(replace(filed, intensity=3))


@pytest.mark.parametrize(
    ("starts", "ends", "is_night"),
    [
        ((8, 30), (17, 30), False),
        ((14, 0), (22, 0), False),
        ((14, 0), (22, 1), True),
        ((6, 0), (14, 0), False),
        ((5, 59), (14, 0), True),
        ((16, 0), (0, 30), True),
        ((23, 0), (7, 0), True),
        ((0, 0), (6, 0), True),
    ],
)
def test_the_night_runs_from_ten_to_six(
    starts: tuple[int, int], ends: tuple[int, int], is_night: bool
) -> None:
    assert is_night == touches_night(
        starts=datetime.time(*starts), ends=datetime.time(*ends), night_from=22, night_to=6
    )


@pytest.mark.parametrize(
    ("wage", "lowest", "least"),
    [
        (Decimal(4200), None, Decimal(3360)),
        (Decimal(4200), Decimal(3000), Decimal(3000)),
        (Decimal(4200), Decimal(4000), Decimal(3360)),
        (Decimal(0), None, None),
    ],
)
def test_a_host_may_meet_either_pay_standard(
    wage: Decimal, lowest: Decimal | None, least: Decimal | None
) -> None:
    post = replace(POST, post_wage=wage, lowest_grade_wage=lowest)
    assert least_pay(post=post, limits=limits()) == least


@pytest.mark.parametrize("text", ["", "无", "不收取", "0"])
def test_no_fee_is_no_finding(text: str) -> None:
    assert "IN-23" not in codes(replace(POST, fees=text))


def test_the_age_counts_on_the_first_day() -> None:
    student = StudentFacts(
        born_on=datetime.date(2010, 3, 1), sex="male", major_class="46", year_of_study=2
    )
    assert student.age(on=datetime.date(2026, 2, 28)) == 15
    assert student.age(on=DAY) == 16
    leap = replace(student, born_on=datetime.date(2008, 2, 29))
    assert leap.age(on=datetime.date(2026, 2, 28)) == 17
    assert leap.age(on=DAY) == 18


def test_watching_is_free_of_the_rules_of_work() -> None:
    stay = StayFacts(
        starts_on=DAY, ends_on=datetime.date(2026, 3, 8), kind=InternshipKind.OBSERVATION
    )
    student = StudentFacts(
        born_on=datetime.date(2011, 1, 1), sex="", major_class="", year_of_study=1
    )
    found = findings(student=student, post=POST, stay=stay, host=None, limits=limits())
    assert not [each for each in found if each.blocks]


def test_holidays_within_the_stay_are_told() -> None:
    stay = StayFacts(
        starts_on=DAY, ends_on=datetime.date(2026, 9, 1), holidays=(datetime.date(2026, 5, 1),)
    )
    post = replace(POST, works_holidays=True)
    found = findings(student=None, post=post, stay=stay, host=None, limits=limits())
    assert any("最早是 2026-05-01" in each.sentence for each in found)
