"""Tells schools of opinions that concern them, and hosts of what schools answer."""

from __future__ import annotations

from silian.foundation.kernel.events import subscribe
from silian.operations.alliances.events.committees import (
    OpinionAnswered,
    OpinionIssued,
    OpinionWithdrawn,
)
from silian.operations.alliances.handlers.groups import tell_units
from silian.operations.alliances.models.opinions import CommitteeOpinion, OpinionAnswer


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
