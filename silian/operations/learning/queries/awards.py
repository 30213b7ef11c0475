"""Reading award lists and awards; the door for modules above."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from silian.casework.ledgers.models.funds import BudgetLine
from silian.casework.ledgers.permissions import lines_visible_to, may_spend
from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.ui.components import Entry
from silian.foundation.ui.histories import entry_of
from silian.operations.learning.choices import (
    LIVING_AWARDS,
    PUBLIC_LISTS,
    AwardKind,
    AwardListState,
    AwardState,
    ObjectionState,
)
from silian.operations.learning.models.awards import Award, AwardList, SkillObjection
from silian.operations.learning.models.competitions import Competition
from silian.operations.learning.models.promotions import PayeeAccount, Promotion
from silian.operations.learning.permissions.fund import coordinates, keeps, reports
from silian.operations.learning.permissions.skills import is_office, lists_visible_to
from silian.registers.people.models import Person
from silian.registers.people.queries import name_mask

RELATED = ("person", "employer", "occupation", "payment", "standard")


@dataclass(frozen=True, kw_only=True)
class PaidAward:
    """An award that the bank paid, as other modules may use it (已支付的奖补)."""

    award_id: int
    person_id: int
    employer_id: int | None
    kind: str
    occupation: str
    level: str
    amount: Decimal
    paid_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class ListFigures:
    """What a list comes to (名单合计)."""

    people: int
    amount: Decimal
    refused: int
    paid: int
    paid_amount: Decimal
    failed: int
    without_account: int


@dataclass(frozen=True, kw_only=True)
class PublicAward:
    """A line of a public list, the name masked (公示名单行)."""

    name: str
    employer: str
    reached: str
    amount: Decimal
    clause: str


def paid_awards(
    *, division: str = "", since: datetime.date, until: datetime.date
) -> list[PaidAward]:
    """Awards paid in ``[since, until)``, in a subtree of divisions by its digits (已支付)."""
    rows = Award.objects.filter(
        state=AwardState.PAID,
        paid_on__gte=since,
        paid_on__lt=until,
        award_list__division__code__startswith=division,
    )
    return [
        PaidAward(
            award_id=row.pk,
            person_id=row.person_id,
            employer_id=row.employer_id,
            kind=row.kind,
            occupation=row.occupation_id,
            level=row.level,
            amount=row.due,
            paid_on=row.paid_on,
        )
        for row in rows.order_by("paid_on", "pk")
        if row.paid_on is not None
    ]


def lists_for_page(rows: QuerySet[AwardList]) -> QuerySet[AwardList]:
    living = Q(awards__state__in=LIVING_AWARDS)
    return rows.select_related("office", "division").annotate(
        people=Count("awards", filter=living),
        total=Sum("awards__amount", filter=living),
    )


def awards_of(row: AwardList) -> QuerySet[Award]:
    return row.awards.select_related(*RELATED)


def figures_of(row: AwardList) -> ListFigures:
    """Counts and sums of a list; two queries."""
    awards = list(row.awards.values_list("state", "amount", "person_id"))
    living = [each for each in awards if each[0] in LIVING_AWARDS]
    paid = [each for each in awards if each[0] == AwardState.PAID]
    states = Counter(state for state, _, _ in awards)
    people = {person for _, _, person in living}
    known = PayeeAccount.objects.filter(person_id__in=people).count()
    return ListFigures(
        people=len(living),
        amount=sum((amount or Decimal(0) for _, amount, _ in living), Decimal(0)),
        refused=states[AwardState.REFUSED],
        paid=len(paid),
        paid_amount=sum((amount or Decimal(0) for _, amount, _ in paid), Decimal(0)),
        failed=states[AwardState.FAILED],
        without_account=len(people) - known,
    )


def public_lists() -> QuerySet[AwardList]:
    """Lists that were shown to everybody (公示名单)."""
    rows = AwardList.objects.filter(state__in=PUBLIC_LISTS)
    return lists_for_page(rows).order_by("-noticed_at")


def public_awards(row: AwardList) -> list[PublicAward]:
    """The lines that everybody may read, names masked."""
    rows = awards_of(row).filter(state__in=LIVING_AWARDS).order_by("pk")
    return [
        PublicAward(
            name=name_mask(award.person.name),
            employer=award.employer.display_name if award.employer else "",
            reached=award.reached,
            amount=award.due,
            clause=award.clause,
        )
        for award in rows
    ]


def lines_to_pay_from(actor: Actor, *, on: datetime.date) -> list[BudgetLine]:
    """Budget lines of the year from which the actor may spend (可用预算项目)."""
    rows = lines_visible_to(actor).filter(fiscal_year=on.year)
    return [row for row in rows.order_by("fund__code", "code") if may_spend(actor, row.fund)]


def lists_to_work_on(actor: Actor, *, on: datetime.date) -> QuerySet[AwardList]:
    """Lists whose next step is the actor's: to show, to approve, to pay (待办名单)."""
    if not (is_office(actor) or coordinates(actor)):
        return AwardList.objects.none()
    ripe = Q(state=AwardListState.NOTICED, notice_until__lt=on) & ~Q(made_by_id=actor.user_id)
    rest = Q(state__in=(AwardListState.DRAFT, AwardListState.APPROVED))
    return lists_visible_to(actor).filter(ripe | rest).order_by("pk")


def objections_to_answer(actor: Actor) -> QuerySet[SkillObjection]:
    """Open objections against one's competitions and lists (待答复异议)."""
    mine = Q(pk__in=[])
    if is_office(actor) or coordinates(actor):
        mine |= Q(award_list__in=lists_visible_to(actor))
    if keeps(actor) or reports(actor):
        mine |= Q(competition__organiser_id=actor.organisation_id or 0)
    if coordinates(actor):
        mine |= Q(competition__division__code__startswith=subtree_prefix(actor.jurisdiction))
    rows = SkillObjection.objects.filter(mine, state=ObjectionState.OPEN)
    return rows.select_related("competition", "award_list").order_by("raised_at")


def objections_of(subject: Competition | AwardList) -> QuerySet[SkillObjection]:
    return subject.objections.select_related("raised_by", "raised_for", "answered_by")


def own_awards(person: Person) -> QuerySet[Award]:
    """What a person gets, once the list was shown (本人奖补)."""
    rows = Award.objects.filter(person=person, award_list__state__in=PUBLIC_LISTS)
    return rows.select_related("award_list", "payment").order_by("-pk")


def awards_for(promotion: Promotion) -> QuerySet[Award]:
    rows = promotion.awards.filter(kind=AwardKind.PROMOTION)
    return rows.select_related("award_list").order_by("-pk")


def past_of(row: AwardList | Promotion | Competition) -> list[Entry]:
    """What was done to it, by which unit and person (经过)."""
    return [
        entry_of(act, who=f"{act.organisation_name} {act.actor_name}".strip())
        for act in history_of(row)
    ]
