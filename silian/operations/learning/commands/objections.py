"""Object to published results or to a list shown, and answer."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.operations.learning.choices import (
    AwardListState,
    CompetitionState,
    ObjectionState,
)
from silian.operations.learning.events import ObjectionRaised
from silian.operations.learning.models.awards import AwardList, SkillObjection
from silian.operations.learning.models.competitions import Competition
from silian.operations.learning.permissions.skills import require_charge, require_manager


@transaction.atomic
def object_to_results(
    *, competition_id: int, about: str, text: str, actor: Actor, now: datetime.datetime
) -> SkillObjection:
    """Object to results within their days (对成绩提出异议)."""
    row = Competition.objects.select_for_update(of=("self",)).get(pk=competition_id)
    if row.state != CompetitionState.RESULTS:
        raise DomainError("成绩还没有公布，不能提出异议。")
    if row.results_settled_on(timezone.localdate(now)):
        raise DomainError(f"异议期已在 {row.objections_until} 结束。")
    return raised(about=about, text=text, actor=actor, now=now, competition=row)


@transaction.atomic
def object_to_list(
    *, list_id: int, about: str, text: str, actor: Actor, now: datetime.datetime
) -> SkillObjection:
    """Object to a list while it is shown (对奖补名单提出异议)."""
    row = AwardList.objects.select_for_update(of=("self",)).get(pk=list_id)
    over = row.notice_until is not None and timezone.localdate(now) > row.notice_until
    if row.state != AwardListState.NOTICED or over:
        raise DomainError("这份名单不在公示期内，不能提出异议。")
    return raised(about=about, text=text, actor=actor, now=now, award_list=row)


def raised(
    *,
    about: str,
    text: str,
    actor: Actor,
    now: datetime.datetime,
    competition: Competition | None = None,
    award_list: AwardList | None = None,
) -> SkillObjection:
    if not actor.is_authenticated:
        raise NotAllowed("请登录后提出异议，答复会发到您的消息里。")
    if not text.strip():
        raise DomainError("请写明对谁、对什么有异议，以及理由。", field="text")
    made = SkillObjection.objects.create(
        competition=competition,
        award_list=award_list,
        about=about.strip()[:120],
        text=text.strip(),
        raised_by_id=actor.user_id,
        raised_for_id=actor.organisation_id,
        raised_at=now,
    )
    record(actor, "learning.objection.raised", made)
    publish(ObjectionRaised(objection_id=made.pk))
    return made


@transaction.atomic
def answer_objection(
    *, objection_id: int, upheld: bool, answer: str, actor: Actor, now: datetime.datetime
) -> SkillObjection:
    """Answer an objection with reasons, once (答复异议)."""
    rows = SkillObjection.objects.select_related("competition__organiser", "award_list")
    row = rows.select_for_update(of=("self",)).get(pk=objection_id)
    if row.competition is not None:
        require_manager(actor, row.competition)
    elif row.award_list is not None:
        require_charge(actor, row.award_list.division_id)
    if row.state != ObjectionState.OPEN:
        raise DomainError("这件异议已经答复。")
    if not answer.strip():
        raise DomainError("请写明核查经过和结论。", field="answer")
    row.state = ObjectionState.UPHELD if upheld else ObjectionState.REJECTED
    row.answer, row.answered_at = answer.strip()[:1000], now
    row.answered_by_id = actor.user_id
    row.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    record(actor, "learning.objection.answered", row, reason=answer)
    return row
