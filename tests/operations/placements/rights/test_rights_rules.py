"""What is forbidden for whom, in plain words; how soon an incident is reported."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.operations.placements.choices.pay import (
    IncidentSeverity,
)
from silian.operations.placements.rules.care import (
    reason_incident_not_closable,
    report_due,
    visit_due_on,
)
from silian.operations.placements.rules.prohibitions.facts import StudentFacts
from silian.operations.placements.rules.prohibitions.limits import Limit, Limits
from silian.operations.placements.rules.rights import checks, forbidden_for

DAY = datetime.date(2026, 3, 18)
NOW = datetime.datetime(2026, 3, 18, 10, tzinfo=datetime.UTC)


def limit(name: str, **values: object) -> Limit:
    facts: dict[str, object] = {
        "name": name,
        "title": name,
        "document": "教职成〔2021〕4号",
        "clause": "第十六条",
        "force": "mandatory",
        "evidence": "L",
        "valid_from": datetime.date(2021, 12, 31),
    }
    return Limit(**{**facts, **values})  # type: ignore[arg-type]


def limits(*known: Limit) -> Limits:
    return Limits(division="990104", on=DAY, by_name={each.name: each for each in known})


LAW = limits(
    limit("adult_age", value=Decimal(18)),
    limit("minors_protected"),
    limit("minors_hazards", keys={"height": "高处作业"}),
    limit("women_protected"),
    limit("women_hazards", keys={"underground": "井下作业"}),
    limit("lift_kg_single", value=Decimal(25)),
    limit("most_daily_hours", value=Decimal(8)),
    limit("no_overtime"),
)


def student(*, born: datetime.date, sex: str = "male") -> StudentFacts:
    return StudentFacts(born_on=born, sex=sex, major_class="46", year_of_study=3)


def words(who: StudentFacts, law: Limits = LAW) -> str:
    return "；".join(each.words for each in forbidden_for(student=who, on=DAY, limits=law))


def test_a_minor_reads_what_minors_may_not_do() -> None:
    assert "高处作业" in words(student(born=datetime.date(2009, 1, 1)))
    assert "高处作业" not in words(student(born=datetime.date(2006, 1, 1)))


def test_a_woman_reads_what_protects_her() -> None:
    shown = words(student(born=datetime.date(2006, 1, 1), sex="female"))
    assert "井下作业" in shown
    assert "25 公斤" in shown


def test_everybody_reads_hours_and_overtime_with_the_clause() -> None:
    found = forbidden_for(student=student(born=datetime.date(2006, 1, 1)), on=DAY, limits=LAW)
    assert [each.words for each in found] == ["每天不超过 8 小时", "不能让您加班"]
    assert all("第十六条" in each.basis for each in found)


def test_what_is_not_in_force_is_not_told() -> None:
    assert words(student(born=datetime.date(2009, 1, 1)), limits()) == ""


def test_the_checklist_tells_met_missing_and_not_yet_due() -> None:
    found = checks(
        missing=frozenset({"accident_insurance"}),
        pay_label="未到发放日",
        pay_met=None,
        hours_problem="",
    )
    assert {check.code: check.met for check in found} == {
        "contract": True,
        "pay": None,
        "insurance": False,
        "safety": True,
        "hours": True,
    }


@pytest.mark.parametrize(
    ("severity", "hours"),
    [(IncidentSeverity.MINOR, None), (IncidentSeverity.SERIOUS, 24), (IncidentSeverity.GRAVE, 1)],
)
def test_grave_incidents_are_reported_within_hours(
    severity: IncidentSeverity, hours: int | None
) -> None:
    due = report_due(severity=severity, happened_at=NOW)
    assert due == (NOW + datetime.timedelta(hours=hours) if hours else None)


def test_a_grave_incident_is_not_closed_unreported() -> None:
    refusal = reason_incident_not_closable(
        conclusion="已痊愈", severity=IncidentSeverity.GRAVE, is_reported=False
    )
    assert refusal is not None
    assert "报告" in refusal


def test_no_visit_is_due_while_no_frequency_is_set() -> None:
    started = datetime.date(2026, 3, 1)
    assert visit_due_on(last=None, started_on=started, every_days=None) is None
    assert visit_due_on(last=None, started_on=started, every_days=30) == datetime.date(2026, 3, 31)
    last = datetime.date(2026, 3, 10)
    assert visit_due_on(last=last, started_on=started, every_days=30) == datetime.date(2026, 4, 9)
