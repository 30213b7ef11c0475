"""Measures of committees and of what becomes of their opinions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    Touch,
    Touched,
    register_metric,
    share,
    stock,
)
from silian.foundation.kernel.actors import Actor
from silian.operations.alliances.choices.committees import OpinionState, Take
from silian.operations.alliances.events.committees import (
    CommitteeChanged,
    OpinionAnswered,
    OpinionIssued,
    OpinionWithdrawn,
)
from silian.operations.alliances.models.committees import Committee
from silian.operations.alliances.models.opinions import CommitteeOpinion, OpinionAnswer
from silian.operations.alliances.permissions.committees import (
    answers_visible_to,
    public_committees,
    public_opinions,
)

SOURCE = "委员会登记和意见登记"


def standing(scope: Scope) -> QuerySet[Committee]:
    """Committees founded by the day and not dissolved by then."""
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=scope.as_of)
    return Committee.objects.filter(lasting, founded_on__lte=scope.as_of)


def sent(scope: Scope) -> QuerySet[CommitteeOpinion]:
    return CommitteeOpinion.objects.filter(state=OpinionState.ISSUED)


def asked(scope: Scope) -> QuerySet[OpinionAnswer]:
    """Answers owed to sent opinions, by the day on which the opinion was sent."""
    return OpinionAnswer.objects.filter(opinion__state=OpinionState.ISSUED)


def committees_shown_to(actor: Actor) -> QuerySet[Committee]:
    return public_committees()


def opinions_shown_to(actor: Actor) -> QuerySet[CommitteeOpinion]:
    return public_opinions()


def touched(event: Any) -> Iterable[Touch]:
    for row in Committee.objects.filter(pk=event.committee_id).only("division_id"):
        yield Touch(division=row.division_id, day=min(event.since, timezone.localdate()))


def touched_opinion(event: Any) -> Iterable[Touch]:
    """The day on which the opinion was sent."""
    opinion_id = getattr(event, "opinion_id", None)
    if opinion_id is None:
        rows = OpinionAnswer.objects.filter(pk=event.answer_id)
        opinion_id = rows.values_list("opinion_id", flat=True).first()
    for row in CommitteeOpinion.objects.filter(pk=opinion_id or 0).select_related("committee"):
        if row.issued_on is not None:
            yield Touch(division=row.division_id, day=row.issued_on)


OPINION_EVENTS: dict[Any, Touched] = {
    OpinionIssued: touched_opinion,
    OpinionWithdrawn: touched_opinion,
}

register_metric(
    stock(
        code="alliances.committees",
        title="指导委员会",
        unit="个",
        formula="统计日已成立、没有撤销的各类指导委员会，每个计一个",
        source=SOURCE,
        rows=standing,
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={
                "名称": "name",
                "类别": lambda row: row.get_kind_display(),
                "主持单位": "host.name",
                "成立日": "founded_on",
                "本届届满": "term_ends_on",
            },
            visible_to=committees_shown_to,
            url=lambda row: row.public_url,
            related=("host",),
        ),
        stale_on={CommitteeChanged: touched},
    )
)
register_metric(
    Metric(
        code="alliances.opinions",
        title="委员会意见",
        unit="条",
        formula="统计期内发出、没有撤回的委员会意见和标准成果，每份计一条",
        source=SOURCE,
        rows=sent,
        division="committee__division",
        day="issued_on",
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={
                "标题": "title",
                "类别": lambda row: row.get_kind_display(),
                "委员会": "committee.name",
                "发出日": "issued_on",
            },
            visible_to=opinions_shown_to,
            url=lambda row: row.get_absolute_url(),
            related=("committee",),
        ),
        stale_on=OPINION_EVENTS,
    )
)
register_metric(
    Metric(
        code="alliances.opinions_answered",
        title="委员会意见答复率",
        unit="%",
        formula="统计期内发出的意见应由学校答复的，已答复的占比；没有到期的计入分母",
        source=SOURCE,
        rows=asked,
        division="opinion__committee__division",
        day="opinion__issued_on",
        reduce=share(~Q(take=Take.WAITING)),
        decimals=1,
        drill=Drill(
            columns={
                "意见": "opinion.title",
                "学校": "school.name",
                "采纳情况": lambda row: row.get_take_display(),
                "答复期限": "due_at",
                "答复日": "answered_on",
            },
            visible_to=answers_visible_to,
            url=lambda row: row.opinion.get_absolute_url(),
            related=("opinion", "school"),
        ),
        stale_on={**OPINION_EVENTS, OpinionAnswered: touched_opinion},
    )
)
