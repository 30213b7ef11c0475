"""When a step of a self-chosen internship may be taken."""

from __future__ import annotations

import datetime


def reason_not_applicable(
    *,
    has_class: bool,
    has_guardian: bool,
    starts_on: datetime.date,
    ends_on: datetime.date,
    today: datetime.date,
) -> tuple[str, str] | None:
    """The field and the sentence that stand against an application, or None (申请核对).

    Basis: 教职成〔2021〕4号第九条、第十五条.
    """
    checks = (
        (has_class, "", "您不在在读班级里，请联系班主任核对学籍。"),
        (has_guardian, "", "学籍里没有家长信息，请联系学校补登后再申请。"),
        (ends_on > starts_on, "ends_on", "终止日应晚于起始日。"),
        (starts_on > today, "starts_on", "起始日应在今天之后，留出同意和审核的时间。"),
    )
    return next(((field, said) for holds, field, said in checks if not holds), None)


def reason_without_words(*, reason: str) -> str | None:
    """A decision against the student needs words to act on."""
    return None if reason.strip() else "请写明退回的原因，学生会看到。"
