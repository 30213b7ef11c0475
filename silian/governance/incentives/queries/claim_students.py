"""Whole months of interns at one enterprise, student by student (实习学生的整月数)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal

from silian_engines.policy_rules.compiled_rule import CompiledRule

from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.gateways.claim_schemes import book_for
from silian.governance.incentives.queries.claim_drafts import (
    Asked,
    DraftItem,
    Taken,
    taken_days,
    taken_words,
)
from silian.governance.incentives.rules.claim_items import TOO_SHORT, Days, clipped, without
from silian.operations.placements.choices.internships import KINDS_IN_POST, InternshipState
from silian.operations.placements.models import Internship

SOURCE = "placements.internship"
VERIFIED = (
    InternshipState.IN_POST,
    InternshipState.INTERRUPTED,
    InternshipState.FINISHED,
    InternshipState.ENDED_EARLY,
    InternshipState.ASSESSED,
)
"""States in which the student has begun with every paper in force."""
Month = tuple[Decimal, datetime.date]


def student_items(asked: Asked) -> list[DraftItem]:
    """One item a stay of each student, with the whole months that count (实习月数).

    Stays that follow one another without a gap are one. Months that another claim counts are left
    out and named; days beyond the last whole month stay free for a later claim.
    """
    rows = internships_of(asked)
    people = {each.person_id for each in rows}
    taken = taken_days(people, family=ClaimScheme.INTERNSHIP, claim_id=asked.claim_id)
    rule = breaks_rule(asked)
    return [
        item
        for stay in stays_of(rows)
        for item in items_of_stay(stay, asked, taken.get(stay[0].person_id, []), rule)
    ]


def internships_of(asked: Asked) -> list[Internship]:
    starts, ends = asked.period
    rows = Internship.objects.filter(
        organisation_id=asked.organisation_id,
        state__in=VERIFIED,
        kind__in=sorted(KINDS_IN_POST),
        started_on__isnull=False,
        started_on__lt=ends,
        ends_on__gt=starts,
    )
    rows = rows.select_related("person", "school").prefetch_related("interruptions")
    return list(rows.order_by("person__name", "person_id", "started_on"))


def breaks_rule(asked: Asked) -> CompiledRule:
    """The rule of breaks beside the subsidy's own, on the same numbers."""
    found = asked.rule.companion(book_for(asked.rule.scheme).breaks)
    if found is None:
        raise DomainError("规则库没有实习中断的核算规则，请联系系统管理员。")
    return found


def days_of(row: Internship) -> Days:
    """From the first day at work to the last (实际在岗期间)."""
    started = row.started_on or row.starts_on
    return started, max(started, min(row.ended_on or row.ends_on, row.ends_on))


def stays_of(rows: Iterable[Internship]) -> list[list[Internship]]:
    """Internships of one student that follow one another without a gap are one stay."""
    found: list[list[Internship]] = []
    for row in rows:
        last = found[-1][-1] if found else None
        follows = last is not None and last.person_id == row.person_id
        if follows and last is not None and days_of(row)[0] <= days_of(last)[1]:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def items_of_stay(
    stay: Sequence[Internship], asked: Asked, taken: Sequence[Taken], rule: CompiledRule
) -> list[DraftItem]:
    """The stay in the period, without the parts that other claims count."""
    whole = (days_of(stay[0])[0], max(days_of(each)[1] for each in stay))
    inside = clipped(whole, to=asked.period)
    if inside is None:
        return []
    others = [each for each in taken if clipped(each.days, to=inside)]
    parts = without(inside, taken=[each.days for each in others])
    items = [item_of(stay, part, rule) for part in parts]
    counted = [each for each in items if each.counts]
    if counted or not others:
        return counted or items[:1]
    return [item_of(stay, inside, rule).struck(taken_words(others))]


def item_of(stay: Sequence[Internship], days: Days, rule: CompiledRule) -> DraftItem:
    """One item: whole months by the rule of breaks, up to the day that completes them."""
    breaks = breaks_of(stay, until=days[1])
    months, reached = months_in(days, breaks, rule)
    first = stay[0]
    item = DraftItem(
        label=first.person.name,
        person_id=first.person_id,
        school_id=first.school_id,
        source_type=SOURCE,
        source_id=first.pk,
        starts_on=days[0],
        ends_on=min(reached, days[1]) if months else days[1],
        units=months,
        unit=book_for(ClaimScheme.INTERNSHIP).unit,
        facts={
            "school": first.school.name,
            "stays": [[str(day) for day in days_of(each)] for each in stay],
            "breaks": [[str(day) for day in each] for each in breaks],
        },
    )
    return item if months else item.struck(TOO_SHORT)


def breaks_of(stay: Sequence[Internship], *, until: datetime.date) -> list[Days]:
    """Interruptions; one that lasts runs to the end of the days asked."""
    found = [
        (each.starts_on, each.ends_on or max(until, each.starts_on))
        for row in stay
        for each in row.interruptions.all()
    ]
    return [each for each in found if each[0] < each[1]]


def months_in(days: Days, breaks: Sequence[Days], rule: CompiledRule) -> Month:
    """How many whole months count, and the day by which they are complete."""
    facts = {
        "stays": [{"starts_on": str(days[0]), "ends_on": str(days[1])}],
        "breaks": [{"starts_on": str(first), "ends_on": str(after)} for first, after in breaks],
        "pay_after_months": "0",
        "months_paid": "0",
    }
    months = rule.compute(facts=facts).values["months"]
    assert isinstance(months, Decimal)
    then = rule.compute(facts={**facts, "pay_after_months": f"{months:f}"}).values["due_on"]
    return months, datetime.date.fromisoformat(str(then))
