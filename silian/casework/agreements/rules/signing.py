"""Decisions about signing that need no table."""

from __future__ import annotations

import datetime
import hmac

SHORTEST_REASON = 4  # characters; less says nothing to those who read it
MASK = "＊"


def reason_not_signable(
    *,
    agreed_sha256: str,
    sha256: str,
    waiting_before: int,
    now: datetime.datetime,
    sign_by: datetime.datetime | None,
    is_base: bool,
    before_start: bool,
    starts_on: datetime.date,
    today: datetime.date,
) -> str | None:
    """Why this version cannot be signed now, or None.

    Basis: 电子签名法第十三条: what is signed can no longer change unseen; 民法典第四百九十条.
    """
    if not hmac.compare_digest(agreed_sha256.strip().lower(), sha256):
        return "您看到的文本和现在要签的文本不一致，没有签署。请重新打开这份协议，读完再签。"
    if waiting_before:
        return f"签署有先后，还有 {waiting_before} 方应先签。轮到您时会收到通知。"
    if sign_by is not None and now >= sign_by:
        return "签署期限已过，这一版不能再签。请联系发起单位重新送签。"
    if not is_base:
        return None
    return reason_dated_back(before_start=before_start, starts_on=starts_on, today=today)


def reason_dated_back(
    *, before_start: bool, starts_on: datetime.date, today: datetime.date
) -> str | None:
    """Why a version may not be sent or signed for days gone by (倒签).

    ``before_start``: the kind must be signed before its first day, so not on that day either.
    Basis: 《职业学校学生实习管理规定》第十三条: 未按规定签订实习协议的，不得安排学生实习.
    """
    day = f"{starts_on:%Y 年 %-m 月 %-d 日}"
    if starts_on < today:
        return f"{day}已经过去，不能倒签。请把起始日改为今天以后，再重新送签。"
    if before_start and starts_on == today:
        return f"这类协议须在起始日（{day}）之前签齐。请把起始日改到明天以后，再重新送签。"
    return None


def last_moment_to_sign(
    *,
    due_at: datetime.datetime,
    starts_on: datetime.date,
    is_base: bool,
    before_start: bool,
    zone: datetime.tzinfo | None,
) -> datetime.datetime:
    """When signing closes: the deadline, and never later than the first day allows (签署期限)."""
    if not is_base:
        return due_at
    day = starts_on if before_start else starts_on + datetime.timedelta(days=1)
    closes = datetime.datetime.combine(day, datetime.time(), tzinfo=zone)
    return min(due_at, closes)


def reason_too_short(reason: str) -> str | None:
    """Why the reason says too little (理由过短)."""
    if len(reason.strip()) < SHORTEST_REASON:
        return f"请写明理由，至少 {SHORTEST_REASON} 个字。"
    return None


def same_person(*, name: str, last_four: str, known_name: str, known_tails: list[str]) -> bool:
    """Whether name and last four characters are those on the register (核对身份).

    All comparisons are made, so that the time taken tells nothing.
    """
    given = "".join(last_four.split()).upper()
    named = hmac.compare_digest(
        "".join(name.split()).encode(), "".join(known_name.split()).encode()
    )
    tails = [hmac.compare_digest(given.encode(), tail.encode()) for tail in known_tails]
    return named and len(given) == 4 and any(tails)


def tail_of(text: str) -> str:
    """The last four characters of a number or its mask; empty when it is too short."""
    tail = "".join(text.split()).upper()[-4:]
    return tail if len(tail) == 4 and "*" not in tail else ""


def masked_party(name: str, *, is_person: bool) -> str:
    """A party's name for strangers: 顾＊南, 启衡＊＊＊＊制造 (脱敏).

    Basis: 个人信息保护法第六条.
    """
    if is_person:
        if len(name) <= 2:
            return name[:1] + MASK
        return name[:1] + MASK * (len(name) - 2) + name[-1:]
    bare = name.partition("（")[0]
    if len(bare) <= 4:
        return bare[:1] + MASK * (len(bare) - 1)
    return bare[:2] + MASK * 4 + bare[-2:]
