"""Tells schools of opinions that concern them, and hosts of what schools answer."""

from __future__ import annotations

from silian.foundation.kernel.events import subscribe
from silian.operations.alliances.events.committees import (
    ExpertAsked,
    NominationAnswered,
    OpinionAnswered,
    OpinionIssued,
    OpinionWithdrawn,
)
from silian.operations.alliances.handlers.groups import tell_units
from silian.operations.alliances.models.nominations import ExpertNomination
from silian.operations.alliances.models.opinions import CommitteeOpinion, OpinionAnswer
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify


@subscribe(OpinionIssued)
def tell_schools(event: OpinionIssued) -> None:
    opinion = CommitteeOpinion.objects.select_related("committee").get(pk=event.opinion_id)
    tell_units(
        opinion.answers.values_list("school_id", flat=True),
        title=f"请答复委员会意见：{opinion.title}",
        detail=opinion.committee.name,
        url=opinion.get_absolute_url(),
        key=f"opinion-{opinion.pk}-issued",
    )


@subscribe(OpinionWithdrawn)
def tell_of_withdrawal(event: OpinionWithdrawn) -> None:
    opinion = CommitteeOpinion.objects.select_related("committee").get(pk=event.opinion_id)
    tell_units(
        opinion.answers.values_list("school_id", flat=True),
        title=f"委员会意见已撤回：{opinion.title}",
        detail=opinion.reason,
        url=opinion.committee.public_url,
        key=f"opinion-{opinion.pk}-withdrawn",
    )


@subscribe(OpinionAnswered)
def tell_host(event: OpinionAnswered) -> None:
    rows = OpinionAnswer.objects.select_related("opinion__committee", "school")
    answer = rows.get(pk=event.answer_id)
    tell_units(
        [answer.opinion.committee.host_id],
        title=f"{answer.school.display_name}{answer.get_take_display()}：{answer.opinion.title}",
        detail=answer.text[:200],
        url=answer.opinion.get_absolute_url(),
        key=f"opinion-answer-{answer.pk}",
    )


@subscribe(ExpertAsked)
def tell_person_asked(event: ExpertAsked) -> None:
    row = ExpertNomination.objects.select_related("committee").get(pk=event.nomination_id)
    notify(
        user_ids=[row.user_id],
        kind=NotificationKind.TASK,
        title="请答复：推荐您进入评审专家库",
        detail=f"{row.committee.name}：{row.grounds}"[:200],
        url=row.get_absolute_url(),
        key=f"nomination-{row.pk}-asked",
    )


@subscribe(NominationAnswered)
def tell_committee(event: NominationAnswered) -> None:
    rows = ExpertNomination.objects.select_related("committee", "user")
    row = rows.get(pk=event.nomination_id)
    tell_units(
        [row.committee.host_id],
        title=f"{row.user.name}{row.get_state_display().removeprefix('本人')}推荐入评审专家库",
        detail=row.reason or row.committee.name,
        url=row.committee.get_absolute_url(),
        key=f"nomination-{row.pk}-answered",
    )
