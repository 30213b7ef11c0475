"""The notice that a student and a guardian answer before an internship, and who may answer."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What the notice tells (告知事项)."""

    student: str
    school: str
    host: str
    post: str
    place: str
    starts_on: datetime.date
    ends_on: datetime.date
    daily_hours: Decimal
    weekly_days: int
    pay: Decimal
    pay_day: int
    lodging: str


def notice_text(notice: Notice, *, self_chosen: bool = False) -> str:
    """The notice in plain words, sentence by sentence (实习知情同意书).

    Basis: 教职成〔2021〕4号第十五条: students and guardians agree knowingly before the start.
    """
    last = notice.ends_on - datetime.timedelta(days=1)
    chooser = "学生自己选择" if self_chosen else f"{notice.school}安排"
    lines = (
        f"{notice.student}由{chooser}到{notice.host}实习，岗位是{notice.post}，"
        f"地点在{notice.place}。",
        f"时间从 {notice.starts_on:%Y-%m-%d} 到 {last:%Y-%m-%d}，"
        f"每天不超过 {notice.daily_hours:g} 小时，每周 {notice.weekly_days} 天，"
        "不加班，不上夜班，法定节假日休息。",
        f"实习单位每月 {notice.pay_day} 日前把 {notice.pay:,.2f} 元直接付给学生本人。",
        f"住宿：{notice.lodging}。",
        "学校在到岗前办好实习责任保险和人身意外伤害保险，保费不向学生收取。",
        "学校、实习单位和中介都不得收押金、培训费、管理费，不得扣留证件。",
        "您可以同意，也可以不同意。不同意不影响成绩和毕业，可以申请自己选择实习单位。",
    )
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def reason_not_answerable(*, is_waiting: bool, is_open: bool) -> str | None:
    """Why the consent takes no answer any more, or None (能否答复)."""
    if not is_waiting:
        return "这份同意书已经答复过。要改变答复，请联系学校重新送达。"
    if not is_open:
        return "这次实习已经取消或结束，不用再答复。"
    return None


def reason_text_changed(*, agreed_sha256: str, sha256: str) -> str | None:
    """Nobody agrees to a text other than the one that was shown."""
    if agreed_sha256 == sha256:
        return None
    return "告知书的内容与您看到的不一致，请刷新后重新阅读。"
