"""Tell both sides of financing what happened and what waits."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone

from silian.foundation.reference.jurisdictions import widening
from silian.governance.incentives.choices.finance import (
    AnswerState,
    PitchState,
    RecommendationState,
)
from silian.governance.incentives.models import FinanceAnswer, FundPitch, ProjectRecommendation
from silian.governance.incentives.permissions.finance import DECIDERS, WRITERS
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.queries.members import official_ids, user_ids_with_role

OF_ANSWER = {
    AnswerState.INTERESTED: "金融机构有意向",
    AnswerState.DILIGENCE: "金融机构开始尽职调查",
    AnswerState.GRANTED: "金融机构同意融资",
    AnswerState.REFUSED: "金融机构未同意融资",
}
OF_PITCH = {
    PitchState.ROADSHOW: "基金约定了路演",
    PitchState.ACCEPTED: "基金同意投资",
    PitchState.DECLINED: "基金未通过投递",
}
OF_RECOMMENDATION = {
    RecommendationState.ISSUED: "项目列入融资推荐名单",
    RecommendationState.REMOVED: "项目移出融资推荐名单",
}


def tell_unit(organisation_id: int, *, title: str, detail: str, url: str, key: str) -> None:
    """Tell those who write for a unit, once for each key."""
    people = user_ids_with_role(
        organisation_id=organisation_id, roles=sorted(WRITERS), on=timezone.localdate()
    )
    send(people, title=title, detail=detail, url=url, key=key, organisation_id=organisation_id)


def send(
    people: Iterable[int],
    *,
    title: str,
    detail: str,
    url: str,
    key: str,
    organisation_id: int | None = None,
) -> None:
    notify(
        user_ids=people,
        kind=NotificationKind.TASK,
        title=title,
        detail=detail,
        url=url,
        organisation_id=organisation_id,
        key=key,
    )


def tell_of_answer(*, answer_id: int, state: str) -> None:
    """The provider hears that it was asked or left; the owner every word of the provider."""
    answer = FinanceAnswer.objects.select_related("need__owner", "provider").get(pk=answer_id)
    given = {"url": answer.get_absolute_url(), "key": f"finance-answer-{answer_id}-{state}"}
    if state in (AnswerState.ASKED, AnswerState.ENDED):
        asked = state == AnswerState.ASKED
        title = "收到融资需求" if asked else "申请单位终止对接"
        detail = answer.need.owner.name
        tell_unit(answer.provider_id, title=f"{title}：{answer.need}", detail=detail, **given)
    else:
        title = f"{OF_ANSWER[AnswerState(state)]}：{answer.need}"
        tell_unit(answer.need.owner_id, title=title, detail=answer.provider.name, **given)


def tell_of_pitch(*, pitch_id: int, state: str) -> None:
    """The fund hears of what was handed in or taken back; the owner of every answer."""
    pitch = FundPitch.objects.select_related("fund", "owner").get(pk=pitch_id)
    given = {"url": pitch.get_absolute_url(), "key": f"fund-pitch-{pitch_id}-{state}"}
    if state in (PitchState.SUBMITTED, PitchState.WITHDRAWN):
        title = "收到基金投递" if state == PitchState.SUBMITTED else "投递已撤回"
        tell_unit(
            pitch.fund.manager_id, title=f"{title}：{pitch}", detail=pitch.owner.name, **given
        )
    else:
        title = f"{OF_PITCH[PitchState(state)]}：{pitch}"
        tell_unit(pitch.owner_id, title=title, detail=pitch.fund.name, **given)


def nearest_deciders(row: ProjectRecommendation) -> list[int]:
    """Who else decides in the county, else in the city, else in the province (属地审定人员)."""
    for code in filter(None, widening(row.division_id)):
        found = official_ids(division=code, roles=sorted(DECIDERS), on=timezone.localdate())
        if others := [pk for pk in found if pk != row.proposed_by_id]:
            return others
    return []


def tell_of_recommendation(*, recommendation_id: int, state: str) -> None:
    """Deciders hear of a proposal, the owner of issuing and removal with the reason."""
    row = ProjectRecommendation.objects.select_related("need").get(pk=recommendation_id)
    url, key = row.get_absolute_url(), f"recommendation-{recommendation_id}-{state}"
    if state == RecommendationState.PROPOSED:
        send(
            nearest_deciders(row), title=f"审定推荐项目：{row}", detail=row.reason, url=url, key=key
        )
    elif state in OF_RECOMMENDATION:
        title = f"{OF_RECOMMENDATION[RecommendationState(state)]}：{row}"
        detail = row.remove_reason or row.basis
        tell_unit(row.need.owner_id, title=title, detail=detail, url=url, key=key)


def remind_of_answer(*, answer_id: int, today: datetime.date) -> None:
    """Tell a provider once a week that its word is overdue (逾期提醒)."""
    answer = FinanceAnswer.objects.select_related("need").get(pk=answer_id)
    if answer.due_at is None:
        return
    year, week, _ = today.isocalendar()
    tell_unit(
        answer.provider_id,
        title=f"融资对接已过答复期限：{answer.need}",
        detail=f"平台约定的答复期限 {timezone.localtime(answer.due_at):%Y-%m-%d}",
        url=answer.get_absolute_url(),
        key=f"finance-answer-{answer_id}-late-{year}-{week}",
    )
