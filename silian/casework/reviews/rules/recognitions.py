"""How a status follows from its acts, until when it holds, and how long a ban lasts (认定效力)."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from silian.casework.reviews.choices.recognitions import ActKind, RecognitionState

STATE_AFTER = {
    ActKind.ENTER: RecognitionState.INCUBATING,
    ActKind.CERTIFY: RecognitionState.CERTIFIED,
    ActKind.WARN: RecognitionState.WARNED,
    ActKind.SUSPEND: RecognitionState.SUSPENDED,
    ActKind.EXTEND: RecognitionState.CERTIFIED,
    ActKind.REMOVE: RecognitionState.REMOVED,
    ActKind.EXPIRE: RecognitionState.EXPIRED,
    ActKind.LEAVE: RecognitionState.WITHDRAWN,
}
RUNS_OUT = frozenset(
    {RecognitionState.CERTIFIED, RecognitionState.WARNED, RecognitionState.SUSPENDED}
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One act with the day from which it holds (变动)."""

    kind: ActKind
    on: datetime.date


def state_on(
    steps: Iterable[Step], *, valid_until: datetime.date | None, on: datetime.date
) -> RecognitionState | None:
    """The status on a day, folded from the acts; None before the first (当日状态).

    A status whose term is over has run out on its own, whatever the nightly job has done.
    """
    state: RecognitionState | None = None
    was_certified = False
    for step in steps:
        if step.on > on:
            break
        was_certified = was_certified or step.kind == ActKind.CERTIFY
        state = state_after(step.kind, was_certified=was_certified)
    if state in RUNS_OUT and valid_until is not None and valid_until <= on:
        return RecognitionState.EXPIRED
    return state


def state_after(kind: ActKind, *, was_certified: bool) -> RecognitionState:
    """What an act makes of a status; to reinstate leads back to where it stood."""
    if kind == ActKind.REINSTATE:
        return RecognitionState.CERTIFIED if was_certified else RecognitionState.INCUBATING
    return STATE_AFTER[kind]


def years_later(day: datetime.date, *, years: int) -> datetime.date:
    """The same day so many years on; for 29 February the day after 28 February (届满日).

    As the end of a half-open period: the last day inside is 28 February.
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return datetime.date(day.year + years, 3, 1)


def months_later(day: datetime.date, *, months: int) -> datetime.date:
    """The same day so many months on, or the day after the month's last one."""
    year, place = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, place + 1
    last = calendar.monthrange(year, month)[1]
    if day.day <= last:
        return datetime.date(year, month, day.day)
    return datetime.date(year, month, last) + datetime.timedelta(days=1)


def reason_not_dated(*, on: datetime.date, last_on: datetime.date | None) -> str | None:
    """Acts follow one another in time (变动日期)."""
    if last_on is not None and on < last_on:
        return f"生效日不能早于上一次变动的生效日（{last_on:%Y年%m月%d日}）。"
    return None


def reason_not_extendable(*, overdue: int, valid_until: datetime.date | None) -> str | None:
    """A status is prolonged only by who did the duties (延续条件)."""
    if valid_until is None:
        return "这项认定没有设定有效期，不需要延续。"
    if overdue:
        return f"还有 {overdue} 项到期义务没有完成，不能延续。请先督促完成，或作出警示。"
    return None


def public_name(name: str, *, is_person: bool) -> str:
    """The subject for strangers: people masked (脱敏). Basis: 个人信息保护法第六条."""
    return name[:1] + "＊" * (len(name) - 1) if is_person else name
