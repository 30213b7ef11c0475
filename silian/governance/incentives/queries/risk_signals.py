"""Signals of one claim, read from what the platform knows of its people (风险提示).

Auditors compare dates, numbers and places; whatever neither the platform nor a list of another
authority (social insurance, payroll, deaths) knows gives no signal and is not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from silian.governance.incentives.choices.risks import RiskKind
from silian.governance.incentives.models import Claim, ClaimItem
from silian.governance.incentives.queries.comparison_signals import compared_findings
from silian.governance.incentives.queries.payment_overlaps import people_overlapping
from silian.governance.incentives.queries.picture_signals import pictures_repeated
from silian.governance.incentives.rules.risks import (
    Stay,
    in_two_places,
    overburdened,
    passed_without_exception,
    shared,
)
from silian.operations.placements.choices.internships import InternshipState
from silian.operations.placements.choices.orders import ApprenticeState
from silian.operations.placements.models import Apprentice, Internship
from silian.operations.placements.models.pay import StudentAccount
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Affiliation, Person
from silian.registers.people.queries import phone_of

NEVER_STARTED = (InternshipState.PLANNED, InternshipState.PREPARING, InternshipState.CANCELLED)
SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One signal with the items it is about (风险提示)."""

    kind: RiskKind
    detail: str
    items: list[int]
    papers: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Looked:
    """The claim and its people, read once for all signals."""

    claim: Claim
    items: list[ClaimItem]
    apprentices: list[Apprentice]

    def of(self, people: Iterable[int]) -> list[int]:
        wanted = set(people)
        return [item.pk for item in self.items if item.person_id in wanted]


def signals_of(claim: Claim) -> list[Signal]:
    """Every signal of a claim, in a constant number of queries."""
    items = list(claim.items.filter(counts=True, person__isnull=False).select_related("person"))
    ids = [item.source_id for item in items if item.source_type == "apprentice"]
    rows = Apprentice.objects.filter(pk__in=ids).select_related("apprenticeship")
    looked = Looked(claim=claim, items=items, apprentices=list(rows))
    looks = LOOKS if items else (same_pictures,)
    return [signal for look in looks for signal in look(looked)]


def names(looked: Looked, people: Iterable[int]) -> str:
    """The first few people by name, and how many more there are."""
    wanted = sorted(set(people))
    known = {item.person_id: item.person.name for item in looked.items if item.person}
    more = f"等 {len(wanted)} 人" if len(wanted) > SHOWN else ""
    return "、".join(known.get(each, "") for each in wanted[:SHOWN]) + more


def people_of(looked: Looked) -> list[int]:
    return [item.person_id for item in looked.items if item.person_id is not None]


def two_employers(looked: Looked) -> list[Signal]:
    people, unit = people_of(looked), looked.claim.organisation_id
    own = [
        Stay(person=item.person_id or 0, unit=unit, starts=item.starts_on, ends=item.ends_on)
        for item in looked.items
    ]
    worked = Internship.objects.filter(person__in=people).exclude(state__in=NEVER_STARTED)
    taught = Apprentice.objects.filter(person__in=people)
    columns = ("person_id", "organisation_id", "starts_on", "ends_on")
    trained = ("person_id", "apprenticeship__enterprise_id", "starts_on", "ends_on")
    others = [
        Stay(person=person, unit=other, starts=starts, ends=ends)
        for person, other, starts, ends in [
            *worked.exclude(organisation_id=unit).values_list(*columns),
            *taught.exclude(apprenticeship__enterprise_id=unit).values_list(*trained),
        ]
    ]
    found = {mine.person for mine, _ in in_two_places(own, others)}
    return one(looked, RiskKind.TWO_EMPLOYERS, found, "同期在其他单位实习或当学徒")


def one(looked: Looked, kind: RiskKind, people: Iterable[int], words: str) -> list[Signal]:
    """One signal for all people whom it concerns, or none."""
    found = set(people)
    if not found:
        return []
    return [Signal(kind=kind, detail=f"{names(looked, found)}：{words}", items=looked.of(found))]


def same_account(looked: Looked) -> list[Signal]:
    rows = StudentAccount.objects.filter(person__in=people_of(looked), closed_at__isnull=True)
    groups = shared(rows.values_list("number_index", "person_id"))
    return [
        signal
        for people in groups.values()
        for signal in one(looked, RiskKind.SAME_ACCOUNT, people, "登记了同一个收款账号")
    ]


def same_phone(looked: Looked) -> list[Signal]:
    rows = Person.objects.filter(pk__in=people_of(looked)).exclude(phone_cipher="")
    groups = shared((phone_of(person), person.pk) for person in rows)
    return [
        signal
        for people in groups.values()
        for signal in one(looked, RiskKind.SAME_PHONE, people, "登记了同一个手机号")
    ]


