"""What lists of other authorities say against the people of a claim (外部比对提示).

Three queries for a claim and its people, however many people and lists. No list, no signal; a
person missing from a list is a signal only where the list names everybody of the employer and
month.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from silian.foundation.reference.jurisdictions import widening
from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.choices.comparison_records import ComparisonKind, Completeness
from silian.governance.incentives.choices.risks import RiskKind
from silian.governance.incentives.models.claims import Claim, ClaimItem
from silian.governance.incentives.models.comparison_records import (
    ComparisonList,
    ComparisonRecord,
)
from silian.governance.incentives.queries.comparison_records import lists_near
from silian.governance.incentives.rules.claim_items import words_of_days
from silian.governance.incentives.rules.comparison_signals import (
    Month,
    Span,
    absent_months,
    days_shared,
    died_before_end,
    months_elsewhere,
    months_within,
    words_of_months,
)
from silian.registers.organisations.models import Organisation

SHOWN = 4  # people by name in one signal; its box holds 300 characters
COLUMNS = (
    "list", "id_number_index", "employer_code", "employer_name", "month", "starts_on", "ends_on",
)  # fmt: skip
SPANS = {
    ComparisonKind.PRISON: (RiskKind.IMPRISONED, "服刑"),
    ComparisonKind.PUBLIC: (RiskKind.PUBLIC_FUNDED, "由财政供养"),
}
ELSEWHERE = {
    ComparisonKind.INSURED: RiskKind.INSURED_ELSEWHERE,
    ComparisonKind.PAYROLL: RiskKind.PAID_ELSEWHERE,
}


@dataclass(frozen=True, kw_only=True)
class Hit:
    """What one list says of one person of a claim (比对结果)."""

    item: ClaimItem
    words: str
    list_id: int


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Everything of one kind that lists say against a claim (比对提示)."""

    kind: RiskKind
    detail: str
    items: list[int]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A claim, its lists and what they say of its people, read once (比对材料)."""

    own_code: str
    items: Sequence[ClaimItem]
    lists: dict[int, ComparisonList]
    records: dict[str, list[ComparisonRecord]]
    complete: dict[datetime.date, ComparisonList]

    def of(self, item: ClaimItem, kind: ComparisonKind) -> list[ComparisonRecord]:
        rows = self.records.get(item.person.id_number_index if item.person else "", [])
        return [row for row in rows if self.lists[row.list_id].kind == kind]


def compared_findings(claim: Claim, items: Sequence[ClaimItem]) -> list[Finding]:
    """Signals of a claim from all standing lists near it, by kind (外部比对提示)."""
    compared = compared_of(claim, items)
    if compared is None:
        return []
    found: list[Finding] = []
    for kind, look in LOOKS:
        hits = [hit for item in compared.items for hit in look(compared, item)]
        found += [finding(compared, kind, hits)] if hits else []
    return found


def compared_of(claim: Claim, items: Sequence[ClaimItem]) -> Compared | None:
    """The claim beside the lists; none when there is nobody or nothing to compare."""
    known = [each for each in items if each.person and each.person.id_number_index]
    lists = {row.pk: row for row in lists_near(claim.call.division_id)} if known else {}
    if not lists:
        return None
    unit = claim.organisation
    indexes = {each.person.id_number_index for each in known if each.person}
    rows = ComparisonRecord.objects.filter(list__in=list(lists), id_number_index__in=indexes)
    records: dict[str, list[ComparisonRecord]] = defaultdict(list)
    for row in rows.only(*COLUMNS).order_by("month", "starts_on", "pk"):
        records[row.id_number_index].append(row)
    return Compared(
        own_code=unit.uscc,
        items=known,
        lists=lists,
        records=records,
        complete=complete_lists(unit, list(lists.values()), known),
    )


def complete_lists(
    unit: Organisation, lists: Sequence[ComparisonList], items: Sequence[ClaimItem]
) -> dict[datetime.date, ComparisonList]:
    """For each month of the claim the newest list that names everybody insured by the unit.

    A list of whole employers speaks for those that it names in the month; one of a whole region
    for the units that sit there.
    """
    months = {month for each in items for month in months_within((each.starts_on, each.ends_on))}
    insured = [row for row in lists if row.kind == ComparisonKind.INSURED and row.covers_until]
    rows = ComparisonRecord.objects.filter(
        list__in=[row.pk for row in insured], employer_code=unit.uscc or "-"
    )
    named = set(rows.values_list("list_id", "month").order_by().distinct())
    places = set(widening(unit.division_id))
    found: dict[datetime.date, ComparisonList] = {}
    for row in insured:
        for month in months - set(found):
            whole = row.completeness == Completeness.REGION and row.division_id in places
            own = row.completeness == Completeness.EMPLOYERS and (row.pk, month) in named
            if (whole or own) and row.covers_from <= month < row.covers_until:  # type: ignore[operator]
                found[month] = row
    return found


def finding(compared: Compared, kind: RiskKind, hits: Sequence[Hit]) -> Finding:
    """One signal: who and when, and on which list as of which day it rests."""
    words = "；".join(f"{hit.item.label} {hit.words}" for hit in hits[:SHOWN])
    more = f"；等 {len(hits)} 人次" if len(hits) > SHOWN else ""
    used = dict.fromkeys(hit.list_id for hit in hits)
    source = "、".join(evidence_of(compared.lists[each]) for each in used)
    tail = f"。依据：{source}"[:140]
    return Finding(
        kind=kind,
        detail=f"{words}{more}"[: 300 - len(tail)] + tail,
        items=sorted({hit.item.pk for hit in hits}),
    )


def evidence_of(row: ComparisonList) -> str:
    """Which list it is and the day whose state it shows (依据的名单)."""
    return f"{row.authority}《{row.document}》（截至 {row.as_of:%Y-%m-%d}）"


def months_of(rows: Iterable[ComparisonRecord]) -> list[Month]:
    return [
        Month(month=row.month, employer_code=row.employer_code, employer_name=row.employer_name)
        for row in rows
        if row.month is not None
    ]


def not_insured(compared: Compared, item: ClaimItem) -> list[Hit]:
    """Apprentices are employees and insured; interns are not, so nothing is concluded of them."""
    if item.family != ClaimScheme.APPRENTICESHIP:
        return []
    known = months_of(compared.of(item, ComparisonKind.INSURED))
    days = (item.starts_on, item.ends_on)
    missing = absent_months(days, complete=compared.complete, known=known)
    if not missing:
        return []
    source = compared.complete[missing[0]]
    return [Hit(item=item, words=f"{words_of_months(missing)} 无记录", list_id=source.pk)]


def elsewhere(kind: ComparisonKind) -> Callable[[Compared, ClaimItem], list[Hit]]:
    """A reader of months in which another employer is named."""

    def look(compared: Compared, item: ClaimItem) -> list[Hit]:
        rows = compared.of(item, kind)
        known = months_of(rows)
        days = (item.starts_on, item.ends_on)
        other = months_elsewhere(days, own_code=compared.own_code, known=known)
        if not other:
            return []
        names = "、".join(dict.fromkeys(each.employer_name for each in other))
        first = next(row for row in rows if row.month == other[0].month)
        months = words_of_months(each.month for each in other)
        return [Hit(item=item, words=f"{months} 在 {names}", list_id=first.list_id)]

    return look


def dead(compared: Compared, item: ClaimItem) -> list[Hit]:
    days = (item.starts_on, item.ends_on)
    rows = [row for row in compared.of(item, ComparisonKind.DEATH) if row.starts_on is not None]
    return [
        Hit(item=item, words=f"于 {row.starts_on:%Y-%m-%d} 死亡", list_id=row.list_id)
        for row in rows[:1]
        if row.starts_on and died_before_end(days, row.starts_on)
    ]


def spanning(kind: ComparisonKind) -> Callable[[Compared, ClaimItem], list[Hit]]:
    """A reader of periods that share days with the claim."""
    _, words = SPANS[kind]

    def look(compared: Compared, item: ClaimItem) -> list[Hit]:
        for row in compared.of(item, kind):
            if row.starts_on is None:
                continue
            as_of = compared.lists[row.list_id].as_of
            span = Span(starts=row.starts_on, ends=row.ends_on, as_of=as_of)
            shared = days_shared((item.starts_on, item.ends_on), span)
            if shared:
                unit = f"（{row.employer_name}）" if row.employer_name else ""
                said = f"{words_of_days(shared)} {words}{unit}"
                return [Hit(item=item, words=said, list_id=row.list_id)]
        return []

    return look


LOOKS: tuple[tuple[RiskKind, Callable[[Compared, ClaimItem], list[Hit]]], ...] = (
    (RiskKind.NOT_INSURED, not_insured),
    *((risk, elsewhere(kind)) for kind, risk in ELSEWHERE.items()),
    (RiskKind.DEAD, dead),
    *((risk, spanning(kind)) for kind, (risk, _) in SPANS.items()),
)
