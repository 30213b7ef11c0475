"""When a step in the life of an internship may be taken."""

from __future__ import annotations

import datetime
from collections.abc import Collection


def reason_not_preparable(
    *, plan_runs: bool, ends_on: datetime.date, today: datetime.date
) -> str | None:
    """Why consents and agreement may not begin, or None (开始办理手续)."""
    if not plan_runs:
        return "实习方案尚未由学校和实习单位双方确认，请先办妥方案（教职成〔2021〕4号第八条）。"
    if ends_on <= today:
        return "实习期已过，不能再办手续，请改期或取消。"
    return None


def reason_not_startable(
    *,
    missing: Collection[str],
    starts_on: datetime.date,
    ends_on: datetime.date,
    today: datetime.date,
) -> str | None:
    """Why the student may not begin today, or None; a start is never back-dated (到岗).

    Basis: 教职成〔2021〕4号: no start without agreement, consents, insurance and training.
    """
    if today < starts_on:
        return f"实习自 {starts_on:%Y-%m-%d} 起，请在当天或之后登记到岗。"
    if today >= ends_on:
        return "实习期已过，不能补登到岗，请改期或取消。"
    if missing:
        return f"还缺{'、'.join(missing)}，办齐后才能到岗。"
    return None


def reason_not_resumable(
    *, missing: Collection[str], ends_on: datetime.date, today: datetime.date
) -> str | None:
    """Why the student may not come back to work, or None (恢复实习)."""
    if today >= ends_on:
        return "实习期已满，不能恢复，请办理结束。"
    if missing:
        return f"还缺{'、'.join(missing)}，办齐后才能恢复实习。"
    return None


def reason_without_words(*, reason: str) -> str | None:
    """A step against the plan needs words that the others can read."""
    return None if reason.strip() else "请写明原因，学生、学校和实习单位都会看到。"


def reason_not_ended_early(
    *, reason: str, ends_on: datetime.date, today: datetime.date
) -> str | None:
    """Why the internship cannot end early today, or None (提前结束)."""
    if today >= ends_on:
        return "实习期已满，请按期满办理。"
    return reason_without_words(reason=reason)


def reason_not_finished(*, ends_on: datetime.date, today: datetime.date) -> str | None:
    """Why the internship is not over yet, or None (期满)."""
    return None if today >= ends_on else f"实习到 {ends_on:%Y-%m-%d} 才满，提前离岗请办提前结束。"


def reason_not_movable(
    *,
    reason: str,
    on: datetime.date,
    since: datetime.date,
    ends_on: datetime.date,
    today: datetime.date,
    is_amended: bool,
) -> str | None:
    """Why the student may not change to the other post on that day, or None (换岗).

    ``since`` is the first day at the present post; ``is_amended`` says whether the signed terms
    name the new post on that day.
    """
    if on < today:
        return "换岗日期不能早于今天，不补登。"
    if on <= since or on >= ends_on:
        return "换岗日期应在现岗位开始之后、实习期满之前。"
    if not is_amended:
        return "换岗要先由各方签署协议修订，请在协议中提出修订，签齐后按生效日换岗。"
    return reason_without_words(reason=reason)


def last_days(
    *, starts_on: datetime.date, ends_on: datetime.date, today: datetime.date
) -> tuple[datetime.date, datetime.date]:
    """The last day in post and the new exclusive end, when it ends today or by its term."""
    until = max(min(ends_on, today + datetime.timedelta(days=1)), starts_on + datetime.timedelta(1))
    return until - datetime.timedelta(days=1), until


def overlaps(
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    held: Collection[tuple[datetime.date, datetime.date]],
) -> bool:
    """Whether the days cut any of the held periods, both half-open (重叠)."""
    return any(starts_on < ends and starts < ends_on for starts, ends in held)
