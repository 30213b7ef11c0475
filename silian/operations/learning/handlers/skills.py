"""Tells people what became of competitions, promotions and awards; follows the bank."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from silian.casework.ledgers.events import PaymentConfirmed, PaymentFailed
from silian.foundation.kernel.events import subscribe
from silian.operations.learning.choices import (
    PUBLIC_LISTS,
    AwardListState,
    CompetitionState,
    PromotionState,
)
from silian.operations.learning.commands.award_payments import (
    AWARD_SUBJECT,
    fail_award,
    settle_award,
)
from silian.operations.learning.events import (
    AwardListMoved,
    AwardPaid,
    CompetitionMoved,
    ObjectionRaised,
    PromotionMoved,
)
from silian.operations.learning.handlers.fund import members
from silian.operations.learning.models.awards import Award, AwardList, SkillObjection
from silian.operations.learning.models.competitions import Competition
from silian.operations.learning.models.promotions import Promotion
from silian.operations.learning.permissions.fund import KEEPERS, WRITERS
from silian.operations.learning.permissions.skills import office_in
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify

COMPETITION_WORDS = {
    CompetitionState.RESULTS: "竞赛成绩已公布",
    CompetitionState.CANCELLED: "竞赛已取消",
}
PROMOTION_WORDS = {
    PromotionState.VERIFIED: "技能等级提升已核验",
    PromotionState.REFUSED: "技能等级提升没有通过核验，可以更正后重报",
}


@subscribe(CompetitionMoved)
def tell_of_competition(event: CompetitionMoved) -> None:
    """Who entered, and who entered them, hear of results and of the end of it all."""
    state = CompetitionState(event.state)
    if state not in COMPETITION_WORDS:
        return
    row = Competition.objects.get(pk=event.competition_id)
    entrants = row.entrants.filter(withdrawn_at__isnull=True).select_related("person")
    people = {entrant.person.user_id for entrant in entrants if entrant.person.user_id}
    firms = {entrant.employer_id for entrant in entrants if entrant.employer_id}
    told: dict[str, Any] = {
        "title": f"{COMPETITION_WORDS[state]}：{row.title}",
        "url": row.get_absolute_url(),
        "detail": row.cancel_reason,
    }
    key = f"competition-{row.pk}-{state}"
    tell(sorted(people), **told, key=key)
    for firm in sorted(firms):
        writers = members(firm, roles=WRITERS)
        tell(writers, **told, key=key, organisation_id=firm)


def tell(
    user_ids: list[int],
    *,
    title: str,
    url: str,
    detail: str,
    key: str,
    organisation_id: int | None = None,
) -> None:
    notify(
        user_ids=user_ids,
        kind=NotificationKind.TASK,
        title=title[:120],
        detail=detail[:300],
        url=url,
        organisation_id=organisation_id,
        key=key,
    )


@subscribe(PromotionMoved)
def tell_of_promotion(event: PromotionMoved) -> None:
    row = Promotion.objects.select_related("person", "occupation", "employer").get(
        pk=event.promotion_id
    )
    state = PromotionState(event.state)
    key = f"promotion-{row.pk}-{state}-{row.version}"
    if state in PROMOTION_WORDS:
        writers = members(row.employer_id, roles=WRITERS)
        people = [*writers, row.person.user_id] if row.person.user_id else writers
        tell(
            people,
            title=f"{PROMOTION_WORDS[state]}：{row.person.name}",
            url=row.get_absolute_url(),
            detail=row.check_note,
            key=key,
        )
        return
    office = office_in(row.division_id)
    if office is not None:
        tell(
            members(office.organisation_id, roles=KEEPERS),
            title=f"待核验：{row.person.name} {row.get_after_display()}",
            url=row.get_absolute_url(),
            detail=row.employer.display_name,
            key=key,
            organisation_id=office.organisation_id,
        )


@subscribe(AwardListMoved)
def tell_of_list(event: AwardListMoved) -> None:
    """People hear that they stand on a list shown, and the office that it may be approved."""
    row = AwardList.objects.get(pk=event.list_id)
    state = AwardListState(event.state)
    if state not in PUBLIC_LISTS or state == AwardListState.CLOSED:
        return
    words = "您已列入公示的奖补名单" if state == AwardListState.NOTICED else "奖补名单已批准"
    people = row.awards.exclude(state="refused").exclude(person__user__isnull=True)
    tell(
        sorted(set(people.values_list("person__user_id", flat=True))),
        title=f"{words}：{row.title}",
        url=reverse("learning:my_skills"),
        detail="请核对收款账户，没有填写的请填写。",
        key=f"award-list-{row.pk}-{state}",
    )


@subscribe(AwardPaid)
def tell_of_payment(event: AwardPaid) -> None:
    row = Award.objects.select_related("person", "award_list").get(pk=event.award_id)
    if row.person.user_id:
        tell(
            [row.person.user_id],
            title=f"奖补已支付：{row.reached}",
            url=reverse("learning:my_skills"),
            detail=f"{row.due:,} 元，{row.award_list.title}",
            key=f"award-{row.pk}-paid-{row.attempt}",
        )


@subscribe(ObjectionRaised)
def tell_of_objection(event: ObjectionRaised) -> None:
    row = SkillObjection.objects.select_related("competition", "award_list").get(
        pk=event.objection_id
    )
    if row.competition is not None:
        unit_id, title = row.competition.organiser_id, row.competition.title
    elif row.award_list is not None:
        unit_id, title = row.award_list.office_id, row.award_list.title
    else:
        return
    tell(
        members(unit_id, roles=KEEPERS | WRITERS),
        title=f"收到异议：{title}",
        url=reverse("learning:objection_answer", args=[row.pk]),
        detail=row.about,
        key=f"skill-objection-{row.pk}",
        organisation_id=unit_id,
    )


@subscribe(PaymentConfirmed)
def follow_payment(event: PaymentConfirmed) -> None:
    if event.subject_type == AWARD_SUBJECT:
        settle_award(
            award_id=int(event.subject_id), payment_id=event.payment_id, on=timezone.localdate()
        )


@subscribe(PaymentFailed)
def follow_failure(event: PaymentFailed) -> None:
    if event.subject_type == AWARD_SUBJECT:
        fail_award(award_id=int(event.subject_id), payment_id=event.payment_id, reason=event.reason)
