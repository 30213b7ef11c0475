"""Statements of income: of a school by kind and person, of a teacher, of a region by school."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.ui.components import Entry
from silian.foundation.ui.histories import entry_of
from silian.governance.incentives.choices.income import IncomeKind, PayTotalState, ProjectState
from silian.governance.incentives.gateways.income import (
    income_share,
    taxable_reward,
    treatments,
)
from silian.governance.incentives.models.income import IncomeProject, IncomeShare
from silian.governance.incentives.models.pay_totals import PayTotal
from silian.governance.incentives.permissions.income import (
    may_step,
    own_shares,
    pay_totals_visible_to,
    reads_totals,
    registers_income,
)
from silian.governance.incentives.permissions.offices import within
from silian.governance.incentives.rules.appropriation import Number
from silian.governance.incentives.rules.income import Split, Treatment, splits_by_kind, summed
from silian.registers.organisations.models import Organisation

SCHOOL_INCOME = (IncomeKind.TRAINING, IncomeKind.SERVICE)


@dataclass(frozen=True, kw_only=True)
class KindLine:
    """One kind of income of a statement (分类)."""

    kind: str
    label: str
    split: Split
    treatment: Treatment
    people: int = 0


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """One person of a school's statement (人员)."""

    person_id: int
    name: str
    sums: Mapping[str, Decimal]
    split: Split

    def of(self, kind: str) -> Decimal:
        return self.sums.get(kind, Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A school's year with and without cap (收入与奖励核算表)."""

    year: int
    kinds: list[KindLine]
    people: list[PersonLine]
    total: Split
    school_income: Decimal
    share: Number

    @property
    def source_amount(self) -> Decimal | None:
        """What of the school's income may feed performance pay; None while the share is open."""
        if self.share.value is None:
            return None
        return (self.school_income * self.share.value / 100).quantize(Decimal("0.01"))


def counted(*, school_id: int, year: int) -> QuerySet[IncomeShare]:
    """Shares paid in the year, by the day of payment."""
    return IncomeShare.objects.counted().filter(project__school_id=school_id, paid_on__year=year)


def statement_of(school: Organisation, *, year: int) -> Statement:
    """The school's statement by the clauses in force on the last day of the year (核算)."""
    last_day = datetime.date(year, 12, 31)
    rules = treatments(division=school.division_id, on=last_day)
    rows = counted(school_id=school.pk, year=year)
    kinds = list(
        rows.order_by()
        .values(kind=F("project__kind"))
        .annotate(amount=Sum("amount"), people=Count("person", distinct=True))
    )
    people = people_lines(rows, rules)
    gains = IncomeProject.objects.filter(
        school=school, year=year, state=ProjectState.CONFIRMED, kind__in=SCHOOL_INCOME
    )
    lines = kind_lines({row["kind"]: row for row in kinds}, rules)
    return Statement(
        year=year, kinds=lines, people=people, total=summed(line.split for line in lines),
        school_income=gains.aggregate(sum=Sum("gain"))["sum"] or Decimal(0),
        share=income_share(division=school.division_id, on=last_day),
    )  # fmt: skip


def kind_lines(
    rows: Mapping[str, Mapping[str, object]], rules: Mapping[str, Treatment]
) -> list[KindLine]:
    """Every kind in order, those without money too, so that the clause is seen."""
    sums = {kind: Decimal(str(row["amount"] or 0)) for kind, row in rows.items()}
    every = {kind.value: sums.get(kind.value, Decimal(0)) for kind in IncomeKind}
    splits = splits_by_kind(every, rules)
    return [
        KindLine(
            kind=kind.value, label=str(kind.label), split=splits[kind.value],
            treatment=rules[kind.value],
            people=int(str(rows[kind.value]["people"])) if kind.value in rows else 0,
        )
        for kind in IncomeKind
    ]  # fmt: skip


def people_lines(rows: QuerySet[IncomeShare], rules: Mapping[str, Treatment]) -> list[PersonLine]:
    """What each person got by kind; one query."""
    found: dict[int, tuple[str, dict[str, Decimal]]] = {}
    for row in (
        rows.order_by()
        .values("person_id", "person__name", kind=F("project__kind"))
        .annotate(sum=Sum("amount"))
    ):
        _, sums = found.setdefault(row["person_id"], (row["person__name"], {}))
        sums[row["kind"]] = row["sum"]
    lines = [
        PersonLine(
            person_id=pk, name=name, sums=sums, split=summed(splits_by_kind(sums, rules).values())
        )
        for pk, (name, sums) in found.items()
    ]
    return sorted(lines, key=lambda line: (-line.split.amount, line.person_id))


@dataclass(frozen=True, kw_only=True)
class OwnLine:
    """One sum that a teacher got, with its clause and the hint about tax (本人明细)."""

    share: IncomeShare
    treatment: Treatment
    taxable: Decimal | None
    tax_clause: str


def own_lines(actor: Actor, *, year: int) -> list[OwnLine]:
    """The acting person's year, nobody else's (本人收入与奖励)."""
    rows = own_shares(actor).filter(paid_on__year=year)
    last_day = datetime.date(year, 12, 31)
    rules: dict[str, dict[str, Treatment]] = {}
    found = []
    for row in rows.select_related("project__school").order_by("-paid_on", "pk"):
        place = row.project.division_id
        if place not in rules:
            rules[place] = treatments(division=place, on=last_day)
        is_reward = row.project.kind == IncomeKind.CONVERSION
        tax = taxable_reward(row.amount, division=place, on=row.paid_on) if is_reward else None
        found.append(
            OwnLine(
                share=row, treatment=rules[place][row.project.kind],
                taxable=tax[0] if tax else None, tax_clause=tax[1] if tax else "",
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, kw_only=True)
class SchoolLine:
    """One school of the region's table (分校汇总)."""

    school: Organisation
    split: Split
    people: int


def totals_of(actor: Actor, *, year: int) -> list[SchoolLine]:
    """Sums by school, no person (分校汇总); the same number of questions for any number of them."""
    if not reads_totals(actor):
        return []
    rows = (
        IncomeShare.objects.counted()
        .filter(within(actor, "project__division"), paid_on__year=year)
        .order_by()
        .values("project__school_id", "project__division_id", kind=F("project__kind"))
        .annotate(sum=Sum("amount"))
    )
    people = dict(
        IncomeShare.objects.counted()
        .filter(within(actor, "project__division"), paid_on__year=year)
        .order_by()
        .values_list("project__school_id")
        .annotate(Count("person", distinct=True))
    )
    last_day = datetime.date(year, 12, 31)
    rules: dict[str, dict[str, Treatment]] = {}
    splits: dict[int, Split] = {}
    for row in rows:
        place = row["project__division_id"]
        if place not in rules:
            rules[place] = treatments(division=place, on=last_day)
        split = summed(splits_by_kind({row["kind"]: row["sum"]}, rules[place]).values())
        school = row["project__school_id"]
        splits[school] = splits.get(school, Split()) + split
    schools = Organisation.objects.filter(pk__in=splits).order_by("name")
    return [
        SchoolLine(school=school, split=splits[school.pk], people=people.get(school.pk, 0))
        for school in schools
    ]


def projects_for_list(rows: QuerySet[IncomeProject]) -> QuerySet[IncomeProject]:
    present = Q(shares__replaced_at__isnull=True)
    return rows.annotate(
        paid=Sum("shares__amount", filter=present),
        people=Count("shares__person", filter=present, distinct=True),
    )


def years_known(actor: Actor, *, today: datetime.date) -> list[int]:
    """This year and those before with payments, the latest first."""
    return [today.year - back for back in range(4)]


WAITING = {
    PayTotalState.DRAFT: "propose",
    PayTotalState.PROPOSED: "pass",
    PayTotalState.PASSED: "approve",
}


def pay_steps(actor: Actor, row: PayTotal) -> list[str]:
    """The steps that the reader may take now (可办步骤)."""
    step = WAITING.get(PayTotalState(row.state))
    if step is None or not may_step(actor, row, step=step):
        return []
    if step != "propose" and actor.user_id in (row.proposed_by_id, row.passed_by_id):
        return []
    return [step] if step == "propose" else [step, "return"]


def pay_totals_waiting_for(actor: Actor) -> list[PayTotal]:
    """Pay totals whose next step is the actor's (待办)."""
    if not (reads_totals(actor) or registers_income(actor)):
        return []
    rows = pay_totals_visible_to(actor).filter(state__in=list(WAITING)).select_related("school")
    return [row for row in rows.order_by("pk") if pay_steps(actor, row)]


def history(row: IncomeProject | PayTotal) -> list[Entry]:
    """What was done, by whom (经过)."""
    return [
        entry_of(act, who=f"{act.organisation_name} {act.actor_name}".strip())
        for act in history_of(row)
    ]