def all_passed(looked: Looked) -> list[Signal]:
    heads = len(looked.apprentices)
    passed = sum(row.state == ApprenticeState.QUALIFIED for row in looked.apprentices)
    if not passed_without_exception(heads=heads, passed=passed):
        return []
    items = looked.of(row.person_id for row in looked.apprentices)
    return [Signal(kind=RiskKind.ALL_PASSED, detail=f"{heads} 人全部合格，请抽查", items=items)]


def same_certificate(looked: Looked) -> list[Signal]:
    numbers = {row.certificate_number for row in looked.apprentices if row.certificate_number}
    rows = Apprentice.objects.filter(certificate_number__in=numbers)
    groups = shared(rows.values_list("certificate_number", "person_id"))
    return [
        signal
        for number, people in groups.items()
        for signal in one(looked, RiskKind.SAME_CERTIFICATE, people, f"证书编号都是 {number}")
    ]


def public_payroll(looked: Looked) -> list[Signal]:
    days = {item.person_id: (item.starts_on, item.ends_on) for item in looked.items}
    rows = Affiliation.objects.filter(person__in=list(days)).filter(
        Q(kind=AffiliationKind.TEACHER)
        | Q(kind=AffiliationKind.EMPLOYEE, organisation__kind=OrganisationKind.GOVERNMENT)
    )
    found = {
        row.person_id
        for row in rows
        if row.starts_on < days[row.person_id][1]
        and (row.ends_on is None or row.ends_on > days[row.person_id][0])
    }
    return one(looked, RiskKind.PUBLIC_PAYROLL, found, "同期登记为教师或机关人员")


def full_time_student(looked: Looked) -> list[Signal]:
    found = {row.person_id for row in looked.apprentices if row.is_full_time_student}
    return one(looked, RiskKind.FULL_TIME_STUDENT, found, "登记为全日制在校学生")


def left_early(looked: Looked) -> list[Signal]:
    found = {
        row.person_id
        for row in looked.apprentices
        if row.contract_ends_on is not None and row.contract_ends_on < row.ends_on
    }
    return one(looked, RiskKind.LEFT_EARLY, found, "劳动合同在培训期满前终止")


def other_level(looked: Looked) -> list[Signal]:
    found = {
        row.person_id
        for row in looked.apprentices
        if row.certificate_level and row.certificate_level != row.apprenticeship.level
    }
    return one(looked, RiskKind.OTHER_LEVEL, found, "证书等级不是项目的培养目标")


def busy_mentor(looked: Looked) -> list[Signal]:
    mentors = {row.enterprise_mentor_id for row in looked.apprentices if row.enterprise_mentor_id}
    rows = Apprentice.objects.filter(
        enterprise_mentor__in=mentors, state=ApprenticeState.TRAINING
    ).order_by()
    counts = rows.values("enterprise_mentor").annotate(wards=Count("pk"))
    heavy = overburdened({row["enterprise_mentor"]: row["wards"] for row in counts})
    people = dict(Person.objects.filter(pk__in=heavy).values_list("pk", "name"))
    return [
        Signal(
            kind=RiskKind.BUSY_MENTOR,
            detail=f"企业导师 {people[mentor]} 同期带教 {wards} 人",
            items=looked.of(
                row.person_id for row in looked.apprentices if row.enterprise_mentor_id == mentor
            ),
        )
        for mentor, wards in heavy.items()
    ]


def other_payments(looked: Looked) -> list[Signal]:
    """Whom another subsidy stands against, a signal for each person."""
    return [
        Signal(
            kind=RiskKind.OTHER_PAYMENT,
            detail="；".join([each.overlaps[0].words, *(o.short for o in each.overlaps[1:])]),
            items=[each.item.pk],
        )
        for each in people_overlapping(looked.claim, looked.items)
    ]


def outside_lists(looked: Looked) -> list[Signal]:
    """What lists of other authorities say, a signal for each kind (外部比对)."""
    return [
        Signal(kind=each.kind, detail=each.detail, items=each.items)
        for each in compared_findings(looked.claim, looked.items)
    ]


def same_pictures(looked: Looked) -> list[Signal]:
    """Papers that were used elsewhere too (同一照片或扫描件)."""
    return [
        Signal(kind=RiskKind.SAME_PICTURE, detail=each.detail, items=each.items, papers=each.files)
        for each in pictures_repeated(looked.claim, looked.items)
    ]


LOOKS: tuple[Callable[[Looked], list[Signal]], ...] = (
    two_employers,
    same_account,
    same_phone,
    all_passed,
    same_certificate,
    public_payroll,
    full_time_student,
    left_early,
    other_level,
    busy_mentor,
    other_payments,
    outside_lists,
    same_pictures,
)
